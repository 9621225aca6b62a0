import type { Instant, RequestId } from "../kernel/index.ts";
import type { DeliveryBasis } from "../notices/notice.ts";
import { isLive, mayAnswer, rightOf } from "./lookup.ts";
import { nextChannel, received } from "./notify.ts";
import type { NoticeState } from "./state.ts";
import { reject, type Turn } from "./turn.ts";

type DeliveryCommand = Extract<Turn["command"], { type: "confirmDelivery" }>;

/**
 * What a channel reports of a notice: no notice, no clock (domain row N10). The keeper reports what its channels and couriers say, a holder
 * what it has read itself; to anybody else the notice is not there.
 */
export function confirmDelivery(turn: Turn, command: DeliveryCommand): RequestId {
  const notice = turn.state.notices.get(command.notice);
  const isKeeper = turn.state.header?.keeper === turn.actor;
  if (notice === undefined || !(isKeeper || mayAnswer(notice, turn.actor)))
    return reject("not_found", "There is no such notice.");
  const deliveredAt = instantOf(turn, notice, command, isKeeper);
  if (!isLive(notice) || notice.respondBy !== undefined) return notice.request;
  const right = rightOf(turn.state, notice);
  const channel = command.channel ?? notice.channel;
  if (command.event === "bounced") {
    // What bounced long after the next channel was tried says nothing about that one.
    if (channel !== notice.channel) return notice.request;
    if (notice.channelIndex === 0 && notice.fallbackAt !== undefined && notice.fallbackAt > turn.at)
      return notice.request;
    nextChannel(turn, notice, right);
    return notice.request;
  }
  const { rule } = right.clause.delivery;
  const counts = command.event === "acknowledged" || rule === "delivered" || notice.channelIndex > 0;
  if (!counts) return notice.request;
  const basis: DeliveryBasis = {
    event: command.event,
    channel,
    reportedBy: turn.actor,
    ...(command.proof === undefined ? {} : { proof: command.proof }),
  };
  received(turn, notice.id, right, deliveredAt, basis);
  return notice.request;
}

/** When it was delivered: when it is reported, or before that, where the keeper has the proof of it. Never before it was sent. */
function instantOf(turn: Turn, notice: NoticeState, command: DeliveryCommand, isKeeper: boolean): Instant {
  const { deliveredAt, proof } = command;
  if (deliveredAt === undefined) return Math.max(turn.receivedAt, notice.sentAt) as Instant;
  if (!isKeeper) return reject("not_authorised", "An earlier delivery is put on record by the keeper of the book.");
  if (proof === undefined) return reject("malformed", "An earlier delivery is put on record with the proof of it.");
  if (deliveredAt < notice.sentAt || deliveredAt > turn.receivedAt)
    return reject("invalid_window", "A notice is delivered after it is sent, and not in the future.");
  return deliveredAt;
}
