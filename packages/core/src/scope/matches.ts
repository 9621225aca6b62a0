import { type CompiledScope, type Expression, openVerdict } from "./compile.ts";
import { type CompiledTest, testVerdict } from "./compiled-test.ts";
import type { UndeclaredReading } from "./evaluate.ts";
import type { Facts } from "./facts.ts";
import type { Verdict } from "./model.ts";

/** The answer alone, without its reasons and without allocating: stops at the first part that settles it. */
export function matchesScope(scope: CompiledScope, facts: Facts, undeclared: UndeclaredReading): boolean {
  const included = scope.inclusion === undefined ? openVerdict(scope) : join(scope.inclusion, scope.tests, facts);
  if (included === "no" || (included === "unknown" && undeclared === "known")) return false;
  if (scope.exclusion === undefined) return true;
  const excluded = join(scope.exclusion, scope.tests, facts);
  return excluded === "no" || (excluded === "unknown" && undeclared === "burdened");
}

function join(expression: Expression, tests: readonly CompiledTest[], facts: Facts): Verdict {
  if (expression.junction === undefined) {
    const test = tests[expression.test] as CompiledTest;
    return testVerdict(test, facts.get(test.dimension));
  }
  const settling = expression.junction === "And" ? "no" : "yes";
  let verdict: Verdict = expression.junction === "And" ? "yes" : "no";
  for (const kid of expression.kids) {
    const part = join(kid, tests, facts);
    if (part === settling) return part;
    if (part === "unknown") verdict = part;
  }
  return verdict;
}
