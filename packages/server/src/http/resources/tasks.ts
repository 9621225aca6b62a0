import { asItIs } from "@offtake/wire/api";
import { json } from "../call.ts";
import { TASK_STATUSES } from "../../manual/index.ts";
import { decodeCursor, nextCursorOf } from "../cursors.ts";
import { bookParam, idParam, inBook, pageQuery, type Route, route, z } from "../operation.ts";
import { notFound, problem } from "../problems.ts";
import { bodyOf, officeOf, pagedAnswer, valueAnswer } from "./office.ts";

const LIMIT_DEFAULT = 100;

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
      query: z.object({
        ...pageQuery,
        status: z.enum(TASK_STATUSES).optional().openapi({ description: "Only these." }),
        counts: z.enum(["true", "false"]).optional().openapi({
          description: "`true`: says also how many there are of each state, whatever state is asked for.",
        }),
      }),
      answers: { 200: pagedAnswer({}, { counts: { type: "object", additionalProperties: { type: "integer" } } }) },
    },
    async (call) => {
      const { limit = LIMIT_DEFAULT, cursor, status, counts } = call.query;
      const { tasks } = officeOf(call);
      const [{ book }, { party }] = [call, call.principal];
      const asked = { limit, status, after: cursor === undefined ? undefined : decodeCursor(cursor, call.listed) };
      const found = await tasks.list(book, party, asked);
      if (found === undefined) throw problem("cursor_malformed");
      const page = { data: found.tasks, ...nextCursorOf(found.next, call.listed) };
      return json(200, counts === "true" ? { ...page, counts: await tasks.count(book, party) } : page);
    },
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
