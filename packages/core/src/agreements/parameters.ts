import type { AgreementVersion } from "./agreement.ts";
import { type Clause, isRight } from "./clause.ts";
import { ASKED, type Parameter } from "./parameter.ts";
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

/** Whether what is stated has made a question about a clause empty: nothing hangs on its default. */
export function isSettled(clause: Clause, name: string): boolean {
  if (clause.kind === "commitment") return name === "shortfallCost" && clause.shortfallBp === 0;
  if (!isRight(clause)) return false;
  switch (name) {
    case "carveOuts":
      return (clause.scope.Exclusions ?? []).length > 0;
    case "passThrough.maxShare":
    case "passThrough.consent":
      return !clause.passThrough.allowed;
    case "matchAfterBidding":
      return !clause.holderMayBid;
    case "matchBasis":
    case "disclosure.identity":
    case "disclosure.price":
      return clause.trigger === "request";
    default:
      return false;
  }
}

/** What of the head concerns an agreement in which nobody must be asked. */
const WITHOUT_ASKING: readonly string[] = ["zone", "affiliateShare", "assignment.consent"];

/** The same of the head of an agreement: days count only where somebody must be asked in business days. */
export function isHeadSettled({ clauses, calendars, effectiveTo }: AgreementVersion, name: string): boolean {
  if (name.startsWith("renewal")) return effectiveTo === undefined;
  if (clauses.length === 0) return true;
  const asked = clauses.filter(isRight).filter(({ kind }) => ASKED.includes(kind));
  if (name === "join" && calendars.length < 2) return true;
  if (["holidays", "join", "cutoff", "close"].includes(name)) {
    return !asked.some(({ window }) => window.unit === "business-days");
  }
  return asked.length === 0 && !WITHOUT_ASKING.includes(name);
}
