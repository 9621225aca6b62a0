import type { AgreementVersion } from "../agreements/agreement.ts";
import type { RightClause } from "../agreements/clause.ts";
import { takenText } from "../agreements/parameter.ts";
import type { PartyAgreement, PartyRight } from "../disclosure/index.ts";
import { endText, type ZoneId } from "../calendar/index.ts";
import type { Instant } from "../kernel/index.ts";
import type { Lot } from "../requests/lot.ts";
import type { Assessment } from "../rights/assessment.ts";
import { decisiveParameter } from "../rights/decisive.ts";
import { countText } from "./amounts.ts";
import { clauseText, type Lookup } from "./lookup.ts";
import { termsText } from "./notice-steps.ts";
import { codeText, NOT_APPLYING } from "./codes.ts";
import { dimensionText, factsText, listText, RIGHT_EFFECT } from "./phrases.ts";
import type { ExplanationDraft, StepDraft } from "./steps.ts";

/** Which rights were looked at for a lot, those that apply first, each with the facts that decided. */
export function addAssessments(
  draft: ExplanationDraft,
  lot: Lot,
  isOnly: boolean,
  { assessments, at }: Looked,
  lookup: Lookup,
): StepDraft {
  const applying = assessments.filter((one) => one.verdict === "applies");
  const others = assessments.filter((one) => one.verdict !== "applies");
  const what = isOnly ? "" : `lot ${lot.label}, ${termsText(lot.terms, lot.count, "at most")}: `;
  const step = draft.add("rights_looked_at", `${what}${lookedAt(assessments.length, applying.length)}`, {
    rules: ["domain step 4", "domain step 5"],
  });
  for (const warning of lot.warnings) draft.caveat("warning", codeText(warning));
  for (const one of applying) addRenewal(addAssessment(draft, step, lot, one, lookup), one, at, lookup);
  for (const one of others) addAssessment(draft, step, lot, one, lookup);
  return step;
}

/** Rights as they were weighed, and when. */
export interface Looked {
  readonly assessments: readonly Assessment[];
  readonly at: Instant;
}

/** Why a right still binds after the first term of its agreement. */
function addRenewal(step: StepDraft, { right }: Assessment, at: Instant, lookup: Lookup): void {
  const renewed = lookup.renewal(right, at);
  if (renewed === undefined) return;
  const { agreement, from, to } = renewed;
  const zone = (lookup.agreement(right)?.zone ?? lookup.zone) as ZoneId;
  const until = to === undefined ? "it runs until somebody gives notice" : `it runs until ${endText(zone, to)}`;
  const text = `${agreement} renewed at its end on ${endText(zone, from)}, as nobody had stopped that in time: ${until}`;
  step.add("agreement_renewed", text, { rules: ["rule BOK67"] });
}

function lookedAt(all: number, applying: number): string {
  if (all === 0) return "no right was looked at: no agreement in force has one";
  if (all === 1) return `1 right was looked at, and it ${applying === 1 ? "applies" : "does not apply"}`;
  const some = ["none applies", "1 applies"][applying] ?? `${countText(applying)} apply`;
  return `${countText(all)} rights were looked at, ${some}`;
}

function addAssessment(draft: ExplanationDraft, step: StepDraft, lot: Lot, one: Assessment, lookup: Lookup): StepDraft {
  const clause = lookup.right(one.right);
  const parts = { clause: one.right, facts: one.facts, verdict: one.verdict };
  const effect = clause === undefined ? "" : `${lookup.name(clause.holder)} ${RIGHT_EFFECT[clause.kind]}`;
  if (one.verdict !== "applies") {
    const because = one.facts.length === 0 ? "" : ` (${factsText(one.facts)})`;
    const text = `${clauseText(one.right)} does not apply: ${NOT_APPLYING[one.verdict]}${because}`;
    return step.add("right_does_not_apply", effect === "" ? text : `${text}; by it ${effect}`, parts);
  }
  const reach = one.limit === undefined ? "" : `, for ${countText(one.limit)} of ${countText(lot.count)}`;
  const part = one.alternatives === undefined ? "" : `, for ${alternativesText(lot, one.alternatives)} only`;
  const because = one.facts.length === 0 ? "" : `: ${factsText(one.facts)}`;
  const applies = step.add("right_applies", `${effect} by ${clauseText(one.right)}${reach}${part}${because}`, parts);
  if (one.undeclared.length > 0) {
    const names = listText(one.undeclared.map(dimensionText));
    draft.caveat("undeclared_fact", `${names} was not declared: ${clauseText(one.right)} is read as if it applied`);
  }
  if (one.unconfirmedReading) {
    draft.caveat(
      "unconfirmed_reading",
      `nobody has confirmed that the fields of ${clauseText(one.right)} say what its text says`,
    );
  }
  addClauseCaveats(draft, one, clause, lookup);
  return applies;
}

function alternativesText(lot: Lot, indexes: readonly number[]): string {
  const burdened = indexes.flatMap((index) => lot.alternatives[index] ?? []);
  return listText(burdened.map((one) => `${one.acceleratorType} in ${one.region}`));
}

/** Values that nobody stated, and how well the agreement is known. */
function addClauseCaveats(
  draft: ExplanationDraft,
  { right, defaults = [] }: Assessment,
  clause: RightClause | PartyRight | undefined,
  lookup: Lookup,
): void {
  if (clause !== undefined && "defaults" in clause && defaults.length > 0) {
    draft.caveat("default", defaultsText(clauseText(right), clause, defaults), defaults);
  }
  if (clause !== undefined && "assumed" in clause && clause.assumed !== undefined) {
    draft.caveat(
      "assumed_value",
      `assumed by whoever wrote the book, in ${clauseText(right)}: ${listText(clause.assumed)}`,
      clause.assumed,
    );
  }
  const known = [
    ["agreement " + right.agreement, evidenceOf(lookup.agreement(right))],
    [clauseText(right), clause !== undefined && "evidence" in clause ? clause.evidence : undefined],
  ] as const;
  for (const [what, evidence] of known) {
    if (evidence === undefined || evidence.grade === "company") continue;
    draft.caveat("assumed_evidence", `the evidence for ${what} is ${evidence.grade}: ${evidence.source}`);
  }
}

/** Which defaults decided it, each with its value; the many others of a clause changed nothing and are counted. */
function defaultsText(clause: string, { kind, defaults }: RightClause, names: readonly string[]): string {
  const told = names.map((name) => {
    const known = decisiveParameter(kind, name);
    return known === undefined ? name : `${known.term} (${takenText(known, kind)})`;
  });
  const others = defaults.filter((name) => !names.includes(name)).length;
  const rest = others === 0 ? "" : `; ${countText(others)} more did not matter here`;
  return `${clause} leaves open what decides here: ${told.join(", ")}: defaults that nobody agreed${rest}`;
}

function evidenceOf(agreement: AgreementVersion | PartyAgreement | undefined): AgreementVersion["evidence"] {
  return agreement !== undefined && "evidence" in agreement ? agreement.evidence : undefined;
}
