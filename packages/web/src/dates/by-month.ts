import type { Schemas } from "@offtake/client";
import { shownAt } from "../clock/zoned.ts";
import { dayText } from "@offtake/core/calendar";

export type ContractDateTold = Schemas["ContractDate"];

export interface Month {
  /** "September 2027" */
  readonly title: string;
  readonly dates: readonly ContractDateTold[];
}

const NAMES = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const SHORT = NAMES.map((name) => name.slice(0, 3));

/** By when something must be done about a date: the last safe instant to send where something is sent, else the date itself. */
export const actBy = ({ sendBy, at }: ContractDateTold): string => sendBy ?? at;

/** Dates by the month in which something must be done about them, each on the clock of its own contract. */
export function byMonth(dates: readonly ContractDateTold[]): readonly Month[] {
  const months = new Map<string, ContractDateTold[]>();
  const sorted = [...dates].sort((a, b) => Date.parse(actBy(a)) - Date.parse(actBy(b)));
  for (const date of sorted) {
    // An end is outside: the millisecond before belongs to its day.
    const at = Date.parse(actBy(date)) - (date.atIs === "ends" && date.sendBy === undefined ? 1 : 0);
    const [, , month = "", year = ""] = dayText(shownAt(date.zone, at).epochDay).split(" ");
    const title = `${NAMES[SHORT.indexOf(month)] ?? month} ${year}`;
    months.set(title, [...(months.get(title) ?? []), date]);
  }
  return [...months].map(([title, inMonth]) => ({ title, dates: inMonth }));
}

/** Whose dates are shown: all, or those of one who looks after them. */
export function ownersOf(dates: readonly ContractDateTold[]): readonly string[] {
  return [...new Set(dates.flatMap(({ owner }) => owner ?? []))].sort();
}
