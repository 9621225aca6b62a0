import { ceilTo, costAt, floorTo } from "./piece.ts";
import { isFeasible, type Item, type Program } from "./program.ts";

/** How often a quantity is lowered before an item is given up: combinations made here are only guesses. */
const TRIES_MAX = 12;

/** A combination near relaxed steps: whole steps at or below them, then filled up with what is cheapest. */
export function guess(program: Program, order: readonly number[], relaxed: readonly number[]): Int32Array {
  const steps = new Int32Array(program.items.length);
  for (const item of order) {
    const wanted = relaxed[item] as number;
    if (wanted > 0) raise(program, steps, item, Math.floor(wanted + 1e-9));
  }
  for (const item of order) raise(program, steps, item, (program.items[item] as Item).option.max);
  return steps;
}

/** Items by cost of an accelerator when all of it is taken, cheapest first. */
export function cheapestFirst(program: Program): number[] {
  const costs = program.items.map(({ objective, option }) => {
    const steps = objective.at(-1)?.hi ?? 0;
    return { cost: costAt(objective, steps) ?? 0n, count: BigInt(steps * option.step) };
  });
  return costs
    .map((_, item) => item)
    .sort((a, b) => {
      const left = (costs[a]?.cost ?? 0n) * (costs[b]?.count ?? 1n);
      const right = (costs[b]?.cost ?? 0n) * (costs[a]?.count ?? 1n);
      return left < right ? -1 : left > right ? 1 : a - b;
    });
}

/** Raises an item, and with it its package, to at most `wanted` steps, as far as the combination stays feasible. */
function raise(program: Program, steps: Int32Array, item: number, wanted: number): void {
  const link = program.links.find((one) => one.includes(item));
  if (link !== undefined) {
    if (link[0] === item || (steps[item] as number) > 0) raisePackage(program, steps, link, item, wanted);
    return;
  }
  raiseOne(program, steps, item, Math.min(wanted, fitting(program, steps, item)));
}

function raiseOne(program: Program, steps: Int32Array, item: number, wanted: number): void {
  const { objective } = program.items[item] as Item;
  const before = steps[item] as number;
  let target = floorTo(objective, wanted);
  for (let tries = 0; tries < TRIES_MAX && target !== undefined && target > before; tries += 1) {
    steps[item] = target;
    if (isFeasible(program, steps)) return;
    target = floorTo(objective, tries < TRIES_MAX / 2 ? target - 1 : Math.floor((target + before) / 2));
  }
  steps[item] = before;
}

/** Puts a package in at its smallest quantities; one that is in already may grow line by line. */
function raisePackage(
  program: Program,
  steps: Int32Array,
  link: readonly number[],
  item: number,
  wanted: number,
): void {
  if ((steps[item] as number) > 0)
    return raiseOne(program, steps, item, Math.min(wanted, fitting(program, steps, item)));
  for (const one of link) steps[one] = ceilTo((program.items[one] as Item).objective, 1) ?? 0;
  if (isFeasible(program, steps)) {
    for (const one of link) raiseOne(program, steps, one, fitting(program, steps, one));
    return;
  }
  for (const one of link) steps[one] = 0;
}

/** Steps that an item can have with what its lot still lacks. */
function fitting(program: Program, steps: Int32Array, item: number): number {
  const { option } = program.items[item] as Item;
  const filled = (program.itemsOfLot[option.lotIndex] ?? []).reduce(
    (sum, one) => sum + (steps[one] as number) * (program.items[one] as Item).option.step,
    0,
  );
  return (steps[item] as number) + Math.floor(((program.room[option.lotIndex] as number) - filled) / option.step);
}
