import { findConflicts } from "../agreements/conflicts.ts";
import { type AgreementState, inItsTerm, isInForce, standsFor, termEnd, versionAt } from "../agreements/timeline.ts";
import { isRight, type RightClause } from "../agreements/clause.ts";
import type { AgreementVersion } from "../agreements/agreement.ts";
import {
  type AgreementId,
  compareText,
  type Instant,
  type PartyId,
  type RequestId,
  SECOND_MS,
  type TimeWindow,
} from "../kernel/index.ts";
import { scopesOverlap } from "../scope/index.ts";
import { readAnew } from "./attach.ts";
import { reassessHeld } from "./reassess-held.ts";
import { waitsForPapers } from "./gaps.ts";
import { isLive, rightOf } from "./lookup.ts";
import { windowSpecOf } from "./notify.ts";
import { clear } from "./clearances.ts";
import { close } from "./end-notices.ts";
import { conflictKey } from "./evolve-agreements.ts";
import type { BookState, NoticeState } from "./state.ts";
import { agreementOf, requireKeeper, requireSpokenFor } from "./speaks-for.ts";
import { reject, type Turn } from "./turn.ts";
import { deadlineOf, windowRule } from "./windows.ts";

type CommandOf<Type extends Turn["command"]["type"]> = Extract<Turn["command"], { type: Type }>;

/**
 * Records an agreement or a new version of one, and looks for conflicts when it takes force.
 *
 * @returns open requests that are freed of a right by it
 */
export function recordAgreement(turn: Turn, command: CommandOf<"recordAgreement">): readonly RequestId[] {
  const { state, at } = turn;
  const { agreement } = command;
  requireKeeper(turn);
  for (const party of [agreement.buyer, agreement.provider, ...agreement.otherParties]) requireParty(state, party);
  const before = state.agreements.get(agreement.id);
  if (before?.versions.some((version) => version.version === agreement.version) === true) {
    reject("duplicate_id", `Version ${agreement.version} of ${agreement.id} is already recorded.`);
  }
  for (const clause of agreement.clauses) {
    if (clause.kind === "commitment") for (const period of clause.schedule) checkPeriod(period);
    if (!isRight(clause)) continue;
    requireParty(state, clause.holder);
    requireParty(state, clause.grantor);
    checkWindows(state, clause, agreement);
  }
  if (agreement.appliesToOpenNotices !== undefined) checkOpenNotices(turn, agreement);
  turn.emit({ type: "agreementRecorded", at, agreement });
  if (command.activate) activate(turn, agreement);
  if (state.conflicts.size > 0 && before !== undefined) settleConflicts(turn);
  return before === undefined ? [] : amended(turn, agreement);
}

/** Use is counted in accelerator-seconds: a period that begins or ends inside a second could not be. */
function checkPeriod({ from, to }: TimeWindow): void {
  if (from < to && from % SECOND_MS === 0 && to % SECOND_MS === 0) return;
  reject("invalid_window", "A period of a commitment begins and ends on whole seconds, and ends after it begins.");
}

/** Found now rather than when a notice is due: a window whose calendars are missing cannot be counted. */
function checkWindows(state: BookState, clause: RightClause, agreement: AgreementVersion): void {
  const {
    window,
    objectionWindow,
    reoffer,
    confirmWindow,
    stranded,
    replacementWindow,
    delivery,
    contingencies,
    definitiveWindow,
    overAllotment,
  } = clause;
  const all = [
    window,
    objectionWindow,
    reoffer.window,
    confirmWindow,
    stranded.window,
    replacementWindow,
    delivery.fallbackAfter,
  ];
  for (const spec of [...all, contingencies.waiveBy, definitiveWindow, overAllotment])
    if (spec !== undefined) windowRule(state, spec, agreement);
}

function requireParty(state: BookState, id: PartyId): void {
  if (state.parties.get(id) === undefined) reject("unknown_party", `There is no party "${id}" in the book.`);
}

/** An agreement takes force: conflicts are looked for, and found ones are for a person (step 6). */
export function activate(turn: Turn, agreement: AgreementVersion): void {
  const { state, at } = turn;
  const others = state.agreements.sortedValues().filter((item) => item.id !== agreement.id && isInForce(item));
  const from = Math.max(agreement.effectiveFrom, at) as Instant;
  // What a person has decided between two clauses stays decided when one of them is amended.
  const conflicts = findConflicts(
    agreement,
    others.flatMap((item) => inForceFrom(item, from)),
    scopesOverlap,
    state.parties,
  ).filter((conflict) => (state.conflicts.get(conflictKey(conflict)) ?? "open") === "open");
  const status = conflicts.length > 0 ? "conflicted" : "active";
  const before = state.agreements.get(agreement.id)?.status;
  // An agreement that was without conflict goes on as it was: the newcomer is the one that is conflicted.
  if (before !== status && before !== "active") {
    turn.emit({
      type: "agreementStatusChanged",
      at,
      agreement: agreement.id,
      status,
      why: conflicts.length > 0 ? "conflict_found" : "signed",
    });
  }
  for (const conflict of conflicts)
    if (!state.conflicts.has(conflictKey(conflict))) turn.emit({ type: "conflictFound", at, ...conflict });
}

/** An amendment may end a conflict: agreements that collide no more are no longer conflicted, and what was held for it goes on. */
function settleConflicts(turn: Turn): void {
  for (const agreement of turn.state.agreements.sortedValues()) {
    const version = agreement.status === "conflicted" ? versionAt(agreement, turn.at) : undefined;
    if (version !== undefined) activate(turn, version);
  }
  reassessHeld(turn, (lot) => lot.phase === "held" && !waitsForPapers(lot), "agreement_amended");
}

/** The version in force at an instant, and all that come after it. */
function inForceFrom(agreement: AgreementState, from: Instant): readonly AgreementVersion[] {
  const now = versionAt(agreement, from);
  const later = agreement.versions.filter((version) => version.effectiveFrom > from);
  return (now === undefined ? later : [now, ...later]).map((version) => inItsTerm(agreement, version));
}

/** An amendment reaches open notices only where both signed that it does, and never takes time away (domain rows V1, V2). */
function checkOpenNotices(turn: Turn, agreement: AgreementVersion): void {
  const signed = agreement.appliesToOpenNotices?.signedBy ?? [];
  for (const notice of openNoticesOf(turn.state, agreement.id)) {
    const right = rightOf(turn.state, notice);
    if (!signed.includes(right.clause.grantor) || !signed.includes(notice.holder)) {
      reject("not_signed_by_both", "A change that applies to open notices is signed by both parties of the right.");
    }
    const changed = newDeadline(turn, agreement, notice);
    if (changed !== undefined && notice.respondBy !== undefined && changed < notice.respondBy) {
      reject("notice_cannot_shorten", "A deadline never moves earlier.");
    }
  }
}

function openNoticesOf(state: BookState, agreement: AgreementId): NoticeState[] {
  return state.notices
    .sortedValues()
    .filter((notice) => notice.right.agreement === agreement && isLive(notice) && notice.respondBy !== undefined);
}

function newDeadline(turn: Turn, agreement: AgreementVersion, notice: NoticeState): Instant | undefined {
  const clause = agreement.clauses.find((item) => item.id === notice.right.clause);
  if (
    clause === undefined ||
    !isRight(clause) ||
    notice.deliveredAt === undefined ||
    notice.deemedReceivedAt === undefined
  )
    return undefined;
  const right = { ...rightOf(turn.state, notice), clause, version: agreement };
  return deadlineOf(
    windowRule(turn.state, windowSpecOf(notice.kind, right), agreement),
    notice.deliveredAt,
    notice.deemedReceivedAt,
  ).respondBy;
}

function amended(turn: Turn, agreement: AgreementVersion): readonly RequestId[] {
  const { state, at } = turn;
  const freed = agreement.appliesToOpenNotices === undefined ? [] : reachOpenNotices(turn, agreement);
  if (agreement.effectiveFrom >= at) return freed;
  // Effective in the past: nothing is rewritten; what it would have touched is listed for people (domain row V7).
  const open = state.requests
    .sortedValues()
    .filter(
      (request) =>
        request.submittedAt >= agreement.effectiveFrom &&
        request.lots.some((lot) => lot.assessments.some((item) => item.right.agreement === agreement.id)),
    )
    .map((request) => request.request.id);
  const requests = [...open, ...state.past.underSince(agreement.id, agreement.effectiveFrom, at)].sort(compareText);
  turn.emit({ type: "retroReviewListed", at, agreement: agreement.id, version: agreement.version, requests });
  return freed;
}

/** Both sides let the change reach what is open: deadlines move later, and what the right no longer reaches is asked no further (G8). */
function reachOpenNotices(turn: Turn, agreement: AgreementVersion): readonly RequestId[] {
  const { state, at } = turn;
  const freed: RequestId[] = [];
  for (const notice of openNoticesOf(state, agreement.id)) {
    if (freeNotice(turn, notice)) {
      freed.push(notice.request);
      continue;
    }
    const respondBy = newDeadline(turn, agreement, notice);
    if (respondBy !== undefined && notice.respondBy !== undefined && respondBy > notice.respondBy) {
      turn.emit({
        type: "deadlineExtended",
        at,
        notice: notice.id,
        request: notice.request,
        respondBy,
        why: "amendment",
      });
    }
  }
  return freed;
}

/** Withdraws a notice whose right, as amended, does not reach its lot, and clears the lot of it; what was accepted stands. */
function freeNotice(turn: Turn, notice: NoticeState): boolean {
  const lot = turn.state.requests.get(notice.request)?.lots.find((item) => item.lot.id === notice.lot);
  if (lot === undefined || notice.answer?.verdict === "binding" || AFTER_ACCEPTANCE.has(notice.kind)) return false;
  const read = readAnew(turn, lot, notice.right);
  if (read !== undefined && !UNREACHED.has(read.verdict)) return false;
  close(turn, notice, { status: "withdrawn", count: 0, why: "amended", closedAt: turn.at });
  const right = rightOf(turn.state, notice);
  clear(
    turn,
    lot,
    right,
    read === undefined
      ? { reason: "extinguished", count: notice.count, notice }
      : { reason: "not_applicable", why: read.verdict, count: notice.count },
  );
  return true;
}

/** Rounds that an acceptance has brought about: they go the way that it does. */
const AFTER_ACCEPTANCE: ReadonlySet<NoticeState["kind"]> = new Set(["confirmation", "over-allotment", "stranded"]);
const UNREACHED: ReadonlySet<string> = new Set(["out_of_scope", "carved_out", "not_new_capacity"]);

export function terminateAgreement(turn: Turn, command: CommandOf<"terminateAgreement">): void {
  const agreement = agreementOf(turn, command.agreement);
  const version = versionAt(agreement, turn.at) ?? agreement.versions[agreement.versions.length - 1];
  turn.emit({
    type: "agreementTerminated",
    at: turn.at,
    agreement: command.agreement,
    effectiveAt: command.effectiveAt,
    accruedRightsSurvive: command.accruedRightsSurvive ?? version?.accruedRightsSurvive ?? true,
    ...(command.clauses === undefined ? {} : { clauses: command.clauses }),
  });
  if (command.effectiveAt <= turn.at) endRights(turn, command.agreement);
}

/**
 * At the end of a right, notices open under it run on where accrued rights survive, never for a right that attaches at award.
 * The others are withdrawn at that instant, and what was not accepted by then is free (G9).
 */
export function endRights(turn: Turn, id: AgreementId): readonly string[] {
  const agreement = turn.state.agreements.get(id);
  const touched: string[] = [];
  if (agreement === undefined) return touched;
  for (const notice of turn.state.notices.sortedValues()) {
    if (notice.right.agreement !== id || !isLive(notice)) continue;
    const right = rightOf(turn.state, notice);
    const ending = endingOf(agreement, right.version, notice.right.clause, turn.clock);
    if (ending === undefined || (ending.accruedRightsSurvive && right.clause.attachBy !== "award")) continue;
    if (notice.answer?.verdict === "binding") continue;
    close(turn, notice, { status: "withdrawn", count: 0, why: "right_ended", closedAt: ending.at });
    const lot = turn.state.requests.get(notice.request)?.lots.find((item) => item.lot.id === notice.lot);
    if (lot !== undefined) clear(turn, lot, right, { reason: "extinguished", count: notice.count, notice });
    touched.push(notice.request);
  }
  return touched;
}

function endingOf(
  agreement: NonNullable<ReturnType<BookState["agreements"]["get"]>>,
  version: AgreementVersion,
  clause: string,
  at: Instant,
) {
  const endings = agreement.endings.filter(
    (item) => item.at <= at && (item.clauses?.some((entry) => entry === clause) ?? true),
  );
  const end = termEnd(agreement, version);
  if (end !== undefined && end <= at) endings.push({ at: end, accruedRightsSurvive: version.accruedRightsSurvive });
  return endings.sort((a, b) => a.at - b.at)[0];
}

export function assignAgreement(turn: Turn, command: CommandOf<"assignAgreement">): void {
  const agreement = agreementOf(turn, command.agreement);
  requireParty(turn.state, command.to);
  const version = versionAt(agreement, turn.at) ?? agreement.versions[agreement.versions.length - 1];
  const effective = command.consented || version?.assignmentNeedsConsent === false;
  turn.emit({
    type: "agreementAssigned",
    at: turn.at,
    agreement: command.agreement,
    from: command.from,
    to: command.to,
    effective,
  });
}

/** Agreements whose clause says that they end when control of a party changes, end then; the others go on (domain row V13). */
export function recordControlChange(turn: Turn, command: CommandOf<"recordControlChange">): void {
  requireSpokenFor(turn, command.party);
  requireParty(turn.state, command.party);
  turn.emit({ type: "controlChanged", at: turn.at, party: command.party, effectiveAt: command.effectiveAt });
  for (const agreement of turn.state.agreements.sortedValues()) {
    const version = versionAt(agreement, turn.at);
    if (version?.changeOfControl !== "ends") continue;
    if (![version.provider, version.buyer].some((party) => standsFor(agreement, party) === command.party)) continue;
    turn.emit({
      type: "agreementTerminated",
      at: turn.at,
      agreement: agreement.id,
      effectiveAt: command.effectiveAt,
      accruedRightsSurvive: version.accruedRightsSurvive,
    });
    if (command.effectiveAt <= turn.at) endRights(turn, agreement.id);
  }
}
