import type { AgreementId, ClauseId, Instant, PartyId } from "../kernel/index.ts";
import type { AgreementStatus, AgreementVersion } from "./agreement.ts";
import type { Clause } from "./clause.ts";

/** Everything that has become known of one agreement; versions in the order in which they were recorded. */
export interface AgreementState {
  readonly id: AgreementId;
  readonly versions: readonly AgreementVersion[];
  readonly status: AgreementStatus;
  /** From when on it, or the listed clauses of it, no longer binds, and whether notices open then run on. */
  readonly endings: readonly Ending[];
  /** Effective assignments in order: who stands where another stood. */
  readonly assigned: readonly { readonly from: PartyId; readonly to: PartyId }[];
  /** Parties that an ineffective assignment named. */
  readonly claimedAssignees: readonly PartyId[];
}

export interface Ending {
  readonly at: Instant;
  readonly accruedRightsSurvive: boolean;
  /** All clauses when absent. */
  readonly clauses?: readonly ClauseId[];
}

/**
 * The version in force at an instant: of those effective by then the one effective last, and of several from one instant the
 * one recorded last. Undefined before its first and after its last.
 */
export function versionAt(agreement: AgreementState, at: Instant): AgreementVersion | undefined {
  let found: AgreementVersion | undefined;
  for (const version of agreement.versions) {
    if (version.effectiveFrom <= at && (found === undefined || version.effectiveFrom >= found.effectiveFrom))
      found = version;
  }
  return found === undefined || (found.effectiveTo !== undefined && at >= found.effectiveTo) ? undefined : found;
}

export function isInForce(agreement: AgreementState): boolean {
  return agreement.status === "active" || agreement.status === "conflicted" || agreement.status === "terminated";
}

/** When a clause of a version stops to bind: its term or an ending, whichever is first. Undefined: no end known. */
export function clauseEnd(agreement: AgreementState, version: AgreementVersion, clause: ClauseId): Ending | undefined {
  let found: Ending | undefined =
    version.effectiveTo === undefined
      ? undefined
      : { at: version.effectiveTo, accruedRightsSurvive: version.accruedRightsSurvive };
  for (const ending of agreement.endings) {
    const reaches = ending.clauses === undefined || ending.clauses.includes(clause);
    if (reaches && (found === undefined || ending.at < found.at)) found = ending;
  }
  return found;
}

/** Who stands now where `party` stood when the agreement was made. */
export function standsFor(agreement: AgreementState, party: PartyId): PartyId {
  let current = party;
  for (const step of agreement.assigned) if (step.from === current) current = step.to;
  return current;
}

export function findClause(version: AgreementVersion, id: ClauseId): Clause | undefined {
  return version.clauses.find((clause) => clause.id === id);
}
