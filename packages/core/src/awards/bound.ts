import type { Box } from "./box.ts";
import type { Program, Term } from "./program.ts";
import {
  amountAt,
  type Fraction,
  type Multipliers,
  type Relaxed,
  relax,
  stepsOf,
  type TermView,
  valueAt,
  viewOf,
} from "./relaxation.ts";

/** A value that no combination of a box is below, and the relaxed combinations that show where it comes from. */
export interface Bound {
  readonly value: Fraction;
  /** Steps of each item, with parts of a step: where to branch. */
  readonly steps: readonly number[];
  /** The last one is the best at the multipliers that were found. */
  readonly relaxed: readonly Relaxed[];
  /** A good start for the parts of the box. */
  readonly multipliers: Multipliers;
  /** The term that holds the bound back, where one does. */
  readonly term?: number;
}

/** Tuning meets the best multiplier after few steps; past so many the bound is only a little lower. */
const STEPS_MAX = 40;

const ZERO: Fraction = { num: 0n, den: 1n };
const ONE: Fraction = { num: 1n, den: 1n };

/**
 * The best lower bound that pricing the terms gives, starting from the multipliers of the box this one is a part of; once it is
 * hopeless it is not improved any more. Each multiplier in turn is set to the best one, exactly; where several pools are open they
 * are first moved together, since each alone cannot help while the others give everything away. Undefined where the box holds no
 * combination that keeps the limits.
 */
export function boundOf(
  program: Program,
  box: Box,
  start: Multipliers | undefined,
  isHopeless: (value: Fraction) => boolean,
): Bound | undefined {
  const terms = program.terms.map((term, index) => ({
    index,
    view: viewOf(term, box.term[index] as number, program.weights.money),
  }));
  const multipliers = startFor(terms, start);
  const relaxed = relax(program, box, multipliers);
  if (relaxed === undefined) return undefined;
  let best: Bound = { value: relaxed.value, steps: stepsOf(relaxed), relaxed: [relaxed], multipliers };
  if (isHopeless(best.value)) return best;
  const priced = terms.filter(({ view }) => view.multiplierMax !== 0n);
  const pools = priced.filter(({ view }) => view.multiplierMax !== undefined);
  if (start === undefined && pools.length > 1) {
    const together = tune(program, box, best, pools);
    if (together !== "empty") best = together;
  }
  for (let pass = 0; pass < (priced.length > 1 ? PASSES : 1); pass += 1) {
    const before = best.value;
    for (const one of priced) {
      if (isAtRest(program, best, one)) continue;
      const tuned = tune(program, box, best, [one]);
      if (tuned === "empty") return undefined;
      if (!less(tuned.value, best.value)) best = tuned;
      if (isHopeless(best.value)) return best;
    }
    if (!less(before, best.value)) break;
  }
  return best;
}

/** Binary places of a multiplier to start from: any multiplier gives a bound, and exact ones would grow with every box. */
const PLACES = 128n;

/** The multipliers to start from, inside the ranges that the terms have in this box. */
function startFor(terms: readonly PricedTerm[], start: Multipliers | undefined): Multipliers {
  if (start === undefined) return { num: terms.map(() => 0n), den: 1n };
  const den = 1n << PLACES;
  const num = start.num.map((exact, index) => {
    const multiplier = (exact << PLACES) / start.den;
    const max = terms[index]?.view.multiplierMax;
    return max !== undefined && multiplier > max * den ? max * den : multiplier;
  });
  return { num, den };
}

const PASSES = 2;

/** Whether a multiplier is at an end of its range, and what is best there does not push it back. */
function isAtRest(program: Program, { relaxed, multipliers }: Bound, one: PricedTerm): boolean {
  const multiplier = multipliers.num[one.index] as bigint;
  const slope = slopeOf(program, [one], relaxed.at(-1) as Relaxed).num;
  if (multiplier === 0n) return slope <= 0n;
  return one.view.multiplierMax !== undefined && multiplier === multipliers.den && slope >= 0n;
}

interface PricedTerm {
  readonly index: number;
  readonly view: TermView;
}

interface Line {
  readonly relaxed: Relaxed;
  /** Value at multiplier 0, and how far the limits are passed: the value at multiplier m is at0 + m x slope. */
  readonly at0: Fraction;
  readonly slope: Fraction;
}

/**
 * The best common multiplier of some terms, the others being as they are. The value as a function of it is a roof of straight lines,
 * and two combinations on either side of its top name the next one to try. "empty" where the limit cannot be kept.
 */
function tune(program: Program, box: Box, before: Bound, terms: readonly PricedTerm[]): Bound | "empty" {
  const base = terms.reduce((all, { index }) => withMultiplier(all, index, ZERO), before.multipliers);
  const at = (multiplier: Fraction): Multipliers =>
    terms.reduce((all, { index }) => withMultiplier(all, index, multiplier), base);
  const lineOf = (relaxed: Relaxed): Line => {
    return { relaxed, at0: valueAt(program, box, base, relaxed), slope: slopeOf(program, terms, relaxed) };
  };
  const term = terms[0]?.index as number;
  // The combination that was best so far is a line too, on one side of the top or the other.
  const known = lineOf(before.relaxed.at(-1) as Relaxed);
  let low = known.slope.num > 0n ? known : lineOf(relax(program, box, base) as Relaxed);
  if (low.slope.num <= 0n) return tunedTo(low, low.at0, base, term);
  const far = known.slope.num < 0n ? known : farLine(program, box, base, terms, lineOf, at);
  if (far === "empty") return "empty";
  if (far.slope.num > 0n) return tunedTo(far, valueOn(far, ONE), at(ONE), term);
  let high = far;
  let best: { multiplier: Fraction; relaxed: Relaxed; value: Fraction } | undefined;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const multiplier = crossing(low, high);
    const relaxed = relax(program, box, at(multiplier)) as Relaxed;
    if (best === undefined || less(best.value, relaxed.value)) best = { multiplier, relaxed, value: relaxed.value };
    const line = lineOf(relaxed);
    if (!less(relaxed.value, valueOn(low, multiplier)) || line.slope.num === 0n) break;
    if (line.slope.num > 0n) low = line;
    else high = line;
  }
  const { value, relaxed, multiplier } = best as NonNullable<typeof best>;
  return {
    value,
    steps: mixed(low, high),
    relaxed: [low.relaxed, high.relaxed, relaxed],
    multipliers: at(multiplier),
    term,
  };
}

/** The line at the largest multiplier; where that has no bound, the combination that stays furthest below the limit. */
function farLine(
  program: Program,
  box: Box,
  base: Multipliers,
  terms: readonly PricedTerm[],
  lineOf: (relaxed: Relaxed) => Line,
  at: (multiplier: Fraction) => Multipliers,
): Line | "empty" {
  if (terms.every(({ view }) => view.multiplierMax !== undefined))
    return lineOf(relax(program, box, at(ONE)) as Relaxed);
  const only = { num: base.num.map((_, index) => (terms[0]?.index === index ? 1n : 0n)), den: 0n };
  const line = lineOf(relax(program, box, only) as Relaxed);
  return line.slope.num > 0n ? "empty" : line;
}

function tunedTo({ relaxed }: Line, value: Fraction, multipliers: Multipliers, term: number): Bound {
  return { value, steps: stepsOf(relaxed), relaxed: [relaxed], multipliers, term };
}

/** How far a relaxed combination passes the limits, all in all. */
function slopeOf(program: Program, terms: readonly PricedTerm[], relaxed: Relaxed): Fraction {
  let sum: Fraction = ZERO;
  for (const { index, view } of terms) {
    const { num, den } = amountAt(program.terms[index] as Term, relaxed);
    sum = { num: sum.num * den + (view.sign * num - view.limit * den) * sum.den, den: sum.den * den };
  }
  return sum;
}

/** Where a rising and a falling line meet. */
function crossing(low: Line, high: Line): Fraction {
  const rise = minus(high.at0, low.at0);
  const fall = minus(low.slope, high.slope);
  const num = rise.num * fall.den;
  return num <= 0n ? ZERO : reduced({ num, den: rise.den * fall.num });
}

function valueOn({ at0, slope }: Line, multiplier: Fraction): Fraction {
  const num = at0.num * slope.den * multiplier.den + slope.num * multiplier.num * at0.den;
  return { num, den: at0.den * slope.den * multiplier.den };
}

function minus(a: Fraction, b: Fraction): Fraction {
  return { num: a.num * b.den - b.num * a.den, den: a.den * b.den };
}

export function less(a: Fraction, b: Fraction): boolean {
  return a.num * b.den < b.num * a.den;
}

function reduced({ num, den }: Fraction): Fraction {
  let [x, y] = [num, den];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? ZERO : { num: num / x, den: den / x };
}

function withMultiplier({ num, den }: Multipliers, index: number, multiplier: Fraction): Multipliers {
  const scaled = num.map((one) => one * multiplier.den);
  scaled[index] = multiplier.num * den;
  return { num: scaled, den: den * multiplier.den };
}

/** The mixture of the two combinations that just meets the limit: what the relaxed problem would do if it could. */
function mixed(low: Line, high: Line): number[] {
  const over = Number(low.slope.num) / Number(low.slope.den);
  const under = Number(high.slope.num) / Number(high.slope.den);
  const share = Number.isFinite(over - under) && over > under ? over / (over - under) : 1;
  const [a, b] = [stepsOf(low.relaxed), stepsOf(high.relaxed)];
  return a.map((steps, item) => steps + ((b[item] as number) - steps) * share);
}
