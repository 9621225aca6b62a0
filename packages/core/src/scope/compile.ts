import { believe } from "../kernel/index.ts";
import { type CompiledTest, compileTest } from "./compiled-test.ts";
import { type FractionPlan, planFractions } from "./fractions.ts";
import { isGroup, type Junction, type Scope, type ScopeRule, type Verdict } from "./model.ts";

/** The shape in which tests are joined: a leaf names a test by its place in the list. */
export type Expression =
  | { readonly test: number; readonly junction?: undefined }
  | { readonly junction: Junction; readonly kids: readonly Expression[] };

/** A scope made ready for many evaluations; immutable. Tests of the inclusions come before those of the exclusions. */
export interface CompiledScope {
  readonly kind: "global" | "complex" | "bounded";
  readonly tests: readonly CompiledTest[];
  /** How many of the tests belong to the inclusions. */
  readonly inclusionTests: number;
  readonly inclusion: Expression | undefined;
  readonly exclusion: Expression | undefined;
  readonly fractions: FractionPlan;
}

function addRule(rule: ScopeRule, tests: CompiledTest[]): Expression {
  if (isGroup(rule)) return { junction: rule.GroupOperator, kids: rule.Rules.map((kid) => addRule(kid, tests)) };
  tests.push(compileTest(rule));
  return { test: tests.length - 1 };
}

/**
 * Makes a scope ready. Takes what `checkScope` let through; throws where a caller built a scope that is both global and
 * complex, or neither and without inclusions.
 */
export function compileScope(scope: Scope): CompiledScope {
  const inclusions = scope.Inclusions ?? [];
  const exclusions = scope.Exclusions ?? [];
  const isOpen = scope.IsGlobalScope === true || scope.IsComplexScope === true;
  believe(!(scope.IsGlobalScope === true && scope.IsComplexScope === true), "a scope is not both global and complex");
  believe(isOpen === (inclusions.length === 0), "a scope has inclusions, unless it is global or complex");
  const tests: CompiledTest[] = [];
  const junction = scope.InclusionOperator ?? "And";
  const included = inclusions.map((rule) => addRule(rule, tests));
  const inclusionTests = tests.length;
  const excluded = exclusions.map((rule) => addRule(rule, tests));
  return {
    kind: scope.IsGlobalScope === true ? "global" : scope.IsComplexScope === true ? "complex" : "bounded",
    tests,
    inclusionTests,
    inclusion: included.length === 0 ? undefined : { junction, kids: included },
    exclusion: excluded.length === 0 ? undefined : { junction: scope.ExclusionOperator ?? "Or", kids: excluded },
    fractions: planFractions(scope, junction),
  };
}

/** The inclusion of a scope without rules: everything, or nobody can say. */
export function openVerdict(scope: CompiledScope): Verdict {
  return scope.kind === "complex" ? "unknown" : "yes";
}

/** Joins the verdicts of the tests: And is the least certain of its parts, Or the most certain. */
export function joinedVerdict(expression: Expression, tests: readonly { readonly verdict: Verdict }[]): Verdict {
  if (expression.junction === undefined) return (tests[expression.test] as { readonly verdict: Verdict }).verdict;
  const settling = expression.junction === "And" ? "no" : "yes";
  let verdict: Verdict = expression.junction === "And" ? "yes" : "no";
  for (const kid of expression.kids) {
    const part = joinedVerdict(kid, tests);
    if (part === settling) return part;
    if (part === "unknown") verdict = part;
  }
  return verdict;
}
