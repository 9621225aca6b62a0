import type { Bound } from "./bound.ts";
import { type Box, copyOf, isFixed, leaveOut, putIn } from "./box.ts";
import { ceilTo, floorTo } from "./piece.ts";
import { amountOf, type Item, type Program } from "./program.ts";
import { viewOf } from "./relaxation.ts";

const NEAR = 1e-9;

/** Two boxes that together hold every combination of this one, the more promising last; none where nothing is open. */
export function branch(program: Program, box: Box, bound: Bound): readonly Box[] {
  const { steps } = bound;
  const conflict = conflictIn(program, box, steps);
  if (conflict !== undefined) return takenOrNot(program, box, conflict, true);
  const broken = brokenItem(program, box, bound);
  if (broken !== undefined) return splitAt(program, box, broken, steps[broken] as number);
  const term = openTerm(program, box, bound);
  if (term !== undefined) return [2, 1].map((state) => withTerm(box, term, state));
  const group = program.fixed.findIndex(
    ({ items }, one) =>
      box.fixed[one] === 0 && items.some((item) => (steps[item] as number) > 0 && box.zero[item] === 1),
  );
  if (group !== -1) return paidOrNot(program, box, group);
  const open = widest(program, box, steps);
  return open === undefined ? [] : splitAt(program, box, open, steps[open] as number);
}

/** An item of a package taken in part, or one beside an item that excludes it. */
function conflictIn(program: Program, box: Box, steps: readonly number[]): number | undefined {
  const taken = (item: number): boolean => (steps[item] as number) > NEAR;
  const open = (item: number): boolean => box.zero[item] === 1 && (box.hi[item] as number) >= (box.lo[item] as number);
  for (const link of program.links) {
    if (link.some(taken) && !link.every(taken)) {
      const item = link.find(open);
      if (item !== undefined) return item;
    }
  }
  const beside = program.items.findIndex(
    (_, item) => taken(item) && open(item) && program.exclusive[item]?.some(taken),
  );
  return beside === -1 ? undefined : beside;
}

/** The item furthest from steps that it can have, or between corners of a cost that is not straight there. */
function brokenItem(program: Program, box: Box, { steps, relaxed }: Bound): number | undefined {
  let found: number | undefined;
  let distance = NEAR;
  for (const [item, { objective, option }] of program.items.entries()) {
    const at = steps[item] as number;
    if (at <= NEAR || isFixed(box, item)) continue;
    const below = floorTo(objective, Math.floor(at + NEAR)) ?? 0;
    const above = ceilTo(objective, Math.ceil(at - NEAR)) ?? Infinity;
    const off = Math.min(at - below, above - at) * option.step;
    if (off > distance) {
      distance = off;
      found = item;
    }
  }
  if (found !== undefined) return found;
  return relaxed.at(-1)?.between.find(({ item }) => !isFixed(box, item) && isCrooked(program, item))?.item;
}

function isCrooked(program: Program, item: number): boolean {
  const { objective } = program.items[item] as Item;
  return objective.length > 1 || objective[0]?.base !== 0n;
}

/** A pool or a limit with a lump that is still open and that the bound turns on. */
function openTerm(program: Program, box: Box, bound: Bound): number | undefined {
  const rounded = bound.steps.map((at) => Math.round(at));
  const binds = (index: number): boolean => {
    const term = program.terms[index];
    if (term === undefined || box.term[index] !== 0) return false;
    if (term.kind === "limit") return term.lump !== undefined && amountOf(term, rounded) > term.limit;
    return viewOf(term, 0, 1n).multiplierMax === 1n && amountOf(term, rounded) > 0n;
  };
  if (bound.term !== undefined && binds(bound.term)) return bound.term;
  const index = program.terms.findIndex((_, one) => binds(one));
  return index === -1 ? undefined : index;
}

function withTerm(box: Box, term: number, state: number): Box {
  const child = copyOf(box);
  child.term[term] = state;
  return child;
}

/** A fixed cost: paid, or none of its items taken. */
function paidOrNot(program: Program, box: Box, group: number): Box[] {
  const paid = copyOf(box);
  paid.fixed[group] = 1;
  const none = copyOf(box);
  for (const item of program.fixed[group]?.items ?? []) leaveOut(program, none, item);
  return [none, paid];
}

function takenOrNot(program: Program, box: Box, item: number, takenFirst: boolean): Box[] {
  const taken = copyOf(box);
  putIn(program, taken, item);
  const not = copyOf(box);
  leaveOut(program, not, item);
  return takenFirst ? [not, taken] : [taken, not];
}

/** At most so many steps, or more. */
function splitAt(program: Program, box: Box, item: number, at: number): Box[] {
  const { objective } = program.items[item] as Item;
  const [lo, hi] = [box.lo[item] as number, box.hi[item] as number];
  const below = floorTo(objective, Math.min(Math.floor(at + NEAR), hi - 1));
  const start = ceilTo(objective, lo) as number;
  if (below === undefined || below < start) {
    if (box.zero[item] === 1) return takenOrNot(program, box, item, at * 2 >= start);
    // Nothing lies below what is wanted: the smallest quantity alone, or more.
    return splitBetween(program, box, item, start, at <= start);
  }
  return splitBetween(program, box, item, below, at - below < 0.5);
}

function splitBetween(program: Program, box: Box, item: number, below: number, lowFirst: boolean): Box[] {
  const low = copyOf(box);
  low.hi[item] = below;
  const high = copyOf(box);
  // Bounds are always steps that the item can have, so that a box with nothing open is seen as one.
  high.lo[item] = ceilTo((program.items[item] as Item).objective, below + 1) ?? below + 1;
  putIn(program, high, item);
  return lowFirst ? [high, low] : [low, high];
}

/** Where nothing else tells: the open item with most accelerators in question, those that are taken first. */
function widest(program: Program, box: Box, steps: readonly number[]): number | undefined {
  let found: number | undefined;
  let most = -1;
  for (const [item, { option }] of program.items.entries()) {
    if (isFixed(box, item)) continue;
    const span = ((box.hi[item] as number) - (box.lo[item] as number) + 1) * option.step;
    const weight = ((steps[item] as number) > NEAR ? 1_000_000_000 : 0) + span;
    if (weight > most) {
      most = weight;
      found = item;
    }
  }
  return found;
}
