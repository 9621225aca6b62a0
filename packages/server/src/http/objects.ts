import type { CommandBody } from "@offtake/core/book";
import { LIST_STATUSES, type ViewKind } from "@offtake/core/disclosure";
import { BadCursor, type CountQuery, type FeedObject, type ObjectOrder, type ObjectQuery } from "@offtake/store/feeds";
import type { Outcome } from "../feeds/index.ts";
import { type Accepted, type AnyCall, json } from "./call.ts";
import {
  type AnswerSpec,
  bookParam,
  idParam,
  type Method,
  type Operation,
  pageQuery,
  type Route,
  route,
  z,
} from "./operation.ts";
import type { ProblemCode } from "@offtake/wire/problems";
import type { OperationId } from "../people/index.ts";
import { decodeCursor, nextCursorOf } from "./cursors.ts";
import { heldOrSubmitted, waitingAnswer } from "./follow.ts";
import { HttpProblem, notFound, problem, withReceipt } from "./problems.ts";
import { findObject, shown, type Shown } from "./shown.ts";
import { waitingOf } from "./waiting.ts";

const PAGE_DEFAULT = 100;
const STATUS = /^[a-z_]{1,40}(,[a-z_]{1,40}){0,19}$/;

/** What lists of objects can be asked for. */
export const listQuery = z.object({
  ...pageQuery,
  status: z.string().regex(STATUS).optional().openapi({ description: "Only these states, separated by commas." }),
  agreement: idParam.optional().openapi({ description: "Only what stands under this agreement." }),
  order: z.enum(["updated", "created", "deadline", "id", "next"]).optional().openapi({
    description:
      "By the last change (default), by when it was made, by what falls due next (what has no deadline is left out), or by id. `next`: by what needs doing next, and nothing is left out: what falls due, the nearest first, then what waits without a date, then what is over; of these two the last changed first.",
  }),
  descending: z.enum(["true", "false"]).optional().openapi({
    description: "The newest or last first; `true` when left out for `updated` and `created`. Not with `next`.",
  }),
  counts: z.enum(["true", "false"]).optional().openapi({
    description: "`true`: says also how many there are of each state, whatever states are asked for.",
  }),
});

/** Of what belongs to a request, only that of one. */
const listOfRequests = listQuery.extend({
  request: idParam.optional().openapi({ description: "Only what belongs to this request." }),
});

/** Of what answers an invitation, only that of one. */
const listOfInvitations = listQuery.extend({
  invitation: idParam.optional().openapi({ description: "Only what was offered on this invitation." }),
});

/** What a list of this kind can be asked for, with the states that it knows. */
function listQueryOf(kind: ViewKind): typeof listQuery {
  const query = OF_REQUESTS.has(kind) ? listOfRequests : kind === "bids" ? listOfInvitations : listQuery;
  const description = `Only these states, separated by commas; there are ${LIST_STATUSES[kind].join(", ")}.`;
  return query.extend({ status: listQuery.shape.status.openapi({ description }) });
}

interface Wanted {
  readonly kind: ViewKind;
  readonly parent?: string;
}

/** The caller's own objects of a kind, page by page. */
export async function listObjects(call: AnyCall, wanted: Wanted): Promise<Response> {
  const { services, book, principal, query } = call;
  const { store } = services.telling;
  const asked = queryOf(query, wanted, call.listed);
  const { requests } = call.admission;
  if (requests !== undefined) return listGranted(call, wanted, asked, requests);
  try {
    const { objects, next } = await store.listObjects(book, principal.party, asked);
    const data = objects.map((object) => shown(wanted.kind, object).value);
    const page = { data, ...nextCursorOf(next, call.listed) };
    if (!isCounted(query)) return json(200, page);
    return json(200, {
      ...page,
      counts: Object.fromEntries(await store.countObjects(book, principal.party, countedOf(asked))),
    });
  } catch (error) {
    if (error instanceof BadCursor) throw problem("cursor_malformed");
    throw error;
  }
}

/** What an auditor gets of a list: all that hangs on its granted requests, on one page, so that no cursor tells what lies between. */
async function listGranted(
  call: AnyCall,
  { kind }: Wanted,
  { after: _, parent, ...asked }: ObjectQuery,
  requests: readonly string[],
): Promise<Response> {
  const { services, book, principal, admission } = call;
  const { store } = services.telling;
  const found: FeedObject[] = [];
  const isShown = ({ status }: FeedObject): boolean => asked.status === undefined || asked.status.includes(status);
  for (const request of requests.filter((one) => parent === undefined || parent === one)) {
    if (!(await admission.read(`${kind} of ${request}`, request))) continue;
    if (kind === "requests") {
      const one = await store.getObject(book, principal.party, kind, request);
      if (one !== undefined) found.push(one);
    } else if (OF_REQUESTS.has(kind)) {
      const { status: _, ...every } = asked;
      let after: ObjectQuery["after"];
      do {
        const page = { ...every, parent: request, limit: 1_000, ...(after === undefined ? {} : { after }) };
        const { objects, next } = await store.listObjects(book, principal.party, page);
        found.push(...objects);
        after = next;
      } while (after !== undefined);
    }
  }
  const page = { data: found.filter(isShown).map((object) => shown(kind, object).value), nextCursor: null };
  return json(200, isCounted(call.query) ? { ...page, counts: countsOf(found) } : page);
}

/** Of what is listed, whatever states and order were asked for. */
const countedOf = ({ kind, parent, agreement }: ObjectQuery): CountQuery => ({
  kind,
  ...(parent === undefined ? {} : { parent }),
  ...(agreement === undefined ? {} : { agreement }),
});

const isCounted = (query: Readonly<Record<string, unknown>>): boolean => query["counts"] === "true";

function countsOf(objects: readonly FeedObject[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of objects) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function queryOf(query: Readonly<Record<string, unknown>>, wanted: Wanted, list: string): ObjectQuery {
  const asked = query as z.output<typeof listOfRequests> & z.output<typeof listOfInvitations>;
  const { limit = PAGE_DEFAULT, cursor, status, agreement, order, descending, request, invitation } = asked;
  const parent = request ?? invitation;
  if (order === "next" && descending !== undefined)
    throw problem("parameter_malformed", {
      errors: [
        {
          code: "parameter_malformed",
          parameter: "descending",
          detail: "not with `order=next`, which has one direction",
        },
      ],
    });
  return {
    ...wanted,
    ...(order === "next" ? { waiting: waitingOf(wanted.kind) } : {}),
    ...(parent === undefined ? {} : { parent }),
    limit,
    ...(cursor === undefined ? {} : { after: decodeCursor(cursor, list) }),
    ...(status === undefined ? {} : { status: statusesOf(status, wanted.kind) }),
    ...(agreement === undefined ? {} : { agreement }),
    ...(order === undefined ? {} : { order: order satisfies ObjectOrder }),
    ...(descending === undefined ? {} : { descending: descending === "true" }),
  };
}

/** @throws HttpProblem where one of the states is none of the kind: an empty list would say that there is nothing in it */
function statusesOf(text: string, kind: ViewKind): readonly string[] {
  const known: readonly string[] = LIST_STATUSES[kind];
  const asked = text.split(",");
  const unknown = asked.filter((one) => !known.includes(one));
  if (unknown.length === 0) return asked;
  const detail = `no state of these: ${unknown.join(", ")}; there are ${known.join(", ")}`;
  throw problem("parameter_malformed", {
    detail: `status: ${detail}`,
    errors: [{ code: "parameter_malformed", parameter: "status", detail }],
  });
}

/** Kinds of objects that are part of a request, or belong to one. */
const OF_REQUESTS: ReadonlySet<string> = new Set(["notices", "awards", "holds"]);

/** The request that an object hangs on, as its reader knows it: what an auditor was granted is told by it. */
function requestOf({ kind, id, parent }: FeedObject): string | undefined {
  if (kind === "requests") return id;
  return OF_REQUESTS.has(kind) ? parent : undefined;
}

/** @throws HttpProblem where it is not there, or not the caller's to see */
export async function needObject<Kind extends ViewKind>(call: AnyCall, kind: Kind, id: string): Promise<Shown<Kind>> {
  const found = await findObject(call, kind, id);
  if (found === undefined) throw notFound();
  return found;
}

/**
 * An object that is shown, or something made of it: recorded, where an auditor reads it under a grant.
 *
 * @param read what of it is read
 * @throws HttpProblem where it is not there, not the caller's to see, or granted by nobody: nobody can tell these apart
 */
export async function readObject<Kind extends ViewKind>(
  call: AnyCall,
  kind: Kind,
  id: string,
  read = `${kind}/${id}`,
): Promise<Shown<Kind>> {
  const found = await needObject(call, kind, id);
  if (!(await call.admission.read(read, requestOf(found.object)))) throw notFound();
  return found;
}

/** Its version is the place in the caller's own feed at which it changed last. */
const etagOf = ({ object }: Shown): string => `"${object.version}"`;

export async function showObject(call: AnyCall, kind: ViewKind, id: string): Promise<Response> {
  const found = await readObject(call, kind, id);
  const etag = etagOf(found);
  if (call.header("if-none-match") === etag) return new Response(null, { status: 304, headers: { etag } });
  return json(200, { data: found.value }, { etag });
}

/**
 * The object that a change is about, as the caller says that it has seen it.
 *
 * @throws HttpProblem where it is not there, where the caller does not say, and where it has changed
 */
export async function matchedObject<Kind extends ViewKind>(
  call: AnyCall,
  kind: Kind,
  id: string,
): Promise<Shown<Kind>> {
  const found = await needObject(call, kind, id);
  const wanted = call.header("if-match");
  if (wanted === undefined) throw problem("precondition_required");
  if (wanted !== "*" && wanted !== etagOf(found))
    throw problem("precondition_failed", { headers: { etag: etagOf(found) } });
  return found;
}

/** The answer to a change: the object as the caller sees it afterwards, and the receipt. */
export function changed(
  { receipt, object }: Outcome,
  kind: ViewKind,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const found = object === undefined ? undefined : shown(kind, object);
  return json(
    status,
    { data: found?.value ?? null, receipt },
    found === undefined ? headers : { ...headers, etag: etagOf(found) },
  );
}

/** Name of a kind's component in the document. */
export const COMPONENT_OF: { readonly [Kind in ViewKind]: string } = {
  agreements: "Agreement",
  agreementVersions: "AgreementVersion",
  commitments: "Commitment",
  conflicts: "Conflict",
  waivers: "WaiverGranted",
  notices: "Notice",
  holds: "Hold",
  invitations: "Invitation",
  bids: "Bid",
  awards: "Award",
  hostings: "Hosting",
  requests: "Request",
  parties: "PartyKnown",
  books: "BookSettings",
  calendars: "CalendarKept",
  rates: "ExchangeRateKept",
  indexValues: "IndexValueKept",
  blocks: "BlockKept",
  offers: "OfferListed",
  standingAnswers: "StandingAnswerGiven",
  consents: "ResaleConsentGiven",
};

const refOf = (kind: ViewKind): { readonly $ref: string } => ({ $ref: `#/components/schemas/${COMPONENT_OF[kind]}` });

export const objectAnswer = (kind: ViewKind): AnswerSpec => ({
  description: "As the caller sees it.",
  headers: { ETag: "Its version, for `If-Match` and `If-None-Match`." },
  schema: {
    inline: { type: "object", properties: { data: refOf(kind) }, required: ["data"], additionalProperties: false },
  },
});

export const pageAnswer = (kind: ViewKind): AnswerSpec => ({
  description: "A page; `nextCursor` is null on the last one.",
  schema: {
    inline: {
      type: "object",
      properties: {
        data: { type: "array", items: refOf(kind) },
        nextCursor: { type: ["string", "null"] },
        counts: {
          type: "object",
          additionalProperties: { type: "integer" },
          description: "How many there are of each state, where that was asked for.",
        },
      },
      required: ["data", "nextCursor"],
      additionalProperties: false,
    },
  },
});

/** What a change answers with: the object as the caller sees it afterwards, where it sees one, and the receipt. */
export const changeAnswer = (kind?: ViewKind): AnswerSpec => ({
  description: "Done.",
  schema: {
    inline: {
      type: "object",
      properties: {
        ...(kind === undefined ? {} : { data: { anyOf: [refOf(kind), { type: "null" }] } }),
        receipt: { $ref: "#/components/schemas/Receipt" },
      },
      required: kind === undefined ? ["receipt"] : ["data", "receipt"],
      additionalProperties: false,
    },
  },
});

interface Listed extends Acted {
  readonly list: OperationId;
  readonly read?: OperationId;
  /** Where one permission is for several kinds, or for a list and for each of it. */
  readonly listVariant?: string;
  readonly readVariant?: string;
  readonly listSummary?: string;
  readonly readSummary?: string;
}

const optional = <Key extends string>(key: Key, value: string | undefined): { readonly [Name in Key]?: string } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [Name in Key]?: string };

/** A list of the caller's objects of a kind, and each of them. */
export function readRoutes(of: Listed): readonly Route[] {
  const { kind, list, read, path, tag, name } = of;
  const params = z.object({ book: bookParam });
  const granted = kind === "requests" || OF_REQUESTS.has(kind);
  const all = route(
    {
      ...optional("variant", of.listVariant),
      ...optional("summary", of.listSummary),
      id: list,
      method: "get",
      path,
      tag,
      params,
      query: listQueryOf(kind),
      granted,
      answers: { 200: pageAnswer(kind) },
    },
    (call) => listObjects(call, { kind }),
  );
  if (read === undefined) return [all];
  const one = route(
    {
      ...optional("variant", of.readVariant),
      ...optional("summary", of.readSummary),
      id: read,
      method: "get",
      path: `${path}/{${name}}`,
      tag,
      params: params.extend({ [name]: idParam }),
      granted,
      answers: { 200: objectAnswer(kind) },
    },
    (call) => showObject(call, kind, paramOf(call, name)),
  );
  return [all, one];
}

const paramOf = ({ params }: { readonly params: unknown }, name: string): string =>
  (params as Readonly<Record<string, string>>)[name] ?? "";

/** A collection whose things can be acted on. */
export interface Acted {
  readonly kind: ViewKind;
  readonly path: string;
  readonly tag: string;
  /** The parameter of one of them. */
  readonly name: string;
}

type Act = Pick<Operation, "id" | "variant" | "summary" | "description" | "body" | "ifMatch"> & {
  /** What stands behind the thing in the address; nothing where it is the thing itself. */
  readonly verb?: string;
  /** `post` when absent. */
  readonly method?: Method;
};

/**
 * Something done with a thing that the caller sees: what it does not see is not there, whatever it wants to do with it.
 *
 * @param withoutEffect the problem to answer with where a command was taken on record and changes nothing
 */
export function actRoute<Kind extends ViewKind>(
  { kind, path, tag, name }: Acted & { readonly kind: Kind },
  { verb, method = "post", ...operation }: Act,
  commandFor: (id: string, call: AnyCall, seen: Shown<Kind>) => CommandBody | Promise<CommandBody>,
  withoutEffect?: (accepted: Accepted, now: Shown<Kind> | undefined) => HttpProblem | undefined,
): Route {
  return route(
    {
      ...operation,
      method,
      path: `${path}/{${name}}${verb === undefined ? "" : `/${verb}`}`,
      tag,
      params: z.object({ book: bookParam, [name]: idParam }),
      writes: true,
      answers: { 200: changeAnswer(kind), ...waitingAnswer(operation.id) },
    },
    async (call) => {
      const id = paramOf(call, name);
      const seen = operation.ifMatch === true ? await matchedObject(call, kind, id) : await needObject(call, kind, id);
      const command = await commandFor(id, call, seen);
      const outcome = await unlessOver(seen, heldOrSubmitted(call, operation.id, { kind, id }, command));
      if ("waits" in outcome) return outcome.waits;
      const { accepted, object, receipt } = outcome;
      const nothing = withoutEffect?.(accepted, object === undefined ? undefined : shown(kind, object));
      if (nothing !== undefined) throw withReceipt(nothing, receipt);
      return changed(outcome, kind);
    },
  );
}

/** By kind: what the core says of what it no longer knows, what is said in its place, and in which states the thing still waits for something. */
const OVER: {
  readonly [Kind in ViewKind]?: readonly [unknown: ProblemCode, over: ProblemCode, waits: readonly string[]];
} = {
  requests: ["unknown_request", "request_closed", []],
  awards: ["not_found", "award_settled", ["issued", "held"]],
};

/** The core lets go of what is over, and then knows no such thing; whoever still sees it is told that it is over. */
export function unlessOver<Done>({ object }: Shown, deciding: Promise<Done>): Promise<Done> {
  const [unknown, over, waits = []] = OVER[object.kind as ViewKind] ?? [];
  return deciding.catch((error: unknown) => {
    const isUnknown = error instanceof HttpProblem && error.document.code === unknown;
    throw isUnknown && over !== undefined && !waits.includes(object.status) ? problem(over) : error;
  });
}

/** What is to be decided, and the id under which the caller then sees it. */
interface Made {
  readonly id: string;
  readonly command: CommandBody;
}

/**
 * Asks for a name that cannot be anybody else's. The keeper sees all names that there are; whoever else makes something anew calls it by its
 * own party first: were other names taken, their being taken would tell of what it may not see.
 *
 * @throws HttpProblem `name_not_own`, whether or not there is such a thing
 */
export async function assertOwnName(call: AnyCall, kind: ViewKind, id: string): Promise<void> {
  const { party } = call.principal;
  if (id.startsWith(`${party}.`) || (await isKeeper(call))) return;
  if ((await findObject(call, kind, id)) === undefined) throw problem("name_not_own");
}

/** Whether the caller's party keeps the book. */
export const isKeeper = async ({ services, book, principal }: AnyCall): Promise<boolean> =>
  (await services.keeperOf(book)) === principal.party;

/** Something recorded under the id that the address names: new, or anew. */
export function putRoute(
  { kind, path, tag, name }: Acted,
  operation: Omit<Act, "verb" | "method">,
  make: (call: AnyCall) => Promise<Made>,
): Route {
  return route(
    {
      ...operation,
      method: "put",
      path: `${path}/{${name}}`,
      tag,
      params: z.object({ book: bookParam, [name]: idParam }),
      writes: true,
      answers: { 200: changeAnswer(kind), ...waitingAnswer(operation.id) },
    },
    async (call) => {
      const { id, command } = await make(call);
      if (id !== paramOf(call, name))
        throw problem("conflicting_keys", { detail: "The body names another thing than the address." });
      await assertOwnName(call, kind, id);
      const outcome = await heldOrSubmitted(call, operation.id, { kind, id }, command);
      return "waits" in outcome ? outcome.waits : changed(outcome, kind);
    },
  );
}

/** Something recorded in a collection, whose id follows from what it says. */
export function createRoute(
  { kind, path, tag }: Acted,
  operation: Omit<Act, "verb" | "method">,
  make: (call: AnyCall) => Promise<Made>,
): Route {
  return route(
    {
      ...operation,
      method: "post",
      path,
      tag,
      params: z.object({ book: bookParam }),
      writes: true,
      answers: { 201: changeAnswer(kind), ...waitingAnswer(operation.id) },
    },
    async (call) => {
      const { id, command } = await make(call);
      const outcome = await heldOrSubmitted(call, operation.id, { kind, id }, command);
      return "waits" in outcome ? outcome.waits : changed(outcome, kind, 201);
    },
  );
}
