import { isAffiliate } from "../agreements/affiliates.ts";
import { canonicalText, type LotId, type RequestId } from "../kernel/index.ts";
import { findClause } from "../agreements/timeline.ts";
import { afterRevision } from "../awards/gate.ts";
import { atomise } from "../requests/atomise.ts";
import { checkRequest } from "../requests/check.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest, RequestLine } from "../requests/request.ts";
import { evaluateMarket } from "./evaluate-market.ts";
import { isLive, noticesOf, openRequest, pinned } from "./lookup.ts";
import type { LotState, RequestState } from "./request-state.ts";
import { checkOverrides } from "./shares.ts";
import { splitLots } from "./split-lots.ts";
import { supersede } from "./answers.ts";
import { type BookState, closedKey } from "./state.ts";
import { reject, type Turn } from "./turn.ts";

/** Step 1: validates a request and its buyer's authority, and records it with its lots (step 2). */
export function submitRequest(turn: Turn, request: ComputeRequest): void {
  admit(turn, request);
  requireNewId(turn.state, request.id);
  turn.emit({ type: "requestSubmitted", at: turn.at, request });
  formLots(turn, request);
}

/** An id stands for one request for good: an old request that is sent once more is no new one. */
export function requireNewId(state: BookState, id: RequestId): void {
  if (state.requests.has(id) || state.keys.has(closedKey(id))) reject("duplicate_id", `There is already a request "${id}".`);
}

function admit(turn: Turn, request: ComputeRequest): void {
  const { state, actor } = turn;
  const { header } = state;
  if (header === undefined) return reject("book_not_open", "The book is not open.");
  if (state.policy === undefined) reject("malformed", "The book has no policy: without one no request can come to its end.");
  if (request.buyer !== actor && header.keeper !== actor) reject("not_authorised", "A request is submitted by its buyer or the keeper of the book.");
  if (state.parties.get(request.buyer) === undefined) reject("unknown_party", `There is no party "${request.buyer}" in the book.`);
  const affiliated = request.buyer === header.keeper || isAffiliate(request.buyer, header.keeper, state.parties, 5_001);
  if (request.sale === undefined && header.kind === "buyer" && !affiliated) reject("not_authorised", "This book takes requests of its keeper and the keeper's affiliates only.");
  const problem = checkRequest(request);
  if (problem !== undefined) reject(problem.code, problem.detail);
  for (const line of request.lines) checkUnder(turn, line);
  checkOverrides(state, request);
  if (request.sale !== undefined && state.parties.get(request.sale.to) === undefined) reject("unknown_party", `There is no party "${request.sale.to}" in the book.`);
  for (const block of request.sale?.blocks ?? []) if (state.capacity.get(block) === undefined) reject("unknown_block", `There is no block "${block}" in the book.`);
}

/** A call names a clause that gives it, while it may still be exercised (domain row D6). */
function checkUnder(turn: Turn, line: RequestLine): void {
  const { under } = line;
  if (under === undefined) return;
  const agreement = turn.state.agreements.get(under.agreement);
  if (agreement === undefined) return reject("unknown_agreement", `There is no agreement "${under.agreement}" in the book.`);
  const clause = agreement.versions.map((version) => findClause(version, under.clause)).find((item) => item !== undefined);
  if (clause?.kind === "entitlement") {
    if (clause.until !== undefined && turn.at >= clause.until) reject("option_expired", "The call came after the last day for it.");
    if (line.accelerators[0]?.acceleratorType !== clause.acceleratorType) {
      reject("malformed", `"${under.clause}" of ${under.agreement} gives ${clause.acceleratorType}, which is not what this line asks for.`);
    }
    return;
  }
  if (clause?.kind === "option" && clause.option !== undefined) {
    if (turn.at >= clause.option.until) reject("option_expired", "The option was exercised after its last day.");
    return;
  }
  reject("unknown_clause", `"${under.clause}" of ${under.agreement} gives nothing to call.`);
}

function formLots(turn: Turn, request: ComputeRequest): void {
  const lots = splitLots(turn, request, atomise(request, () => turn.ids.next<"LotId">("lot") as LotId, (line) => asksNewCapacity(turn.state, line)));
  for (const lot of lots) turn.emit({ type: "lotFormed", at: turn.at, lot });
}

/** Capacity called under a contract may still be new to a right that is older than the contract (domain row A15). */
function asksNewCapacity(state: BookState, line: RequestLine): boolean {
  if (line.under === undefined || line.under.negotiated) return true;
  const versions = state.agreements.get(line.under.agreement)?.versions ?? [];
  const clause = versions.map((version) => findClause(version, line.under?.clause as never)).find((item) => item !== undefined);
  return clause?.kind === "entitlement" && clause.act === "call-off";
}

export function withdrawRequest(turn: Turn, id: RequestId): void {
  const request = owned(turn, id);
  const bound = request.awards.length > 0 || request.lots.some((lot) => lot.holds.length > 0) || hasBindingAcceptance(turn, request);
  if (bound) reject("acceptance_stands", "A holder has accepted: the request can no longer be withdrawn.");
  for (const lot of request.lots) {
    for (const notice of noticesOf(turn.state, lot)) {
      if (!isLive(notice)) continue;
      turn.emit({
        type: "noticeClosed", at: turn.at, notice: notice.id, request: id, status: "withdrawn", count: 0, why: "request_withdrawn", closedAt: turn.at,
      });
    }
  }
  turn.emit({ type: "requestWithdrawn", at: turn.at, request: id });
  turn.emit({
    type: "requestClosed", at: turn.at, request: id, outcome: "withdrawn", awarded: 0,
    asked: request.lots.reduce((sum, lot) => sum + lot.lot.count, 0),
  });
}

function hasBindingAcceptance(turn: Turn, request: RequestState): boolean {
  return request.lots.some((lot) =>
    noticesOf(turn.state, lot).some((notice) => isLive(notice) && notice.answer?.verdict === "binding" && notice.answer.answer.type === "accept"),
  );
}

export function owned(turn: Turn, id: RequestId): RequestState {
  const request = turn.state.requests.get(id);
  if (request === undefined) return reject("unknown_request", `There is no open request "${id}".`);
  if (request.request.buyer !== turn.actor && turn.state.header?.keeper !== turn.actor) return reject("unknown_request", `There is no open request "${id}".`);
  return request;
}

/** A new version of a request: what is not material keeps every notice, answer and clearance (G10). */
export function reviseRequest(turn: Turn, revised: ComputeRequest): void {
  const before = openRequest(turn.state, revised.id);
  owned(turn, revised.id);
  admit(turn, revised);
  if (before.rested?.outcome === "awarded_full") reject("request_closed", "The request is awarded.");
  const drafts = splitLots(turn, revised, atomise(revised, () => turn.ids.next<"LotId">("lot") as LotId, (line) => asksNewCapacity(turn.state, line)));
  const current = before.lots.filter((lot) => lot.why !== "superseded");
  const kept = new Set(drafts.filter((draft) => current.some((lot) => lot.lot.label === draft.label && lot.lot.termsText === draft.termsText)).map((draft) => draft.label));
  const material = kept.size !== drafts.length || current.length !== drafts.length;
  for (const lot of current) if (!kept.has(lot.lot.label)) refuseToCutAccepted(turn, lot, drafts);
  turn.emit({ type: "requestRevised", at: turn.at, request: revised, material });
  if (!material) {
    // A decision about a minimum share is none of the holders' business, but may change which bid is best.
    const overridden = canonicalText(before.request.overrides ?? []) !== canonicalText(revised.overrides ?? []);
    if (overridden && before.market?.opened === true) evaluateMarket(turn, revised.id);
    return;
  }
  for (const lot of current) {
    if (kept.has(lot.lot.label)) continue;
    for (const notice of noticesOf(turn.state, lot)) supersede(turn, notice, "request_revised");
    turn.emit({ type: "lotDropped", at: turn.at, lot: lot.lot.id, request: revised.id, why: "superseded" });
  }
  for (const draft of drafts) {
    if (kept.has(draft.label)) continue;
    turn.emit({ type: "lotFormed", at: turn.at, lot: draft });
    const old = current.find((lot) => lot.lot.label === draft.label);
    if (old !== undefined) carryClearances(turn, revised.id, old, draft);
  }
}

/** What a holder has accepted stays with it: the request cannot be cut below that (domain row T5). */
function refuseToCutAccepted(turn: Turn, lot: LotState, drafts: readonly Lot[]): void {
  const held = lot.holds.reduce((sum, hold) => sum + hold.count, lot.awarded);
  const accepted = noticesOf(turn.state, lot).some((notice) => isLive(notice) && notice.answer?.verdict === "binding" && notice.answer.answer.type === "accept");
  if (held === 0 && !accepted) return;
  const draft = drafts.find((item) => item.label === lot.lot.label);
  reject("right_has_accepted", `A holder has accepted ${held} of lot ${lot.lot.label}; ${draft?.count ?? 0} would no longer be what it accepted.`);
}

/** Clearances whose holder could have had what is now asked go on; the others end with the old lot (domain rows T7, T8). */
function carryClearances(turn: Turn, request: RequestId, old: LotState, draft: Lot): void {
  for (const item of old.clearances) {
    if (item.validUntil !== undefined && turn.at >= item.validUntil) continue;
    if (item.reason === "not_applicable" || item.reason === "suspended") continue;
    const right = pinned(turn.state, item.right, old);
    const covered = afterRevision(item, right.clause, old.lot.terms, draft.terms);
    turn.emit({ type: "clearanceVoided", at: turn.at, clearance: item.id, request, why: "request_revised" });
    if (covered <= 0) continue;
    const { notice: _, ...rest } = item;
    const lot = turn.state.requests.get(request)?.lots.find((entry) => entry.lot.id === draft.id);
    if (lot === undefined) continue;
    turn.emit({ type: "clearanceIssued", at: turn.at, clearance: { ...rest, id: turn.ids.next("clr"), lot: draft.id, count: covered } });
  }
}

