import {
  type CalendarId,
  civilToEpochDay,
  epochDayToCivil,
  failure,
  type Failure,
  type Result,
  success,
} from "../kernel/index.ts";
import { dayText, weekdayOf } from "./civil.ts";
import type { HolidayCalendar } from "./holidays/model.ts";

/** `all`: a day counts only if it is a business day in every calendar; `any`: in at least one (rule G2). */
export type CalendarJoin = "all" | "any";

/** Calendars that a party or a clause names, and how they are taken together. */
export interface BusinessCalendars {
  readonly calendars: readonly HolidayCalendar[];
  readonly join: CalendarJoin;
}

/** One calendar's reason why a day is no business day. */
export type ClosedBy =
  | { readonly calendar: CalendarId; readonly reason: "weekend" }
  | { readonly calendar: CalendarId; readonly reason: "holiday"; readonly name: string };

/** A day that a count passed over, with the reason of every calendar that closes it. Goes into explanations. */
export interface SkippedDay {
  readonly epochDay: number;
  readonly closedBy: readonly ClosedBy[];
}

export type BusinessDayCode = "calendar_year_unknown" | "calendar_missing" | "no_business_day";

/** What a search for business days found: the day, and the days passed over on the way. */
export interface FoundDay {
  readonly epochDay: number;
  readonly skipped: readonly SkippedDay[];
}

interface CalendarIndex {
  readonly id: CalendarId;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Bit `n` is set where ISO weekday `n` is a weekend day. */
  readonly weekendBits: number;
  readonly holidays: ReadonlyMap<number, string>;
}

/** Longest run of closed days that a search goes through: past it, the calendars taken together have no business days. */
const CLOSED_RUN_MAX = 366;

/** Calendars are data that nobody changes in place, so what was worked out for one holds as long as it lives. */
const indexOfCalendar = new WeakMap<HolidayCalendar, CalendarIndex>();
const indexOfList = new WeakMap<readonly HolidayCalendar[], CalendarList>();

interface CalendarList {
  readonly indexes: readonly CalendarIndex[];
  /** Counts made before, by join, day and length: notices of one day under one clause share theirs. */
  readonly counted: Readonly<Record<CalendarJoin, Map<number, FoundDay>>>;
}

/** Past so many counts remembered for a list they are forgotten: more than a year of days with a few lengths each. */
const COUNTED_MAX = 2_048;
/** Counts of so many days or more are not remembered: they are rare, and their trails are long. */
const COUNTED_LENGTH_MAX = 64;

/** Whether a civil day is a business day. Fails where a calendar does not cover the day's year, also if another decides. */
export function isBusinessDay(days: BusinessCalendars, epochDay: number): Result<boolean, BusinessDayCode> {
  const { indexes } = listOf(days.calendars);
  if (indexes.length === 0) return noCalendar();
  const unknown = unknownYear(indexes, epochDay);
  return unknown ?? success(isOpen(indexes, days.join, epochDay));
}

/**
 * The `n`th business day after `epochDay` (that day itself is day 0, whether it is a business day or not). For whole n from 1.
 * Fails with `calendar_year_unknown` as soon as a day of a year is looked at that one of the calendars does not cover, and with
 * `no_business_day` after 366 closed days in a row. The same count gives the same object, as long as it is remembered.
 */
export function businessDayAfter(
  days: BusinessCalendars,
  epochDay: number,
  n: number,
): Result<FoundDay, BusinessDayCode> {
  const { indexes, counted } = listOf(days.calendars);
  if (indexes.length === 0) return noCalendar();
  if (n >= COUNTED_LENGTH_MAX) return count(indexes, days.join, epochDay, n);
  const remembered = counted[days.join];
  const key = epochDay * COUNTED_LENGTH_MAX + n;
  const known = remembered.get(key);
  if (known !== undefined) return success(known);
  const found = count(indexes, days.join, epochDay, n);
  if (found.ok) {
    if (remembered.size >= COUNTED_MAX) remembered.clear();
    remembered.set(key, found.value);
  }
  return found;
}

function count(
  indexes: readonly CalendarIndex[],
  join: CalendarJoin,
  epochDay: number,
  n: number,
): Result<FoundDay, BusinessDayCode> {
  const skipped: SkippedDay[] = [];
  let day = epochDay;
  let closedRun = 0;
  for (let left = n; left > 0; ) {
    day += 1;
    const unknown = unknownYear(indexes, day);
    if (unknown !== undefined) return unknown;
    if (isOpen(indexes, join, day)) {
      left -= 1;
      closedRun = 0;
      continue;
    }
    skipped.push({ epochDay: day, closedBy: closedBy(indexes, day) });
    closedRun += 1;
    if (closedRun > CLOSED_RUN_MAX) {
      const from = dayText(epochDay);
      return failure("no_business_day", `${namesOf(indexes)} leave no business day in the year after ${from}.`);
    }
  }
  return success({ epochDay: day, skipped });
}

/** Why a day is closed: the reason of each calendar that closes it. Empty where none does. */
export function reasonsClosed(days: BusinessCalendars, epochDay: number): readonly ClosedBy[] {
  return closedBy(listOf(days.calendars).indexes, epochDay);
}

function isOpen(indexes: readonly CalendarIndex[], join: CalendarJoin, epochDay: number): boolean {
  const weekdayBit = 1 << weekdayOf(epochDay);
  for (const index of indexes) {
    const open = (index.weekendBits & weekdayBit) === 0 && !index.holidays.has(epochDay);
    if (open !== (join === "all")) return open;
  }
  return join === "all";
}

function closedBy(indexes: readonly CalendarIndex[], epochDay: number): ClosedBy[] {
  const weekdayBit = 1 << weekdayOf(epochDay);
  const reasons: ClosedBy[] = [];
  for (const { id, holidays, weekendBits } of indexes) {
    const name = holidays.get(epochDay);
    if (name !== undefined) reasons.push({ calendar: id, reason: "holiday", name });
    else if ((weekendBits & weekdayBit) !== 0) reasons.push({ calendar: id, reason: "weekend" });
  }
  return reasons;
}

function unknownYear(
  indexes: readonly CalendarIndex[],
  epochDay: number,
): Failure<"calendar_year_unknown"> | undefined {
  for (const index of indexes) {
    if (epochDay >= index.firstDay && epochDay <= index.lastDay) continue;
    const { year } = epochDayToCivil(epochDay);
    return failure(
      "calendar_year_unknown",
      `Calendar ${index.id} does not cover ${year}, which the count of business days reaches.`,
    );
  }
  return undefined;
}

function noCalendar(): Failure<"calendar_missing"> {
  return failure("calendar_missing", "Business days need at least one calendar; `none` counts every day but weekends.");
}

const namesOf = (indexes: readonly CalendarIndex[]): string => indexes.map((index) => index.id).join(" and ");

function listOf(calendars: readonly HolidayCalendar[]): CalendarList {
  const known = indexOfList.get(calendars);
  if (known !== undefined) return known;
  const list = { indexes: calendars.map(indexOf), counted: { all: new Map(), any: new Map() } };
  indexOfList.set(calendars, list);
  return list;
}

function indexOf(calendar: HolidayCalendar): CalendarIndex {
  const known = indexOfCalendar.get(calendar);
  if (known !== undefined) return known;
  const index = {
    id: calendar.id,
    firstDay: civilToEpochDay(calendar.years.from, 1, 1),
    lastDay: civilToEpochDay(calendar.years.to, 12, 31),
    weekendBits: calendar.weekend.reduce((bits, weekday) => bits | (1 << weekday), 0),
    holidays: new Map(calendar.holidays.map(({ epochDay, name }) => [epochDay, name])),
  };
  indexOfCalendar.set(calendar, index);
  return index;
}
