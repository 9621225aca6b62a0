import { believe, civilToEpochDay, epochDayToCivil, HOUR_MS, type Instant, type TimeWindow } from "../kernel/index.ts";
import { addMonths } from "./civil.ts";
import { civilAt, instantOf, localDate, startOfDay } from "./conversion.ts";
import type { ZoneId } from "./zones.ts";

/** A civil month of a zone; `month` from 1 to 12. Months of a zone follow each other without a gap. */
export interface Month extends TimeWindow {
  readonly year: number;
  readonly month: number;
}

/** A civil year of a zone. */
export interface Year extends TimeWindow {
  readonly year: number;
}

/**
 * The end of a tail (rules G3 and G4), which is outside: 24:00 of the day `days` after the local date on which the stage closed.
 * With 0 days, the end of that date itself. For whole days from 0.
 */
export function tailEnd(closedAt: Instant, days: number, zone: ZoneId): Instant {
  believe(Number.isInteger(days) && days >= 0, "a tail has whole days");
  return untilDate(zone, localDate(zone, closedAt) + days);
}

/** "From <date>": 00:00 of that day in the zone, or its first instant where the clocks skip midnight. */
export function fromDate(zone: ZoneId, epochDay: number): Instant {
  return startOfDay(zone, epochDay);
}

/** "Until <date>": 24:00 of that day in the zone, which is outside (rule G3). */
export function untilDate(zone: ZoneId, epochDay: number): Instant {
  return startOfDay(zone, epochDay + 1);
}

/** The civil day of the zone as a window; empty for a day that the zone left out. */
export function dayWindow(zone: ZoneId, epochDay: number): TimeWindow {
  return { from: startOfDay(zone, epochDay), to: startOfDay(zone, epochDay + 1) };
}

/** The measurement month that holds an instant. */
export function monthOf(zone: ZoneId, at: Instant): Month {
  const { year, month } = epochDayToCivil(localDate(zone, at));
  const found = monthWindow(zone, year, month);
  return at < found.to ? found : following(zone, found);
}

/** The months of the zone that a window touches, in order; the first may begin before it and the last end after it. */
export function monthsIn(zone: ZoneId, { from, to }: TimeWindow): readonly Month[] {
  const months: Month[] = [];
  for (let month = monthOf(zone, from); month.from < to; month = following(zone, month)) months.push(month);
  return months;
}

/** A month of the zone by its number. */
export function monthWindow(zone: ZoneId, year: number, month: number): Month {
  const first = civilToEpochDay(year, month, 1);
  return { year, month, from: startOfDay(zone, first), to: startOfDay(zone, addMonths(first, 1)) };
}

/**
 * Where clocks are set back across midnight (St John's, 2009-11-01, 00:01 to 23:01) the old date is shown again after the new one
 * began; that hour belongs to the new month, or months would overlap.
 */
function following(zone: ZoneId, { year, month }: Month): Month {
  return month === 12 ? monthWindow(zone, year + 1, 1) : monthWindow(zone, year, month + 1);
}

/** The civil year of the zone that holds an instant: 2027-01-01T07:00Z is still 2026 in Los Angeles (case K6). */
export function yearOf(zone: ZoneId, at: Instant): Year {
  return yearWindow(zone, monthOf(zone, at).year);
}

export function yearWindow(zone: ZoneId, year: number): Year {
  return {
    year,
    from: startOfDay(zone, civilToEpochDay(year, 1, 1)),
    to: startOfDay(zone, civilToEpochDay(year + 1, 1, 1)),
  };
}

/**
 * Civil months completed between two instants in the zone, by calendar and wall clock: from 31 January 12:00 the first is complete
 * at 12:00 on the last day of February. Below zero when `to` is before `from`.
 */
export function wholeMonths(zone: ZoneId, from: Instant, to: Instant): number {
  if (to < from) return 0 - wholeMonths(zone, to, from);
  const start = civilAt(zone, from);
  const a = epochDayToCivil(start.epochDay);
  const b = epochDayToCivil(localDate(zone, to));
  const months = (b.year - a.year) * 12 + b.month - a.month;
  const completed = instantOf(zone, addMonths(start.epochDay, months), start.msOfDay);
  // Never below zero: where clocks are set back across midnight, the later instant can show the earlier date.
  return Math.max(0, completed <= to ? months : months - 1);
}

/** Length of a month in the levelised price (rule G19). */
const MONTH_HOURS = 730;

/** Months of 730 hours from one instant to a later one, a part of a month counting as one (rule G19). 0 or below when not later. */
export function wholeMonths730(from: Instant, to: Instant): number {
  return Math.ceil((to - from) / (MONTH_HOURS * HOUR_MS)) + 0;
}
