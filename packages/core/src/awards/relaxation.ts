import type { Box } from "./box.ts";
import { costAt, cutTo, type Piece } from "./piece.ts";
import type { Item, Program, Term } from "./program.ts";

/** An exact fraction that nobody reduces; the denominator is above zero. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

/** Multipliers of the terms, as numerators over one denominator. */
export interface Multipliers {
  readonly num: readonly bigint[];
  readonly den: bigint;
}

/** An item that the relaxation takes in part, between two corners of its cost. */
interface Between {
  readonly item: number;
  readonly from: number;
  readonly to: number;
  readonly taken: bigint;
  readonly of: bigint;
}

/** The best combination of the relaxed problem, and its value. */
export interface Relaxed {
  readonly value: Fraction;
  /** Whole steps of each item, at a corner of its cost; items in `between` are at their lower corner. */
  readonly corners: Int32Array;
  readonly between: readonly Between[];
}

interface Segment {
  readonly item: number;
  readonly from: number;
  readonly to: number;
  readonly rise: bigint;
  /** Accelerators of the lot. */
  readonly length: bigint;
}

/**
 * The problem without what couples the items, save the quantity of each lot: every item costs its lower convex hull, every term
 * is priced by its multiplier instead of kept, and packages, fixed costs and shared blocks are let go. Filling each lot by the
 * flattest segments is then exact, and its value is below or equal to that of every combination in the box. Undefined where the
 * box holds no combination at all.
 */
export function relax(program: Program, box: Box, multipliers: Multipliers): Relaxed | undefined {
  const prices = pricesOf(program, box, multipliers);
  const corners = new Int32Array(program.items.length);
  const between: Between[] = [];
  let num = prices.constant;
  let den = 1n;
  for (const [lot, members] of program.itemsOfLot.entries()) {
    let room = BigInt(program.room[lot] as number);
    const segments: Segment[] = [];
    for (const item of members) {
      const base = hullOf(program, box, item, prices, segments);
      if (base === undefined) return undefined;
      corners[item] = base.steps;
      num += base.value * den;
      room -= BigInt(base.steps) * BigInt((program.items[item] as Item).option.step);
    }
    if (room < 0n) return undefined;
    segments.sort(flatter);
    for (const { item, from, to, rise, length } of segments) {
      if (room === 0n || rise >= 0n) break;
      if (length <= room) {
        corners[item] = to;
        num += rise * den;
        room -= length;
        continue;
      }
      between.push({ item, from, to, taken: room, of: length });
      num = num * length + rise * room * den;
      den *= length;
      room = 0n;
    }
  }
  return { value: { num, den: den * multipliers.den }, corners, between };
}

function flatter(a: Segment, b: Segment): number {
  const left = a.rise * b.length;
  const right = b.rise * a.length;
  return left < right ? -1 : left > right ? 1 : a.item - b.item || a.from - b.from;
}

/** What a unit of each term costs, and what is paid whatever is taken, over the multipliers' denominator. */
interface Prices {
  readonly den: bigint;
  readonly perUnit: readonly bigint[];
  readonly constant: bigint;
}

function pricesOf(program: Program, box: Box, { num, den }: Multipliers): Prices {
  let constant = 0n;
  const perUnit = program.terms.map((term, index) => {
    const price = num[index] as bigint;
    const { sign, limit, credit, paid } = viewOf(term, box.term[index] as number, program.weights.money);
    constant += paid * den - price * limit;
    return price * sign - credit * den;
  });
  for (const [index, group] of program.fixed.entries()) {
    if (box.fixed[index] === 1 || group.items.some((item) => box.zero[item] === 0)) {
      constant += group.cost * program.weights.money * den;
    }
  }
  return { den, perUnit, constant };
}

/** How a node sees a term: `sign x amount <= limit` priced by its multiplier, `credit` for each unit, `paid` in any case. */
export interface TermView {
  readonly sign: bigint;
  readonly limit: bigint;
  readonly credit: bigint;
  readonly paid: bigint;
  /** Largest multiplier; without bound when undefined, and 0 where the term does not bind here. */
  readonly multiplierMax?: bigint;
}

/** State 0: open. Pools: 1 not filled, 2 filled. Limits with a lump: 1 kept, 2 passed and paid. */
export function viewOf(term: Term, state: number, moneyWeight: bigint): TermView {
  if (term.kind === "limit") {
    if (term.lump === undefined || state === 1) return { sign: 1n, limit: term.limit, credit: 0n, paid: 0n };
    return {
      sign: 1n,
      limit: term.limit,
      credit: 0n,
      paid: state === 2 ? term.lump * moneyWeight : 0n,
      multiplierMax: 0n,
    };
  }
  if (state === 0) return { sign: 1n, limit: term.limit, credit: 1n, paid: 0n, multiplierMax: 1n };
  const below = (term.limit / term.grid) * term.grid;
  if (state === 1) return { sign: 1n, limit: below, credit: 1n, paid: 0n };
  return { sign: -1n, limit: -(below + term.grid), credit: 0n, paid: -term.limit };
}

/** The lower convex hull of an item in the box: its first corner, and its segments added to `segments`. */
function hullOf(
  program: Program,
  box: Box,
  item: number,
  prices: Prices,
  segments: Segment[],
): { readonly steps: number; readonly value: bigint } | undefined {
  const corners: { readonly steps: number; readonly value: bigint }[] =
    box.zero[item] === 1 ? [{ steps: 0, value: 0n }] : [];
  const add = (steps: number): void => {
    const corner = { steps, value: priceAt(program, item, steps, prices) };
    while (corners.length >= 2 && !isConvex(corners.at(-2), corners.at(-1), corner)) corners.pop();
    corners.push(corner);
  };
  for (const piece of cutTo((program.items[item] as Item).objective, box.lo[item] as number, box.hi[item] as number)) {
    add(piece.lo);
    if (piece.hi > piece.lo) add(piece.hi);
  }
  const [first] = corners;
  const step = BigInt((program.items[item] as Item).option.step);
  for (let index = 1; index < corners.length; index += 1) {
    const left = corners[index - 1] as (typeof corners)[0];
    const right = corners[index] as (typeof corners)[0];
    const length = BigInt(right.steps - left.steps) * step;
    segments.push({ item, from: left.steps, to: right.steps, rise: right.value - left.value, length });
  }
  return first;
}

interface Corner {
  readonly steps: number;
  readonly value: bigint;
}

function isConvex(a: Corner | undefined, b: Corner | undefined, c: Corner): boolean {
  if (a === undefined || b === undefined) return true;
  return (b.value - a.value) * BigInt(c.steps - b.steps) < (c.value - b.value) * BigInt(b.steps - a.steps);
}

/** What so many steps cost at the prices of the terms, times the denominator. */
function priceAt({ items, terms }: Program, item: number, steps: number, prices: Prices): bigint {
  let sum = (costAt((items[item] as Item).objective, steps) as bigint) * prices.den;
  for (const [index, term] of terms.entries()) {
    const amounts = term.amounts[item];
    const perUnit = prices.perUnit[index] as bigint;
    if (amounts !== undefined && perUnit !== 0n) sum += perUnit * (costAt(amounts, steps) ?? 0n);
  }
  return sum;
}

/** What a term adds up to in a relaxed combination. */
export function amountAt(term: Term, relaxed: Relaxed): Fraction {
  let num = 0n;
  let den = 1n;
  for (const [item, pieces] of term.amounts.entries()) {
    if (pieces !== undefined) num += at(pieces, relaxed.corners[item] as number);
  }
  for (const { item, from, to, taken, of } of relaxed.between) {
    const pieces = term.amounts[item];
    if (pieces === undefined) continue;
    num = num * of + (at(pieces, to) - at(pieces, from)) * taken * den;
    den *= of;
  }
  return { num, den };
}

function at(pieces: readonly Piece[], steps: number): bigint {
  return steps === 0 ? 0n : (costAt(pieces, steps) ?? 0n);
}

/** The value of a relaxed combination at other multipliers. */
export function valueAt(program: Program, box: Box, multipliers: Multipliers, relaxed: Relaxed): Fraction {
  const prices = pricesOf(program, box, multipliers);
  const price = (item: number, steps: number): bigint => (steps === 0 ? 0n : priceAt(program, item, steps, prices));
  let num = prices.constant;
  let den = 1n;
  for (const [item, steps] of relaxed.corners.entries()) num += price(item, steps);
  for (const { item, from, to, taken, of } of relaxed.between) {
    num = num * of + (price(item, to) - price(item, from)) * taken * den;
    den *= of;
  }
  return { num, den: den * multipliers.den };
}

/** Steps of each item, with parts of a step; for choosing where to branch only. */
export function stepsOf(relaxed: Relaxed): number[] {
  const steps = [...relaxed.corners];
  for (const { item, from, to, taken, of } of relaxed.between) {
    steps[item] = from + ((to - from) * Number(taken)) / Number(of);
  }
  return steps;
}
