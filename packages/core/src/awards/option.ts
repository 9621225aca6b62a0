import type { Account, Commitment } from "../commitments/index.ts";
import {
  compareText,
  type Currency,
  INSTANT_MAX,
  type Instant,
  type PartyId,
  type Rate,
  type Rational,
  type TimeWindow,
  windowSeconds,
} from "../kernel/index.ts";
import { minimumPart } from "../requests/blocks.ts";
import { fitsRegion } from "../requests/facts.ts";
import type { LotAlternative } from "../requests/lot.ts";
import type { Fractions } from "../scope/index.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import type { Constraint, EvaluationInput, EvaluationLot } from "./evaluation.ts";
import { hourlyPieces, type Piece, withinLimit } from "./piece.ts";

/** A line of a bid as a way to fill its lot, in whole steps. A step is the smallest quantity that both sides can deal in. */
export interface Option {
  readonly index: number;
  readonly lotIndex: number;
  readonly bid: Bid;
  readonly line: BidLine;
  readonly lineIndex: number;
  /** Place in the order of receipt, ties by provider; from 0. */
  readonly rank: number;
  readonly window: TimeWindow;
  readonly seconds: number;
  readonly delaySeconds: number;
  /** Accelerators of the lot's first alternative in a step, and of the type offered. */
  readonly step: number;
  readonly offeredPerStep: number;
  /** Steps; `max` below `min` where nothing fits. */
  readonly min: number;
  readonly max: number;
  /** Why it cannot be taken; undefined where it can. */
  readonly why: string | undefined;
}

/** The options of an evaluation, and what was left out to find out what it changes. */
export interface Market {
  readonly input: EvaluationInput;
  readonly options: readonly Option[];
  readonly relaxed?: Constraint;
  /** Commitments in force, by the party they favour. */
  readonly committed: ReadonlyMap<PartyId, readonly Commitment[]>;
  /** Worked out at most once, when first asked for. */
  readonly known: { account?: Account; readonly counted: Map<Commitment, (Fractions | undefined)[]> };
}

const ONE: Rational = { num: 1n, den: 1n };

/** Conversion into the currency of the evaluation; undefined where no rate is recorded. */
export function ratioOf(input: EvaluationInput, currency: Currency, bidder?: PartyId): Rational | undefined {
  return currency === input.currency ? ONE : input.ratioOf?.(currency, bidder);
}

/** What all options of a lot are held against, worked out once. */
interface LotFacts {
  readonly lot: EvaluationLot;
  readonly index: number;
  readonly window: TimeWindow;
  readonly seconds: number;
  readonly latestStart: Instant;
  /** Smallest part that is of use. */
  readonly smallest: number;
  readonly cap: Rate | undefined;
}

function lotFacts(lot: EvaluationLot, index: number, relaxed: Constraint | undefined): LotFacts {
  const { terms, window } = lot.lot;
  return {
    lot,
    index,
    window,
    seconds: windowSeconds(window),
    latestStart: relaxed === "starts_too_late" ? INSTANT_MAX : (terms.latestStart ?? window.from),
    smallest: relaxed === "below_gang_minimum" ? 1 : Math.max(minimumPart(terms), lot.minimumUsable ?? 0),
    cap: relaxed === "above_cap" ? undefined : terms.price,
  };
}

/** Every line of a bid for one of the lots, in the order of the bids; those that cannot be taken say why. */
export function optionsOf(input: EvaluationInput, relaxed?: Constraint): Option[] {
  const options: Option[] = [];
  const { bids } = input;
  const lots = input.lots.map((lot, index) => lotFacts(lot, index, relaxed));
  const ranks = ranksOf(bids);
  for (let place = 0; place < bids.length; place += 1) {
    const bid = bids[place] as Bid;
    for (let lineIndex = 0; lineIndex < bid.lines.length; lineIndex += 1) {
      const line = bid.lines[lineIndex] as BidLine;
      const lot = lots.find((one) => one.lot.lot.id === line.lot);
      if (lot === undefined) continue;
      const rank = ranks?.[place] ?? place;
      options.push(optionOf(input, lot, bid, lineIndex, options.length, rank, relaxed === "block_size"));
    }
  }
  return options;
}

/** One option again, without a constraint. */
export function reconsidered(
  { input }: Market,
  { lotIndex, bid, lineIndex, index, rank }: Option,
  relaxed: Constraint,
): Option {
  const facts = lotFacts(input.lots[lotIndex] as EvaluationLot, lotIndex, relaxed);
  return optionOf(input, facts, bid, lineIndex, index, rank, relaxed === "block_size");
}

/** Receipt order, then provider id, then the order given; undefined where that is the order given. */
function ranksOf(bids: readonly Bid[]): readonly number[] | undefined {
  let sorted = true;
  for (let place = 1; place < bids.length && sorted; place += 1) sorted = received(bids, place - 1, place) < 0;
  if (sorted) return undefined;
  const ranks: number[] = [];
  const places = bids.map((_, place) => place).sort((a, b) => received(bids, a, b));
  for (const [rank, place] of places.entries()) ranks[place] = rank;
  return ranks;
}

function received(bids: readonly Bid[], a: number, b: number): number {
  const left = bids[a] as Bid;
  const right = bids[b] as Bid;
  return left.order - right.order || compareText(left.bidder, right.bidder) || a - b;
}

function optionOf(
  input: EvaluationInput,
  facts: LotFacts,
  bid: Bid,
  lineIndex: number,
  index: number,
  rank: number,
  anyBlock: boolean,
): Option {
  const line = bid.lines[lineIndex] as BidLine;
  const window = line.window ?? facts.window;
  const seconds = line.window === undefined ? facts.seconds : windowSeconds(window);
  const alternative = alternativeOf(facts.lot, line);
  const factor = alternative?.factor ?? ONE;
  const step = stepOf(facts.lot, line, factor, anyBlock);
  const offeredPerStep = factor.num === factor.den ? step : (step * Number(factor.num)) / Number(factor.den);
  const priced = bid.package?.price !== undefined;
  // Below the first tier nothing is offered.
  const countMin = priced ? line.countMax : Math.max(line.countMin, line.tiers[0]?.from ?? 1);
  const min = Math.max(1, Math.ceil(countMin / offeredPerStep), Math.ceil(facts.smallest / step));
  const max = Math.min(Math.floor(line.countMax / offeredPerStep), Math.floor(facts.lot.count / step));
  const why =
    input.excluded?.(bid, line) ??
    whyNot(input, facts, bid, line, window.from, seconds, alternative) ??
    whyNoCount(facts, bid, line, min, max, step, offeredPerStep) ??
    (priced || isWithinCap(input, facts, bid, line, step, offeredPerStep, min, max) ? undefined : "above_cap");
  return {
    index,
    lotIndex: facts.index,
    bid,
    line,
    lineIndex,
    rank,
    window,
    seconds,
    delaySeconds: line.window === undefined ? 0 : Math.max(0, (window.from - facts.window.from) / 1000),
    step,
    offeredPerStep,
    min,
    max,
    why,
  };
}

function alternativeOf(lot: EvaluationLot, line: BidLine): LotAlternative | undefined {
  return lot.lot.alternatives.find(
    (one) =>
      (line.acceleratorType ?? one.acceleratorType) === one.acceleratorType &&
      (line.region === undefined || fitsRegion(one, line.region)),
  );
}

/** The least quantity, in the lot's unit, that is whole blocks of the lot and whole multiples of the line. */
function stepOf(lot: EvaluationLot, line: BidLine, factor: Rational, anyBlock: boolean): number {
  const block = anyBlock ? 1 : lot.lot.terms.blockSize;
  const multiple = anyBlock ? 1 : line.multiple;
  if (factor.num === factor.den) return block === multiple ? block : (block / gcd(block, multiple)) * multiple;
  const wanted = Number(factor.den) * multiple;
  return (block * wanted) / gcd(wanted, block * Number(factor.num));
}

export function gcd(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

function whyNot(
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

function whyNoCount(
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
function isWithinCap(
  input: EvaluationInput,
  { cap }: LotFacts,
  bid: Bid,
  line: BidLine,
  step: number,
  offeredPerStep: number,
  min: number,
  max: number,
): boolean {
  if (cap === undefined || line.tiers.length === 0) return true;
  const rate = step === offeredPerStep ? onlyRate(line, min * step, max * step) : undefined;
  if (rate !== undefined && rate.currency === cap.currency) return rate.microsPerHour <= cap.microsPerHour;
  const pieces = hourlyPieces(line, offeredPerStep, min, max);
  return piecesWithinCap(input, cap, bid, line, step, pieces).length > 0;
}

/** The one rate at which every quantity of a line from `from` to `to`, both inclusive, is priced; undefined where there are several. */
export function onlyRate({ tiers, tierMode }: BidLine, from: number, to: number): Rate | undefined {
  let own = 0;
  if (tierMode === "all-units")
    while (own + 1 < tiers.length && (tiers[own + 1] as BidLine["tiers"][number]).from <= from) own += 1;
  const next = tiers[own + 1];
  return next === undefined || next.from > to ? tiers[own]?.rate : undefined;
}

/** The quantities, in steps, whose hourly cost in the bid's own currency is within the cap of what they fill; exact. */
export function piecesWithinCap(
  input: EvaluationInput,
  cap: Rate,
  bid: Bid,
  line: BidLine,
  step: number,
  pieces: readonly Piece[],
): readonly Piece[] {
  const own = ratioOf(input, line.tiers[0]?.rate.currency ?? input.currency, bid.bidder);
  const capRatio = ratioOf(input, cap.currency);
  if (own === undefined || capRatio === undefined) return [];
  const limit = cap.microsPerHour * BigInt(step) * capRatio.num * own.den;
  return withinLimit(pieces, limit, own.num * capRatio.den);
}
