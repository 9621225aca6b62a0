import { compareText, INSTANT_MAX, type Rational, windowSeconds } from "../kernel/index.ts";
import { minimumPart } from "../requests/blocks.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import { alternativeOf } from "../tenders/form.ts";
import type { Constraint, EvaluationInput, EvaluationLot } from "./evaluation.ts";
import { isWithinCap, type LotFacts, whyNoCount, whyNot } from "./fit.ts";
import { gcd } from "./integers.ts";
import type { Market, Option } from "./option.ts";

const ONE: Rational = { num: 1n, den: 1n };

export function lotFacts(lot: EvaluationLot, index: number, relaxed: Constraint | undefined): LotFacts {
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
  const alternative = alternativeOf(line, facts.lot.lot);
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
    (priced || isWithinCap(input, facts, bid, line, step, offeredPerStep, min, max, seconds) ? undefined : "above_cap");
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

/** The least quantity, in the lot's unit, that is whole blocks of the lot and whole multiples of the line. */
function stepOf(lot: EvaluationLot, line: BidLine, factor: Rational, anyBlock: boolean): number {
  const block = anyBlock ? 1 : lot.lot.terms.blockSize;
  const multiple = anyBlock ? 1 : line.multiple;
  if (factor.num === factor.den) return block === multiple ? block : (block / gcd(block, multiple)) * multiple;
  const wanted = Number(factor.den) * multiple;
  return (block * wanted) / gcd(wanted, block * Number(factor.num));
}
