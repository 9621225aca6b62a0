import { controlGroupOf, isAffiliate } from "../agreements/affiliates.ts";
import { gate } from "../awards/gate.ts";
import type { Award, AwardLine, ProposedLine } from "../awards/award.ts";
import type { AwardId, ClearanceId, Instant } from "../kernel/index.ts";
import { acceleratorSeconds, costOf, windowSeconds } from "../kernel/index.ts";
import type { Clearance } from "../notices/notice.ts";
import { termsText } from "../requests/terms-text.ts";
import type { Terms } from "../requests/terms.ts";
import type { LiveRight } from "../rights/live.ts";
import { Cover, hasNoOffer, partOf } from "./cover.ts";
import type { Writable } from "./draft.ts";
import { thresholdOf } from "./direct.ts";
import { evaluateMarket } from "./evaluate-market.ts";
import { isLive, noticesOf, noticesUnder, sameRight } from "./lookup.ts";
import { policyOf } from "./market.ts";
import { sendNotice } from "./notify.ts";
import { placeLines } from "./award-blocks.ts";
import type { Placed } from "./placement.ts";
import { toReporting } from "./reporting.ts";
import { type Hold, type LotState, openCount, type RequestState } from "./request-state.ts";
import { clear, conclude, isAnswered } from "./stages.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";
import { deadlineOf, deemedReceipt, windowRule } from "./windows.ts";

/**
 * Takes one step with what is proposed: match rights by rank, then the material-change gate, then approvals, then the award.
 * False when there is only to wait.
 */
export function stepProposal(turn: Turn, request: RequestState): boolean {
  const { proposal } = request;
  if (proposal === undefined) return false;
  if (closeAnswered(turn, request)) return true;
  const left = withinWhatIsLeft(request, proposal.lines);
  if (left !== undefined) {
    turn.emit({ type: "awardProposed", at: turn.at, request: request.request.id, lines: left, by: proposal.by });
    return true;
  }
  let waits = false;
  for (const line of proposal.lines) {
    const lot = request.lots.find((item) => item.lot.id === line.line.lot);
    if (lot === undefined) continue;
    const step = stepLine(turn, request, lot, line);
    if (step === "moved") return true;
    if (step === "waits") waits = true;
  }
  if (waits) return false;
  const approval = relatedPartyApproval(turn, request, proposal.lines);
  if (approval !== "given") return approval === "denied";
  const placement = placeLines(turn.state, request, proposal.lines);
  if ("taken" in placement) dropTaken(turn, request, placement.taken);
  else issueAward(turn, request, proposal.lines, placement.placed);
  return true;
}

/** Somebody else has the machines by now: the bid falls away and the rest is compared again; a line of the buyer's own just goes. */
function dropTaken(turn: Turn, request: RequestState, taken: ProposedLine): void {
  const { proposal } = request;
  const bid = request.market?.bids.find((item) => item.id === taken.offer);
  if (proposal?.by === "evaluation" && bid !== undefined) {
    turn.emit({ type: "bidVoided", at: turn.at, request: request.request.id, bid: bid.id, bidder: bid.bidder, why: "block_taken" });
    return evaluateMarket(turn, request.request.id);
  }
  turn.emit({ type: "awardBlocked", at: turn.at, request: request.request.id, lot: taken.line.lot, why: "no_capacity" });
  // A sale and a call would be proposed again as they stand: their lot ends.
  if (proposal?.by === "sale" || proposal?.by === "entitlement") turn.emit({ type: "lotDropped", at: turn.at, lot: taken.line.lot, request: request.request.id, why: "no_capacity" });
  const lines = (proposal?.lines ?? []).filter((item) => item !== taken);
  turn.emit({ type: "awardProposed", at: turn.at, request: request.request.id, lines, by: proposal?.by ?? "buyer" });
}

/** A holder may have taken what was proposed to somebody else: the lines cut to what is left; undefined where nothing is too much. */
function withinWhatIsLeft(request: RequestState, lines: readonly ProposedLine[]): ProposedLine[] | undefined {
  const [only, another] = request.lots;
  if (only !== undefined && another === undefined) {
    let asked = 0;
    for (const { line } of lines) asked += line.lot === only.lot.id ? line.count : Infinity;
    if (asked <= openCount(only)) return undefined;
  }
  const left = new Map(request.lots.map((lot) => [lot.lot.id, openCount(lot)]));
  let cut = false;
  const kept = lines.flatMap((item) => {
    const open = left.get(item.line.lot) ?? 0;
    left.set(item.line.lot, Math.max(0, open - item.line.count));
    if (item.line.count <= open) return [item];
    cut = true;
    return open < Math.max(item.countMin, 1) ? [] : [{ ...item, line: withCount(item.line, open) }];
  });
  return cut ? kept : undefined;
}

/** What is asked about a proposal; the stages before it are closed by then. */
const ABOUT_PROPOSALS: ReadonlySet<NoticeState["kind"]> = new Set(["match", "re-offer", "first-refusal", "first-offer"]);

/** Notices about a proposal that have come to their end: matches, re-offers, and what a clearance that fell asks anew. */
function closeAnswered(turn: Turn, request: RequestState): boolean {
  for (const lot of request.lots) {
    for (const notice of noticesOf(turn.state, lot)) {
      if (!isLive(notice) || !ABOUT_PROPOSALS.has(notice.kind) || !isAnswered(turn, notice)) continue;
      closeOne(turn, request, lot, notice);
      return true;
    }
  }
  return false;
}

/** An acceptance takes its part out of the proposal; what remains is solved again from the same sealed bids (step 15). */
function closeOne(turn: Turn, request: RequestState, lot: LotState, notice: NoticeState): void {
  const accepted = notice.answer?.verdict === "binding" ? Math.min(notice.answer.answer.count ?? notice.count, openCount(lot)) : 0;
  const answered = notice.answer?.verdict === "binding" || notice.answer?.verdict === "refusal";
  const closedAt = answered && notice.answer !== undefined ? notice.answer.receivedAt : (notice.respondBy ?? turn.clock);
  conclude(turn, lot, notice, accepted, closedAt, false, accepted === 0);
  if (accepted === 0) return;
  if (request.proposal?.by === "evaluation") evaluateMarket(turn, request.request.id);
  else reducePurchase(turn, request, notice, accepted);
}

function reducePurchase(turn: Turn, request: RequestState, notice: NoticeState, accepted: number): void {
  const lines = (request.proposal?.lines ?? []).flatMap((item) => {
    if (item.line.lot !== notice.lot || item.offer !== notice.thirdParty?.bid) return [item];
    const count = item.line.count - accepted;
    return count < Math.max(item.countMin, 1) ? [] : [{ ...item, line: withCount(item.line, count) }];
  });
  turn.emit({ type: "awardProposed", at: turn.at, request: request.request.id, lines, by: request.proposal?.by ?? "buyer" });
}

function withCount(line: ProposedLine["line"], count: number): ProposedLine["line"] {
  let left = count;
  const blocks = line.blocks.flatMap((part) => {
    const taken = Math.min(part.count, left);
    left -= taken;
    return taken > 0 ? [{ ...part, count: taken }] : [];
  });
  return { ...line, count, blocks, cost: costOf(line.price, acceleratorSeconds(count, windowSeconds(line.window))) };
}

type Step = "clear" | "waits" | "moved";

/**
 * The gate comes before the match rights: a match binds at receipt, so nobody is asked to match what a right of an earlier
 * stage would still have to be asked about.
 */
function stepLine(turn: Turn, request: RequestState, lot: LotState, line: ProposedLine): Step {
  for (const stage of lot.stages) {
    for (const right of stage.rights) {
      const step = stepGate(turn, request, lot, line, right);
      if (step !== "clear") return step;
    }
  }
  for (const right of lot.matches) {
    const step = stepMatch(turn, request, lot, line, right);
    if (step !== "clear") return step;
  }
  return "clear";
}

/** Whether a right weighs on the alternative that is proposed (domain rule G14). */
function burdens(lot: LotState, line: ProposedLine, right: LiveRight): boolean {
  return right.alternatives.some((index) => {
    const alternative = lot.lot.alternatives[index];
    if (alternative === undefined || alternative.acceleratorType !== line.line.acceleratorType) return false;
    const pattern = alternative.region;
    return pattern === line.line.region || (pattern.endsWith("*") && line.line.region.startsWith(pattern.slice(0, -1)));
  });
}

function stepMatch(turn: Turn, request: RequestState, lot: LotState, line: ProposedLine, right: LiveRight): Step {
  if (!burdens(lot, line, right)) return "clear";
  const notices = noticesUnder(turn.state, lot, right);
  if (notices.some((notice) => isLive(notice) && notice.thirdParty?.bid === line.offer)) return "waits";
  if (hasEndedSince(turn, right)) return letGo(turn, lot, line, right);
  const cleared = lot.clearances.find((item) => sameRight(item.right, right.ref) && coversLine(turn, item, line));
  if (cleared !== undefined) return cleared.terms === undefined ? "clear" : stepGate(turn, request, lot, line, right, cleared);
  const exempt = exemption(turn, request, line, right);
  if (exempt !== undefined) {
    clear(turn, lot, right, { reason: "not_applicable", why: exempt, count: line.line.count, thirdParty: line.thirdParty });
    return "moved";
  }
  const asked = mustOutlive(turn, request, line, right);
  if (asked !== undefined) return asked;
  offerMatch(turn, lot, line, right);
  return "moved";
}

function coversLine(turn: Turn, item: Clearance, line: ProposedLine): boolean {
  if (item.validUntil !== undefined && turn.at >= item.validUntil) return false;
  return (item.thirdParty === undefined || item.thirdParty === line.thirdParty) && item.count >= line.line.count;
}

function hasEndedSince(turn: Turn, right: LiveRight): boolean {
  if (right.clause.option !== undefined && right.clause.option.until <= turn.clock) return true;
  const agreement = turn.state.agreements.get(right.ref.agreement);
  return agreement?.endings.some((ending) => ending.at <= turn.clock && (ending.clauses?.includes(right.ref.clause) ?? true)) === true;
}

/** A right that has ended asks for nothing more; that it has is the proof that it does not block. */
function letGo(turn: Turn, lot: LotState, line: ProposedLine, right: LiveRight): Step {
  const known = lot.clearances.some((item) => sameRight(item.right, right.ref) && item.reason === "extinguished" && coversLine(turn, item, line));
  if (known) return "clear";
  clear(turn, lot, right, { reason: "extinguished", why: "right_ended", count: line.line.count });
  return "moved";
}

/** Why nobody is asked to match this line; undefined where the holder is. */
function exemption(turn: Turn, request: RequestState, line: ProposedLine, right: LiveRight): string | undefined {
  if (line.line.provider === right.holder || line.line.basis === "match") return "own_offer";
  if (!line.bonaFide) return "not_bona_fide";
  const bids = request.market?.bids ?? [];
  const group = controlGroupOf(right.holder, turn.state.parties);
  const elected = bids.some((bid) => controlGroupOf(bid.bidder, turn.state.parties) === group && bid.lines.some((item) => item.lot === line.line.lot));
  return elected && !right.clause.matchAfterBidding ? "elected_to_bid" : undefined;
}

/** An offer must outlive the holder's window: its bidder is asked to extend it first (domain row M18). */
function mustOutlive(turn: Turn, request: RequestState, line: ProposedLine, right: LiveRight): Step | undefined {
  if (line.validUntil === undefined || request.market === undefined) return undefined;
  const bid = request.market.bids.find((item) => item.id === line.offer);
  // What the bidder has said since the bids were compared counts.
  const validUntil = bid?.validUntil ?? line.validUntil;
  const rule = windowRule(turn.state, right.clause.window, right.version);
  const receipt = deemedReceipt(turn.state, right.version, right.holder, turn.at, rule);
  const until = deadlineOf(rule, turn.at, receipt.deemedReceivedAt).respondBy;
  if (validUntil > until || bid === undefined) return undefined;
  if (request.market.asked.some((item) => item.bid === bid.id)) return "waits";
  const byRule = windowRule(turn.state, policyOf(turn.state).improveWindow, right.version);
  const answerBy = Math.min(deadlineOf(byRule, turn.at, turn.at).respondBy, validUntil) as Instant;
  turn.emit({ type: "extensionAsked", at: turn.at, request: request.request.id, bid: bid.id, bidder: bid.bidder, until, answerBy });
  return "waits";
}

function offerMatch(turn: Turn, lot: LotState, line: ProposedLine, right: LiveRight): void {
  const terms = finalTerms(lot, line);
  sendNotice(turn, {
    kind: "match", right, lot, count: terms.count, terms, termsText: `${termsText(terms)} ${line.offer}`, thirdParty: third(line, right),
  });
}

/** The material-change gate (step 16): a clearance covers the terms it was given on, and no better ones for the third party. */
function stepGate(turn: Turn, request: RequestState, lot: LotState, line: ProposedLine, right: LiveRight, given?: Clearance): Step {
  if (!burdens(lot, line, right)) return "clear";
  const notices = noticesUnder(turn.state, lot, right);
  if (notices.some((notice) => isLive(notice))) return "waits";
  // A holder's own supply needs no clearance from itself.
  if (line.line.provider === right.holder) return "clear";
  if (hasEndedSince(turn, right)) return letGo(turn, lot, line, right);
  const clearances = given === undefined ? lot.clearances.filter((item) => sameRight(item.right, right.ref)) : [given];
  const newest = clearances[clearances.length - 1];
  // What is beyond the reach of a right, such as the count of an option, needs no clearance of it.
  const beyond = right.limit === undefined ? 0 : Math.max(0, lot.lot.count - right.limit);
  if (newest === undefined && line.line.count <= beyond) return "clear";
  if (newest === undefined) {
    turn.emit({ type: "awardBlocked", at: turn.at, request: request.request.id, lot: lot.lot.id, why: "not_cleared", right: right.ref });
    return "waits";
  }
  const cover = new Cover(turn, request, lot, right, clearances);
  const part = partOf(line.line, line.thirdParty);
  const fitting = cover.fitting(part);
  if (fitting.length > 0 && cover.holds(line, fitting, beyond)) return "clear";
  const verdict = gate(newest, right.clause, part, turn.at, {
    side: lot.lot.side,
    coveredCount: clearances.reduce((sum, item) => sum + (item.validUntil === undefined || turn.at < item.validUntil ? item.count : 0), beyond),
    noOffer: hasNoOffer(turn, newest),
  });
  // On these terms less was cleared than is about to be awarded on them: what was cleared on others does not help.
  if (verdict.verdict === "reoffer" || verdict.verdict === "ok") return reoffer(turn, request, lot, line, right, notices);
  // What the holder offered stands beside it at the same price: the buyer takes that, or asks for better; nobody is asked the same again.
  if (verdict.verdict === "void" && verdict.code === "not_better_than_offer") return withhold(turn, request, lot, line, right, verdict.code);
  if (verdict.verdict === "void") {
    turn.emit({ type: "clearanceVoided", at: turn.at, clearance: newest.id, request: request.request.id, why: verdict.code });
    askAnew(turn, lot, line, right);
    return "moved";
  }
  turn.emit({ type: "awardBlocked", at: turn.at, request: request.request.id, lot: lot.lot.id, why: "outside_tail", right: right.ref });
  askAnew(turn, lot, line, right);
  return "moved";
}

/** Takes a line out of what is proposed. */
function withhold(turn: Turn, request: RequestState, lot: LotState, line: ProposedLine, right: LiveRight, why: string): Step {
  turn.emit({ type: "awardBlocked", at: turn.at, request: request.request.id, lot: lot.lot.id, why, right: right.ref });
  const lines = (request.proposal?.lines ?? []).filter((item) => item !== line);
  turn.emit({ type: "awardProposed", at: turn.at, request: request.request.id, lines, by: request.proposal?.by ?? "buyer" });
  return "moved";
}

function finalTerms(lot: LotState, line: ProposedLine): Terms {
  const { price, count, window, stated } = line.line;
  return { ...lot.lot.terms, count, price, window, stated: Object.keys(stated).length === 0 ? lot.lot.terms.stated : { ...lot.lot.terms.stated, ...stated } };
}

/** What was cleared is not what is about to be signed: the holder is asked again, on the terms of today. */
function askAnew(turn: Turn, lot: LotState, line: ProposedLine, right: LiveRight): void {
  const terms = finalTerms(lot, line);
  const kind = right.clause.kind === "first-offer" ? "first-offer" : right.clause.kind === "match" ? "match" : "first-refusal";
  sendNotice(turn, { kind: kind === "match" ? "re-offer" : kind, right, lot, count: line.line.count, terms, termsText: termsText(terms), thirdParty: third(line, right) });
}

function reoffer(turn: Turn, request: RequestState, lot: LotState, line: ProposedLine, right: LiveRight, notices: readonly NoticeState[]): Step {
  const rounds = notices.reduce((most, notice) => Math.max(most, notice.round), notices.filter((notice) => notice.kind === "re-offer").length);
  const { maxRounds } = right.clause.reoffer;
  turn.emit({ type: "awardBlocked", at: turn.at, request: request.request.id, lot: lot.lot.id, why: rounds >= maxRounds ? "no_more_rounds" : "changed_terms", right: right.ref });
  if (rounds >= maxRounds) {
    // A sale and a call would be proposed again as they stand: their lot ends.
    const { by } = request.proposal ?? {};
    if (by === "sale" || by === "entitlement") turn.emit({ type: "lotDropped", at: turn.at, lot: lot.lot.id, request: request.request.id, why: "no_more_rounds" });
    turn.emit({ type: "awardProposed", at: turn.at, request: request.request.id, lines: (request.proposal?.lines ?? []).filter((item) => item !== line), by: request.proposal?.by ?? "buyer" });
    return "moved";
  }
  const terms = finalTerms(lot, line);
  sendNotice(turn, {
    kind: "re-offer", right, lot, count: line.line.count, terms, termsText: termsText(terms), round: rounds + 1, finalRound: rounds + 1 === maxRounds, thirdParty: third(line, right),
  });
  return "moved";
}

/** The re-offer states the changed terms; who offers them only where the clause demands it (domain row M12). */
function third(line: ProposedLine, right: LiveRight): NonNullable<NoticeState["thirdParty"]> {
  const { price, count, window, stated } = line.line;
  const told: Writable<NonNullable<NoticeState["thirdParty"]>> = { bid: line.offer, price, count, window, stated, countMin: line.countMin };
  if (right.clause.disclosure.identity) told.provider = line.thirdParty;
  return told;
}

/**
 * An approval that only an award needs: what goes to an affiliate of the buyer, its own capacity or what it resells, is approved
 * by a second person (step 18, rows M8 and M17). Where that is denied, its lines go and the rest is compared again.
 */
function relatedPartyApproval(turn: Turn, request: RequestState, lines: readonly ProposedLine[]): "given" | "awaited" | "denied" {
  const name = policyOf(turn.state).relatedPartyApproval;
  if (request.request.sale !== undefined || request.approvalsGiven.includes(name)) return "given";
  const related = lines.filter((line) => isRelated(turn, request, line));
  if (related.length === 0) return "given";
  if (request.approvalsDenied.includes(name)) {
    for (const line of related) dropDenied(turn, request, line);
    const rest = lines.filter((line) => !related.includes(line));
    if (request.proposal?.by === "evaluation") evaluateMarket(turn, request.request.id);
    else turn.emit({ type: "awardProposed", at: turn.at, request: request.request.id, lines: rest, by: request.proposal?.by ?? "buyer" });
    return "denied";
  }
  if (request.approvalAwaited !== "award") {
    turn.emit({ type: "approvalAwaited", at: turn.at, request: request.request.id, approvals: [name], before: "award" });
  }
  return "awaited";
}

function isRelated(turn: Turn, request: RequestState, { bonaFide, line }: ProposedLine): boolean {
  if (!bonaFide) return true;
  // A call under a contract was approved when the contract was made.
  if (line.basis === "entitlement") return false;
  const lot = request.lots.find((item) => item.lot.id === line.lot);
  return lot !== undefined && isAffiliate(line.provider, request.request.buyer, turn.state.parties, thresholdOf(turn, lot));
}

/** The bid that was not approved is no longer one: the others are compared without it. */
function dropDenied(turn: Turn, request: RequestState, { offer, line }: ProposedLine): void {
  if (request.market?.bids.some((bid) => bid.id === offer) !== true) return;
  turn.emit({ type: "bidVoided", at: turn.at, request: request.request.id, bid: offer, bidder: line.provider, why: "approval_denied" });
}

/** Commits what is held and what is proposed in one award (step 19). Losers learn only that they lost. */
export function issueAward(turn: Turn, request: RequestState, proposed: readonly ProposedLine[], placed: readonly (readonly Placed[])[] = []): void {
  const { at } = turn;
  const lines: AwardLine[] = [];
  for (const lot of request.lots) for (const item of lot.holds) lines.push(lineOfHold(turn, lot, item));
  let conditionalUntil: Instant | undefined;
  for (const [index, { line, offer }] of proposed.entries()) {
    const lot = request.lots.find((item) => item.lot.id === line.lot);
    const bid = request.market?.bids.find((item) => item.id === offer);
    lines.push(awardedLine(turn, line, placed[index] ?? [], clearancesOf(turn, lot, line.count)));
    if (bid?.contingency !== undefined && bid.contingency.until > at) conditionalUntil = bid.contingency.until;
  }
  if (lines.length > 0) {
    const id = turn.ids.next<"AwardId">("awd") as AwardId;
    const award: Writable<Award> = { id, request: request.request.id, lines, issuedAt: at };
    if (conditionalUntil !== undefined) award.conditionalUntil = conditionalUntil;
    turn.emit({ type: "awardIssued", at, award });
    if (policyOf(turn.state).awardConfirmation === "at-once" && conditionalUntil === undefined) {
      turn.emit({ type: "awardConfirmed", at, award: id, request: request.request.id });
    }
  }
  tellBidders(turn, request, lines);
}

/** What was proposed, with its machines and what proves that it may be awarded. */
function awardedLine(turn: Turn, line: ProposedLine["line"], blocks: AwardLine["blocks"], clearances: AwardLine["clearances"]): AwardLine {
  const { lot, provider, count, acceleratorType, region, window, price, stated, basis, host, cost, bid, notice } = line;
  const awarded: Writable<AwardLine> = { lot, provider, count, acceleratorType, region, window, price, stated, blocks, basis, clearances };
  if (host !== undefined) awarded.host = host;
  if (bid !== undefined) awarded.bid = bid;
  if (notice !== undefined) awarded.notice = notice;
  if (cost !== undefined) {
    awarded.cost = cost;
    awarded.costReported = toReporting(turn, cost);
  }
  return awarded;
}

function clearancesOf(turn: Turn, lot: LotState | undefined, count: number): AwardLine["clearances"] {
  const ids: ClearanceId[] = [];
  for (const { id, validUntil, count: cleared } of lot?.clearances ?? []) {
    if (cleared > 0 && count > 0 && (validUntil === undefined || turn.at < validUntil)) ids.push(id);
  }
  return ids;
}

function lineOfHold(turn: Turn, lot: LotState, item: Hold): AwardLine {
  const alternative = lot.lot.alternatives[0];
  const price = item.price;
  const cost = price === undefined ? undefined : costOf(price, acceleratorSeconds(item.count, windowSeconds(item.window)));
  const line: Writable<AwardLine> = {
    lot: lot.lot.id, provider: item.holder, count: item.count,
    acceleratorType: lot.lot.terms.acceleratorType, region: alternative?.region ?? "", window: item.window, stated: item.stated,
    blocks: item.blocks, basis: item.basis, clearances: clearancesOf(turn, lot, item.count),
  };
  if (item.host !== undefined) line.host = item.host;
  if (item.notice !== undefined) line.notice = item.notice;
  if (price === undefined || cost === undefined) return line;
  line.price = price;
  line.cost = cost;
  line.costReported = toReporting(turn, cost);
  return line;
}

/** Every bidder learns what became of its own bid, in one form for all. */
function tellBidders(turn: Turn, request: RequestState, lines: readonly AwardLine[]): void {
  const { market } = request;
  if (market === undefined) return;
  for (const invitation of market.invitations) {
    let selected = 0;
    for (const line of lines) if (line.provider === invitation.provider && line.basis === "bid") selected += line.count;
    turn.emit({
      type: "invitationClosed", at: turn.at, request: request.request.id, tender: market.tender.id, invitation: invitation.id, provider: invitation.provider, selected,
    });
  }
}
