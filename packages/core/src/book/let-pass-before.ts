import { tailEnd } from "../calendar/index.ts";
import type { LiveRight } from "../rights/live.ts";
import { letPass } from "./end-notices.ts";
import { currentLot, isAboutOffer, isMain, noticesOf, rightOf, sameRight } from "./lookup.ts";
import { noticed } from "./noticed.ts";
import type { LotState } from "./request-state.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/**
 * A revision may come back, by what others took in the meantime, to the very terms that a holder has let pass in an earlier shape of
 * the part. It is not asked the same again inside the tail: what it let pass then holds for the part as it is now (I10). True: there
 * was such a notice.
 */
export function wasLetPassBefore(turn: Turn, lot: LotState, right: LiveRight, count: number): boolean {
  const request = turn.state.requests.get(lot.lot.request);
  if (request === undefined || request.lots.length === 1) return false;
  const { termsText } = noticed(turn.state, lot, right, count);
  for (const earlier of request.lots) {
    if (earlier.why !== "superseded" || earlier.lot.label !== lot.lot.label) continue;
    for (const notice of noticesOf(turn.state, earlier)) {
      if (notice.termsText !== termsText || !sameRight(notice.right, right.ref)) continue;
      if (isRunningStill(turn, lot, notice) && clearOnce(turn, lot, notice, count)) return true;
    }
  }
  return false;
}

/** Refused, or lapsed without an answer, its tail not over, and not what the part is cleared by already. */
function isRunningStill(turn: Turn, lot: LotState, notice: NoticeState): boolean {
  const { status, closedAt } = notice;
  if ((status !== "refused" && status !== "lapsed") || closedAt === undefined) return false;
  if (!isMain(notice) || isAboutOffer(notice) || lot.clearances.some((item) => item.notice === notice.id)) return false;
  const { clause, version } = rightOf(turn.state, notice);
  return turn.at < tailEnd(closedAt, clause.tail.days, version.zone);
}

function clearOnce(turn: Turn, lot: LotState, notice: NoticeState, count: number): boolean {
  const { status, closedAt = turn.clock } = notice;
  const before = lot.clearances.length;
  letPass(turn, lot, notice, count, status === "refused" ? "refused" : "lapsed", closedAt);
  return currentLot(turn.state, lot).clearances.length > before;
}
