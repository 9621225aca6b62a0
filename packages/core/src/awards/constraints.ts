import { CONSTRAINTS, type Constraint, type EvaluationInput } from "./evaluation.ts";
import type { BidLine } from "../tenders/bid.ts";
import { roomFor } from "./build-program.ts";
import { type Option, reconsidered } from "./option.ts";
import { relaxedMarket, type Solution, solve } from "./solve.ts";

/** What constraints did to a choice. */
export interface Constrained {
  /** Those that, relaxed alone, would change it. */
  readonly binding: readonly Constraint[];
  /** By lot: why something is unfilled; undefined where nothing is. */
  readonly whyUnfilled: readonly (string | undefined)[];
}

/**
 * A constraint binds when the choice without it is another. A gap is put down to the first constraint, in the order of the list,
 * without which more of that lot would be filled; where none alone would help, to what kept the first bid out; and where nobody was
 * kept out, to there being no bids for it.
 */
export function constrained(solution: Solution, withBinding: boolean): Constrained {
  const gaps = gapsOf(solution);
  const open = gaps.some((gap) => gap > 0);
  if (!open && !withBinding) return { binding: [], whyUnfilled: gaps.map(() => undefined) };
  const binding: Constraint[] = [];
  const fillers = gaps.map((): Constraint[] => []);
  for (const constraint of suspects(solution, open)) {
    const relaxed = withoutConstraint(solution, constraint, gaps);
    if (relaxed.changes) binding.push(constraint);
    for (const [lot, fillsMore] of relaxed.fillsMore.entries()) if (fillsMore) fillers[lot]?.push(constraint);
  }
  const whyUnfilled = gaps.map((gap, lot) => (gap > 0 ? (fillers[lot]?.[0] ?? whyNobody(solution, lot)) : undefined));
  return { binding: withBinding ? binding : [], whyUnfilled };
}

/** Accelerators of each lot that are not filled. */
export function gapsOf({ market, steps }: Solution): number[] {
  const gaps = market.input.lots.map(({ count }) => count);
  for (const { index, lotIndex, step } of market.options) {
    gaps[lotIndex] = (gaps[lotIndex] as number) - (steps[index] as number) * step;
  }
  return gaps;
}

/** Constraints that can have mattered at all. */
function suspects({ market, dropped, limited, searched }: Solution, open: boolean): Constraint[] {
  const { input, options } = market;
  const met = new Set<string>(dropped.values());
  for (const { why } of options) if (why !== undefined) met.add(why);
  if (limited.length > 0) met.add("no_capacity");
  // Bids compared alone keep what couples them, so that it did not matter.
  if (searched !== undefined) {
    if (input.concentration !== undefined) met.add("concentration_cap");
    if (input.minimumShares !== undefined) met.add("minimum_share");
    if (input.budget !== undefined) met.add("over_budget");
    if (input.together !== undefined) met.add("no_capacity");
  }
  if (open) {
    met.add("block_size");
    if (input.lots.some(({ lot }) => lot.terms.gangMin > lot.terms.blockSize)) met.add("below_gang_minimum");
  }
  const onlyDearer = !open && searched === undefined && market.committed.size === 0 && options.every(sameWindow);
  return CONSTRAINTS.filter((constraint) => met.has(constraint) && !(constraint === "above_cap" && onlyDearer));
}

/** A full lot whose bids all run for its own window takes nothing dearer than the cap, cap or not. */
function sameWindow({ line }: Option): boolean {
  return line.window === undefined;
}

interface Without {
  readonly changes: boolean;
  readonly fillsMore: readonly boolean[];
}

function withoutConstraint(solution: Solution, constraint: Constraint, gaps: readonly number[]): Without {
  const quick = quickly(solution, constraint, gaps);
  if (quick !== undefined) return quick;
  const other = solve(relaxedMarket(solution.market, constraint));
  const after = gapsOf(other);
  const changes = solution.market.options.some(({ index, step }) => {
    const its = other.market.options[index] as Option;
    return (solution.steps[index] as number) * step !== (other.steps[index] as number) * its.step;
  });
  return { changes, fillsMore: gaps.map((gap, lot) => (after[lot] as number) < gap) };
}

/**
 * Where bids are independent and the one lot has a gap, an option that comes in, or that gets more room, fills more if its minimum
 * fits: no need to compare all anew.
 */
function quickly(solution: Solution, constraint: Constraint, gaps: readonly number[]): Without | undefined {
  const { market, searched, limited, steps } = solution;
  const [gap, another] = gaps;
  if (searched !== undefined || gap === undefined || another !== undefined || gap === 0 || !isSimple(market.input)) return undefined;
  const yes: Without = { changes: true, fillsMore: [true] };
  if (constraint === "block_size") return blocksMatter(solution, gap) ? undefined : { changes: false, fillsMore: [false] };
  if (constraint === "no_capacity") return limited.some((index) => (market.options[index]?.step ?? Infinity) <= gap) ? yes : undefined;
  const fits = ({ index, why, line }: Option): boolean => {
    if (why !== constraint) return false;
    const again = reconsidered(market, market.options[index] as Option, constraint);
    if (again.why !== undefined || again.min * again.step > gap || roomFor(market, again, again.min) < again.min) return false;
    return !market.options.some((other) => (steps[other.index] as number) > 0 && sharesRoot(other.line, line));
  };
  return market.options.some(fits) ? yes : undefined;
}

/** Whether finer steps could fill any of the gap: something is kept out by blocks, cut by them, or not used to the end. */
function blocksMatter({ market, steps, limited }: Solution, gap: number): boolean {
  return market.options.some(({ index, why, line, step, offeredPerStep, max }) => {
    if (why !== undefined) return why === "block_size";
    const lost = line.countMax > max * offeredPerStep || (steps[index] as number) < max || limited.includes(index);
    return lost && (step > 1 || gap < step);
  });
}

function sharesRoot(a: BidLine, b: BidLine): boolean {
  return a.rootBlocks.some((root) => b.rootBlocks.includes(root));
}

/** Nothing couples bids but their blocks. */
function isSimple({ budget, concentration, minimumShares }: EvaluationInput): boolean {
  return budget === undefined && concentration === undefined && (minimumShares ?? []).length === 0;
}

/** No single constraint explains the gap: the first that kept a bid of the lot out, or nobody offers more. */
function whyNobody({ market, dropped }: Solution, lot: number): string {
  const reasons = market.options.flatMap(({ lotIndex, index, why }) => {
    const its = lotIndex === lot ? (why ?? dropped.get(index)) : undefined;
    return its === undefined ? [] : [its];
  });
  return CONSTRAINTS.find((constraint) => reasons.includes(constraint)) ?? reasons[0] ?? "no_bids";
}
