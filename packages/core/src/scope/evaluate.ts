import { believe } from "../kernel/index.ts";
import { type CompiledScope, type Expression, joinedVerdict, openVerdict } from "./compile.ts";
import { testVerdict } from "./compiled-test.ts";
import type { Facts, FactValue } from "./facts.ts";
import { type Fractions, fractionsOf, NO_FRACTIONS } from "./fractions.ts";
import type { Operator, Verdict } from "./model.ts";

/**
 * What to make of an unknown. `burdened`: in scope, and an unknown exclusion does not exclude; for rights and other burdens.
 * `known`: out of scope unless it is known to be in; for benefits such as what counts towards a commitment.
 */
export type UndeclaredReading = "burdened" | "known";

/** One test as it came out. `fact` is the declared value as it was given, undefined where none was declared. */
export interface TestTrace {
  readonly side: "inclusion" | "exclusion";
  readonly dimension: string;
  readonly operator: Operator;
  readonly verdict: Verdict;
  readonly fact: FactValue | undefined;
}

export interface ScopeEvaluation {
  readonly applies: boolean;
  /** The answer before an unknown is read one way or the other. */
  readonly verdict: Verdict;
  /**
   * What settled it: the inclusions (met, or not met), an exclusion, that the scope is global, or, where the verdict is
   * unknown, facts that were not declared or a text that the grammar cannot hold.
   */
  readonly by: "inclusions" | "exclusion" | "global" | "undeclared" | "complex";
  /** Which rule of Exclusions took it out, counted from 0; left out where they did so only together (And). */
  readonly excludedBy?: number;
  /** The dimensions on which an unknown verdict rests; empty where the verdict is known. */
  readonly undeclared: readonly string[];
  /** Every test, inclusions first, in the order of the document. */
  readonly tests: readonly TestTrace[];
  /** What part counts; 0 where it does not apply. */
  readonly fractions: Fractions;
}

const NONE: readonly string[] = [];

/** The answer with its reasons: every test is made, so that the trace is whole whatever decided. */
export function evaluateScope(scope: CompiledScope, facts: Facts, undeclared: UndeclaredReading): ScopeEvaluation {
  const tests = scope.tests.map((test, index): TestTrace => {
    const fact = facts.get(test.dimension);
    return {
      side: index < scope.inclusionTests ? "inclusion" : "exclusion",
      dimension: test.dimension,
      operator: test.operator,
      verdict: testVerdict(test, fact),
      fact: fact === undefined ? undefined : fact.value,
    };
  });
  return settle(scope, tests, undeclared);
}

function settle(scope: CompiledScope, tests: readonly TestTrace[], reading: UndeclaredReading): ScopeEvaluation {
  const included = scope.inclusion === undefined ? openVerdict(scope) : joinedVerdict(scope.inclusion, tests);
  if (included === "no") return answer(false, "no", "inclusions", NONE, tests, NO_FRACTIONS);
  const excluded = scope.exclusion === undefined ? "no" : joinedVerdict(scope.exclusion, tests);
  if (excluded === "yes") return excludedAnswer(scope, tests);
  if (included === "yes" && excluded === "no") {
    const by = scope.kind === "global" ? "global" : "inclusions";
    return answer(true, "yes", by, NONE, tests, countedFractions(scope, tests, reading));
  }
  const applies = reading === "burdened";
  const by = scope.kind === "complex" ? "complex" : "undeclared";
  const fractions = applies ? countedFractions(scope, tests, reading) : NO_FRACTIONS;
  return answer(applies, "unknown", by, unknownDimensions(scope, tests), tests, fractions);
}

function answer(
  applies: boolean,
  verdict: Verdict,
  by: ScopeEvaluation["by"],
  undeclared: readonly string[],
  tests: readonly TestTrace[],
  fractions: Fractions,
): ScopeEvaluation {
  return { applies, verdict, by, undeclared, tests, fractions };
}

function excludedAnswer(scope: CompiledScope, tests: readonly TestTrace[]): ScopeEvaluation {
  const out = answer(false, "no", "exclusion", NONE, tests, NO_FRACTIONS);
  const rules = kidsOf(scope.exclusion);
  if (scope.exclusion?.junction === "And" && rules.length > 1) return out;
  return { ...out, excludedBy: rules.findIndex((rule) => joinedVerdict(rule, tests) === "yes") };
}

function countedFractions(scope: CompiledScope, tests: readonly TestTrace[], reading: UndeclaredReading): Fractions {
  if (scope.fractions.byRule === undefined) return scope.fractions.top;
  const rules = kidsOf(scope.inclusion);
  return fractionsOf(
    scope.fractions,
    (rule) => joinedVerdict(rules[rule] as Expression, tests),
    reading === "burdened",
  );
}

function kidsOf(expression: Expression | undefined): readonly Expression[] {
  believe(expression?.junction !== undefined, "the rules of a scope are joined");
  return expression.kids;
}

/** Follows the unknown down to the tests that make it so; tests whose outcome could not change it are left out. */
function unknownDimensions(scope: CompiledScope, tests: readonly TestTrace[]): string[] {
  const dimensions: string[] = [];
  const visit = (expression: Expression): void => {
    if (joinedVerdict(expression, tests) !== "unknown") return;
    if (expression.junction !== undefined) {
      for (const part of expression.kids) visit(part);
      return;
    }
    const { dimension } = tests[expression.test] as TestTrace;
    if (!dimensions.includes(dimension)) dimensions.push(dimension);
  };
  if (scope.inclusion !== undefined) visit(scope.inclusion);
  if (scope.exclusion !== undefined) visit(scope.exclusion);
  return dimensions;
}
