import type { Instant, PartyId } from "../kernel/index.ts";
import type { Clearance } from "../notices/notice.ts";
import { termsText } from "../requests/terms-text.ts";
import { askedTogether, type LiveRight } from "../rights/live.ts";
import { burdens, groupOf, isOwn } from "./burdened.ts";
import { clear, clearancesOf } from "./clearances.ts";
import { judge, uncoveredCount } from "./cover.ts";
import { askBefore, type Candidate, finalTerms, reoffer, type Step, thirdPartyOf } from "./gate-line.ts";
import { holderNow, isLive, sameRight } from "./lookup.ts";
import { policyOf } from "./policy.ts";
import { sendNotice } from "./notify.ts";
import type { LotState } from "./request-state.ts";
import { clearBeforehand } from "./stages.ts";
import type { BookState } from "./state.ts";
import type { Bid } from "../tenders/bid.ts";
import type { Turn } from "./turn.ts";
import { deadlineOf, deemedReceipt, windowRule } from "./windows.ts";

/**
 * The match stage of one line (step 15): holders by rank, those of one rank together, each asked once about one third party's offer.
 * The next are asked when those before have let it pass.
 */
export function stepMatches(turn: Turn, candidate: Candidate): Step {
  const { lot } = candidate;
  if (lot.matches.length === 0) return "clear";
  for (const group of askedTogether(lot.matches)) {
    const step = stepGroup(turn, candidate, group);
    if (step !== "clear") return step;
  }
  return "clear";
}

function stepGroup(turn: Turn, candidate: Candidate, group: readonly LiveRight[]): Step {
  const [only, another] = group;
  if (only !== undefined && another === undefined) return stepOnly(turn, candidate, only);
  const due: LiveRight[] = [];
  for (const right of group) {
    const step = stepRight(turn, candidate, right);
    if (typeof step === "number") due.push(right);
    else if (step !== "clear") return step;
  }
  if (due.length === 0) return "clear";
  const behind = askEarlier(turn, candidate, due);
  if (behind !== undefined) return behind;
  const outlives = mustOutlive(turn, candidate, due);
  if (outlives !== undefined) return outlives;
  // An answer given in advance may leave the next something else to be asked about.
  for (const right of due) {
    const count = uncoveredCount(turn, candidate, right, matchClearances(turn, candidate, right));
    offerMatch(turn, candidate, right, count, right.clause.rank !== due[0]?.clause.rank);
  }
  return "moved";
}

/** One right alone, as most are: what was counted of it stands until it is asked. */
function stepOnly(turn: Turn, candidate: Candidate, right: LiveRight): Step {
  const step = stepRight(turn, candidate, right);
  if (typeof step !== "number") return step;
  const due = [right];
  const waits = askEarlier(turn, candidate, due) ?? mustOutlive(turn, candidate, due);
  if (waits !== undefined) return waits;
  offerMatch(turn, candidate, right, step, false);
  return "moved";
}

/**
 * Whoever matches an offer does so behind the rights that are asked before the market: one of the bidder's own, or one that was waived
 * for that bidder alone, has not let the match pass yet.
 */
function askEarlier(turn: Turn, candidate: Candidate, due: readonly LiveRight[]): Step | undefined {
  const { stages } = candidate.lot;
  const [first, another] = stages;
  if (first === undefined) return undefined;
  const earlier = another === undefined ? first.rights : stages.flatMap((stage) => stage.rights);
  for (const right of due) {
    const step = askBefore(turn, candidate, right, earlier);
    if (step !== undefined) return step;
  }
  return undefined;
}

/** A number: so many accelerators are due to be put to the holder. */
function stepRight(turn: Turn, candidate: Candidate, right: LiveRight): Step | number {
  const { lot, line } = candidate;
  if (!burdens(lot, line.line, right) || line.line.basis === "entitlement") return "clear";
  if (isAsking(turn, lot, line.offer, right)) return "waits";
  const all = matchClearances(turn, candidate, right);
  const count = uncoveredCount(turn, candidate, right, all);
  if (count === 0) return "clear";
  const exempt = exemption(turn, candidate, right);
  if (exempt !== undefined) {
    clear(turn, lot, right, {
      reason: "not_applicable",
      why: exempt,
      count: ofThirdParty(candidate),
      thirdParty: line.thirdParty,
    });
    return "moved";
  }
  if (clearBeforehand(turn, lot, right, line.line.count, line.line)) return "moved";
  if (all.length === 0 || all.some((item) => judge(turn, candidate, item, right).verdict === "ok")) return count;
  const asked = all.some((item) => !isOfAnother(turn, candidate, item));
  return asked ? reoffer(turn, candidate, right, line.line.count) : count;
}

function isAsking(turn: Turn, lot: LotState, offer: string, right: LiveRight): boolean {
  for (const id of lot.notices) {
    const notice = turn.state.notices.get(id);
    if (notice === undefined || !isLive(notice) || notice.thirdParty?.bid !== offer) continue;
    if (sameRight(notice.right, right.ref)) return true;
  }
  return false;
}

/** What lets a third party pass: the refusal of a match lets no other pass. */
function matchClearances(turn: Turn, { lot, line }: Candidate, right: LiveRight): readonly Clearance[] {
  const all = clearancesOf(lot, right, turn.at);
  const isOfLine = ({ thirdParty }: Clearance): boolean => thirdParty === undefined || thirdParty === line.thirdParty;
  return all.every(isOfLine) ? all : all.filter(isOfLine);
}

/** The third party's offer that a clearance is about, where it came from a notice of one. */
function offerOf(turn: Turn, { notice }: Clearance): string | undefined {
  return notice === undefined ? undefined : turn.state.notices.get(notice)?.thirdParty?.bid;
}

/** It let pass another offer of the same third party that still stands beside this one: about this one nobody was asked. */
function isOfAnother(turn: Turn, { request, line }: Candidate, clearance: Clearance): boolean {
  const offer = offerOf(turn, clearance);
  if (offer === undefined || offer === line.offer) return false;
  const isBid = request.market?.bids.some((bid) => bid.id === offer) === true;
  return isBid || request.proposal?.lines.some((item) => item.offer === offer) === true;
}

/** What one third party gets of the lot: nobody is asked to match any of it. */
function ofThirdParty({ request, lot, line }: Candidate): number {
  let count = 0;
  for (const award of request.awards) {
    for (const item of award.lines)
      if (item.lot === lot.lot.id && item.basis !== "acceptance" && item.provider === line.line.provider)
        count += item.count;
  }
  for (const item of request.proposal?.lines ?? []) {
    if (item.line.lot === lot.lot.id && item.thirdParty === line.thirdParty) count += item.line.count;
  }
  return count;
}

/** Why nobody is asked to match this line; undefined where the holder is. */
function exemption(turn: Turn, { request, lot, line }: Candidate, right: LiveRight): string | undefined {
  const { state } = turn;
  if (line.line.basis === "match" || isOwn(state, line.line.provider, right)) return "own_offer";
  if (!line.bonaFide) return "not_bona_fide";
  if (right.clause.matchAfterBidding) return undefined;
  return request.market !== undefined && hasBid(state, request.market.bids, lot, holderNow(state, right))
    ? "elected_to_bid"
    : undefined;
}

/** Whether a holder, or one of its group, bids for a lot. */
function hasBid(state: BookState, bids: readonly Bid[], lot: LotState, holder: PartyId): boolean {
  const group = groupOf(state, holder);
  for (const { bidder, lines } of bids)
    if (groupOf(state, bidder) === group && lines.some((item) => item.lot === lot.lot.id)) return true;
  return false;
}

/** An offer must outlive the holders' windows: its bidder is asked to extend it first (domain row M18). */
function mustOutlive(turn: Turn, { request, line }: Candidate, due: readonly LiveRight[]): Step | undefined {
  const bid = request.market?.bids.find((item) => item.id === line.offer);
  if (request.market === undefined || bid === undefined) return undefined;
  let until = -Infinity as Instant;
  for (const right of due) {
    const end = windowEnd(turn, right);
    if (end > until) until = end;
  }
  if (bid.validUntil > until) return undefined;
  if (request.market.asked.some((item) => item.bid === line.offer)) return "waits";
  const rule = windowRule(turn.state, policyOf(turn.state).improveWindow, due[0]?.version as LiveRight["version"]);
  const answerBy = Math.min(deadlineOf(rule, turn.at, turn.at).respondBy, bid.validUntil) as Instant;
  turn.emit({
    type: "extensionAsked",
    at: turn.at,
    request: request.request.id,
    bid: bid.id,
    bidder: bid.bidder,
    until,
    answerBy,
  });
  return "waits";
}

/** The last instant of a notice that is delivered now. */
function windowEnd(turn: Turn, right: LiveRight): Instant {
  const rule = windowRule(turn.state, right.clause.window, right.version);
  const receipt = deemedReceipt(turn.state, right.version, holderNow(turn.state, right), turn.at, rule);
  return deadlineOf(rule, turn.at, receipt.deemedReceivedAt).respondBy;
}

/** The holder is asked about what it has not let pass of this third party yet. */
function offerMatch(turn: Turn, { lot, line }: Candidate, right: LiveRight, count: number, contingent: boolean): void {
  const terms = finalTerms(lot, line, count);
  sendNotice(turn, {
    kind: "match",
    right,
    lot,
    count,
    terms,
    termsText: `${termsText(terms)} ${line.offer}`,
    contingent,
    thirdParty: thirdPartyOf(lot, line, right, count),
  });
}
