import type { LiveRight } from "../rights/live.ts";
import { currentLot, endedBy, rightOf } from "./lookup.ts";
import { type LotState, openCount } from "./request-state.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Whether the way in which the exclusive supplier's notice ended lets the demand go (step 8). */
export function mayRelease(turn: Turn, notice: NoticeState, right: LiveRight): boolean {
  const { release } = right.clause;
  if (endedBy(turn.state, right, notice.respondBy ?? turn.clock) !== undefined) return true;
  const verdict = notice.answer?.verdict;
  if (verdict !== "refusal" && verdict !== "counter_offer" && verdict !== "binding") return release.silence;
  return release.refusal || (notice.answer?.answer.reason === "inability" && release.inability);
}

/** After the exclusive stage: whether what is left may be bought elsewhere. Without a release the lot ends unfilled. */
export function isReleased(turn: Turn, lot: LotState, notices: readonly NoticeState[]): boolean {
  if (openCount(currentLot(turn.state, lot)) === 0) return true;
  if (notices.every((notice) => mayRelease(turn, notice, rightOf(turn.state, notice)))) return true;
  turn.emit({
    type: "lotDropped",
    at: turn.at,
    lot: lot.lot.id,
    request: lot.lot.request,
    why: "exclusivity_not_released",
  });
  return false;
}
