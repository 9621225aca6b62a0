import type { AgreementVersion } from "../agreements/agreement.ts";
import { type CommitmentClause, isRight, type RightClause } from "../agreements/clause.ts";
import { findClause } from "../agreements/timeline.ts";
import type { BookState } from "../book/state.ts";
import type { AgreementId, ClauseId, PartyId } from "../kernel/index.ts";
import type { RightRef } from "../rights/assessment.ts";

/** A right where it stands: the version that was looked at, not a later one. */
export interface FoundRight {
  readonly version: AgreementVersion;
  readonly clause: RightClause;
}

export function findRight(
  state: BookState,
  { agreement, clause: id, version: number }: RightRef,
): FoundRight | undefined {
  const version = state.agreements.get(agreement)?.versions.findLast((item) => item.version === number);
  const clause = version === undefined ? undefined : findClause(version, id);
  return version === undefined || clause === undefined || !isRight(clause) ? undefined : { version, clause };
}

/** The newest commitment of that name. */
export function findCommitment(state: BookState, agreement: AgreementId, id: ClauseId): CommitmentClause | undefined {
  const versions = state.agreements.get(agreement)?.versions ?? [];
  const clause = versions.map((version) => findClause(version, id)).findLast((found) => found?.kind === "commitment");
  return clause?.kind === "commitment" ? clause : undefined;
}

export function nameOf(state: BookState, party: PartyId): string {
  return state.parties.get(party)?.name ?? party;
}
