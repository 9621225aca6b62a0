import type { Instant, Rate, TimeWindow } from "../kernel/index.ts";
import type { LotAlternative } from "../requests/lot.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import type { EvaluationInput, EvaluationLot } from "./evaluation.ts";
import { ratioOf } from "./option.ts";
import { linePieces } from "./line-cost.ts";
import { type Piece, withinLimit } from "./piece.ts";

/** What all options of a lot are held against, worked out once. */
export interface LotFacts {
  readonly lot: EvaluationLot;
  readonly index: number;
  readonly window: TimeWindow;
  readonly seconds: number;
  readonly latestStart: Instant;
  /** Smallest part that is of use. */
  readonly smallest: number;
  readonly cap: Rate | undefined;
}

/** Why a line cannot be taken in any quantity; undefined where nothing of itself stands against it. */
export function whyNot(
  input: EvaluationInput,
  facts: LotFacts,
  bid: Bid,
  line: BidLine,
  start: Instant,
  seconds: number,
  alternative: LotAlternative | undefined,
): string | undefined {
  if (bid.validUntil <= input.at) return "expired";
  if (alternative === undefined) return "outside_lot";
  if (start > facts.latestStart) return "starts_too_late";
  if (seconds < facts.seconds) return "window_too_short";
  const currency = bid.package?.price?.currency ?? line.tiers[0]?.rate.currency;
  if (currency === undefined) return "no_price";
  return currency === input.currency || ratioOf(input, currency, bid.bidder) !== undefined ? undefined : "rate_missing";
}

/** Why no quantity of a line fits the lot. */
export function whyNoCount(
  { lot, smallest }: LotFacts,
  bid: Bid,
  line: BidLine,
  min: number,
  max: number,
  step: number,
  offeredPerStep: number,
): string | undefined {
  const brokenPackage = bid.package?.price !== undefined && min * offeredPerStep !== line.countMax;
  if (min <= max && !brokenPackage) return undefined;
  if (lot.count < smallest || (line.countMax / offeredPerStep) * step < smallest) return "below_gang_minimum";
  if ((line.countMin / offeredPerStep) * step > lot.count) return "minimum_above_rest";
  return "block_size";
}

/** Whether some quantity stays within the cap, exactly: by the mean price of all of it, where there are tiers. */
export function isWithinCap(
  input: EvaluationInput,
  { cap }: LotFacts,
  bid: Bid,
  line: BidLine,
  step: number,
  offeredPerStep: number,
  min: number,
  max: number,
  seconds: number,
): boolean {
  if (cap === undefined || line.tiers.length === 0) return true;
  const rate = step === offeredPerStep ? onlyRate(line, min * step, max * step) : undefined;
  if (rate !== undefined && rate.currency === cap.currency) return rate.microsPerHour <= cap.microsPerHour;
  const pieces = linePieces(line, offeredPerStep, min, max, seconds);
  return piecesWithinCap(input, cap, bid, line, step, seconds, pieces).length > 0;
}

/** The one rate at which every quantity of a line from `from` to `to`, both inclusive, is priced; undefined where there are several. */
export function onlyRate({ tiers, tierMode, costs }: BidLine, from: number, to: number): Rate | undefined {
  if (costs !== undefined) return undefined;
  let own = 0;
  if (tierMode === "all-units")
    while (own + 1 < tiers.length && (tiers[own + 1] as BidLine["tiers"][number]).from <= from) own += 1;
  const next = tiers[own + 1];
  return next === undefined || next.from > to ? tiers[own]?.rate : undefined;
}

/** The quantities, in steps, whose cost over `seconds` (micro-units times 3,600) is within the cap of what they fill; exact. */
export function piecesWithinCap(
  input: EvaluationInput,
  cap: Rate,
  bid: Bid,
  line: BidLine,
  step: number,
  seconds: number,
  pieces: readonly Piece[],
): readonly Piece[] {
  const own = ratioOf(input, line.tiers[0]?.rate.currency ?? input.currency, bid.bidder);
  const capRatio = ratioOf(input, cap.currency);
  if (own === undefined || capRatio === undefined) return [];
  const limit = cap.microsPerHour * BigInt(step) * BigInt(seconds) * capRatio.num * own.den;
  return withinLimit(pieces, limit, own.num * capRatio.den);
}
