import { type Commitment, measureOf } from "../commitments/index.ts";
import type { AgreementId, ClauseId, Instant, Money, Rate } from "../kernel/index.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest } from "../requests/request.ts";
import { effectiveCost, type Reckoning } from "./costs.ts";
import { crossings } from "./crossings.ts";
import type { Quote } from "./quotes.ts";
import { type PlannedSource, usesFor } from "./sources.ts";

/** Where the choice between the two cheapest sources of a line flips, everything else as it is. */
export interface BreakEven {
  readonly lineIndex: number;
  /** The one that is cheaper now, and the one that would be. */
  readonly chosen: string;
  readonly other: string;
  /** `price` of either; `quantity`; `baseline`: what is expected besides in a period of a commitment. */
  readonly what: "price-of-chosen" | "price-of-other" | "quantity" | "baseline";
  /** The last value at which the choice stays, and the first at which it flips. */
  readonly direction: "up" | "down";
  readonly price?: { readonly now: Rate; readonly flipsAt: Rate };
  readonly quantity?: { readonly now: number; readonly flipsAt: number };
  readonly baseline?: {
    readonly agreement: AgreementId;
    readonly clause: ClauseId;
    readonly from: Instant;
    readonly to: Instant;
    readonly now: Money;
    readonly flipsAt: Money;
  };
}

/** Counts of a quantity that are looked at before the place is found between two of them. */
const SAMPLES = 64;
/** How many times the wanted count the quantity is looked for. */
const TIMES_MAX = 4;

interface Pair {
  readonly lineIndex: number;
  readonly reckoning: Reckoning;
  readonly request: ComputeRequest;
  readonly lots: readonly Lot[];
  readonly a: PlannedSource;
  readonly b: PlannedSource;
}

/**
 * Line by line the values at which the cheapest source that has all of it gives way to the next one of another provider: of either
 * price, of the quantity, and of what is expected besides under each commitment that weighs. Exact to the micro-unit, to the block.
 *
 * @source Rule PLN13 in ./SPEC.md
 */
export function breakEvens(
  reckoning: Reckoning,
  sources: readonly PlannedSource[],
  request: ComputeRequest,
  lots: readonly Lot[],
): BreakEven[] {
  return request.lines.flatMap((line, lineIndex) => {
    const whole = sources.filter(
      (source) =>
        source.quote.lineIndex === lineIndex &&
        source.count >= line.count &&
        source.effective !== undefined &&
        !source.obstacles.includes("above_cap"),
    );
    const [a] = whole;
    const b = whole.find((source) => source.quote.provider !== a?.quote.provider);
    if (a === undefined || b === undefined) return [];
    // A commitment that counts neither of the two cannot move the choice, and is not reckoned with again and again.
    const sellers = new Set([a.quote.provider, b.quote.provider]);
    const commitments = reckoning.commitments.filter(({ clause }) => sellers.has(clause.beneficiary));
    const pair: Pair = { lineIndex, reckoning: { ...reckoning, commitments }, request, lots, a, b };
    return [
      ...ofPrices(pair),
      ...ofQuantity(pair, line.count, Math.max(a.quote.blockSize, b.quote.blockSize)),
      ...ofBaselines(pair),
    ];
  });
}

const named = ({ lineIndex, a, b }: Pair) => ({ lineIndex, chosen: a.quote.id, other: b.quote.id });

function effectiveOf(pair: Pair, quote: Quote, count: number, reckoning = pair.reckoning): bigint | undefined {
  const uses = usesFor(quote, count, pair.request, pair.lots);
  const found = uses === undefined ? undefined : effectiveCost(reckoning, uses);
  return found === undefined || "rateMissing" in found ? undefined : found.effective.micros;
}

/** The same at one price for everything. */
function atRate({ rowsAt: _, ...quote }: Quote, rate: Rate): Quote {
  return { ...quote, own: [{ from: 1, rate }] };
}

function ofPrices(pair: Pair): BreakEven[] {
  const { a, b } = pair;
  const count = a.count;
  const found: BreakEven[] = [];
  const ofB = effectiveOf(pair, b.quote, count);
  const ofA = effectiveOf(pair, a.quote, count);
  if (ofA === undefined || ofB === undefined || a.ownPrice === undefined || b.ownPrice === undefined) return [];
  const { currency } = a.ownPrice;
  const stays = (micros: bigint): boolean =>
    (effectiveOf(pair, atRate(a.quote, { microsPerHour: micros, currency }), count) ?? 0n) <= ofB;
  const above = firstFailing(a.ownPrice.microsPerHour, stays);
  if (above !== undefined)
    found.push({
      ...named(pair),
      what: "price-of-chosen",
      direction: "up",
      price: { now: a.ownPrice, flipsAt: { microsPerHour: above, currency } },
    });
  const other = b.ownPrice.currency;
  const beaten = (micros: bigint): boolean =>
    (effectiveOf(pair, atRate(b.quote, { microsPerHour: micros, currency: other }), count) ?? 0n) >= ofA;
  if (!beaten(0n)) {
    const below = lastFailing(b.ownPrice.microsPerHour, beaten);
    found.push({
      ...named(pair),
      what: "price-of-other",
      direction: "down",
      price: { now: b.ownPrice, flipsAt: { microsPerHour: below, currency: other } },
    });
  }
  return found;
}

/** The smallest value above `from`, which holds, that no longer does; undefined where none is found up to a thousand times it. */
function firstFailing(from: bigint, holds: (value: bigint) => boolean): bigint | undefined {
  const most = (from + 1n) * 1024n;
  for (let step = from === 0n ? 1n : from; step <= most; step *= 2n) {
    if (!holds(from + step)) return between(from, from + step, holds);
  }
  return undefined;
}

/** The smallest value that does not hold: `good` holds, `bad` does not. */
function between(good: bigint, bad: bigint, holds: (value: bigint) => boolean): bigint {
  let [last, first] = [good, bad];
  while (first - last > 1n) {
    const middle: bigint = (last + first) / 2n;
    if (holds(middle)) last = middle;
    else first = middle;
  }
  return first;
}

/** The largest value below `from`, which holds, that does not; 0 does not hold. */
function lastFailing(from: bigint, holds: (value: bigint) => boolean): bigint {
  let bad = 0n;
  let good = from;
  while (good - bad > 1n) {
    const middle = (good + bad) / 2n;
    if (holds(middle)) good = middle;
    else bad = middle;
  }
  return bad;
}

/**
 * Nearest counts, fewer and more, at which the other is cheaper. Whether either could supply so many is not looked at. A count at
 * which the choice flips may be followed by one at which it flips back: the places where the two costs cross are looked at one by
 * one, and besides them counts at even distances, for prices that have no lines (CMT19).
 */
function ofQuantity(pair: Pair, wanted: number, step: number): BreakEven[] {
  const { a, b, reckoning, lots } = pair;
  const flips = (count: number): boolean => {
    const [x, y] = [effectiveOf(pair, a.quote, count), effectiveOf(pair, b.quote, count)];
    return x !== undefined && y !== undefined && y < x;
  };
  const lot = lots.find(({ lineIndex }) => lineIndex === pair.lineIndex);
  const most = wanted * TIMES_MAX;
  const crossed = lot === undefined ? [] : crossings(reckoning, lot, [a.quote, b.quote], step, most);
  return (["down", "up"] as const).flatMap((direction): BreakEven[] => {
    const sign = direction === "down" ? -1 : 1;
    const blocks = Math.floor(Math.abs((direction === "down" ? step : most) - wanted) / step);
    const stride = Math.max(1, Math.ceil(blocks / SAMPLES));
    // Blocks from the wanted count: each crossing with the blocks beside it, where rounding may have moved it.
    const near = crossed.flatMap((count) => {
      const at = Math.floor((sign * (count - wanted)) / step);
      return [at - 1, at, at + 1, at + 2];
    });
    const even = Array.from({ length: Math.floor(blocks / stride) }, (_, index) => (index + 1) * stride);
    const places = [...new Set([...near, ...even])].filter((at) => at >= 1 && at <= blocks).sort((x, y) => x - y);
    const countAt = (at: number): number => wanted + sign * at * step;
    const found = places.findIndex((at) => flips(countAt(at)));
    if (found < 0) return [];
    let [before, far] = [places[found - 1] ?? 0, places[found] as number];
    while (far - before > 1) {
      const middle = Math.floor((far + before) / 2);
      if (flips(countAt(middle))) far = middle;
      else before = middle;
    }
    return [{ ...named(pair), what: "quantity", direction, quantity: { now: wanted, flipsAt: countAt(far) } }];
  });
}

/** What is expected besides, in the period of the service, of each spend commitment that either source draws on. */
function ofBaselines(pair: Pair): BreakEven[] {
  const { reckoning, a, b } = pair;
  const weighing = new Set(
    [...(a.effective?.commitments ?? []), ...(b.effective?.commitments ?? [])]
      .filter(({ counted }) => counted)
      .map(({ agreement, clause }) => `${agreement}/${clause}`),
  );
  return reckoning.commitments.flatMap((commitment) => {
    if (
      !weighing.has(`${commitment.agreement}/${commitment.clause.id}`) ||
      measureOf(commitment.clause.type) !== "money"
    )
      return [];
    return commitment.clause.schedule.flatMap((_, index) => ofBaseline(pair, commitment, index));
  });
}

function ofBaseline(pair: Pair, commitment: Commitment, index: number): BreakEven[] {
  const period = commitment.clause.schedule[index];
  const amount = period?.amount;
  if (period === undefined || amount === undefined) return [];
  const now = period.expectedOther ?? { micros: 0n, currency: amount.currency };
  const flips = (micros: bigint): boolean => {
    const reckoning = withBaseline(pair.reckoning, commitment, index, { micros, currency: amount.currency });
    const x = effectiveOf(pair, pair.a.quote, pair.a.count, reckoning);
    const y = effectiveOf(pair, pair.b.quote, pair.a.count, reckoning);
    return x !== undefined && y !== undefined && y < x;
  };
  const most = amount.micros;
  const found: BreakEven[] = [];
  const at = { agreement: commitment.agreement, clause: commitment.clause.id, from: period.from, to: period.to, now };
  const add = (direction: "up" | "down", micros: bigint): void => {
    found.push({
      ...named(pair),
      what: "baseline",
      direction,
      baseline: { ...at, flipsAt: { micros, currency: amount.currency } },
    });
  };
  if (now.micros < most && flips(most)) {
    add(
      "up",
      between(now.micros, most, (micros) => !flips(micros)),
    );
  }
  if (now.micros > 0n && flips(0n))
    add(
      "down",
      lastFailing(now.micros, (micros) => !flips(micros)),
    );
  return found;
}

function withBaseline(reckoning: Reckoning, changed: Commitment, index: number, expectedOther: Money): Reckoning {
  const commitments = reckoning.commitments.map((one) => {
    if (one !== changed) return one;
    const schedule = one.clause.schedule.map((period, at) => (at === index ? { ...period, expectedOther } : period));
    return { ...one, clause: { ...one.clause, schedule } };
  });
  return { ...reckoning, commitments };
}
