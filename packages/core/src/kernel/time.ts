import { type Brand, believe } from "./brand.ts";

/** Milliseconds since the Unix epoch, UTC, whole. */
export type Instant = Brand<number, "Instant">;

/** Holds `from`, does not hold `to`, so that adjacent windows neither overlap nor leave a gap. */
export interface TimeWindow {
  readonly from: Instant;
  readonly to: Instant;
}

export const SECOND_MS = 1_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** First and last instant that the core accepts, years 0000 to 9999: four digits name every year, and sums stay exact. */
export const INSTANT_MIN = -62_167_219_200_000 as Instant;
export const INSTANT_MAX = 253_402_300_799_999 as Instant;

/**
 * Reads whole milliseconds; what is finer is cut off as from a written stamp, so towards the earlier millisecond, also before
 * 1970 (rule KER1). Undefined for NaN, infinities and out of range.
 */
export function toInstant(ms: number): Instant | undefined {
  const cut = Math.floor(ms) + 0; // + 0: minus zero is no other instant
  return cut >= INSTANT_MIN && cut <= INSTANT_MAX ? (cut as Instant) : undefined;
}

/** The instant `ms` later (earlier when negative). */
export function addMs(at: Instant, ms: number): Instant {
  return (at + ms) as Instant;
}

export function overlaps(a: TimeWindow, b: TimeWindow): boolean {
  return a.from < b.to && b.from < a.to;
}

export function contains(window: TimeWindow, at: Instant): boolean {
  return window.from <= at && at < window.to;
}

/** The part that both windows hold, or undefined where they only touch. */
export function intersection(a: TimeWindow, b: TimeWindow): TimeWindow | undefined {
  const from = Math.max(a.from, b.from) as Instant;
  const to = Math.min(a.to, b.to) as Instant;
  return from < to ? { from, to } : undefined;
}

/** Length in whole seconds; a window whose length is counted always has whole seconds. */
export function windowSeconds(window: TimeWindow): number {
  const seconds = (window.to - window.from) / SECOND_MS;
  believe(Number.isInteger(seconds), "a window whose length is counted has whole seconds");
  return seconds;
}

const pad = (value: number, width: number): string => String(value).padStart(width, "0");

/** Days since the epoch of a civil date of the proleptic Gregorian calendar. */
export function civilToEpochDay(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The civil date of a day since the epoch. */
export function epochDayToCivil(epochDay: number): { year: number; month: number; day: number } {
  const z = epochDay + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1;
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** RFC 3339 text in UTC; milliseconds only where there are some. */
export function formatInstant(at: Instant): string {
  const epochDay = Math.floor(at / DAY_MS);
  const rest = at - epochDay * DAY_MS;
  const { year, month, day } = epochDayToCivil(epochDay);
  const ms = rest % 1000;
  const seconds = Math.floor(rest / 1000);
  const clock = `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${clock}${ms === 0 ? "" : `.${pad(ms, 3)}`}Z`;
}

const INSTANT_TEXT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})$/;

/** Reads RFC 3339 text with an offset; fractions of a millisecond are cut off. Undefined when it is no such instant. */
export function parseInstant(text: string): Instant | undefined {
  const match = INSTANT_TEXT.exec(text);
  if (match === null) return undefined;
  const [, y, mo, d, h, mi, s = "0", fraction = "", zone = "Z"] = match;
  const year = Number(y);
  const month = Number(mo);
  const day = Number(d);
  if (month < 1 || month > 12 || day < 1) return undefined;
  const epochDay = civilToEpochDay(year, month, day);
  const back = epochDayToCivil(epochDay);
  if (back.month !== month || back.day !== day) return undefined;
  const hour = Number(h);
  const minute = Number(mi);
  const second = Number(s);
  const offsetMs = parseOffsetMs(zone);
  if (hour > 23 || minute > 59 || second > 59 || offsetMs === undefined) return undefined;
  const ms = Number(fraction.padEnd(3, "0").slice(0, 3));
  return toInstant(epochDay * DAY_MS + hour * HOUR_MS + minute * 60_000 + second * 1000 + ms - offsetMs);
}

function parseOffsetMs(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 18 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * HOUR_MS + minutes * 60_000);
}
