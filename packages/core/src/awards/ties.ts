import { shareInBlocks } from "../kernel/index.ts";
import { roomFor } from "./build-program.ts";
import { keepsJoint } from "./joint.ts";
import type { Option } from "./option.ts";
import { isFeasible, type Item, moneyOf, type Program } from "./program.ts";
import type { Solution } from "./solve.ts";

/** Options of one lot among which cost does not decide, in order of receipt. */
export interface Tie {
  readonly lotIndex: number;
  readonly options: readonly Option[];
}

export interface Settled {
  readonly steps: readonly number[];
  readonly ties: readonly Tie[];
}

/**
 * Ties of the best combination: options of one price, contingent or not alike, that are not all taken whole. What they got together
 * is shared pro rata to what they offer, in blocks, where every share is a quantity that its bid allows; otherwise receipt order
 * stands. Bids that could take the place of a chosen one at the same value are ties too, and receipt order stands.
 */
export function settleTies(solution: Solution): Settled {
  let { steps } = solution;
  const ties: Tie[] = [];
  for (const group of groupsOf(solution)) {
    if (!isOpen(group, steps)) continue;
    ties.push({ lotIndex: (group[0] as Option).lotIndex, options: group });
    steps = sharedAmong(solution, group, steps) ?? steps;
  }
  if (solution.searched !== undefined) ties.push(...replaceable(solution.searched.program, steps, ties));
  return { steps, ties };
}

/** Some of what they offer is taken, and not all. */
function isOpen(group: readonly Option[], steps: readonly number[]): boolean {
  let [taken, offered] = [0, 0];
  for (const { index, max } of group) {
    taken += steps[index] as number;
    offered += max;
  }
  return group.length > 1 && taken > 0 && taken < offered;
}

/** Options of one lot with the same cost for each accelerator, alone in what they cost: no commitment, no fixed cost. */
function groupsOf(solution: Solution): Option[][] {
  const { market } = solution;
  const costs: (number | string | undefined)[] = [];
  for (const option of market.options) costs.push(costFor(solution, option));
  const groups: Option[][] = [];
  for (const option of market.options) {
    if (costs[option.index] === undefined || (solution.steps[option.index] as number) === 0) continue;
    if (groups.some((group) => group.includes(option))) continue;
    const group = market.options.filter(
      (other) => costs[other.index] === costs[option.index] && isAlike(option, other),
    );
    if (group.length > 1) groups.push(group.sort((a, b) => a.rank - b.rank));
  }
  return groups;
}

function isAlike(a: Option, b: Option): boolean {
  return a.lotIndex === b.lotIndex && (a.bid.contingency === undefined) === (b.bid.contingency === undefined);
}

/** What an accelerator costs, as something to compare; undefined where it is not the same for every quantity. */
function costFor({ market, dropped, searched, costs }: Solution, option: Option): number | string | undefined {
  if (option.why !== undefined || dropped.has(option.index) || market.committed.has(option.bid.bidder))
    return undefined;
  if (searched !== undefined) return searchedCost(searched.program, option);
  return costs?.[option.index];
}

/** The exact cost of an accelerator in the search, as text; undefined where it is not the same for every quantity. */
function searchedCost(program: Program, option: Option): string | undefined {
  const item = program.items.findIndex((one) => one.option === option);
  const { money = [] } = program.items[item] ?? {};
  const [piece] = money;
  if (piece === undefined || money.length > 1 || piece.base !== 0n || option.bid.package !== undefined)
    return undefined;
  if (program.fixed.some(({ items }) => items.includes(item))) return undefined;
  const common = program.items.reduce((all, one) => all * BigInt(one.option.step), 1n) / BigInt(option.step);
  return String(piece.perStep * common);
}

function sharedAmong(
  solution: Solution,
  group: readonly Option[],
  steps: readonly number[],
): readonly number[] | undefined {
  const { market } = solution;
  const block = group.reduce((all, { step }) => lcm(all, step), 1);
  const total = group.reduce((sum, { index, step }) => sum + (steps[index] as number) * step, 0);
  const weights = group.map(({ max, step }) => max * step);
  const caps = group.map((option) => roomFor(market, option) * option.step);
  const shares = shareInBlocks(total, weights, block, caps);
  if (shares.reduce((sum, share) => sum + share, 0) !== total) return undefined;
  const shared = [...steps];
  for (const [place, option] of group.entries()) {
    const its = (shares[place] as number) / option.step;
    if (its > 0 && (its < option.min || its > option.max)) return undefined;
    shared[option.index] = its;
  }
  return isSameValue(solution, steps, shared) ? shared : undefined;
}

function isSameValue({ market, searched }: Solution, before: readonly number[], after: readonly number[]): boolean {
  if (searched === undefined) return keepsJoint(market, after);
  const { program } = searched;
  const [old, now] = [itemSteps(program, before), itemSteps(program, after)];
  return isFeasible(program, now) && moneyOf(program, now) === moneyOf(program, old);
}

function itemSteps(program: Program, steps: readonly number[]): number[] {
  return program.items.map(({ option }) => steps[option.index] as number);
}

function lcm(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** Chosen options that another one, not chosen, could replace whole at the same value. */
function replaceable(program: Program, steps: readonly number[], known: readonly Tie[]): Tie[] {
  const chosen = itemSteps(program, steps);
  const value = moneyOf(program, chosen);
  const ties: Tie[] = [];
  for (const [item, count] of chosen.entries()) {
    if (count === 0) continue;
    const { option } = program.items[item] as Item;
    if (known.some(({ options }) => options.includes(option))) continue;
    const others = (program.itemsOfLot[option.lotIndex] ?? []).filter((other) =>
      replaces(program, chosen, value, item, other),
    );
    if (others.length === 0) continue;
    const options = [item, ...others].map((one) => (program.items[one] as Item).option);
    ties.push({ lotIndex: option.lotIndex, options: options.sort((a, b) => a.rank - b.rank) });
  }
  return ties;
}

function replaces(program: Program, chosen: readonly number[], value: bigint, item: number, other: number): boolean {
  const { option: out } = program.items[item] as Item;
  const { option: into } = program.items[other] as Item;
  if (chosen[other] !== 0 || (out.bid.contingency === undefined) !== (into.bid.contingency === undefined)) return false;
  const count = ((chosen[item] as number) * out.step) / into.step;
  if (!Number.isInteger(count)) return false;
  const swapped = [...chosen];
  swapped[item] = 0;
  swapped[other] = count;
  return isFeasible(program, swapped) && moneyOf(program, swapped) === value;
}

/** Bids of a tie, in order of receipt, each once. */
export function bidsOf({ options }: Tie): Option["bid"]["id"][] {
  return [...new Set(options.map(({ bid }) => bid.id))];
}
