import { isSameThing } from "../awards/gate.ts";
import type { NoticeKind } from "../notices/notice.ts";
import { missingTerms } from "../notices/judge.ts";
import { nextRound } from "../notices/tolerance.ts";
import type { LiveRight, Stage } from "../rights/live.ts";
import { clear, coveredCount } from "./clearances.ts";
import { closeStage } from "./close-stage.ts";
import { isAnswered } from "./end-notices.ts";
import { awaitsLaunch, clearByLaunch, finishFirstShip } from "./first-ship.ts";
import { finishStage } from "./finish-stage.ts";
import {
  acceptedCount,
  currentLot,
  endedBy,
  freeCount,
  isAboutOffer,
  isLive,
  isMain,
  noticesOf,
  rightOf,
  sameRight,
  takesNothing,
} from "./lookup.ts";
import { wasLetPassBefore } from "./let-pass-before.ts";
import { noticed } from "./noticed.ts";
import { isComplete, objectedIn } from "./restate.ts";
import { reachOf, takenByHolder } from "./reach.ts";
import { sendNotice } from "./notify.ts";
import { type LotState, openCount, type RequestState } from "./request-state.ts";
import type { NoticeState } from "./state.ts";
import { suspensionOf } from "./suspension.ts";
import type { Turn } from "./turn.ts";
import { isForSome, type Waived, waiverFor } from "./waivers.ts";

/** Takes one step in asking the holders of a lot; false when there is nothing to do but wait, or nobody left to ask. */
export function stepStage(turn: Turn, lot: LotState): boolean {
  const stage = lot.stages[lot.stageIndex];
  if (stage === undefined) return false;
  if (!lot.stageOpen) {
    if (stage.kind === "first-ship" && awaitsLaunch(turn, lot, stage)) return false;
    return openStage(turn, lot, stage);
  }
  const running = runningNotices(turn, lot, stage);
  const objected = stepObjected(turn, lot, stage);
  if (objected !== "none") return objected === "asked";
  if (!isSettled(turn, lot, stage, running)) return false;
  return closeStage(turn, lot, stage, running);
}

/** Whether the holders that are asked before the market have all been asked. */
export function stagesAreOver(lot: LotState): boolean {
  return lot.stageIndex >= lot.stages.length;
}

/** The open notices of the stage that is being asked: none about a third party's offer, and none of a remainder. */
function runningNotices(turn: Turn, lot: LotState, stage: Stage): NoticeState[] {
  return noticesOf(turn.state, lot).filter(
    (notice) =>
      isLive(notice) &&
      !isAboutOffer(notice) &&
      notice.kind !== "stranded" &&
      stage.rights.some((right) => sameRight(right.ref, notice.right)),
  );
}

/**
 * A holder that found its notice defective is asked by a complete one as soon as the request states what was missing; until then its
 * stage waits (domain row N11), unless its right has ended, was waived or is suspended meanwhile.
 */
function stepObjected(turn: Turn, lot: LotState, stage: Stage): "asked" | "waits" | "none" {
  let waits = false;
  for (const objected of objectedIn(turn.state, lot, stage)) {
    const { right, notice } = objected;
    // What others of its rank have accepted is still shared with it.
    const count = Math.min(notice.count, openCount(lot) - coveredCount(turn.state, lot, right, turn.at));
    if (count <= 0) continue;
    if (clearBeforehand(turn, lot, right, count)) return "asked";
    if (isComplete(noticed(turn.state, lot, right, count).terms, objected)) {
      askHolder(turn, lot, stage, right, count, notice.contingent);
      return "asked";
    }
    waits = true;
  }
  return waits ? "waits" : "none";
}

/**
 * All have answered for good, or those that have not would get nothing any more: better ranks have taken all. Who consents, or ships
 * first, takes nothing, so every one is waited for.
 */
function isSettled(turn: Turn, lot: LotState, stage: Stage, notices: readonly NoticeState[]): boolean {
  const waiting = notices.filter((notice) => !isAnswered(turn, notice));
  if (waiting.length === 0) return true;
  if (takesNothing(stage.kind) || !waiting.every((notice) => notice.contingent)) return false;
  const best = Math.min(...waiting.map((notice) => rightOf(turn.state, notice).clause.rank));
  let taken = 0;
  for (const notice of notices) {
    if (isMain(notice) && rightOf(turn.state, notice).clause.rank < best) taken += acceptedCount(notice);
  }
  return taken >= openCount(lot);
}

interface Asked {
  readonly right: LiveRight;
  readonly count: number;
}

function openStage(turn: Turn, lot: LotState, stage: Stage): boolean {
  const asked: Asked[] = [];
  for (const right of stage.rights) {
    const before = dueCount(turn, lot, right);
    if (before <= 0) continue;
    const count =
      clearBeforehand(turn, lot, right, before) ||
      clearByLaunch(turn, lot, right, before) ||
      wasLetPassBefore(turn, lot, right, before)
        ? dueCount(turn, currentLot(turn.state, lot), right)
        : before;
    if (count > 0) asked.push({ right, count });
  }
  if (asked.length === 0)
    return stage.kind === "first-ship"
      ? finishFirstShip(turn, lot, stage, turn.clock)
      : finishStage(turn, lot, stage, turn.clock, 0);
  const first = asked[0]?.right.clause.rank;
  for (const { right, count } of asked)
    askHolder(turn, currentLot(turn.state, lot), stage, right, count, right.clause.rank !== first);
  return true;
}

/** How much of a lot the holder of a right is still to be asked about. */
export function dueCount(turn: Turn, lot: LotState, right: LiveRight): number {
  const { state, at } = turn;
  const covered = coveredCount(state, lot, right, at);
  const free = freeCount(state, lot);
  return right.clause.option === undefined
    ? free - covered
    : Math.min(free, reachOf(lot, right) - takenByHolder(state, lot, right) - covered);
}

/**
 * A right that has ended, was waived or is suspended before its turn came does not block; its clearance says which. False: it is
 * due. A waiver of fewer accelerators leaves the rest due.
 */
export function clearBeforehand(turn: Turn, lot: LotState, right: LiveRight, count: number, line?: Waived): boolean {
  const { option } = right.clause;
  if (endedBy(turn.state, right, turn.clock) !== undefined || (option !== undefined && option.until <= turn.clock)) {
    clear(turn, lot, right, { reason: "extinguished", count });
    return true;
  }
  const waiver = waiverFor(turn.state, right, lot.lot, turn.clock, line);
  if (waiver !== undefined && (line !== undefined || isLastAsked(lot, right) || !isForSome(waiver))) {
    const waived = Math.min(count, waiver.limits.countMax ?? count);
    clear(turn, lot, right, { reason: "waived", why: waiver.id, count: waived, limits: waiver.limits });
    return true;
  }
  const why = right.clause.kind === "consent" ? undefined : suspensionOf(turn.state, right, turn.clock);
  if (why === undefined) return false;
  clear(turn, lot, right, { reason: "suspended", why, count });
  return true;
}

/**
 * A waiver for one third party or price lets nobody else through: where other holders are asked beside or after this one, what they
 * might take is none of that, so this one is asked too.
 */
export function isLastAsked(lot: LotState, right: LiveRight): boolean {
  const { rights } = lot.stages[lot.stages.length - 1] ?? { rights: [] };
  return (
    rights.length === 1 && rights[0]?.ref.clause === right.ref.clause && rights[0].ref.agreement === right.ref.agreement
  );
}

const KIND_OF: Readonly<Record<Stage["kind"], NoticeKind>> = {
  consent: "consent",
  "first-ship": "first-ship",
  option: "option",
  exclusivity: "exclusivity",
  refusal: "first-refusal",
};

function askHolder(
  turn: Turn,
  lot: LotState,
  stage: Stage,
  right: LiveRight,
  count: number,
  contingent: boolean,
): void {
  const again = stage.kind === "first-ship" ? undefined : roundAfterRevision(turn, lot, right);
  const kind =
    again !== undefined ? "re-offer" : right.clause.kind === "first-offer" ? "first-offer" : KIND_OF[stage.kind];
  const { terms, termsText } = noticed(turn.state, lot, right, count);
  sendNotice(turn, {
    kind,
    right,
    lot,
    count: terms.count,
    terms,
    termsText,
    contingent,
    ...again,
    missing: missingTerms(terms, right.clause.noticeRequires),
  });
}

/**
 * A holder that has refused, and is asked again because its request was revised, gets a re-offer; once its rounds are used up it
 * is asked anew, as for a request that is submitted anew (domain rule G17, rows T7, T11). What nobody has refused yet is
 * noticed for the first time (row T8).
 */
function roundAfterRevision(
  turn: Turn,
  lot: LotState,
  right: LiveRight,
): { readonly round: number; readonly finalRound: boolean } | undefined {
  const request = turn.state.requests.get(lot.lot.request);
  if (request === undefined || request.lots.length === 1 || !wasVoided(turn, request, lot, right)) return undefined;
  return nextRound(right.clause, reoffersSoFar(turn, request, lot, right));
}

/** An earlier shape of the same part was let pass, and what was let pass no longer holds for this one. */
function wasVoided(turn: Turn, request: RequestState, lot: LotState, right: LiveRight): boolean {
  if (coveredCount(turn.state, lot, right, turn.at) > 0) return false;
  return request.lots.some(
    (item) =>
      item.why === "superseded" &&
      item.lot.label === lot.lot.label &&
      isSameThing(item.lot.terms, lot.lot.terms) &&
      // What is still there has run out by itself: a tail that is over is no ground for a short window.
      item.notices.some(
        (id) => letPass(turn, id, right) && !item.clearances.some((clearance) => clearance.notice === id),
      ),
  );
}

function letPass(turn: Turn, id: LotState["notices"][number], right: LiveRight): boolean {
  const notice = turn.state.notices.get(id);
  return (
    notice !== undefined &&
    sameRight(notice.right, right.ref) &&
    (notice.status === "refused" || notice.status === "lapsed")
  );
}

/** Re-offers of a right in one request, over all shapes that the line has had. */
export function reoffersSoFar(turn: Turn, request: RequestState, lot: LotState, right: LiveRight): number {
  let rounds = 0;
  for (const item of request.lots) {
    if (item.lot.lineIndex !== lot.lot.lineIndex) continue;
    for (const notice of noticesOf(turn.state, item)) {
      if (notice.kind === "re-offer" && notice.status !== "withdrawn" && sameRight(notice.right, right.ref))
        rounds += 1;
    }
  }
  return rounds;
}
