import { compareRational, type Rational, rational } from "../kernel/index.ts";
import type { Applicability, Junction, Scope, Verdict } from "./model.ts";

/** Which part of a charge's cost and of its use counts, each from 0 to 1. */
export interface Fractions {
  readonly cost: Rational;
  readonly usage: Rational;
}

const WHOLE: Rational = rational(1n);
const NONE: Rational = rational(0n);
/** Out of scope: nothing counts. */
export const NO_FRACTIONS: Fractions = { cost: NONE, usage: NONE };

/** The fractions of a scope made ready: one answer, or one for each rule under Inclusions. */
export interface FractionPlan {
  readonly top: Fractions;
  /** Undefined where no rule has its own. */
  readonly byRule: readonly (Fractions | undefined)[] | undefined;
  readonly junction: Junction;
}

function toFractions(applicability: Applicability): Fractions {
  return { cost: applicability.Cost ?? WHOLE, usage: applicability.Usage ?? WHOLE };
}

export function planFractions(scope: Scope, junction: Junction): FractionPlan {
  const rules = (scope.Inclusions ?? []).map((rule) => rule.Applicability && toFractions(rule.Applicability));
  return {
    top: toFractions(scope.Applicability ?? {}),
    byRule: rules.some((fractions) => fractions !== undefined) ? rules : undefined,
    junction,
  };
}

const greater = (a: Rational, b: Rational): Rational => (compareRational(a, b) >= 0 ? a : b);

/**
 * The fractions of a thing in scope. A matching rule's own come before the scope's; under Or the highest of the matching
 * rules counts, for cost and usage each; under And `checkScope` lets at most one rule have its own.
 *
 * @param countsUnknown whether a rule whose verdict is unknown counts as matching
 */
export function fractionsOf(
  plan: FractionPlan,
  ruleVerdict: (rule: number) => Verdict,
  countsUnknown: boolean,
): Fractions {
  if (plan.byRule === undefined) return plan.top;
  if (plan.junction === "And") return plan.byRule.find((fractions) => fractions !== undefined) ?? plan.top;
  let best: Fractions | undefined;
  for (let rule = 0; rule < plan.byRule.length; rule += 1) {
    const verdict = ruleVerdict(rule);
    if (verdict === "no" || (verdict === "unknown" && !countsUnknown)) continue;
    const own = plan.byRule[rule] ?? plan.top;
    best = best === undefined ? own : { cost: greater(best.cost, own.cost), usage: greater(best.usage, own.usage) };
  }
  return best ?? plan.top;
}
