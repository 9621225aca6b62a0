import { type Instant, type Result, success } from "../kernel/index.ts";
import {
  type BusinessCalendars,
  type BusinessDayCode,
  businessDayAfter,
  type FoundDay,
  isBusinessDay,
  reasonsClosed,
  type SkippedDay,
} from "./business-days.ts";
import { instantOf, localDate, startOfDay } from "./conversion.ts";
import type { ZoneId } from "./zones.ts";

/** How the recipient of a notice takes delivery: its zone, its cut-off hour and its business days. */
export interface DeliveryProfile extends BusinessCalendars {
  readonly zone: ZoneId;
  /** Wall-clock ms of the day (0 to 86,400,000), itself still in time; without it, or with 24:00, the whole business day counts. */
  readonly cutoffMs?: number | undefined;
}

/** When a notice counts as received, and why then. */
export interface Receipt {
  readonly deemedReceivedAt: Instant;
  /** `on_delivery`: delivered in time; otherwise moved to 00:00 of the next business day, because of the hour or of the day. */
  readonly reason: "on_delivery" | "after_cutoff" | "not_a_business_day";
  /** Days that are no business days from the day of delivery to the day of receipt. */
  readonly skipped: readonly SkippedDay[];
}

const NO_DAYS: readonly SkippedDay[] = [];

/**
 * When a delivered notice is deemed received (rule G1): at or before the cut-off of a business day, at that instant; later, or on
 * another day, at 00:00 of the next business day. `deliveredAt` is the instant that the delivery rule names: sent, delivered or
 * acknowledged, which is the caller's to choose.
 */
export function receiptOf(deliveredAt: Instant, profile: DeliveryProfile): Result<Receipt, BusinessDayCode> {
  const day = localDate(profile.zone, deliveredAt);
  const open = isBusinessDay(profile, day);
  if (!open.ok) return open;
  if (open.value && inTime(profile, day, deliveredAt))
    return success({ deemedReceivedAt: deliveredAt, reason: "on_delivery", skipped: NO_DAYS });
  const next = businessDayAfter(profile, day, 1);
  if (!next.ok) return next;
  return success({
    deemedReceivedAt: startOfDay(profile.zone, next.value.epochDay),
    reason: open.value ? "after_cutoff" : "not_a_business_day",
    skipped: open.value ? next.value.skipped : withToday(profile, day, next.value),
  });
}

/** By what was found after it: that is the same object for one day and one list of calendars, as long as it is remembered. */
const closedToo = new WeakMap<FoundDay, readonly SkippedDay[]>();

/** The days passed over, with the day of delivery before them. */
function withToday(profile: DeliveryProfile, day: number, next: FoundDay): readonly SkippedDay[] {
  let skipped = closedToo.get(next);
  if (skipped === undefined) {
    skipped = [{ epochDay: day, closedBy: reasonsClosed(profile, day) }, ...next.skipped];
    closedToo.set(next, skipped);
  }
  return skipped;
}

/** Only the instant of `receiptOf`. */
export function deemedReceived(deliveredAt: Instant, profile: DeliveryProfile): Result<Instant, BusinessDayCode> {
  const receipt = receiptOf(deliveredAt, profile);
  return receipt.ok ? success(receipt.value.deemedReceivedAt) : receipt;
}

function inTime(profile: DeliveryProfile, epochDay: number, deliveredAt: Instant): boolean {
  return profile.cutoffMs === undefined || deliveredAt <= instantOf(profile.zone, epochDay, profile.cutoffMs);
}
