import type { Instant, RequestId } from "../kernel/index.ts";
import type { Writable } from "./draft.ts";
import type { RequestEvent } from "./events.ts";
import { policyOf } from "./market.ts";
import { measuredUntil } from "./measured.ts";
import { nearestThatWorks } from "./nearest.ts";
import { issueAward } from "./proposal.ts";
import { openCount, type RequestState } from "./request-state.ts";
import { reject, type Turn } from "./turn.ts";

/**
 * Nothing more can be done by itself: what holders took is awarded, and the request closes or rests with what is left. False:
 * the caller has nothing further to step through.
 */
export function concludeRequest(turn: Turn, id: RequestId): boolean {
  const request = turn.state.requests.get(id);
  if (request === undefined) return false;
  if (awaitsBuyer(turn, request)) return false;
  if (request.lots.some((lot) => lot.holds.length > 0)) {
    issueAward(turn, request, []);
    return true;
  }
  rest(turn, request);
  return false;
}

/** The buyer takes nothing from the market: what holders took is awarded by itself. */
export function awardHeld(turn: Turn, request: RequestState): void {
  if (!request.lots.some((lot) => lot.holds.length > 0)) reject("malformed", "Nothing is proposed, and no holder has taken anything.");
  issueAward(turn, request, []);
}

/** Where the policy leaves the choice to the buyer, nothing is awarded while there are bids to choose from. */
function awaitsBuyer(turn: Turn, request: RequestState): boolean {
  if (policyOf(turn.state).autoAward || request.market?.opened !== true || request.market.bids.length === 0) return false;
  return request.awards.length === 0 && request.lots.some((lot) => lot.phase === "market" && openCount(lot) > 0);
}

function rest(turn: Turn, request: RequestState): void {
  const asked = request.lots.filter((lot) => lot.why !== "superseded").reduce((sum, lot) => sum + lot.lot.count, 0);
  const awarded = request.lots.reduce((sum, lot) => sum + lot.awarded, 0);
  const held = request.lots.some((lot) => lot.phase === "held");
  if (held && request.lots.every((lot) => lot.phase === "held" || lot.awarded === 0)) {
    if (request.lots.every((lot) => lot.phase === "held")) return;
  }
  const outcome = awarded >= asked ? "awarded_full" : awarded > 0 ? "awarded_part" : "unfilled";
  const why = outcome === "awarded_full" ? undefined : whyShort(request);
  const nearest = outcome === "awarded_full" ? undefined : nearestThatWorks(turn.state, request);
  const closed: Writable<Extract<RequestEvent, { type: "requestClosed" }>> = { type: "requestClosed", at: turn.at, request: request.request.id, outcome, awarded, asked };
  if (why !== undefined) closed.why = why;
  if (nearest !== undefined) closed.nearest = nearest;
  const confirmed = request.awards.every((award) => request.confirmedAwards.includes(award.id));
  const cleared = openUntil(request, turn.at);
  const open = outcome !== "awarded_full" && request.request.unfilled === "keep" && !held && cleared !== undefined;
  const measured = measuredUntil(turn.state, request);
  const until = later(open ? cleared : undefined, measured);
  if ((outcome === "awarded_full" || request.request.unfilled === "close" || cleared === undefined) && confirmed && !held && !hasRelianceLeft(request, outcome) && !isAhead(measured, turn.at)) {
    turn.emit(closed);
    return;
  }
  if (request.rested?.outcome === outcome && request.rested.until === until) return;
  turn.emit({ ...closed, type: "requestRested", outcome, ...(until === undefined ? {} : { until }) });
}

function later(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

function isAhead(instant: Instant | undefined, at: Instant): boolean {
  return instant !== undefined && instant > at;
}

/** A request that nobody was asked about has nothing to keep it; the others stay while a clearance lasts. */
function hasRelianceLeft(request: RequestState, outcome: string): boolean {
  return outcome !== "awarded_full" && request.request.unfilled === "keep" && request.lots.some((lot) => lot.clearances.some((item) => item.validUntil !== undefined));
}

/**
 * What is left of a request stays open while a clearance lasts, and after that until its service should have begun: the holders
 * are then asked anew. Undefined where there is nothing left, or nobody was ever asked about it.
 */
function openUntil(request: RequestState, at: Instant): Instant | undefined {
  let last: Instant | undefined;
  for (const lot of request.lots) {
    if (openCount(lot) === 0 || lot.why === "superseded") continue;
    for (const { validUntil } of lot.clearances) {
      if (validUntil === undefined) continue;
      last = later(later(last, validUntil), lot.lot.terms.latestStart ?? lot.lot.window.from);
    }
  }
  return isAhead(last, at) ? last : undefined;
}

/** The first lot that fell short says why. */
function whyShort(request: RequestState): string {
  for (const lot of request.lots) {
    if (lot.phase === "barred" && lot.why !== undefined && lot.why !== "superseded") return lot.why;
    if (lot.phase === "held") return "conflict_undecided";
  }
  return request.shortfall ?? "no_bids";
}
