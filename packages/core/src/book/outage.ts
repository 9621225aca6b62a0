import { extendForOutage } from "../calendar/index.ts";
import type { TimeWindow } from "../kernel/index.ts";
import { isLive, rightOf } from "./lookup.ts";
import { reject, type Turn } from "./turn.ts";

/** An outage of the broker moves the deadlines that it covers, unless the agreement says otherwise (G5). */
export function recordOutage(turn: Turn, window: TimeWindow): void {
  const { state, at } = turn;
  if (turn.actor !== state.header?.keeper) reject("not_authorised", "Outages are recorded by the keeper of the book.");
  if (window.from >= window.to || window.to > at) reject("invalid_window", "An outage is recorded after it has ended.");
  turn.emit({ type: "outageRecorded", at, window });
  for (const notice of state.notices.sortedValues()) {
    if (!isLive(notice) || notice.respondBy === undefined) continue;
    if (rightOf(state, notice).version.brokerOutage === "does-not-extend") continue;
    const respondBy = extendForOutage(notice.respondBy, window);
    if (respondBy !== undefined && respondBy > notice.respondBy) {
      turn.emit({ type: "deadlineExtended", at, notice: notice.id, request: notice.request, respondBy, why: "outage" });
    }
  }
}
