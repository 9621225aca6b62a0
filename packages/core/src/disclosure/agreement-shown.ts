import type { AgreementVersion } from "../agreements/agreement.ts";
import type { Clause, CommitmentClause, EntitlementClause, RightClause } from "../agreements/clause.ts";
import { isRight } from "../agreements/clause.ts";

/** What the keeper noted about a clause for itself: who read it, who looks after it, on what evidence, what nobody stated. */
type KeepersNotes = "reading" | "evidence" | "owner" | "assumed" | "defaults";
/** How a right stands to those of others. */
type Order = "rank" | "sameRank" | "weight" | "parallel";
type Period = CommitmentClause["schedule"][number];
type PartyPeriod = Omit<Period, "expectedOther" | "expectedOtherSeconds">;

export type PartyRight = Omit<RightClause, KeepersNotes | Order>;
export type PartyCommitment = Omit<CommitmentClause, KeepersNotes | "schedule" | "projected" | "stackPriority"> & {
  readonly schedule: readonly PartyPeriod[];
};
export type PartyEntitlement = Omit<EntitlementClause, KeepersNotes | "statedIn">;
type OtherClause = Exclude<Clause, RightClause | CommitmentClause | EntitlementClause>;
type PartyOther = OtherClause extends infer One ? (One extends OtherClause ? Omit<One, KeepersNotes> : never) : never;
export type PartyClause = PartyRight | PartyCommitment | PartyEntitlement | PartyOther;

/** An agreement as those who signed it see it. */
export type PartyAgreement = Omit<AgreementVersion, "clauses" | "defaults" | "evidence" | "owner" | "document"> & {
  readonly clauses: readonly PartyClause[];
  readonly document?: { readonly sha256: string };
};

/**
 * An agreement without what its keeper knows beside it: readings, evidence and owners, the order of its rights among those of others,
 * what is expected from other suppliers, names of other requests and of files.
 */
export function agreementFor(version: AgreementVersion): PartyAgreement {
  const { clauses, defaults: _d, evidence: _e, owner: _o, document, ...agreement } = version;
  const shown = { ...agreement, clauses: clauses.map(clauseFor) };
  return document === undefined ? shown : { ...shown, document: { sha256: document.sha256 } };
}

function clauseFor(clause: Clause): PartyClause {
  const { reading: _r, evidence: _e, owner: _o, assumed: _a, defaults: _d, ...shown } = clause;
  if (isRight(clause)) {
    const { rank: _1, sameRank: _2, weight: _3, parallel: _4, ...right } = shown as Omit<RightClause, KeepersNotes>;
    return right;
  }
  if (clause.kind === "commitment") {
    const { projected: _1, stackPriority: _2, schedule, ...rest } = shown as Omit<CommitmentClause, KeepersNotes>;
    return { ...rest, schedule: schedule.map(({ expectedOther: _3, expectedOtherSeconds: _4, ...period }) => period) };
  }
  if (clause.kind === "entitlement") {
    const { statedIn: _1, ...entitlement } = shown as Omit<EntitlementClause, KeepersNotes>;
    return entitlement;
  }
  return shown;
}
