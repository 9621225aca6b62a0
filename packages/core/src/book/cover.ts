import { type GatePart, type GateVerdict, gate } from "../awards/gate.ts";
import type { ProposedLine } from "../awards/award.ts";
import type { Rate } from "../kernel/index.ts";
import type { Clearance } from "../notices/notice.ts";
import { coverOf } from "../notices/tolerance.ts";
import type { RightRef } from "../rights/assessment.ts";
import type { LiveRight } from "../rights/live.ts";
import { burdens, isOwn } from "./burdened.ts";
import { isRunning, sumOf } from "./clearances.ts";
import type { Writable } from "./draft.ts";
import type { Candidate } from "./gate-line.ts";
import { isAboutOffer, sameRight } from "./lookup.ts";
import { offererOf } from "./offerer.ts";
import { rateIn } from "./rates.ts";
import { reachOf } from "./reach.ts";
import type { Hold, LotState, RequestState } from "./request-state.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Where what is judged belongs to. */
type Where = Pick<Candidate, "request" | "lot">;

/**
 * How much of a line no clearance of a right covers (step 16, domain rule G17). A clearance covers only terms that are no more
 * supplier-favourable than its own, so the line is counted against those that cover its terms, together with everything that went or
 * would go past the right and rests on no other. In whole blocks, up: its holder is asked about that.
 */
export function uncoveredCount(turn: Turn, candidate: Candidate, right: LiveRight, all: readonly Clearance[]): number {
  const { lot, line } = candidate;
  if (all.length === 0 && right.clause.option === undefined) return line.line.count;
  const part = partOf(line);
  let fitting: Clearance[] | undefined;
  for (const item of all) {
    if (!isRunning(item, turn.at) || judgePart(turn, candidate, part, item, right).verdict !== "ok") continue;
    if (fitting === undefined) fitting = [item];
    else fitting.push(item);
  }
  const covered = fitting === undefined ? 0 : coverOf(sumOf(fitting), right.clause);
  const free = right.clause.option === undefined ? 0 : lot.lot.count - reachOf(lot, right);
  if (covered + free === 0) return line.line.count;
  if (mostPast(turn, candidate, right) <= covered + free) return 0;
  if (fitting !== undefined && isLetPass(turn, candidate, fitting, right)) return 0;
  const running = all.filter((item) => isRunning(item, turn.at));
  let used = line.line.count;
  for (const other of othersPast(turn, candidate, right)) {
    const own = running.filter((item) => judgePart(turn, candidate, other, item, right).verdict === "ok");
    if (own.length > 0 && own.every((item) => fitting?.includes(item))) used += other.count;
  }
  const { blockSize } = lot.lot.terms;
  const uncovered = Math.ceil(Math.max(0, used - covered - free) / blockSize) * blockSize;
  return Math.min(line.line.count, uncovered);
}

/** More than this cannot go past a right: all that is awarded and proposed of the lot, and held by others than its holder. */
function mostPast(turn: Turn, { request, lot }: Candidate, right: LiveRight): number {
  let most = 0;
  for (const { lines } of request.awards) for (const item of lines) if (item.lot === lot.lot.id) most += item.count;
  for (const { holder, count } of lot.holds) if (!isOwn(turn.state, holder, right)) most += count;
  if (request.proposal !== undefined)
    for (const { line } of request.proposal.lines) if (line.lot === lot.lot.id) most += line.count;
  return most;
}

/**
 * Whether a holder has let this very offer pass: what it was asked about and let go is spent on that offer first, so another offer on
 * the same terms is asked about for itself, and nobody is asked twice about one.
 */
function isLetPass(
  turn: Turn,
  { request, lot, line }: Candidate,
  clearances: readonly Clearance[],
  right: LiveRight,
): boolean {
  let own = 0;
  let passed = 0;
  for (const { notice, count: cleared } of clearances) {
    if (notice === undefined || turn.state.notices.get(notice)?.thirdParty?.bid !== line.offer) continue;
    own += 1;
    passed += cleared;
  }
  if (own === 0) return false;
  let count = line.line.count;
  for (const award of request.awards)
    for (const item of award.lines) if (item.lot === lot.lot.id && item.bid === line.offer) count += item.count;
  return coverOf(passed, right.clause) >= count;
}

/** Whether one clearance holds for the terms of a line; how much it covers is counted elsewhere. */
export function judge(turn: Turn, candidate: Candidate, clearance: Clearance, right: LiveRight): GateVerdict {
  return judgePart(turn, candidate, partOf(candidate.line), clearance, right);
}

function partOf({ line, thirdParty }: ProposedLine): GatePart {
  const { provider, count, price, window, stated } = line;
  return { provider, thirdParty, count, price, window, stated };
}

function judgePart(
  turn: Turn,
  { request, lot }: Where,
  part: GatePart,
  clearance: Clearance,
  right: LiveRight,
): GateVerdict {
  const { price, count } = part;
  const converted = price === undefined ? undefined : inCurrencyOf(turn, request, price, clearance.terms?.price);
  const compared = converted === undefined || converted === price ? part : { ...part, price: converted };
  return gate(clearance, right.clause, compared, turn.at, {
    side: lot.lot.side,
    coveredCount: 2 * lot.lot.count + count,
    noOffer: right.clause.kind === "first-offer" && namedNoTerms(turn, clearance),
  });
}

function namedNoTerms(turn: Turn, { notice: id }: Clearance): boolean {
  const notice = id === undefined ? undefined : turn.state.notices.get(id);
  return notice !== undefined && notice.answer?.verdict !== "counter_offer";
}

/** A price in the currency of the notice, by the rate of the common close (G27); as it is where none is recorded. */
function inCurrencyOf(turn: Turn, request: RequestState, price: Rate, noticed: Rate | undefined): Rate {
  if (noticed === undefined) return price;
  return rateIn(turn.state, price, noticed.currency, request.market?.tender.closesAt ?? turn.at) ?? price;
}

/**
 * What else goes past a right: awarded, held, or beside this line in the proposal. What holders took that were asked before, or
 * together with it, was never offered to its holder.
 */
function othersPast(turn: Turn, { request, lot, line, insteadOf = line }: Candidate, right: LiveRight): GatePart[] {
  const parts: GatePart[] = [];
  for (const award of request.awards) {
    for (const item of award.lines) {
      if (item.lot === lot.lot.id && isPast(turn, lot, item, right) && burdens(lot, item, right))
        parts.push(item.basis === "match" ? inPlaceOf(turn, request, lot, item, item.notice) : item);
    }
  }
  for (const item of lot.holds)
    if (isPast(turn, lot, { provider: item.holder, notice: item.notice }, right))
      parts.push(inPlaceOf(turn, request, lot, heldPart(item), item.notice));
  for (const { line: item, thirdParty } of request.proposal?.lines ?? []) {
    if (item === insteadOf.line || item.lot !== lot.lot.id) continue;
    if (isPast(turn, lot, item, right) && burdens(lot, item, right)) parts.push({ ...item, thirdParty });
  }
  return parts;
}

/** Whoever matches an offer steps into its place: what let that one pass lets it pass, and is used up by it. */
function inPlaceOf(turn: Turn, request: RequestState, lot: LotState, part: GatePart, notice: Hold["notice"]): GatePart {
  const offerer = offererOf(turn, request, lot, notice === undefined ? undefined : turn.state.notices.get(notice));
  return offerer === undefined ? part : { ...part, thirdParty: offerer };
}

function heldPart({ holder, count, window, stated, price }: Hold): GatePart {
  const part: Writable<GatePart> = { provider: holder, count, window, stated };
  if (price !== undefined) part.price = price;
  return part;
}

function isPast(
  turn: Turn,
  lot: LotState,
  { provider, notice: id }: Pick<GatePart, "provider"> & { readonly notice?: Hold["notice"] | undefined },
  right: LiveRight,
): boolean {
  if (isOwn(turn.state, provider, right)) return false;
  const notice: NoticeState | undefined = id === undefined ? undefined : turn.state.notices.get(id);
  return notice === undefined || isAboutOffer(notice) || stageOf(lot, notice.right) > stageOf(lot, right.ref);
}

function stageOf(lot: LotState, ref: RightRef): number {
  const index = lot.stages.findIndex((stage) => stage.rights.some((right) => sameRight(right.ref, ref)));
  return index < 0 ? Infinity : index;
}
