import type { AgreementState } from "../agreements/timeline.ts";
import { type AgreementId, believe, unreachable } from "../kernel/index.ts";
import type { AgreementEvent } from "./events.ts";
import { bumpEpoch } from "./evolve-facts.ts";
import type { BookState } from "./state.ts";

export function evolveAgreement(state: BookState, event: AgreementEvent): void {
  switch (event.type) {
    case "agreementRecorded": {
      const { agreement } = event;
      const before = state.agreements.get(agreement.id);
      state.agreements.set(
        agreement.id,
        before === undefined
          ? {
              id: agreement.id,
              versions: [agreement],
              status: "signed",
              endings: [],
              assigned: [],
              claimedAssignees: [],
            }
          : { ...before, versions: [...before.versions, agreement] },
      );
      if (agreement.effectiveTo !== undefined) {
        state.timers.push({ at: agreement.effectiveTo, kind: "agreement", id: agreement.id });
      }
      return bumpEpoch(state);
    }
    case "agreementStatusChanged":
      change(state, event.agreement, (agreement) => ({ ...agreement, status: event.status }));
      return bumpEpoch(state);
    case "conflictFound":
      return state.conflicts.set(conflictKey(event), "open");
    case "conflictDecided":
      return state.conflicts.set(conflictKey(event), event.prevails);
    case "agreementTerminated": {
      const { effectiveAt, accruedRightsSurvive, clauses } = event;
      const ending = { at: effectiveAt, accruedRightsSurvive, ...(clauses === undefined ? {} : { clauses }) };
      change(state, event.agreement, (agreement) => ({ ...agreement, endings: [...agreement.endings, ending] }));
      if (effectiveAt > event.at) state.timers.push({ at: effectiveAt, kind: "agreement", id: event.agreement });
      return bumpEpoch(state);
    }
    case "renewalNoticeGiven": {
      const { notice } = event;
      change(state, event.agreement, (agreement) => ({
        ...agreement,
        renewal: { ...agreement.renewal, notices: [...(agreement.renewal?.notices ?? []), notice] },
      }));
      if (notice.endsAt !== undefined && notice.endsAt > event.at)
        state.timers.push({ at: notice.endsAt, kind: "agreement", id: event.agreement });
      return bumpEpoch(state);
    }
    case "agreementRenewed":
      change(state, event.agreement, (agreement) => ({
        ...agreement,
        renewal: { notices: agreement.renewal?.notices ?? [], renewedFrom: event.from },
      }));
      if (event.to !== undefined) state.timers.push({ at: event.to, kind: "agreement", id: event.agreement });
      return bumpEpoch(state);
    case "agreementAssigned": {
      const { from, to } = event;
      change(state, event.agreement, (agreement) =>
        event.effective
          ? { ...agreement, assigned: [...agreement.assigned, { from, to }] }
          : { ...agreement, claimedAssignees: [...agreement.claimedAssignees, to] },
      );
      if (event.effective) assignOpenNotices(state, event.agreement, from, to);
      return bumpEpoch(state);
    }
    case "controlChanged":
      state.controlChanges.set(event.party, event.effectiveAt);
      return bumpEpoch(state);
    case "retroReviewListed":
      return;
    case "waiverGranted":
      state.waivers.set(event.waiver.id, event.waiver);
      return bumpEpoch(state);
    case "waiverRevoked":
      state.waivers.delete(event.waiver);
      return bumpEpoch(state);
    default:
      return unreachable(event);
  }
}

/** The same pair of clauses has one key, whichever is named first. */
export function conflictKey(pair: {
  readonly agreement: string;
  readonly clause: string;
  readonly withAgreement: string;
  readonly withClause: string;
}): string {
  const a = `${pair.agreement}#${pair.clause}`;
  const b = `${pair.withAgreement}#${pair.withClause}`;
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function change(state: BookState, id: AgreementId, to: (before: AgreementState) => AgreementState): void {
  const before = state.agreements.get(id);
  believe(before !== undefined, `agreement ${id} is recorded`);
  state.agreements.set(id, to(before));
}

/** Right and clock follow: the first valid answer of either binds (domain row V9). */
function assignOpenNotices(
  state: BookState,
  agreement: AgreementId,
  from: string,
  to: AgreementState["assigned"][number]["to"],
): void {
  for (const notice of state.notices.sortedValues()) {
    if (notice.right.agreement !== agreement) continue;
    if (notice.holder !== from && !notice.assignees.some((party) => party === from)) continue;
    state.notices.set(notice.id, { ...notice, assignees: [...notice.assignees, to] });
  }
}
