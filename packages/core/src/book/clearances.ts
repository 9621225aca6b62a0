import { tailEnd } from "../calendar/index.ts";
import { addMs, type Instant, type PartyId } from "../kernel/index.ts";
import { offeredTerms } from "../notices/judge.ts";
import type { Clearance } from "../notices/notice.ts";
import { copyOfTerms, withStated } from "../requests/terms-of.ts";
import { type LiveRight, stageKindOf } from "../rights/live.ts";
import type { ClearanceReason, Waiver } from "../rights/assessment.ts";
import type { Writable } from "./draft.ts";
import { releaseOf } from "./launches.ts";
import { holderNow, isAboutOffer, isOfRight } from "./lookup.ts";
import type { LotState } from "./request-state.ts";
import type { BookState, NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

export interface ClearanceDraft {
  readonly reason: ClearanceReason;
  readonly count: number;
  readonly why?: string;
  readonly notice?: NoticeState;
  readonly closedAt?: Instant;
  readonly thirdParty?: PartyId;
  readonly limits?: Waiver["limits"];
  /** first-ship: the holder's own launch. */
  readonly startsFrom?: Instant;
}

/** Reasons that say how a holder let something pass: they rest on the terms it was told, and last as long as the tail. */
const ANSWERED: ReadonlySet<ClearanceReason> = new Set(["refused", "lapsed", "forfeited", "released"]);

/** Records that a right does not block, for how much, and until when: the tail runs from the day the stage closed (G4). */
export function clear(turn: Turn, lot: LotState, right: LiveRight, draft: ClearanceDraft): void {
  const { clause, ref } = right;
  const { notice, reason } = draft;
  const answered = ANSWERED.has(reason);
  const isOption = clause.kind === "option" || clause.kind === "soft-hold";
  // A launch that is let pass is let pass at any price.
  const isLaunch = clause.kind === "first-ship";
  const terms = notice === undefined || !answered || isOption || isLaunch ? undefined : restsOn(notice);
  const third = draft.thirdParty ?? thirdPartyOf(turn, lot, right, notice);
  // An option that is let go is gone: nothing is left of it that a tail could bring back. For the lot a launch is let pass for good.
  const lasts = (!answered && reason !== "waived") || isOption || isLaunch;
  const clearance: Writable<Clearance> = {
    id: turn.ids.next<"ClearanceId">("clr"),
    lot: lot.lot.id,
    request: lot.lot.request,
    right: ref,
    lineageId: clause.lineageId,
    holder: holderNow(turn.state, right),
    reason,
    count: draft.count,
    finalRound: notice?.finalRound ?? false,
    issuedAt: turn.at,
  };
  if (draft.why !== undefined) clearance.why = draft.why;
  if (notice !== undefined) clearance.notice = notice.id;
  if (terms !== undefined) clearance.terms = terms;
  if (third !== undefined) clearance.thirdParty = third;
  if (draft.limits !== undefined) clearance.limits = draft.limits;
  if (!lasts) clearance.validUntil = endOfTail(turn, right, draft);
  if (draft.startsFrom !== undefined) clearance.startsFrom = draft.startsFrom;
  if (isLaunch) {
    const release = releaseOf(notice?.terms ?? lot.lot.terms);
    const until = notice === undefined || reason === "supported" ? undefined : endOfTail(turn, right, draft);
    if (release !== undefined) clearance.release = until === undefined ? release : { ...release, until };
  }
  turn.emit({ type: "clearanceIssued", at: turn.at, clearance });
}

/**
 * A tail of no days after a deadline with which the day ends would be over before anybody could act, and the holder would be asked the
 * same for ever: what follows at once from the close of the stage is inside it (G4).
 */
function endOfTail(turn: Turn, { clause, version }: LiveRight, draft: ClearanceDraft): Instant {
  const closedAt = draft.closedAt ?? (draft.notice === undefined ? turn.at : turn.clock);
  const end = tailEnd(closedAt, clause.tail.days, version.zone);
  return end > addMs(closedAt, 1) ? end : addMs(turn.at, 1);
}

/** The refusal of a match covers one third party only; who it is stays with the broker. */
function thirdPartyOf(
  turn: Turn,
  lot: LotState,
  right: LiveRight,
  notice: NoticeState | undefined,
): PartyId | undefined {
  if (notice?.thirdParty === undefined || stageKindOf(right.clause) !== "match") return undefined;
  const lines = turn.state.requests.get(lot.lot.request)?.proposal?.lines;
  return lines?.find((item) => item.offer === notice.thirdParty?.bid && item.line.lot === lot.lot.id)?.thirdParty;
}

/** The terms that an ended notice has cleared: those it stated, with the third party's where there was one; of a first offer, its own. */
function restsOn(notice: NoticeState): Clearance["terms"] {
  const third = notice.thirdParty;
  if (third !== undefined) {
    const terms = copyOfTerms(notice.terms);
    terms.price = third.price;
    terms.window = third.window;
    terms.stated = withStated(terms.stated, third.stated);
    return terms;
  }
  return (notice.kind === "first-offer" ? offeredTerms(notice) : undefined) ?? notice.terms;
}

export function isRunning(item: Clearance, at: Instant): boolean {
  return item.validUntil === undefined || at < item.validUntil;
}

const NO_CLEARANCES: readonly Clearance[] = [];

/** What clears a right over a lot, oldest first: at an instant, or ever. */
export function clearancesOf(lot: LotState, right: LiveRight, at?: Instant): readonly Clearance[] {
  let found: Clearance[] | undefined;
  for (const item of lot.clearances) {
    if (!isOfRight(item, right) || (at !== undefined && !isRunning(item, at))) continue;
    if (found === undefined) found = [item];
    else found.push(item);
  }
  return found ?? NO_CLEARANCES;
}

/** How much clearances that hold for the same terms let pass together. */
export function sumOf(clearances: readonly Clearance[]): number {
  let sum = 0;
  for (const { count } of clearances) sum += count;
  return sum;
}

/** How much of a lot has been let pass on some terms or other. What was let pass again on other terms is not twice as much. */
function coverage(state: BookState, clearances: readonly Clearance[]): number {
  let first = 0;
  let again = 0;
  for (const item of clearances) {
    const notice = item.notice === undefined ? undefined : state.notices.get(item.notice);
    if (notice !== undefined && isAboutOffer(notice)) again += item.count;
    else first += item.count;
  }
  return Math.max(first, again);
}

/** How much of a lot is out of the way of a right already. */
export function coveredCount(state: BookState, lot: LotState, right: LiveRight, at: Instant): number {
  return lot.clearances.length === 0 ? 0 : coverage(state, clearancesOf(lot, right, at));
}
