import { asItIs } from "@offtake/wire/api";
import type { Schema } from "@offtake/wire/codecs";
import { DELIVERY_KINDS, DELIVERY_STATUSES, type DeliveryFilter } from "../../outbox/index.ts";
import { type AnyCall, json } from "../call.ts";
import { decodeCursor, nextCursorOf } from "../cursors.ts";
import { bookParam, idParam, inBook, type PageAsked, pageQuery, type Route, route, z } from "../operation.ts";
import { notFound } from "../problems.ts";
import { bodyOf, done, NOTHING, officeOf, pagedAnswer, valueAnswer, withProblems } from "./office.ts";

const url = z.string().min(1).max(2_000);
const types = z.array(z.string().regex(/^[a-z_.]{1,80}\*?$/)).max(50);
const endpointDocument = z.strictObject({
  url: url.describe("An `https` address."),
  types: types.default([]).describe("Types of events, such as `notice.sent` or `notice.*`. Default: all."),
});
const changeDocument = z.strictObject({
  url: url.optional(),
  types: types.optional(),
  status: z.enum(["on", "off"]).optional(),
});
const channelDocument = z.strictObject({
  kind: z.enum(["slack", "teams"]),
  url: url.describe("Address of the chat's incoming webhook; it is not shown again."),
});
const endpointBody = asItIs(endpointDocument);
const changeBody = asItIs(changeDocument);
const channelBody = asItIs(channelDocument);

const text = { type: "string" } as const;
const instant = { type: "string", format: "date-time" } as const;
const shape = (properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const endpointFields = {
  id: text,
  url: text,
  types: { type: "array", items: text },
  status: { type: "string", enum: ["on", "off"] },
  whyOff: text,
  publicKey: text,
  createdAt: instant,
} as const;
const ENDPOINT = shape(endpointFields, ["whyOff"]);
const ENDPOINT_MADE = shape({ ...endpointFields, secret: text }, ["whyOff"]);
const DELIVERY = shape(
  {
    id: text,
    kind: { type: "string", enum: [...DELIVERY_KINDS] },
    webhook: { ...text, description: "The endpoint that it goes to, of kind `webhook`." },
    status: { type: "string", enum: [...DELIVERY_STATUSES] },
    attempts: { type: "integer" },
    createdAt: instant,
    dueAt: instant,
    endedAt: instant,
    tries: {
      type: "array",
      items: shape({
        number: { type: "integer" },
        at: instant,
        outcome: { type: "string", enum: ["sent", "failed", "refused"] },
        detail: text,
      }),
    },
  },
  ["webhook", "dueAt", "endedAt"],
);
const listOf = (items: Schema): Schema => ({ type: "array", items });

const hooks = "/v1/books/{book}/webhooks";
const inHook = z.object({ book: bookParam, webhook: idParam });
const tag = "telling";

const there = (found: boolean): Response => {
  if (!found) throw notFound();
  return done();
};

/** Programs, chats and calendars that are told of what concerns a party. */
export const tellingRoutes: readonly Route[] = [
  route(
    {
      id: "webhookList",
      method: "get",
      path: hooks,
      tag,
      params: inBook,
      answers: { 200: valueAnswer("Endpoints.", listOf(ENDPOINT)) },
    },
    async (call) => json(200, { data: await officeOf(call).webhooks.list(call.book, call.principal.party) }),
  ),
  route(
    {
      id: "webhookCreate",
      method: "post",
      path: hooks,
      tag,
      description: "Signed by the Standard Webhooks rules (`v1` and `v1a`). The secret is shown this once.",
      params: inBook,
      body: bodyOf(endpointDocument),
      writes: true,
      answers: { 201: valueAnswer("The endpoint and its secret.", ENDPOINT_MADE) },
    },
    async (call) => {
      const wish = await call.read(endpointBody);
      const { endpoint, secret } = await withProblems(
        officeOf(call).webhooks.create(call.book, call.principal.party, wish.url, wish.types),
      );
      return json(201, { data: { ...endpoint, secret } });
    },
  ),
  route(
    {
      id: "webhookRead",
      method: "get",
      path: `${hooks}/{webhook}`,
      tag,
      params: inHook,
      answers: { 200: valueAnswer("The endpoint.", ENDPOINT) },
    },
    async (call) => {
      const found = await officeOf(call).webhooks.find(call.book, call.principal.party, call.params.webhook);
      if (found === undefined) throw notFound();
      return json(200, { data: found });
    },
  ),
  route(
    {
      id: "webhookUpdate",
      method: "put",
      path: `${hooks}/{webhook}`,
      tag,
      params: inHook,
      body: bodyOf(changeDocument),
      writes: true,
      answers: { 204: NOTHING },
    },
    async (call) => {
      const { url: address, types: wanted, status } = await call.read(changeBody);
      const change = {
        ...(address === undefined ? {} : { url: address }),
        ...(wanted === undefined ? {} : { types: wanted }),
        ...(status === undefined ? {} : { status }),
      };
      return there(
        await withProblems(
          officeOf(call).webhooks.update(call.book, call.principal.party, call.params.webhook, change),
        ),
      );
    },
  ),
  route(
    {
      id: "webhookRemove",
      method: "delete",
      path: `${hooks}/{webhook}`,
      tag,
      params: inHook,
      writes: true,
      answers: { 204: NOTHING },
    },
    async (call) => there(await officeOf(call).webhooks.remove(call.book, call.principal.party, call.params.webhook)),
  ),
  route(
    {
      id: "webhookSecretRotate",
      method: "post",
      path: `${hooks}/{webhook}/secret`,
      tag,
      description: "The secret before it signs beside the new one for a day.",
      params: inHook,
      writes: true,
      answers: { 200: valueAnswer("The new secret, shown this once.", shape({ secret: text })) },
    },
    async (call) => {
      const secret = await officeOf(call).webhooks.rotate(call.book, call.principal.party, call.params.webhook);
      if (secret === undefined) throw notFound();
      return json(200, { data: { secret } });
    },
  ),
  route(
    {
      id: "deliveryList",
      method: "get",
      path: "/v1/books/{book}/deliveries",
      tag,
      description: "What was sent to the caller's party by mail, webhook and chat, the newest first, and how it went.",
      params: inBook,
      query: z.object({
        ...pageQuery,
        status: z.enum(DELIVERY_STATUSES).optional().openapi({ description: "Only these." }),
        webhook: idParam.optional().openapi({ description: "Only what was sent to this endpoint." }),
      }),
      answers: { 200: pagedAnswer(DELIVERY) },
    },
    (call) => deliveries(call, call.query),
  ),
  route(
    {
      id: "webhookReplay",
      method: "post",
      path: "/v1/books/{book}/deliveries/{delivery}/replay",
      tag,
      params: z.object({ book: bookParam, delivery: idParam }),
      writes: true,
      answers: { 204: NOTHING },
    },
    async (call) => there(await officeOf(call).outbox.replay(call.book, call.principal.party, call.params.delivery)),
  ),
  route(
    {
      id: "channelList",
      method: "get",
      path: "/v1/books/{book}/channels",
      tag,
      params: inBook,
      answers: { 200: valueAnswer("Chats.") },
    },
    async (call) => json(200, { data: await officeOf(call).chats.list(call.book, call.principal.party) }),
  ),
  route(
    {
      id: "channelSet",
      method: "post",
      path: "/v1/books/{book}/channels",
      tag,
      params: inBook,
      body: bodyOf(channelDocument),
      writes: true,
      answers: { 201: valueAnswer("The chat.") },
    },
    async (call) => {
      const { kind, url: address } = await call.read(channelBody);
      return json(201, {
        data: await withProblems(officeOf(call).chats.add(call.book, call.principal.party, kind, address)),
      });
    },
  ),
  route(
    {
      id: "channelRemove",
      method: "delete",
      path: "/v1/books/{book}/channels/{channel}",
      tag,
      params: z.object({ book: bookParam, channel: idParam }),
      writes: true,
      answers: { 204: NOTHING },
    },
    async (call) => there(await officeOf(call).chats.remove(call.book, call.principal.party, call.params.channel)),
  ),
  route(
    {
      id: "calendarFeedCreate",
      method: "post",
      path: "/v1/books/{book}/calendar-feeds",
      tag,
      description:
        "A path for a calendar program, which is its own key: whoever has it reads the deadlines of the caller's party.",
      params: inBook,
      writes: true,
      answers: { 201: valueAnswer("The path; it is not shown again.") },
    },
    async (call) => {
      const token = await officeOf(call).calendars.create(call.book, call.principal.party, call.principal.person);
      return json(201, { data: { path: `/ical/${token}` } });
    },
  ),
  route(
    {
      id: "calendarFeedRead",
      method: "get",
      path: "/ical/{token}",
      tag,
      params: z.object({ token: z.string().max(100) }),
      answers: { 200: { description: "Deadlines.", media: "text/calendar", schema: { inline: { type: "string" } } } },
    },
    async (call) => {
      const office = officeOf(call);
      const whose = await office.calendars.find(call.params.token.replace(/\.ics$/, ""));
      if (whose === undefined) throw notFound();
      return new Response(await office.calendar(whose.book, whose.party), {
        headers: { "content-type": "text/calendar; charset=utf-8", "cache-control": "private, max-age=300" },
      });
    },
  ),
];

async function deliveries(
  call: AnyCall,
  { limit = 100, cursor, ...narrow }: Omit<DeliveryFilter, "before"> & PageAsked,
): Promise<Response> {
  const { outbox } = officeOf(call);
  const { book, principal } = call;
  const found = await outbox.list(book, principal.party, limit + 1, {
    ...narrow,
    before: cursor === undefined ? undefined : decodeCursor(cursor, call.listed),
  });
  const page = found.slice(0, limit);
  const tries = await outbox.attempts(
    book,
    principal.party,
    page.map(({ id }) => id),
  );
  const data = page.map(({ id, kind, endpoint, status, attempts, dueAt, createdAt, endedAt }) => ({
    id,
    kind,
    ...(kind === "webhook" ? { webhook: endpoint } : {}),
    status,
    attempts,
    createdAt,
    ...(status === "waiting" ? { dueAt } : {}),
    ...(endedAt === undefined ? {} : { endedAt }),
    tries: tries.get(id) ?? [],
  }));
  return json(200, { data, ...nextCursorOf(found.length > limit ? page.at(-1)?.id : undefined, call.listed) });
}
