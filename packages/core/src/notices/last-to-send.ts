import {
  type BusinessDayCode,
  type DeadlineCode,
  deemedReceived,
  type DeliveryProfile,
  respondBy,
  type WindowRule,
} from "../calendar/index.ts";
import { addMs, DAY_MS, type Instant, type Result, success } from "../kernel/index.ts";

/** A window of 3,660 business days is some fifteen years: what is not found twenty-two years back is not found. */
const BACK_DAYS_MAX = 8192;

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
  let late = addMs(by, 1);
  let inTime: Instant | undefined;
  let days = 1;
  let found = deadlineOf(rule, profile, addMs(by, -DAY_MS));
  for (; days <= BACK_DAYS_MAX; days *= 2) {
    const sentAt = addMs(by, -days * DAY_MS);
    found = deadlineOf(rule, profile, sentAt);
    if (found.ok && found.value <= by) {
      inTime = sentAt;
      break;
    }
    late = sentAt;
  }
  if (inTime === undefined) return found;
  while (late - inTime > 1) {
    const middle = addMs(inTime, Math.floor((late - inTime) / 2));
    const deadline = deadlineOf(rule, profile, middle);
    // A count that runs out of the calendar ends after everything that the calendar covers.
    if (deadline.ok && deadline.value <= by) inTime = middle;
    else late = middle;
  }
  return success(inTime);
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
