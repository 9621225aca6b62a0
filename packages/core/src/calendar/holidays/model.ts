import type { CalendarId } from "../../kernel/index.ts";
import { failure, isDocumentId, type Result, success, epochDayToCivil, civilToEpochDay } from "../../kernel/index.ts";
import { formatCivilDate, type IsoWeekday, parseCivilDate, weekdayOf } from "../civil.ts";

/** A day that is not a business day, whatever its weekday. */
export interface Holiday {
  readonly epochDay: number;
  readonly name: string;
}

/**
 * Which days are business days, and for which years that is known. Outside `years` (inclusive at both ends) the calendar knows
 * nothing: counting there is an error, never a guess (rule CAL19).
 */
export interface HolidayCalendar {
  readonly id: CalendarId;
  readonly name: string;
  /** Where the days come from, so that a reader can check them. */
  readonly source: string;
  readonly years: { readonly from: number; readonly to: number };
  readonly weekend: readonly IsoWeekday[];
  /** In order of days, at most one a day. */
  readonly holidays: readonly Holiday[];
}

export const SATURDAY_SUNDAY: readonly IsoWeekday[] = [6, 7];

/** What one's own calendar is made from. `weekend` holds ISO weekdays (1 is Monday); default Saturday and Sunday. */
export interface CalendarDraft {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly years: { readonly from: number; readonly to: number };
  readonly weekend?: readonly number[];
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
}

/**
 * Builds one's own calendar. Refused with `calendar_invalid`: an id that is no document id, years that are not whole, not in
 * order or not within 0 to 9999, weekdays that are none, a week without a business day, dates that are none, twice there or
 * outside the years.
 */
export function makeCalendar(draft: CalendarDraft): Result<HolidayCalendar, "calendar_invalid"> {
  const { from, to } = draft.years;
  const weekend = draft.weekend ?? SATURDAY_SUNDAY;
  if (!isDocumentId(draft.id)) return failure("calendar_invalid", `"${draft.id}" is no id of a calendar.`);
  if (!isYear(from) || !isYear(to) || from > to) {
    return failure("calendar_invalid", `Calendar ${draft.id} covers ${from} to ${to}, which are not years in order.`);
  }
  if (!weekend.every(isWeekday) || new Set(weekend).size > 6) {
    return failure(
      "calendar_invalid",
      `Calendar ${draft.id} has a weekend of [${weekend.join(", ")}]; 1 is Monday, 7 Sunday.`,
    );
  }
  const days = new Map<number, string>();
  for (const { date, name } of draft.holidays) {
    const epochDay = parseCivilDate(date);
    if (epochDay === undefined) return failure("calendar_invalid", `"${date}" in calendar ${draft.id} is no date.`);
    if (days.has(epochDay)) return failure("calendar_invalid", `${date} is in calendar ${draft.id} twice.`);
    const { year } = epochDayToCivil(epochDay);
    if (year < from || year > to) {
      return failure("calendar_invalid", `${date} is outside the years ${from} to ${to} of calendar ${draft.id}.`);
    }
    days.set(epochDay, name);
  }
  return success({
    id: draft.id as CalendarId,
    name: draft.name,
    source: draft.source,
    years: { from, to },
    weekend,
    holidays: inOrder([...days].map(([epochDay, name]) => ({ epochDay, name }))),
  });
}

const isYear = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 9999;
const isWeekday = (value: number): value is IsoWeekday => Number.isInteger(value) && value >= 1 && value <= 7;

/** Holidays of a rule for each of the years, in order; the first name wins where two fall on one day. */
export function byYear(from: number, to: number, holidaysOf: (year: number) => readonly Holiday[]): Holiday[] {
  const days = new Map<number, Holiday>();
  for (let year = from; year <= to; year += 1) {
    for (const holiday of holidaysOf(year)) {
      if (!days.has(holiday.epochDay)) days.set(holiday.epochDay, holiday);
    }
  }
  return inOrder([...days.values()]);
}

function inOrder(holidays: Holiday[]): Holiday[] {
  return holidays.sort((a, b) => a.epochDay - b.epochDay);
}

/** The `nth` (1 to 5) given weekday of a month. */
export function nthWeekday(year: number, month: number, weekday: IsoWeekday, nth: number): number {
  const first = civilToEpochDay(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7;
}

/** The last given weekday on or before a day. */
export function weekdayOnOrBefore(epochDay: number, weekday: IsoWeekday): number {
  return epochDay - ((weekdayOf(epochDay) - weekday + 7) % 7);
}

/** "2026-11-26 Thanksgiving Day": one line a holiday, for lists that people check. */
export function holidayText(holiday: Holiday): string {
  return `${formatCivilDate(holiday.epochDay)} ${holiday.name}`;
}
