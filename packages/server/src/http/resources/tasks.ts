import { asItIs } from "@offtake/wire/api";
import { json } from "../call.ts";
import { bookParam, idParam, inBook, type Route, route, z } from "../operation.ts";
import { notFound } from "../problems.ts";
import { bodyOf, officeOf, valueAnswer } from "./office.ts";

const tag = "tasks";
const short = z.string().trim().min(1).max(200);
const doneDocument = z.strictObject({
  reservation: short.describe("The provider's own id of what it has set up."),
  fields: z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/), short)
    .optional()
    .describe("What else the provider's system says of it."),
});
const doneBody = asItIs(doneDocument);

/** What providers set up by hand. */
export const taskRoutes: readonly Route[] = [
  route(
    {
      id: "taskList",
      method: "get",
      path: "/v1/books/{book}/tasks",
      tag,
      description: "One for each line of a confirmed award: a provider sees its own, the keeper all. Open ones first.",
      params: inBook,
      answers: { 200: valueAnswer("Tasks.") },
    },
    async (call) => json(200, { data: await officeOf(call).tasks.list(call.book, call.principal.party) }),
  ),
  route(
    {
      id: "taskComplete",
      method: "post",
      path: "/v1/books/{book}/tasks/{task}/done",
      tag,
      description: "Says that it is set up, with the provider's reservation id. Said again it is corrected.",
      params: z.object({ book: bookParam, task: idParam }),
      body: bodyOf(doneDocument),
      writes: true,
      answers: { 200: valueAnswer("The task.") },
    },
    async (call) => {
      const { reservation, fields } = await call.read(doneBody);
      const task = await officeOf(call).tasks.complete(call.book, call.principal.party, call.params.task, {
        reservation,
        by: call.principal.person,
        ...(fields === undefined ? {} : { fields }),
      });
      if (task === undefined) throw notFound();
      return json(200, { data: task });
    },
  ),
];
