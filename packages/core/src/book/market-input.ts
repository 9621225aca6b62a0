import type { EvaluationInput, EvaluationLot, FixedCost, SettledPart } from "../awards/evaluation.ts";
import type { Commitment } from "../commitments/index.ts";
import {
  acceleratorSeconds,
  costOf,
  type Currency,
  divFloor,
  type Money,
  type PartyId,
  windowSeconds,
} from "../kernel/index.ts";
import type { BidLine } from "../tenders/bid.ts";
import { bidsLeft } from "./bids-left.ts";
import { commitmentsOf, countedBy, type Supplied } from "./commitments.ts";
import type { Writable } from "./draft.ts";
import { occupy } from "./occupy.ts";
import { exclusionOf } from "./exclusion.ts";
import { freeCount } from "./lookup.ts";
import { policyOf } from "./policy.ts";
import { freeOn, place, roomOn } from "./placement.ts";
import { frozenRatio } from "./rates.ts";
import { askedCount, type LotState, type MarketState, type RequestState } from "./request-state.ts";
import { weighedShares } from "./shares.ts";
import type { BookState } from "./state.ts";
import { reject, type Turn } from "./turn.ts";

/** Everything that decides between the opened bids for some lots of a request. */
export function marketInput(
  turn: Turn,
  request: RequestState,
  market: MarketState,
  lots: readonly LotState[],
): EvaluationInput {
  const { state } = turn;
  const { header } = state;
  if (header === undefined) return reject("book_not_open", "The book is not open.");
  const policy = policyOf(state);
  const commitments = commitmentsOf(turn, request, lots);
  const budget = budgetLeft(turn, request, market);
  const shares = weighedShares(request.request, commitments).map(({ share }) => share);
  const input: Writable<EvaluationInput> = {
    lots: lots.map(
      (lot): EvaluationLot => ({ lot: lot.lot, count: freeCount(state, lot), minimumUsable: policy.minimumUsable }),
    ),
    bids: bidsLeft(state, request, market.bids),
    currency: header.currency,
    at: turn.at,
    ratioOf: (currency: Currency, bidder?: PartyId) => frozenRatio(state, currency, market.tender.closesAt, bidder),
    excluded: exclusionOf(turn, request, lots),
    room: (_bid, line, wanted) => roomOf(state, lots, line, wanted),
    together: (parts) => parts.length < 2 || canPlaceTogether(state, lots, parts),
    commitments: commitments.filter((item) => item.clause.type !== "minimum-share"),
    counted: (commitment, bid, line) =>
      countedBy(
        lots.find((item) => item.lot.id === line.lot),
        commitment,
        { provider: bid.bidder, host: line.host, acceleratorType: line.acceleratorType, region: line.region },
      ),
    minimumShares: shares,
    settled: settledOf(request),
    fixedCosts: fixedCostsOf(request, lots),
    withRunnerUp: true,
    withBinding: !market.bids.every((bid) => bid.standing),
  };
  if (budget !== undefined) input.budget = budget;
  if (policy.concentrationBp !== undefined)
    input.concentration = { shareBp: policy.concentrationBp, total: askedCount(request) };
  return input;
}

/** What is left of the budget after what is awarded and what holders have taken, in the reporting currency where it is known. */
function budgetLeft(turn: Turn, request: RequestState, market: MarketState): Money | undefined {
  const { budget } = request.request;
  const { header } = turn.state;
  if (budget === undefined || header === undefined) return undefined;
  const inReports = (amount: Money): bigint | undefined => {
    const ratio = frozenRatio(turn.state, amount.currency, market.tender.closesAt);
    return ratio === undefined ? undefined : divFloor(amount.micros * ratio.num, ratio.den);
  };
  const all = inReports(budget);
  if (all === undefined) return budget;
  let left = all;
  for (const { cost } of spentOn(request)) left -= cost === undefined ? 0n : (inReports(cost) ?? 0n);
  return { micros: left, currency: header.currency };
}

function spentOn(request: RequestState): readonly { readonly cost?: Money }[] {
  const held = request.lots.flatMap((lot) =>
    lot.holds.map(({ price, count, window }) =>
      price === undefined ? {} : { cost: costOf(price, acceleratorSeconds(count, windowSeconds(window))) },
    ),
  );
  return [...request.awards.flatMap((award) => award.lines), ...held];
}

function windowOf(lots: readonly LotState[], line: BidLine): LotState["lot"]["window"] | undefined {
  return line.window ?? lots.find((lot) => lot.lot.id === line.lot)?.lot.window;
}

function roomOf(state: BookState, lots: readonly LotState[], line: BidLine, wanted: number): number {
  if (line.rootBlocks.length === 0) return wanted;
  const window = windowOf(lots, line);
  if (window === undefined) return 0;
  const step = line.multiple;
  if (wanted > 0 && wanted % step === 0) return roomOn(state, line.rootBlocks, window, step, wanted);
  if (place(state, line.rootBlocks, window, step, wanted - (wanted % step)) !== undefined) return wanted;
  return Math.min(wanted, freeOn(state, line.rootBlocks, window, step, wanted));
}

/** Lines of several bids that draw on the same machines: placed one after the other, each must find its place. */
function canPlaceTogether(
  state: BookState,
  lots: readonly LotState[],
  parts: readonly { readonly line: BidLine; readonly count: number }[],
): boolean {
  const mark = state.checkpoint();
  try {
    for (const { line, count } of parts) {
      const window = windowOf(lots, line);
      if (line.rootBlocks.length === 0 || window === undefined) continue;
      // Where it is asked what a smaller step would change, a count may be no multiple.
      const placed = place(state, line.rootBlocks, window, count % line.multiple === 0 ? line.multiple : 1, count);
      if (placed === undefined) return false;
      occupy(state, placed, window, 1);
    }
    return true;
  } finally {
    state.rollback(mark);
  }
}

/** What of this request is held or awarded fills commitments first, and counts towards caps. */
function settledOf(request: RequestState): SettledPart[] {
  const parts: SettledPart[] = [];
  for (const lot of request.lots) {
    for (const { price, count, window, holder: provider, host, acceleratorType, region } of lot.holds) {
      if (price === undefined) continue;
      const hourly = { microsPerHour: price.microsPerHour * BigInt(count), currency: price.currency };
      const counted = counter(lot, { provider, host, acceleratorType, region });
      parts.push({ provider, count, window, hourly, counted });
    }
  }
  for (const award of request.awards) {
    for (const { lot: id, price, count, window, provider, host, acceleratorType, region } of award.lines) {
      if (price === undefined) continue;
      const lot = request.lots.find((item) => item.lot.id === id);
      const hourly = { microsPerHour: price.microsPerHour * BigInt(count), currency: price.currency };
      const counted = counter(lot, { provider, host, acceleratorType, region });
      parts.push({ provider, count, window, hourly, counted });
    }
  }
  return parts;
}

function counter(lot: LotState | undefined, supplied: Supplied): NonNullable<SettledPart["counted"]> {
  return (commitment: Commitment) => countedBy(lot, commitment, supplied);
}

function fixedCostsOf(request: RequestState, lots: readonly LotState[]): FixedCost[] {
  const { lines } = request.request;
  if (lines.every((line) => line.switchingCosts.length === 0)) return [];
  return lines.flatMap((line, index) =>
    line.switchingCosts.map((item) => ({
      provider: item.provider,
      cost: item.cost,
      lots: lots.filter((lot) => lot.lot.lineIndex === index).map((lot) => lot.lot.id),
    })),
  );
}
