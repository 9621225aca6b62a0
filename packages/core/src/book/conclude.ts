import type { Instant, RequestId } from "../kernel/index.ts";
import type { Writable } from "./draft.ts";
import type { RequestEvent } from "./events.ts";
import { issueAward } from "./issue.ts";
import { policyOf } from "./policy.ts";
import { measuredUntil } from "./measured.ts";
import { nearestThatWorks } from "./nearest.ts";
import { askedCount, awardedCount, isOpen, openCount, type RequestState, toldCounts } from "./request-state.ts";
import { tellBidders } from "./tell-bidders.ts";
import { reject, type Turn } from "./turn.ts";

/**
 * Nothing more can be done by itself: what holders took is awarded, and the request closes or rests with what is left. False:
 * the caller has nothing further to step through.
 */
export function concludeRequest(turn: Turn, id: RequestId): boolean {
  const request = turn.state.requests.get(id);
  if (request === undefined || awaitsBuyer(turn, request)) return false;
  if (request.lots.some((lot) => lot.holds.length > 0)) {
    issueAward(turn, request, []);
    return true;
  }
  rest(turn, request);
  return false;
}

/** The buyer takes nothing from the market: what holders took is awarded by itself. */
export function awardHeld(turn: Turn, request: RequestState): void {
  if (!request.lots.some((lot) => lot.holds.length > 0))
    reject("malformed", "Nothing is proposed, and no holder has taken anything.");
  issueAward(turn, request, []);
}

/** Where the policy leaves the choice to the buyer, nothing is awarded while there is something to choose. */
function awaitsBuyer(turn: Turn, request: RequestState): boolean {
  if (policyOf(turn.state).autoAward || request.awards.length > 0) return false;
  if (request.request.sale !== undefined) return request.lots.some((lot) => lot.phase === "stages" && isOpen(lot));
  return (
    request.market?.opened === true &&
    request.market.bids.length > 0 &&
    request.lots.some((lot) => lot.phase === "market" && isOpen(lot))
  );
}

export type Outcome = NonNullable<RequestState["rested"]>["outcome"];

export function outcomeOf(request: RequestState): Outcome {
  const awarded = awardedCount(request);
  return awarded >= askedCount(request) ? "awarded_full" : awarded > 0 ? "awarded_part" : "unfilled";
}

/** Whether every award has been confirmed by whoever signs. */
export function isConfirmed(request: RequestState): boolean {
  return request.awards.every((award) => request.confirmedAwards.includes(award.id));
}

/** A request that nothing keeps closes; one that waits for a signature, a clearance's end, or the measure of its use rests. */
function rest(turn: Turn, request: RequestState): void {
  const held = request.lots.filter((lot) => lot.phase === "held");
  if (held.length > 0 && held.length === request.lots.length) return;
  if (request.request.release !== undefined) return announced(turn, request);
  const outcome = outcomeOf(request);
  if (request.market?.opened === true && !request.market.told) tellBidders(turn, request, []);
  const cleared =
    outcome !== "awarded_full" && request.request.unfilled === "keep" ? openUntil(request, turn.at) : undefined;
  const measured = measuredUntil(turn.state, request);
  const isKept =
    cleared !== undefined || held.length > 0 || !isConfirmed(request) || (measured !== undefined && measured > turn.at);
  const { asked, awarded } = toldCounts(request);
  const closed: Writable<Extract<RequestEvent, { type: "requestClosed" }>> = {
    type: "requestClosed",
    at: turn.at,
    request: request.request.id,
    outcome,
    awarded,
    asked,
  };
  if (outcome !== "awarded_full") {
    closed.why = whyShort(request);
    const nearest = nearestThatWorks(turn.state, request);
    if (nearest !== undefined) closed.nearest = nearest;
  }
  if (!isKept) return turn.emit(closed);
  const until = later(held.length > 0 ? undefined : cleared, measured);
  if (request.rested?.outcome === outcome && request.rested.until === until) return;
  turn.emit({ ...closed, type: "requestRested", outcome, ...(until === undefined ? {} : { until }) });
}

/** All who ship the product first have been asked; nothing was to be bought. */
function announced(turn: Turn, request: RequestState): void {
  turn.emit({
    type: "requestClosed",
    at: turn.at,
    request: request.request.id,
    outcome: "announced",
    awarded: 0,
    asked: toldCounts(request).asked,
  });
}

function later(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

/**
 * What is left of a request stays open while a clearance lasts, and after that until its service should have begun: the holders are then
 * asked anew. Undefined where there is nothing left, or nobody was ever asked about it.
 */
function openUntil(request: RequestState, at: Instant): Instant | undefined {
  let last: Instant | undefined;
  for (const lot of request.lots) {
    if (openCount(lot) === 0 || lot.why === "superseded") continue;
    for (const { validUntil } of lot.clearances) {
      if (validUntil !== undefined)
        last = later(later(last, validUntil), lot.lot.terms.latestStart ?? lot.lot.window.from);
    }
  }
  return last !== undefined && last > at ? last : undefined;
}

/** The first lot that fell short says why. */
function whyShort(request: RequestState): string {
  for (const lot of request.lots) {
    if (lot.phase === "barred" && lot.why !== undefined && lot.why !== "superseded") return lot.why;
    if (lot.phase === "held") return lot.why ?? "conflict_undecided";
  }
  return request.shortfall ?? "no_bids";
}
