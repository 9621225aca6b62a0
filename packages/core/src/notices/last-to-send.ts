import {
  type BusinessDayCode,
  type DeadlineCode,
  deemedReceived,
  type DeliveryProfile,
  respondBy,
  type WindowRule,
} from "../calendar/index.ts";
import { type Instant, type Result, success } from "../kernel/index.ts";
import { latest } from "./latest.ts";

/**
 * The last instant at which a notice may be sent, delivered at that instant, so that its window ends at or before `by`. A
 * millisecond later its deadline would fall after it. The deadline never falls when a notice is sent later (rules G1 to G3), so
 * this is the place where it passes `by`, to the millisecond.
 *
 * @param profile how the recipient takes delivery: cut-off, zone and calendars; undefined where the window runs from sending itself
 * @returns what a calendar does not cover, where no earlier instant can be counted from either
 * @source Rule NTC33 in ./SPEC.md
 */
export function lastToSend(
  rule: WindowRule,
  profile: DeliveryProfile | undefined,
  by: Instant,
): Result<Instant, DeadlineCode | BusinessDayCode> {
  return latest<DeadlineCode | BusinessDayCode>(by, (sentAt) => deadlineOf(rule, profile, sentAt));
}

/** When the window of a notice that is delivered at `deliveredAt` ends. Hours are elapsed time: no cut-off, no calendar (G2). */
function deadlineOf(
  rule: WindowRule,
  profile: DeliveryProfile | undefined,
  deliveredAt: Instant,
): Result<Instant, DeadlineCode | BusinessDayCode> {
  const received =
    profile === undefined || rule.unit === "hours" ? success(deliveredAt) : deemedReceived(deliveredAt, profile);
  if (!received.ok) return received;
  const deadline = respondBy(rule, { deliveredAt, deemedReceivedAt: received.value });
  return deadline.ok ? success(deadline.value.respondBy) : deadline;
}
