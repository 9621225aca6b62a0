import type { Instant, RequestId } from "../kernel/index.ts";
import { isLive, rightOf } from "./lookup.ts";
import { nextChannel, received } from "./notify.ts";
import { reject, type Turn } from "./turn.ts";

/** What a channel reports of a notice: no notice, no clock (domain row N10). */
export function confirmDelivery(turn: Turn, command: Extract<Turn["command"], { type: "confirmDelivery" }>): RequestId {
  const notice = turn.state.notices.get(command.notice);
  if (notice === undefined) return reject("not_found", "There is no such notice.");
  if (!isLive(notice) || notice.respondBy !== undefined) return notice.request;
  const right = rightOf(turn.state, notice);
  const { rule } = right.clause.delivery;
  if (command.event === "bounced") {
    if (notice.channelIndex === 0 && notice.fallbackAt !== undefined && notice.fallbackAt > turn.at)
      return notice.request;
    nextChannel(turn, notice, right);
    return notice.request;
  }
  const counts = command.event === "acknowledged" || rule === "delivered" || notice.channelIndex > 0;
  if (counts) received(turn, notice.id, right, Math.max(turn.receivedAt, notice.sentAt) as Instant);
  return notice.request;
}
