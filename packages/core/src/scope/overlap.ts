import type { CompiledScope, Expression } from "./compile.ts";
import type { CompiledTest } from "./compiled-test.ts";
import type { Verdict } from "./model.ts";
import { type Budget, type Demand, findValue } from "./satisfiable.ts";

/** How many steps a search may take before it gives up with "unknown". */
export const OVERLAP_STEPS_MAX = 20_000;

/** A thing that both scopes cover: lower-case values by dimension, null for absent; a dimension left out may be anything. */
export type OverlapExample = Readonly<Record<string, string | null>>;

export interface ScopeOverlap {
  /** `yes` comes with an example, `no` is certain; `unknown` must be treated as yes and flagged. */
  readonly overlap: Verdict;
  readonly example?: OverlapExample;
}

/** A part of the two scopes still to be met: an expression over one scope's tests, wanted or not wanted. */
interface Goal {
  readonly expression: Expression;
  readonly tests: readonly CompiledTest[];
  readonly wanted: boolean;
}

/**
 * Whether one thing, all of whose facts are known, can be in both scopes. Used at activation to find two exclusivities in
 * conflict. Dimensions are taken as independent free text, so it may say yes of a combination that nobody sells; it never
 * says no of one that somebody could. `unknown`: a complex scope, or too many combinations.
 */
export function scopesOverlap(a: CompiledScope, b: CompiledScope): ScopeOverlap {
  const goals: Goal[] = [];
  for (const scope of [a, b]) {
    if (scope.inclusion !== undefined) goals.push({ expression: scope.inclusion, tests: scope.tests, wanted: true });
    if (scope.exclusion !== undefined) goals.push({ expression: scope.exclusion, tests: scope.tests, wanted: false });
  }
  const search = new OverlapSearch();
  const isMet = search.meet(goals);
  if (search.budget.left < 0) return { overlap: "unknown" };
  if (!isMet) return { overlap: "no" };
  if (a.kind === "complex" || b.kind === "complex") return { overlap: "unknown" };
  return { overlap: "yes", example: search.example() };
}

/** Meets goals one after the other, keeping what each dimension must be; goes back where a dimension cannot be met. */
class OverlapSearch {
  readonly budget: Budget = { left: OVERLAP_STEPS_MAX };
  private readonly demands = new Map<string, readonly Demand[]>();

  meet(goals: readonly Goal[]): boolean {
    const goal = goals[0];
    if (goal === undefined) return true;
    const rest = goals.slice(1);
    const { expression, tests, wanted } = goal;
    if (expression.junction === undefined) return this.place(tests[expression.test] as CompiledTest, wanted, rest);
    const kids = expression.kids.map((kid): Goal => ({ expression: kid, tests, wanted }));
    const isAll = (expression.junction === "And") === wanted;
    if (isAll) return this.meet([...kids, ...rest]);
    return kids.some((kid) => this.meet([kid, ...rest]));
  }

  private place(test: CompiledTest, wanted: boolean, rest: readonly Goal[]): boolean {
    const before = this.demands.get(test.dimension) ?? [];
    const after = [...before, { test, wanted }];
    if (findValue(after, this.budget) === undefined) return false;
    this.demands.set(test.dimension, after);
    if (this.meet(rest)) return true;
    if (before.length === 0) this.demands.delete(test.dimension);
    else this.demands.set(test.dimension, before);
    return false;
  }

  example(): OverlapExample {
    const values: [string, string | null][] = [];
    for (const [dimension, demands] of this.demands) values.push([dimension, findValue(demands, this.budget) ?? null]);
    return Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
