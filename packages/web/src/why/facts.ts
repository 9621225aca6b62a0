import { dimensionText } from "@offtake/core/explanation";
import { type StepTold, verdictOf } from "./verdicts.ts";

/** A fact that a clause was tested by. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Whether it speaks for the clause; unknown where the step is no test of one. */
  readonly holds?: boolean;
}

/** The facts of a step, as `name=value`, each with its cross or check: what was recorded is what decided. */
export function factsOf(step: StepTold): readonly Fact[] {
  const verdict = verdictOf(step);
  return step.facts.map((fact) => {
    const at = fact.indexOf("=");
    const [name, value] = at < 0 ? ["", fact] : [dimensionText(fact.slice(0, at)), fact.slice(at + 1)];
    return { name, value, ...(verdict === undefined ? {} : { holds: verdict === "applies" }) };
  });
}
