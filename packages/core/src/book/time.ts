import type { AgreementId, AwardId, BidId, Instant, NoticeId, PartyId, RequestId, TenderId } from "../kernel/index.ts";
import { advance } from "./advance.ts";
import { endRights } from "./agreements.ts";
import { evaluateMarket } from "./evaluate-market.ts";
import { holdForGapIn } from "./gaps.ts";
import { isLive, rightOf } from "./lookup.ts";
import { closeTender } from "./close-tender.ts";
import { policyOf } from "./policy.ts";
import { nextChannel } from "./notify.ts";
import { applyEligibility } from "./suspend.ts";
import { isConfirmed, outcomeOf } from "./conclude.ts";
import { signingDue } from "./failure.ts";
import { propose } from "./propose.ts";
import { renew } from "./renewals.ts";
import { askedCount, awardedCount } from "./request-state.ts";
import type { BookState } from "./state.ts";
import type { Due } from "./timers.ts";
import type { Turn } from "./turn.ts";

/** Lets everything happen that falls due up to `until`, in the order in which it does; the command itself comes after. */
export function passTime(turn: Turn, until: Instant): void {
  turn.isPassing = true;
  const { timers } = turn.state;
  while (timers.isDue(until)) {
    const due = timers.pop() as Due;
    turn.clock = due.at;
    const request = requestOf(turn.state, due);
    if (request === undefined) happen(turn, due);
    else holdForGapIn(turn, request, () => happen(turn, due));
  }
  turn.clock = until;
  turn.isPassing = false;
}

/** The request that something falls due for: should a paper be missing, it waits, and everything else goes on. */
function requestOf(state: BookState, { kind, id }: Due): RequestId | undefined {
  switch (kind) {
    case "fallback":
    case "deadline":
      return state.notices.get(id as NoticeId)?.request;
    case "tender":
      return state.tenders.get(id as TenderId);
    case "extension":
    case "bid":
      return state.bids.get(id as BidId);
    case "contingency":
    case "signing":
      return state.awards.get(id);
    case "agreement":
    case "eligibility":
    case "rest":
    case "launch":
      return undefined;
  }
}

function happen(turn: Turn, due: Due): void {
  switch (due.kind) {
    case "agreement":
      for (const request of endRights(turn, due.id as AgreementId)) advance(turn, request as RequestId);
      return renew(turn, due.id as AgreementId, due.at);
    case "eligibility":
      return applyEligibility(turn, due.id as PartyId);
    case "fallback":
      return fallback(turn, due.id as NoticeId, due.at);
    case "deadline": {
      const notice = turn.state.notices.get(due.id as NoticeId);
      if (notice !== undefined && isLive(notice) && notice.respondBy !== undefined && notice.respondBy < due.at)
        advance(turn, notice.request);
      return;
    }
    case "tender":
      return tenderDue(turn, due);
    case "extension":
      return extensionDue(turn, due);
    case "bid":
      return bidDue(turn, due);
    case "contingency":
      return contingencyDue(turn, due.id as AwardId);
    case "signing":
      return signingDue(turn, due.id as AwardId, due.at);
    case "rest":
      return restDue(turn, due.id as RequestId);
    case "launch":
      return advance(turn, due.id as RequestId);
  }
}

function fallback(turn: Turn, id: NoticeId, at: Instant): void {
  const notice = turn.state.notices.get(id);
  if (notice === undefined || !isLive(notice) || notice.respondBy !== undefined) return;
  if (notice.sentAt > at) return;
  nextChannel(turn, notice, rightOf(turn.state, notice));
  advance(turn, notice.request);
}

function tenderDue(turn: Turn, due: Due): void {
  const request = turn.state.tenders.get(due.id as never);
  const market = request === undefined ? undefined : turn.state.requests.get(request)?.market;
  if (request === undefined || market === undefined || market.opened || market.tender.closesAt >= due.at) return;
  closeTender(turn, request);
  advance(turn, request);
}

/** A bid that was not extended in time cannot win a part that a holder may still match (domain row M18). */
function extensionDue(turn: Turn, due: Due): void {
  const request = turn.state.bids.get(due.id as never);
  const found = request === undefined ? undefined : turn.state.requests.get(request);
  const asked = found?.market?.asked.find((item) => item.bid === due.id);
  const bid = found?.market?.bids.find((item) => item.id === due.id);
  if (request === undefined || asked === undefined || bid === undefined || asked.answerBy > due.at) return;
  turn.emit({ type: "bidVoided", at: turn.at, request, bid: bid.id, bidder: bid.bidder, why: "not_extended" });
  evaluateMarket(turn, request);
  advance(turn, request);
}

/** A bid that ends takes the notice of its terms with it, unless the holder's match was first (G20). */
function bidDue(turn: Turn, due: Due): void {
  const request = turn.state.bids.get(due.id as never);
  const found = request === undefined ? undefined : turn.state.requests.get(request);
  const bid = found?.market?.bids.find((item) => item.id === due.id);
  if (request === undefined || bid === undefined || bid.validUntil > due.at) return;
  // What it won is an award by now.
  if (found?.awards.some((award) => award.lines.some((line) => line.bid === bid.id)) === true) return;
  turn.emit({ type: "bidVoided", at: turn.at, request, bid: bid.id, bidder: bid.bidder, why: "expired" });
  dropOffer(turn, request, bid.id);
}

/** An offer is gone: its match notices go with it, and the rest is solved again from the other bids (domain row M6). */
export function dropOffer(turn: Turn, id: RequestId, offer: string): void {
  const request = turn.state.requests.get(id);
  if (request?.proposal?.lines.some((line) => line.offer === offer) === true) {
    if (request.proposal.by === "evaluation") evaluateMarket(turn, id);
    else
      propose(
        turn,
        id,
        request.proposal.lines.filter((line) => line.offer !== offer),
        request.proposal.by,
      );
  }
  advance(turn, id);
}

/** Clearances have run out, or its use is measured no longer: a request that rests on that alone leaves. */
function restDue(turn: Turn, id: RequestId): void {
  const request = turn.state.requests.get(id);
  if (request?.rested?.until === undefined || request.rested.until > turn.clock || !isConfirmed(request)) return;
  const outcome = outcomeOf(request);
  turn.emit({
    type: "requestClosed",
    at: turn.at,
    request: id,
    outcome,
    awarded: awardedCount(request),
    asked: askedCount(request),
    ...(outcome === "awarded_full" ? {} : { why: "clearances_ended" }),
  });
}

/** The other party's window has ended without its use: what was awarded on that condition is unconditional (domain row M16). */
function contingencyDue(turn: Turn, id: AwardId): void {
  const request = turn.state.requests.get(turn.state.awards.get(id) as RequestId);
  if (request === undefined || request.confirmedAwards.includes(id) || request.heldAwards.includes(id)) return;
  if (policyOf(turn.state).awardConfirmation !== "at-once") return;
  turn.emit({ type: "awardConfirmed", at: turn.at, award: id, request: request.request.id });
  advance(turn, request.request.id);
}

/** The nearest instant at which something may come about by itself; undefined where nothing does. */
export function nextDue(state: BookState): Instant | undefined {
  return state.timers.next((due) => stillMatters(state, due))?.at;
}

/** Whether something that may fall due can still change anything; what it hangs on may have closed since. */
export function stillMatters(state: BookState, due: Due): boolean {
  switch (due.kind) {
    case "agreement":
    case "eligibility":
      return true;
    case "fallback":
    case "deadline": {
      const notice = state.notices.get(due.id as NoticeId);
      return notice !== undefined && isLive(notice);
    }
    case "tender":
      return state.tenders.has(due.id as TenderId);
    case "extension":
    case "bid":
      return state.bids.has(due.id as BidId);
    case "contingency":
    case "signing":
      return state.awards.has(due.id);
    case "rest":
    case "launch":
      return state.requests.has(due.id as RequestId);
  }
}
