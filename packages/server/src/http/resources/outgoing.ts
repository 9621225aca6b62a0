import { asItIs } from "@offtake/wire/api";
import { json } from "../call.ts";
import { type Route, route, z } from "../operation.ts";
import { notFound } from "../problems.ts";
import { bodyOf, officeOf, valueAnswer } from "./office.ts";

const outgoingDocument = z.strictObject({
  paused: z.boolean().describe("True holds back what goes out by mail, webhook and chat; false lets it go again."),
});
const outgoingBody = asItIs(outgoingDocument);

/** What those who run the broker decide about all that it sends. */
export const outgoingRoutes: readonly Route[] = [
  route(
    {
      id: "outgoingSet",
      method: "put",
      path: "/v1/server/outgoing",
      tag: "server",
      description:
        "Holds back mail, webhooks and chats of all books on every node, or lets them go again, in their order. Deadlines run on meanwhile, feeds tell on, and a period that runs from the delivery of a notice begins once it is delivered. Also where nothing else can be changed.",
      body: bodyOf(outgoingDocument),
      writes: true,
      unkeyed: true,
      answers: {
        200: valueAnswer("How it stands now.", {
          type: "object",
          properties: {
            waiting: { type: "integer", minimum: 0, description: "How many wait to be sent." },
            pausedSince: { type: "string", format: "date-time", description: "Absent where all of it goes out." },
          },
          required: ["waiting"],
          additionalProperties: false,
        }),
      },
    },
    async (call) => {
      const { status } = call.services;
      if (status === undefined) throw notFound();
      const { paused } = await call.read(outgoingBody);
      await officeOf(call).outbox.setPaused(paused);
      const { waiting, pausedSince } = (await status()).outbox;
      return json(200, { data: { waiting, ...(pausedSince === undefined ? {} : { pausedSince }) } });
    },
  ),
];
