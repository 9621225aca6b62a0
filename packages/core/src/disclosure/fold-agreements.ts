import type { Clause, CommitmentClause } from "../agreements/clause.ts";
import type { Instant } from "../kernel/index.ts";
import { unreachable } from "../kernel/index.ts";
import type { PartyAgreement, PartyClause, PartyCommitment } from "./agreement-shown.ts";
import { type Draft, type Shown, update } from "./draft.ts";
import { openNotice } from "./fold-notices.ts";
import type { AgreementVersionView, AgreementView } from "./view.ts";

/** What a party is told of agreements, of how they stand to others, and of waivers under them. */
export type AboutAgreement = Shown<
  | "agreementRecorded"
  | "ownAgreementRecorded"
  | "agreementStatusChanged"
  | "ownAgreementStatusChanged"
  | "ownAgreementTakenOver"
  | "agreementTerminated"
  | "renewalNoticeGiven"
  | "agreementRenewed"
  | "agreementAssigned"
  | "conflictFound"
  | "conflictDecided"
  | "waiverGranted"
  | "waiverRevoked"
>;

type Recorded =
  | { readonly as: "keeper"; readonly agreement: Shown<"agreementRecorded">["agreement"] }
  | { readonly as: "party"; readonly agreement: PartyAgreement };

export function foldAgreement(draft: Draft, event: AboutAgreement): void {
  switch (event.type) {
    case "agreementRecorded":
      return record(draft, event.at, { as: "keeper", agreement: event.agreement });
    case "ownAgreementRecorded":
      return record(draft, event.at, { as: "party", agreement: event.agreement });
    case "ownAgreementTakenOver":
      record(draft, event.at, { as: "party", agreement: event.agreement });
      for (const notice of event.notices) openNotice(draft, { as: "party", notice }, "open");
      return;
    case "agreementStatusChanged":
    case "ownAgreementStatusChanged":
      return update(draft.agreements, event.agreement, (one) => ({ ...one, status: event.status }));
    case "agreementTerminated": {
      const { effectiveAt, accruedRightsSurvive, clauses } = event;
      const ended = { effectiveAt, accruedRightsSurvive, ...(clauses === undefined ? {} : { clauses }) };
      return update(draft.agreements, event.agreement, (one) => ({ ...one, ended }));
    }
    case "renewalNoticeGiven":
      return update(draft.agreements, event.agreement, (one) => {
        return { ...one, renewalNotices: [...one.renewalNotices, event.notice] };
      });
    case "agreementRenewed": {
      const { number, from, to } = event;
      const renewed = to === undefined ? { number, from } : { number, from, to };
      return update(draft.agreements, event.agreement, (one) => ({ ...one, renewed }));
    }
    case "agreementAssigned": {
      const { from, to, effective } = event;
      return update(draft.agreements, event.agreement, (one) => {
        return { ...one, assignments: [...one.assignments, { from, to, effective }] };
      });
    }
    case "conflictFound":
    case "conflictDecided":
      return foldConflict(draft, event);
    case "waiverGranted":
      draft.waivers.set(event.waiver.id, { waiver: event.waiver });
      return;
    case "waiverRevoked":
      return update(draft.waivers, event.waiver, (one) => ({ ...one, revokedAt: event.at }));
    default:
      return unreachable(event);
  }
}

function record(draft: Draft, at: Instant, recorded: Recorded): void {
  const { id, version } = recorded.agreement;
  const { status, ended, renewalNotices = [], renewed, assignments = [] } = draft.agreements.get(id) ?? {};
  const newest: AgreementView = {
    ...recorded,
    ...(status === undefined ? {} : { status }),
    ...(ended === undefined ? {} : { ended }),
    ...(renewed === undefined ? {} : { renewed }),
    renewalNotices,
    assignments,
  };
  draft.agreements.set(id, newest);
  const kept: AgreementVersionView = { ...recorded, recordedAt: at };
  draft.agreementVersions.set(versionName(id, version), kept);
  for (const clause of commitmentsOf(recorded.agreement.clauses)) {
    draft.commitments.set(clauseName(id, clause.id), { agreement: id, version, clause });
  }
}

function foldConflict(draft: Draft, event: Shown<"conflictFound" | "conflictDecided">): void {
  const name = conflictName(event);
  if (event.type === "conflictFound") {
    const { type: _1, at: _2, ...conflict } = event;
    draft.conflicts.set(name, conflict);
    return;
  }
  const { prevails, by, reason, at } = event;
  update(draft.conflicts, name, (one) => ({ ...one, decided: { prevails, by, reason, at } }));
}

export function commitmentsOf(
  clauses: readonly (Clause | PartyClause)[],
): readonly (CommitmentClause | PartyCommitment)[] {
  return clauses.filter((clause) => clause.kind === "commitment");
}

export const versionName = (agreement: string, version: number): string => `${agreement}:${version}`;
export const clauseName = (agreement: string, clause: string): string => `${agreement}:${clause}`;

export function conflictName(
  of: Pick<Shown<"conflictFound">, "agreement" | "clause" | "withAgreement" | "withClause">,
): string {
  return `${clauseName(of.agreement, of.clause)}:${clauseName(of.withAgreement, of.withClause)}`;
}
