import type { AgreementId, ClauseId, Instant, PartyId } from "../kernel/index.ts";
import type { AgreementStatus, AgreementVersion } from "./agreement.ts";
import type { Clause } from "./clause.ts";
import { lastEnd, termAt } from "./renewal.ts";
import type { RenewalNotice } from "./renewal-notice.ts";

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
  /** What has become known of its renewal; absent while nothing has. */
  readonly renewal?: RenewalRecord;
}

export interface RenewalRecord {
  /** In the order in which they were recorded. */
  readonly notices: readonly RenewalNotice[];
  /** Start of the newest renewal term that is on record. */
  readonly renewedFrom?: Instant;
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
  if (found === undefined) return undefined;
  const end = termEnd(agreement, found);
  return end !== undefined && at >= end ? undefined : found;
}

/**
 * First instant after the term of a version, as far as it is known: its own end, or, where it renews, the end that a notice has
 * brought, or that of its last renewal. A notice is spent where a version that was agreed later begins at or after the end it
 * brings, or has a first term beyond it. Undefined: nothing ends it so far.
 */
export function termEnd(agreement: AgreementState, version: AgreementVersion): Instant | undefined {
  if (version.renewal === undefined) return version.effectiveTo;
  return stopOf(agreement, version)?.endsAt ?? lastEnd(version);
}

/** First instant after the term that runs at an instant, renewed or not; where a notice has brought an end, that. */
export function runsUntil(agreement: AgreementState, version: AgreementVersion, at: Instant): Instant | undefined {
  return stopOf(agreement, version)?.endsAt ?? termAt(version, at)?.to ?? lastEnd(version);
}

/** The notice that ends a version first; undefined where none does. */
export function stopOf(agreement: AgreementState, version: AgreementVersion): RenewalNotice | undefined {
  if (version.renewal === undefined) return undefined;
  let found: RenewalNotice | undefined;
  for (const notice of agreement.renewal?.notices ?? []) {
    if (notice.endsAt === undefined || isSpent(version, notice.endsAt)) continue;
    if (found?.endsAt === undefined || notice.endsAt < found.endsAt) found = notice;
  }
  return found;
}

function isSpent(version: AgreementVersion, endsAt: Instant): boolean {
  return version.effectiveFrom >= endsAt || (version.effectiveTo !== undefined && version.effectiveTo > endsAt);
}

/** A version as it stands in time, for comparing terms: with the end that is known, and no renewal. */
export function inItsTerm(agreement: AgreementState, version: AgreementVersion): AgreementVersion {
  if (version.renewal === undefined) return version;
  const { renewal: _1, effectiveTo: _2, ...rest } = version;
  const end = termEnd(agreement, version);
  return end === undefined ? rest : { ...rest, effectiveTo: end };
}

export function isInForce(agreement: AgreementState): boolean {
  return agreement.status === "active" || agreement.status === "conflicted" || agreement.status === "terminated";
}

/** When a clause of a version stops to bind: its term or an ending, whichever is first. Undefined: no end known. */
export function clauseEnd(agreement: AgreementState, version: AgreementVersion, clause: ClauseId): Ending | undefined {
  const end = termEnd(agreement, version);
  let found: Ending | undefined =
    end === undefined ? undefined : { at: end, accruedRightsSurvive: version.accruedRightsSurvive };
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
