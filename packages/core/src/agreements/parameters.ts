import type { Clause } from "./clause.ts";
import type { Parameter } from "./parameter.ts";
import { AGREEMENT_PARAMETERS, OTHER_PARAMETERS } from "./parameters-of-others.ts";
import { RIGHT_PARAMETERS } from "./parameters-of-rights.ts";
import { TIME_PARAMETERS } from "./parameters-of-times.ts";

/** All of them: those of clauses, then those of the head of an agreement. */
export const PARAMETERS: readonly Parameter[] = [
  ...RIGHT_PARAMETERS,
  ...TIME_PARAMETERS,
  ...OTHER_PARAMETERS,
  ...AGREEMENT_PARAMETERS,
];

/** What a name in the `defaults` of a clause of this kind stands for; undefined where it says nothing about that kind. */
export function parameterOf(kind: Clause["kind"], name: string): Parameter | undefined {
  return PARAMETERS.find((one) => one.name === name && one.kinds.includes(kind));
}

/** What a name in the defaults of an agreement's own head stands for. */
export function agreementParameter(name: string): Parameter | undefined {
  return AGREEMENT_PARAMETERS.find((one) => one.name === name);
}

/** Whether clauses of any kind may leave a parameter of this name to its default. */
export function isParameter(name: string): boolean {
  return PARAMETERS.some((one) => one.name === name);
}
