import { type Instant, SECOND_MS, type TimeWindow } from "../kernel/index.ts";
import type { Lot } from "../requests/lot.ts";
import { termsText } from "../requests/terms-text.ts";
import type { LiveRight, Stage } from "../rights/live.ts";
import { isOwn } from "./burdened.ts";
import { clear, clearancesOf } from "./clearances.ts";
import { close, endNotice } from "./end-notices.ts";
import { finishStage } from "./finish-stage.ts";
import { launchKey, launchOf, releaseOf } from "./launches.ts";
import { currentLot, isLive, isOfRight, rightOf } from "./lookup.ts";
import type { LotState } from "./request-state.ts";
import type { BookState, NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** A holder supports the launch, by the day noticed or its own, or lets it pass: nobody takes anything (domain model 3.1). */
export function closeFirstShip(
  turn: Turn,
  lot: LotState,
  stage: Stage,
  notices: readonly NoticeState[],
  closedAt: Instant,
): boolean {
  for (const notice of notices) {
    const { answer } = notice;
    if (answer?.verdict !== "binding") endNotice(turn, lot, notice, { count: 0, left: 0, closedAt });
    else {
      const startsFrom = wholeSecond(answer.answer.window?.from ?? notice.terms.window.from);
      const { count } = notice;
      close(turn, notice, { status: "supported", count, why: "supported", closedAt });
      clear(turn, lot, rightOf(turn.state, notice), { reason: "supported", count, notice, closedAt, startsFrom });
    }
  }
  return finishFirstShip(turn, lot, stage, closedAt);
}

/** Service begins and ends on whole seconds. */
function wholeSecond(instant: Instant): Instant {
  return (Math.ceil(instant / SECOND_MS) * SECOND_MS) as Instant;
}

/**
 * Others may begin with the holder's launch and not before: a lot that can wait for it begins then. One that cannot, or of which only
 * some alternatives are burdened, keeps its day, and what is offered, accepted or proposed for it is held against the launch.
 */
export function finishFirstShip(turn: Turn, before: LotState, stage: Stage, closedAt: Instant): boolean {
  const { lot } = currentLot(turn.state, before);
  const from = launchForAll(turn, before, stage);
  if (from !== undefined && from > lot.window.from) {
    const { terms, window } = lot;
    if (from <= (terms.latestStart ?? window.from) && from < window.to)
      turn.emit({ type: "lotRestated", at: turn.at, lot: beginning(lot, { from, to: window.to }) });
  }
  return finishStage(turn, before, stage, closedAt, 0);
}

/** The same lot, begun later. */
function beginning(lot: Lot, window: TimeWindow): Lot {
  const terms = { ...lot.terms, window };
  return { ...lot, window, terms, termsText: termsText(terms) };
}

/** The latest launch of all holders whose right reaches every alternative of the lot. */
function launchForAll(turn: Turn, before: LotState, { rights }: Stage): Instant | undefined {
  const { lot, clearances } = currentLot(turn.state, before);
  let last: Instant | undefined;
  for (const right of rights) {
    if (right.alternatives.length < lot.alternatives.length) continue;
    for (const item of clearances) {
      if (item.startsFrom !== undefined && isOfRight(item, right) && item.startsFrom > (last ?? -Infinity))
        last = item.startsFrom;
    }
  }
  return last;
}

/**
 * What a holder has said of the release already holds for whatever serves its product: it is not asked again, save where the release
 * is announced anew. True: it has said it.
 */
export function clearByLaunch(turn: Turn, lot: LotState, right: LiveRight, count: number): boolean {
  if (right.clause.kind !== "first-ship" || isAnnouncement(turn.state, lot)) return false;
  const said = launchOf(turn.state, right, lot.lot.terms, turn.at);
  if (said === undefined) return false;
  const { reason, startsFrom } = said;
  clear(turn, lot, right, { reason, count, why: "release", ...(startsFrom === undefined ? {} : { startsFrom }) });
  return true;
}

function isAnnouncement(state: BookState, lot: LotState): boolean {
  return state.requests.get(lot.lot.request)?.request.release !== undefined;
}

/** Whether what begins then would be launched before a holder, where a party is not that holder itself. */
export function isBeforeLaunch(state: BookState, lot: LotState, party: string, begins: Instant): boolean {
  return lot.stages.some(
    ({ kind, rights }) =>
      kind === "first-ship" &&
      rights.some(
        (right) =>
          !isOwn(state, party, right) &&
          right.alternatives.length === lot.lot.alternatives.length &&
          clearancesOf(lot, right).some(({ startsFrom }) => startsFrom !== undefined && begins < startsFrom),
      ),
  );
}

/** Whether the holder is being asked about the same release for another lot: this one waits for what it says. */
export function awaitsLaunch(turn: Turn, lot: LotState, { rights }: Stage): boolean {
  const release = releaseOf(lot.lot.terms);
  if (release === undefined || isAnnouncement(turn.state, lot)) return false;
  const keys = new Set(rights.map(({ clause }) => launchKey(clause.lineageId, release)));
  for (const notice of turn.state.notices.values()) {
    if (notice.kind !== "first-ship" || !isLive(notice) || notice.lot === lot.lot.id) continue;
    const other = releaseOf(notice.terms);
    if (other !== undefined && keys.has(launchKey(notice.lineageId, other))) return true;
  }
  return false;
}
