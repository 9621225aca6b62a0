import type { AgreementVersion } from "../agreements/agreement.ts";
import type { RightClause } from "../agreements/clause.ts";
import { agreementParameter, isSettled, parameterOf } from "../agreements/parameters.ts";
import type { Verdict } from "./assessment.ts";

/** What stands before the name of a parameter of the agreement's own head. */
const HEAD = "agreement.";

const NONE: readonly string[] = [];

/** The parameter by which a verdict falls, where one alone does. */
const BY_ONE: Partial<Readonly<Record<Verdict, string>>> = {
  other_side: "burdens",
  grantor_not_buyer: "grantor",
  holder_is_counterparty: "holder",
  not_live: "attachBy",
};

const applying = new WeakMap<RightClause, readonly string[]>();

/**
 * The names of what nobody stated and what yet decided how a right was read: stated otherwise, who is asked or by when could be
 * another. Of a right that applies, all parameters of that weight, and those of the agreement by which its window is counted; of one
 * that does not, the one it fell by. Names of the agreement's head begin with `agreement.`.
 */
export function decisiveDefaults(verdict: Verdict, clause: RightClause, version: AgreementVersion): readonly string[] {
  if (verdict === "applies") return whereItApplies(clause, version);
  const name = BY_ONE[verdict];
  return name !== undefined && clause.defaults.includes(name) ? [name] : NONE;
}

function whereItApplies(clause: RightClause, version: AgreementVersion): readonly string[] {
  let found = applying.get(clause);
  if (found === undefined) {
    const own = clause.defaults.filter(
      (name) => parameterOf(clause.kind, name)?.weight === 1 && !isSettled(clause, name),
    );
    const head = ofTheWindow(clause).filter((name) => version.defaults?.includes(name));
    found = [...own, ...head.map((name) => HEAD + name)];
    applying.set(clause, found);
  }
  return found;
}

/** What a window in business days takes from its agreement; one in hours or days takes the zone alone, or nothing. */
function ofTheWindow({ kind, window }: RightClause): string[] {
  if (parameterOf(kind, "window") === undefined || window.unit === "hours") return [];
  const { zone, calendars, unit } = window;
  return [
    ...(unit === "business-days" && calendars === undefined ? ["holidays"] : []),
    ...(zone === undefined ? ["zone"] : []),
  ];
}

/** The parameter that such a name stands for; undefined for a name that says nothing about the kind. */
export function decisiveParameter(kind: RightClause["kind"], name: string) {
  return name.startsWith(HEAD) ? agreementParameter(name.slice(HEAD.length)) : parameterOf(kind, name);
}
