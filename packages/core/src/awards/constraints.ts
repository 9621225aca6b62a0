import { CONSTRAINTS, type Constraint, type EvaluationInput } from "./evaluation.ts";
import { roomFor } from "./build-program.ts";
import { reconsidered } from "./make-options.ts";
import type { Option } from "./option.ts";
import { sharesRoot } from "./shared-roots.ts";
import { relaxedMarket, type Solution, solve } from "./solve.ts";

/** What constraints did to a choice. */
export interface Constrained {
  /** Those that, relaxed alone, would change it. */
  readonly binding: readonly Constraint[];
  /** By lot: why something is unfilled; undefined where nothing is. */
  readonly whyUnfilled: readonly (string | undefined)[];
}

/**
 * A constraint binds when the choice without it is another. A gap is put down to the constraint without which most more of that lot
 * would be filled, of several the first in their order; where none alone would help, to what kept the first bid out; and where
 * nobody was kept out, to there being no bids for it.
 */
export function constrained(solution: Solution, withBinding: boolean): Constrained {
  const gaps = gapsOf(solution);
  const open = gaps.some((gap) => gap > 0);
  if (!open && !withBinding) return { binding: [], whyUnfilled: gaps.map(() => undefined) };
  const binding: Constraint[] = [];
  const best = gaps.map((): { gain: number; why?: Constraint } => ({ gain: 0 }));
  for (const constraint of suspects(solution, open)) {
    const without = withoutConstraint(solution, constraint, gaps);
    if (without.changes) binding.push(constraint);
    for (const [lot, gain] of without.gains.entries())
      if (gain > (best[lot]?.gain ?? 0)) best[lot] = { gain, why: constraint };
  }
  const whyUnfilled = gaps.map((gap, lot) => (gap > 0 ? (best[lot]?.why ?? whyNobody(solution, lot)) : undefined));
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
  /** By lot: accelerators that would be filled in addition. */
  readonly gains: readonly number[];
}

function withoutConstraint(solution: Solution, constraint: Constraint, gaps: readonly number[]): Without {
  const quick = quickly(solution, constraint, gaps);
  if (quick !== undefined) return { changes: quick > 0, gains: [quick] };
  const other = solve(relaxedMarket(solution.market, constraint));
  const after = gapsOf(other);
  const changes = solution.market.options.some(({ index, step }) => {
    const its = other.market.options[index] as Option;
    return (solution.steps[index] as number) * step !== (other.steps[index] as number) * its.step;
  });
  return { changes, gains: gaps.map((gap, lot) => gap - (after[lot] as number)) };
}

/**
 * What would be filled in addition, where it is plain: bids are independent, the one lot has a gap, and everything that could be
 * taken is. Then an option that comes in, or that gets more room, fills more if its minimum fits.
 */
function quickly(solution: Solution, constraint: Constraint, gaps: readonly number[]): number | undefined {
  const { market, searched, limited, steps } = solution;
  const [gap, another] = gaps;
  if (searched !== undefined || gap === undefined || another !== undefined || gap === 0 || !isSimple(market.input))
    return undefined;
  if (constraint === "block_size") return blocksMatter(solution, gap) ? undefined : 0;
  let gain = 0;
  if (constraint === "no_capacity") {
    for (const index of limited) {
      const { max, step } = market.options[index] as Option;
      if (step <= gap) gain += (max - (steps[index] as number)) * step;
    }
  } else {
    for (const option of market.options) {
      if (option.why === constraint) gain += comingIn(solution, option, constraint, gap);
      if (gain >= gap) break;
    }
  }
  return gain > 0 ? Math.min(gain, gap) : undefined;
}

/** Accelerators that an option could fill which a constraint keeps out; 0 where that takes a closer look. */
function comingIn({ market, steps }: Solution, option: Option, constraint: Constraint, gap: number): number {
  const again = reconsidered(market, option, constraint);
  if (again.why !== undefined || again.min * again.step > gap) return 0;
  const beside = market.options.some(
    (other) => (steps[other.index] as number) > 0 && sharesRoot(other.line, again.line),
  );
  const room = beside ? 0 : roomFor(market, again);
  return room < again.min ? 0 : room * again.step;
}

/** Whether finer steps could fill any of the gap: something is kept out by blocks, cut by them, or not used to the end. */
function blocksMatter({ market, steps, limited }: Solution, gap: number): boolean {
  return market.options.some(({ index, why, line, step, offeredPerStep, max }) => {
    if (why !== undefined) return why === "block_size";
    const lost = line.countMax > max * offeredPerStep || (steps[index] as number) < max || limited.includes(index);
    return lost && (step > 1 || gap < step);
  });
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
