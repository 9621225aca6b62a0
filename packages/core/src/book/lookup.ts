import { findClause, standsFor } from "../agreements/timeline.ts";
import { isRight } from "../agreements/clause.ts";
import { believe, type LotId, type PartyId, type RequestId } from "../kernel/index.ts";
import type { RightRef } from "../rights/assessment.ts";
import type { LiveRight } from "../rights/live.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { BookState, NoticeState } from "./state.ts";
import { reject } from "./turn.ts";

export function openRequest(state: BookState, id: RequestId): RequestState {
  return state.requests.get(id) ?? reject("unknown_request", `There is no open request "${id}".`);
}

export function lotOf(state: BookState, request: RequestId, lot: LotId): LotState {
  const found = state.requests.get(request)?.lots.find((item) => item.lot.id === lot);
  believe(found !== undefined, `lot ${lot} belongs to its request`);
  return found;
}

/** The right that a notice was sent under, in the version that was pinned then. */
export function rightOf(state: BookState, notice: NoticeState): LiveRight {
  const lot = lotOf(state, notice.request, notice.lot);
  for (const stage of lot.stages) {
    for (const right of stage.rights) if (sameRight(right.ref, notice.right)) return right;
  }
  const match = lot.matches.find((right) => sameRight(right.ref, notice.right));
  return match ?? pinned(state, notice.right, lot);
}

/** A right by its reference, where the lot's plan no longer has it. */
export function pinned(state: BookState, ref: RightRef, lot: LotState): LiveRight {
  const agreement = state.agreements.get(ref.agreement);
  const version = agreement?.versions.find((item) => item.version === ref.version);
  const clause = version === undefined ? undefined : findClause(version, ref.clause);
  believe(agreement !== undefined && version !== undefined && clause !== undefined && isRight(clause), "a right that was noticed is on record");
  return { ref, clause, version, holder: standsFor(agreement, clause.holder), alternatives: lot.lot.alternatives.map((_, index) => index) };
}

export function sameRight(a: RightRef, b: RightRef): boolean {
  return a.agreement === b.agreement && a.clause === b.clause;
}

/** Whether `party` may answer a notice: its holder, or whom an assignment put beside it. */
export function mayAnswer(notice: NoticeState, party: PartyId): boolean {
  return notice.holder === party || notice.assignees.includes(party);
}

export function noticesOf(state: BookState, lot: LotState): NoticeState[] {
  const found: NoticeState[] = [];
  for (const id of lot.notices) {
    const notice = state.notices.get(id);
    if (notice !== undefined) found.push(notice);
  }
  return found;
}

export function isLive(notice: NoticeState): boolean {
  return notice.closedAt === undefined;
}
