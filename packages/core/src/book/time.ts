import type { AgreementId, BidId, Instant, NoticeId, PartyId, RequestId, TenderId } from "../kernel/index.ts";
import { advance } from "./advance.ts";
import { endRights } from "./agreements.ts";
import { isEligible } from "./eligible.ts";
import { evaluateMarket } from "./evaluate-market.ts";
import { isLive, rightOf } from "./lookup.ts";
import { closeTender } from "./market.ts";
import { nextChannel } from "./notify.ts";
import type { RequestState } from "./request-state.ts";
import { clear } from "./stages.ts";
import type { Due } from "./timers.ts";
import type { BookState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Lets everything happen that falls due up to `until`, in the order in which it does; the command itself comes after. */
export function passTime(turn: Turn, until: Instant): void {
  for (let due = turn.state.timers.peek(); due !== undefined && due.at <= until; due = turn.state.timers.peek()) {
    turn.state.timers.pop();
    turn.clock = due.at;
    happen(turn, due);
  }
  turn.clock = until;
}

function happen(turn: Turn, due: Due): void {
  switch (due.kind) {
    case "agreement":
      for (const request of endRights(turn, due.id as AgreementId)) advance(turn, request as RequestId);
      return;
    case "eligibility":
      return applyEligibility(turn, due.id as PartyId);
    case "fallback":
      return fallback(turn, due.id as NoticeId, due.at);
    case "deadline": {
      const notice = turn.state.notices.get(due.id as NoticeId);
      if (notice !== undefined && isLive(notice) && notice.respondBy !== undefined && notice.respondBy < due.at) advance(turn, notice.request);
      return;
    }
    case "tender":
      return tenderDue(turn, due);
    case "extension":
      return extensionDue(turn, due);
    case "bid":
      return bidDue(turn, due);
    case "contingency":
    case "rest":
      return restDue(turn, due.id as RequestId);
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
  const bid = request === undefined ? undefined : turn.state.requests.get(request)?.market?.bids.find((item) => item.id === due.id);
  if (request === undefined || bid === undefined || bid.validUntil > due.at) return;
  turn.emit({ type: "bidVoided", at: turn.at, request, bid: bid.id, bidder: bid.bidder, why: "expired" });
  dropOffer(turn, request, bid.id);
}

/** An offer is gone: its match notices go with it, and the rest is solved again from the other bids (domain row M6). */
export function dropOffer(turn: Turn, id: RequestId, offer: string): void {
  const request = turn.state.requests.get(id);
  if (request === undefined) return;
  for (const lot of request.lots) {
    for (const noticeId of lot.notices) {
      const notice = turn.state.notices.get(noticeId);
      if (notice === undefined || !isLive(notice) || notice.thirdParty?.bid !== offer || notice.answer?.verdict === "binding") continue;
      turn.emit({ type: "noticeClosed", at: turn.at, notice: noticeId, request: id, status: "withdrawn", count: 0, why: "offer_gone", closedAt: turn.clock });
    }
  }
  if (request.proposal?.lines.some((line) => line.offer === offer) === true) evaluateMarket(turn, id);
  advance(turn, id);
}

/** Clearances have run out, or its use is measured no longer: a request that rests on that alone leaves. */
function restDue(turn: Turn, id: RequestId): void {
  const request = turn.state.requests.get(id);
  if (request?.rested?.until === undefined || request.rested.until > turn.clock) return;
  if (!isConfirmed(request)) return;
  const asked = request.lots.filter((lot) => lot.why !== "superseded").reduce((sum, lot) => sum + lot.lot.count, 0);
  const awarded = request.lots.reduce((sum, lot) => sum + lot.awarded, 0);
  const outcome = awarded >= asked ? "awarded_full" : awarded > 0 ? "awarded_part" : "unfilled";
  turn.emit({ type: "requestClosed", at: turn.at, request: id, outcome, awarded, asked, ...(outcome === "awarded_full" ? {} : { why: "clearances_ended" }) });
}

function isConfirmed(request: RequestState): boolean {
  return request.awards.every((award) => request.confirmedAwards.includes(award.id));
}

/** A holder that may no longer supply: its notices are suspended, its awards wait for a person (domain row V14). */
export function applyEligibility(turn: Turn, party: PartyId): void {
  const { state } = turn;
  if (isEligible(state, party, turn.clock)) return;
  const touched = new Set<RequestId>();
  for (const notice of state.notices.sortedValues()) {
    if (notice.holder !== party || !isLive(notice) || notice.answer?.verdict === "binding") continue;
    const right = rightOf(state, notice);
    if (right.clause.kind === "consent") continue;
    turn.emit({
      type: "noticeClosed", at: turn.at, notice: notice.id, request: notice.request, status: "suspended", count: 0, why: "holder_not_eligible", closedAt: turn.clock,
    });
    const lot = state.requests.get(notice.request)?.lots.find((item) => item.lot.id === notice.lot);
    if (lot !== undefined) clear(turn, lot, right, { reason: "suspended", why: "holder_not_eligible", count: notice.count, notice });
    touched.add(notice.request);
  }
  for (const request of state.requests.sortedValues()) {
    for (const award of request.awards) {
      const theirs = award.lines.some((line) => line.provider === party);
      if (!theirs || request.heldAwards.includes(award.id) || request.confirmedAwards.includes(award.id)) continue;
      turn.emit({ type: "awardHeldForDecision", at: turn.at, award: award.id, request: request.request.id, why: "provider_not_eligible" });
    }
  }
  for (const id of touched) advance(turn, id);
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
    case "rest":
      return state.requests.has(due.id as RequestId);
  }
}
