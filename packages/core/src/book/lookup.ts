import { isRight } from "../agreements/clause.ts";
import { clauseEnd, type Ending, findClause, standsFor } from "../agreements/timeline.ts";
import { versionForNotice } from "../agreements/versions.ts";
import { believe, type Instant, type LotId, type PartyId, type RequestId } from "../kernel/index.ts";
import type { RightRef } from "../rights/assessment.ts";
import type { LiveRight, Stage } from "../rights/live.ts";
import { listsOf } from "./lists.ts";
import { type LotState, openCount, type RequestState } from "./request-state.ts";
import type { BookState, NoticeState } from "./state.ts";
import { reject } from "./turn.ts";

export function openRequest(state: BookState, id: RequestId): RequestState {
  return state.requests.get(id) ?? reject("unknown_request", `There is no open request "${id}".`);
}

export function lotOf(state: BookState, request: RequestId, lot: LotId): LotState {
  const lots = state.requests.get(request)?.lots;
  if (lots !== undefined) for (const item of lots) if (item.lot.id === lot) return item;
  throw new Error(`Broken belief: lot ${lot} belongs to its request`);
}

/** A lot as it stands now: what a step has emitted may have changed it. */
export function currentLot(state: BookState, lot: LotState): LotState {
  return lotOf(state, lot.lot.request, lot.lot.id);
}

/**
 * The right that a notice was sent under, in the version that was pinned then, or in a later one that both sides signed to
 * reach open notices.
 */
export function rightOf(state: BookState, notice: NoticeState): LiveRight {
  return governing(state, plannedRight(state, notice));
}

function plannedRight(state: BookState, notice: NoticeState): LiveRight {
  const lot = lotOf(state, notice.request, notice.lot);
  for (const stage of lot.stages) {
    for (const right of stage.rights) if (sameRight(right.ref, notice.right)) return right;
  }
  for (const right of lot.matches) if (sameRight(right.ref, notice.right)) return right;
  return pinned(state, notice.right, lot);
}

function governing(state: BookState, right: LiveRight): LiveRight {
  const versions = state.agreements.get(right.ref.agreement)?.versions;
  if (versions === undefined || versions.length < 2) return right;
  const version = versionForNotice(right.version, versions, state.now);
  const clause = version === right.version ? undefined : findClause(version, right.ref.clause);
  return clause === undefined || !isRight(clause) ? right : { ...right, clause, version };
}

/** Who holds a right now: an assignment may have put another in its place since it was found. */
export function holderNow(state: BookState, right: LiveRight): PartyId {
  if (!listsOf(state).assigned) return right.holder;
  const agreement = state.agreements.get(right.ref.agreement);
  return agreement === undefined || agreement.assigned.length === 0
    ? right.holder
    : standsFor(agreement, right.clause.holder);
}

/** How a right has come to its end by an instant, where it has. */
export function endedBy(state: BookState, right: LiveRight, at: Instant): Ending | undefined {
  const agreement = state.agreements.get(right.ref.agreement);
  const end = agreement === undefined ? undefined : clauseEnd(agreement, right.version, right.ref.clause);
  return end !== undefined && end.at <= at ? end : undefined;
}

/** A right by its reference, where the lot's plan no longer has it. */
export function pinned(state: BookState, ref: RightRef, lot: LotState): LiveRight {
  const agreement = state.agreements.get(ref.agreement);
  const version = agreement?.versions.find((item) => item.version === ref.version);
  const clause = version === undefined ? undefined : findClause(version, ref.clause);
  believe(
    agreement !== undefined && version !== undefined && clause !== undefined && isRight(clause),
    "a right that was noticed is on record",
  );
  return {
    ref,
    clause,
    version,
    holder: standsFor(agreement, clause.holder),
    alternatives: lot.lot.alternatives.map((_, index) => index),
  };
}

export function sameRight(a: RightRef, b: RightRef): boolean {
  return a === b || (a.agreement === b.agreement && a.clause === b.clause);
}

/** Whether `party` may answer a notice: its holder, or whom an assignment put beside it. */
export function mayAnswer(notice: NoticeState, party: PartyId): boolean {
  return notice.holder === party || notice.assignees.includes(party);
}

/** The same right, or the same right restated in another agreement. */
export function isOfRight(item: { readonly right: RightRef; readonly lineageId: string }, right: LiveRight): boolean {
  return item.lineageId === right.clause.lineageId || sameRight(item.right, right.ref);
}

export function noticesOf(state: BookState, lot: LotState): NoticeState[] {
  const found: NoticeState[] = [];
  for (const id of lot.notices) {
    const notice = state.notices.get(id);
    if (notice !== undefined) found.push(notice);
  }
  return found;
}

/** Whether some notice of a lot is so; looked up one by one, since it is asked at every step. */
export function someNotice(state: BookState, lot: LotState, test: (notice: NoticeState) => boolean): boolean {
  for (const id of lot.notices) {
    const notice = state.notices.get(id);
    if (notice !== undefined && test(notice)) return true;
  }
  return false;
}

export function isLive(notice: NoticeState): boolean {
  return notice.closedAt === undefined;
}

/** It states a third party's offer: a match, a re-offer, or a notice of the terms that are about to be signed. */
export function isAboutOffer(notice: NoticeState): boolean {
  return notice.thirdParty !== undefined;
}

/** A notice that offers something of its own; confirmations and over-allotments are rounds after one. */
export function isMain(notice: NoticeState): boolean {
  return notice.kind !== "confirmation" && notice.kind !== "over-allotment";
}

/** An acceptance that binds and whose stage has not ended yet. */
export function isTaken(notice: NoticeState): boolean {
  return isLive(notice) && notice.answer?.verdict === "binding" && notice.answer.answer.type === "accept";
}

/** Who says yes to a notice of this kind, or in such a stage, takes no part of the lot by that. */
export function takesNothing(kind: NoticeState["kind"] | Stage["kind"]): boolean {
  return kind === "consent" || kind === "first-ship";
}

/** What a binding acceptance takes. */
export function acceptedCount(notice: NoticeState): number {
  return notice.answer?.verdict === "binding" ? (notice.answer.answer.count ?? notice.count) : 0;
}

/** Accelerators of a lot that nobody has taken, holds, or has accepted in a stage that still runs. */
export function freeCount(state: BookState, lot: LotState): number {
  let promised = 0;
  for (const id of lot.notices) {
    const notice = state.notices.get(id);
    if (notice !== undefined && isTaken(notice) && isMain(notice) && !takesNothing(notice.kind))
      promised += acceptedCount(notice);
  }
  return Math.max(0, openCount(lot) - promised);
}
