import type { LotId, RequestId } from "@offtake/core/kernel";
import type { ComputeRequest } from "@offtake/core/requests";
import { purposeUseBody, requestBody, tenderBody } from "@offtake/wire/api";
import { parseShorthand, type RequestDefaults } from "@offtake/wire/requests";
import { amountOfRequest } from "../amounts.ts";
import { askedFor } from "../asked.ts";
import type { Outcome } from "../../feeds/index.ts";
import type { AnyCall } from "../call.ts";
import { drawnId } from "../ids.ts";
import { actRoute, assertOwnName, changeAnswer, changed, needObject, readRoutes, unlessOver } from "../objects.ts";
import { shown } from "../shown.ts";
import { idParam, inBook, type Route, route } from "../operation.ts";
import { invalidDocument, problem } from "../problems.ts";

const inRequest = inBook.extend({ request: idParam });
const tag = "requests";
const path = "/v1/books/{book}/requests";
const requests = { kind: "requests", path, tag, name: "request" } as const;

/** A wish in one line. */
const SHORTHAND = "text/plain";
export const REQUEST_BODY = {
  schema: { component: "RequestBody" },
  media: ["application/json", "application/yaml", SHORTHAND],
} as const;

export const requestRoutes: readonly Route[] = [
  ...readRoutes({ ...requests, list: "requestList", read: "requestRead" }),
  route(
    {
      id: "requestSubmit",
      method: "post",
      path,
      tag,
      description:
        "Takes a request document, as JSON or YAML, or one line in the short form as `text/plain`, such as `H100:4096/8@us-* 2026-05-01..2026-07-29 training <=2.60 USD/h`. Without an id it is given one; without a buyer it is the caller's.",
      params: inBook,
      body: REQUEST_BODY,
      writes: true,
      answers: { 201: changeAnswer("requests") },
    },
    async (call) => {
      const drawn = drawnId("req", call.key);
      const request = await readRequest(call, { id: drawn });
      if (request.id !== drawn) await assertOwnName(call, "requests", request.id);
      const outcome = await submitted(call, request, "submitRequest");
      const location = `/v1/books/${call.book}/requests/${encodeURIComponent(request.id)}`;
      return changed(outcome, "requests", 201, { location });
    },
  ),
  route(
    {
      id: "requestRevise",
      method: "put",
      path: `${path}/{request}`,
      tag,
      description: "A new version in place of the last one. A material change asks the holders of rights again.",
      params: inRequest,
      body: REQUEST_BODY,
      writes: true,
      answers: { 200: changeAnswer("requests") },
    },
    async (call) => {
      const { request: id } = call.params;
      const seen = await needObject(call, "requests", id);
      const request = await readRequest(call, { id });
      if (request.id !== id)
        throw problem("conflicting_keys", { detail: "The body names another request than the address." });
      return changed(await unlessOver(seen, submitted(call, request, "reviseRequest")), "requests");
    },
  ),
  actRoute(
    requests,
    { id: "requestWithdraw", verb: "withdraw", description: "Takes the request back. What was accepted stands." },
    (id) => ({ type: "withdrawRequest", request: id as RequestId }),
  ),
  actRoute(
    requests,
    { id: "requestClose", verb: "close", description: "Ends the search for what is not filled." },
    (id) => ({
      type: "closeRequest",
      request: id as RequestId,
    }),
  ),
  actRoute(
    requests,
    {
      id: "tenderOpen",
      verb: "tenders",
      description: "Puts what is cleared and not filled out to the market again.",
      body: { schema: { component: "TenderBody" }, optional: true },
    },
    async (id, call) => {
      const { lots } = call.file.text === "" ? {} : await call.read(tenderBody);
      return { type: "openTender", request: id as RequestId, ...(lots === undefined ? {} : { lots: lots as LotId[] }) };
    },
  ),
  actRoute(
    requests,
    {
      id: "purposeUseRecord",
      verb: "purpose-use",
      description: "What exceeds the purposes that were declared becomes a request of its own.",
      body: { schema: { component: "PurposeUse" } },
    },
    async (id, call) => {
      const { month, uses } = await call.read(purposeUseBody);
      const newRequest = drawnId("req", call.key) as RequestId;
      return { type: "recordPurposeUse", request: id as RequestId, month, uses, newRequest };
    },
  ),
];

/**
 * Has a request decided with every approval that it needs: those it states, and those of the rules of the caller's party, which the core then
 * waits for. Who sent it stands in the log, and cannot give them.
 */
async function submitted(
  call: AnyCall,
  request: ComputeRequest,
  type: "submitRequest" | "reviseRequest",
): Promise<Outcome> {
  const about = { kind: "requests", id: request.id } as const;
  const approvals = call.services.people?.approvals;
  if (approvals === undefined) return call.submitAbout(about, { type, request });
  const amount = amountOfRequest(request);
  const names = await approvals.namesFor(call.seat, request.approvals, { amount });
  const askedBy = call.principal.person;
  const outcome = await call.submitAbout(about, { type, request: { ...request, approvals: names }, askedBy });
  if (names.length > 0 && outcome.object !== undefined)
    await approvals.asked(call.seat, askedFor(shown("requests", outcome.object).view));
  return outcome;
}

/** The request of the body. Dates in it are meant in the zone of the book; names of parties and agreements the core checks. */
export async function readRequest(call: AnyCall, given: RequestDefaults): Promise<ComputeRequest> {
  const defaults = { buyer: call.principal.party, ...given };
  if (call.header("content-type")?.startsWith(SHORTHAND) !== true) return call.read(requestBody(defaults));
  const { name, text } = call.file;
  const read = parseShorthand(text.trim(), { ...defaults, zone: await call.zone() }, name);
  if (!read.ok) throw invalidDocument(read.problems);
  return read.value;
}
