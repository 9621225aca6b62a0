import { civilToEpochDay, DAY_MS, epochDayToCivil } from "../kernel/index.ts";

/** ISO 8601 weekday: 1 is Monday, 7 is Sunday. */
export type IsoWeekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

const pad2 = (value: number): string => (value < 10 ? `0${value}` : String(value));

export function weekdayOf(epochDay: number): IsoWeekday {
  const sinceMonday = (epochDay + 3) % 7;
  return ((sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1) as IsoWeekday;
}

/** Reads `YYYY-MM-DD`, years 0000 to 9999, into days since 1970-01-01. Undefined for what is no date, such as 30 February. */
export function parseCivilDate(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const month = Number(match[2]);
  const day = Number(match[3]);
  if (month < 1 || month > 12 || day < 1) return undefined;
  const epochDay = civilToEpochDay(Number(match[1]), month, day);
  return epochDayToCivil(epochDay).day === day ? epochDay : undefined;
}

/** `YYYY-MM-DD`, the inverse of `parseCivilDate`. For years 0 to 9999. */
export function formatCivilDate(epochDay: number): string {
  const { year, month, day } = epochDayToCivil(epochDay);
  return `${String(year).padStart(4, "0")}-${pad2(month)}-${pad2(day)}`;
}

/** "Mon 21 Sep 2026": for people, in English, without any locale. */
export function dayText(epochDay: number): string {
  const { year, month, day } = epochDayToCivil(epochDay);
  return `${WEEKDAYS[weekdayOf(epochDay) - 1]} ${day} ${MONTHS[month - 1]} ${year}`;
}

/** Reads `HH:MM` or `HH:MM:SS` into milliseconds of the day; "24:00" is the end of the day (86,400,000). */
export function parseClock(text: string): number | undefined {
  const match = /^(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (match === null) return undefined;
  const minute = Number(match[2]);
  const second = Number(match[3] ?? "0");
  if (minute > 59 || second > 59) return undefined;
  const ms = (Number(match[1]) * 3600 + minute * 60 + second) * 1000;
  return ms <= DAY_MS ? ms : undefined;
}

/** "17:00", with seconds and milliseconds only where there are some; 86,400,000 is "24:00". */
export function formatClock(msOfDay: number): string {
  const ms = msOfDay % 1000;
  const seconds = Math.floor(msOfDay / 1000);
  const text = `${pad2(Math.floor(seconds / 3600))}:${pad2(Math.floor(seconds / 60) % 60)}`;
  if (ms !== 0) return `${text}:${pad2(seconds % 60)}.${String(ms).padStart(3, "0")}`;
  return seconds % 60 === 0 ? text : `${text}:${pad2(seconds % 60)}`;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The same day of the month `months` later (earlier when negative); the month's last day where it has no such day. */
export function addMonths(epochDay: number, months: number): number {
  const { year, month, day } = epochDayToCivil(epochDay);
  const index = year * 12 + month - 1 + months;
  const newYear = Math.floor(index / 12);
  const newMonth = index - newYear * 12 + 1;
  return civilToEpochDay(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}
