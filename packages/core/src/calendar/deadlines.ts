import {
  addMs,
  DAY_MS,
  failure,
  type Failure,
  HOUR_MS,
  type Instant,
  INSTANT_MAX,
  type Result,
  success,
  type TimeWindow,
} from "../kernel/index.ts";
import { type BusinessCalendars, type BusinessDayCode, businessDayAfter, type SkippedDay } from "./business-days.ts";
import { addMonths } from "./civil.ts";
import { instantOf, localDate, startOfDay } from "./conversion.ts";
import { tzdataVersion, UTC, type ZoneId } from "./zones.ts";

/** How long a recipient has to answer. */
export type WindowRule = BusinessDayWindow | HourWindow | DayWindow;

/** `n` business days (1 to 3,660); ends at `closeMs`, wall-clock time of the zone. The day of deemed receipt is day 0. */
export interface BusinessDayWindow extends BusinessCalendars {
  readonly unit: "business-days";
  readonly n: number;
  readonly zone: ZoneId;
  /** Ms of the day, itself still in time; 86,400,000 is 24:00, which is outside. */
  readonly closeMs: number;
}

/** `n` hours (1 to 87,840) of elapsed time from delivery: no cut-off, no calendar. The zone is only for showing; default UTC. */
export interface HourWindow {
  readonly unit: "hours";
  readonly n: number;
  readonly zone?: ZoneId | undefined;
}

/** `n` civil days (1 to 3,660) or months (1 to 120) of the zone; ends at 24:00 of the last day, which is outside. */
export interface DayWindow {
  readonly unit: "days" | "months";
  readonly n: number;
  readonly zone: ZoneId;
}

/** The two instants a window can start from. */
export interface NoticeTimes {
  readonly deliveredAt: Instant;
  readonly deemedReceivedAt: Instant;
}

/** A deadline as it is frozen into an event. */
export interface Deadline {
  /** The last instant in time: an answer at it is timely, a millisecond later it is late. */
  readonly respondBy: Instant;
  /** The zone to show it in. */
  readonly zone: ZoneId;
  /** The zone's offsets that it rests on, from the start of the window to its end; see `tzdataVersion`. */
  readonly tzdata: string;
  /** The days that the count passed over, with the reasons. */
  readonly trail: readonly SkippedDay[];
}

export type DeadlineCode = BusinessDayCode | "window_out_of_range" | "instant_out_of_range";

const LENGTH_MAX = { "business-days": 3_660, hours: 87_840, days: 3_660, months: 120 } as const;

/**
 * The last instant in time of a window (rules G2 and G3).
 *
 * Hours run from delivery; every other unit from deemed receipt, whose local date in the rule's zone is day 0. Fails where the
 * count reaches a year that a calendar does not cover, where `n` or `closeMs` is out of range, or past the year 9999.
 */
export function respondBy(rule: WindowRule, times: NoticeTimes): Result<Deadline, DeadlineCode> {
  const wrong = outOfRange(rule);
  if (wrong !== undefined) return wrong;
  switch (rule.unit) {
    case "business-days":
      return businessDays(rule, times.deemedReceivedAt);
    case "hours":
      return deadline(times.deliveredAt, addMs(times.deliveredAt, rule.n * HOUR_MS), rule.zone ?? UTC, []);
    case "days":
    case "months":
      return civilDays(rule, times.deemedReceivedAt);
  }
}

function businessDays(rule: BusinessDayWindow, from: Instant): Result<Deadline, DeadlineCode> {
  const found = businessDayAfter(rule, localDate(rule.zone, from), rule.n);
  if (!found.ok) return found;
  const { epochDay, skipped } = found.value;
  const end =
    rule.closeMs === DAY_MS ? lastInstantOf(rule.zone, epochDay) : instantOf(rule.zone, epochDay, rule.closeMs);
  return deadline(from, end, rule.zone, skipped);
}

function civilDays(rule: DayWindow, from: Instant): Result<Deadline, DeadlineCode> {
  const dayZero = localDate(rule.zone, from);
  const lastDay = rule.unit === "days" ? dayZero + rule.n : addMonths(dayZero, rule.n);
  return deadline(from, lastInstantOf(rule.zone, lastDay), rule.zone, []);
}

/** 24:00 is outside, so the last millisecond before it is the last one in time. */
function lastInstantOf(zone: ZoneId, epochDay: number): Instant {
  return addMs(startOfDay(zone, epochDay + 1), -1);
}

function deadline(
  from: Instant,
  end: Instant,
  zone: ZoneId,
  trail: readonly SkippedDay[],
): Result<Deadline, DeadlineCode> {
  if (end > INSTANT_MAX) return failure("instant_out_of_range", "The window ends after the year 9999.");
  return success({ respondBy: end, zone, tzdata: tzdataVersion(zone, from, end), trail });
}

function outOfRange(rule: WindowRule): Failure<"window_out_of_range"> | undefined {
  const max = LENGTH_MAX[rule.unit];
  if (!Number.isInteger(rule.n) || rule.n < 1 || rule.n > max) {
    return failure("window_out_of_range", `A window of ${rule.n} ${rule.unit} is not between 1 and ${max}.`);
  }
  if (rule.unit !== "business-days") return undefined;
  if (Number.isInteger(rule.closeMs) && rule.closeMs >= 0 && rule.closeMs <= DAY_MS) return undefined;
  return failure("window_out_of_range", `A close hour of ${rule.closeMs} ms is not within a day.`);
}

/**
 * Where an outage of the broker moves a deadline (rule G5): to the later of the deadline plus the outage's length and its end plus
 * one hour. Undefined where the outage, which holds `from` and not `to`, does not cover the deadline: it stays. For agreements
 * that do not say `does-not-extend`.
 */
export function extendForOutage(respondByAt: Instant, outage: TimeWindow): Instant | undefined {
  if (respondByAt < outage.from || respondByAt >= outage.to) return undefined;
  return Math.max(respondByAt + (outage.to - outage.from), outage.to + HOUR_MS) as Instant;
}
