import { daysInMonth, parseCivilDate } from "@offtake/core/calendar";
import { type Cell, cellText } from "./cells.ts";
import { folded, NOTHING, read, type Reading, refuse, shown } from "./reading.ts";

/** Which of two numbers is the day. */
export type DateOrder = "day-first" | "month-first";

export interface DateSettings {
  readonly edge: "start" | "end";
  /** What the column, or the mapping, decides; undefined where neither does. */
  readonly order: DateOrder | undefined;
  /** "another date of this column", "the mapping": who decided. */
  readonly decidedBy: string;
  readonly from1904: boolean;
}

const MONTHS: readonly string[] = [
  "january jan januar janvier janv jaenner",
  "february feb februar fevrier fevr fev",
  "march mar marz maerz mrz mars",
  "april apr avril avr",
  "may mai",
  "june jun juni juin",
  "july jul juli juillet juil",
  "august aug aout",
  "september sep sept septembre",
  "october oct oktober okt octobre",
  "november nov novembre",
  "december dec dezember dez decembre",
];

const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.split(" ").map((name) => [name, index + 1] as const)),
);

const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\.?$/;

const END =
  /^(?:the )?(?:end of(?: the)?(?: year)?|end|eoy|ende(?: des jahres)?|ultimo|fin(?: de)?(?: l annee)?|year end|jahresende)\s+/;
const VAGUE =
  /^(?:early|late|mid|begin(?:ning)?|start|anfang|mitte|spatestens|debut|mi|courant|summer|winter|spring|autumn|fall|sommer|herbst|fruhjahr|around|about|approx|ca|circa|etwa|environ|h[12])\b|^(?:fy|gj) ?\d/;

/** Reads the day of a cell as people write it: a typed date, numbers with marks, a month by name, a quarter, a year, a serial. */
export function readDate(cell: Cell, settings: DateSettings): Reading {
  if (cell.kind === "date") {
    if (cell.hasTime) return refuse("time_of_day", `${cell.date} has a time of the day`);
    return ranged(cell.date);
  }
  if (cell.kind === "number") return serial(cell.value, settings);
  const text = cellText(cell);
  return text === "" ? NOTHING : readDateText(text, settings);
}

function readDateText(text: string, settings: DateSettings): Reading {
  const iso =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text);
  if (iso !== null) {
    if (iso[4] !== undefined && !/^[0:.]+$/.test(iso[4]))
      return refuse("time_of_day", `${shown(text)} has a time of the day`);
    return civil(iso[1], iso[2], iso[3], text);
  }
  const compact = /^((?:19|20|21)\d{2})(\d{2})(\d{2})$/.exec(text);
  if (compact !== null) return civil(compact[1], compact[2], compact[3], text, "eight digits are year, month and day");
  const numeric = NUMERIC.exec(text);
  if (numeric !== null) return ofNumbers(numeric, text, settings);
  if (/^\d{5}(?:\.0+)?$/.test(text)) return serial(Number(text), settings);
  return ofWords(text, settings);
}

/** Two numbers and a year: dots are the way of the languages that write the day first. */
function ofNumbers(match: RegExpExecArray, text: string, { order, decidedBy }: DateSettings): Reading {
  const [, first = "", mark = "", second = "", written = ""] = match;
  const year = written.length === 2 ? `20${written}` : written;
  const century = written.length === 2 ? `${written} is read as ${year}` : undefined;
  const dayFirst = () => civil(year, second, first, text, century);
  const monthFirst = () => civil(year, first, second, text, century);
  if (mark === ".") return dayFirst();
  const [a, b] = [Number(first), Number(second)];
  if (a > 12 || a === b) return dayFirst();
  if (b > 12) return monthFirst();
  if (order === undefined)
    return refuse("ambiguous_date", `${shown(text)} is ${year}-${pad(b)}-${pad(a)} or ${year}-${pad(a)}-${pad(b)}`, {
      expected: "2027-12-31, or `dates` in the mapping",
      didYouMean: [`${year}-${pad(b)}-${pad(a)}`, `${year}-${pad(a)}-${pad(b)}`],
    });
  const reading = order === "day-first" ? dayFirst() : monthFirst();
  return reading.kind === "read"
    ? read(reading.value, `${order.replace("-", " ")}, as ${decidedBy} says`, century)
    : reading;
}

function ofWords(text: string, settings: DateSettings): Reading {
  const words = folded(text);
  const end = END.exec(words);
  const rest = words
    .slice(end?.[0].length ?? 0)
    .replace(/\b(?:of|de|des|du|the|le|den|der)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const edge = end === null ? settings.edge : "end";
  const span = spanOf(rest);
  if (span !== undefined) {
    const [from, to] = span;
    const day = edge === "end" ? to : from;
    return from === to
      ? ranged(from)
      : ranged(day, `${shown(text)} is read as its ${edge === "end" ? "last" : "first"} day`);
  }
  if (VAGUE.test(words) || /\b(?:19|20|21)\d{2}\b/.test(words))
    return refuse("vague_date", `${shown(text)} names no day`, { expected: "a day such as 2027-12-31" });
  return refuse("bad_date", `${shown(text)} is no date`, { expected: "a day such as 2027-12-31" });
}

/** First and last day of what folded words name: a day, a month, a quarter, a half, a year. */
function spanOf(words: string): readonly [string, string] | undefined {
  const year = /^((?:19|20|21)\d{2})$/.exec(words);
  if (year !== null) return months(year[1], 1, 12);
  const quarter =
    /^(?:q([1-4]) ?((?:19|20|21)\d{2})|((?:19|20|21)\d{2}) ?q([1-4])|([1-4]) ?(?:quarter|quartal|trimestre|er trimestre|e trimestre) ((?:19|20|21)\d{2}))$/.exec(
      words,
    );
  if (quarter !== null) {
    const n = Number(quarter[1] ?? quarter[4] ?? quarter[5]);
    return months(quarter[2] ?? quarter[3] ?? quarter[6], n * 3 - 2, n * 3);
  }
  const half = /^(?:h([12]) ?((?:19|20|21)\d{2})|((?:19|20|21)\d{2}) ?h([12]))$/.exec(words);
  if (half !== null) {
    const n = Number(half[1] ?? half[4]);
    return months(half[2] ?? half[3], n * 6 - 5, n * 6);
  }
  const numeric = /^(?:((?:19|20|21)\d{2}) (\d{1,2})|(\d{1,2}) ((?:19|20|21)\d{2}))$/.exec(words);
  if (numeric !== null) {
    const month = Number(numeric[2] ?? numeric[3]);
    return month >= 1 && month <= 12 ? months(numeric[1] ?? numeric[4], month, month) : undefined;
  }
  return named(words);
}

function named(words: string): readonly [string, string] | undefined {
  const parts = words
    .replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* /, "")
    .split(" ")
    .map((part) => part.replace(/^(\d{1,2})(?:st|nd|rd|th|er|e)$/, "$1"));
  const year = parts.find((part) => /^(?:19|20|21)\d{2}$/.test(part));
  const month = parts.map((part) => MONTH_OF.get(part)).find((found) => found !== undefined);
  const days = parts.filter((part) => /^\d{1,2}$/.test(part));
  if (year === undefined || month === undefined) return undefined;
  if (parts.length === 2) return months(year, month, month);
  const [day] = days;
  if (parts.length !== 3 || day === undefined) return undefined;
  const date = `${year}-${pad(month)}-${pad(Number(day))}`;
  return parseCivilDate(date) === undefined ? undefined : [date, date];
}

function months(year: string | undefined, first: number, last: number): readonly [string, string] {
  const from = `${year}-${pad(first)}-01`;
  return [from, `${year}-${pad(last)}-${pad(daysInMonth(Number(year), last))}`];
}

const pad = (n: number): string => String(n).padStart(2, "0");

function civil(year = "", month = "", day = "", text = "", ...why: readonly (string | undefined)[]): Reading {
  const date = `${year}-${pad(Number(month))}-${pad(Number(day))}`;
  if (parseCivilDate(date) === undefined) return refuse("bad_date", `${shown(text)} is no day of the calendar`);
  return ranged(date, ...why);
}

function ranged(date: string, ...why: readonly (string | undefined)[]): Reading {
  if (date < "1990" || date >= "2200") return refuse("date_out_of_range", `${date} is no date of an agreement`);
  return read(date, ...why);
}

/** Days since the beginning of 1900, with the 29 February 1900 that spreadsheets count; or since that of 1904. */
function serial(value: number, { from1904 }: DateSettings): Reading {
  if (!Number.isInteger(value)) return refuse("time_of_day", `${value} is a day with a time, or no date`);
  if (value < 30_000 || value > 110_000)
    return refuse("bad_date", `${value} is no date`, { expected: "a day such as 2027-12-31" });
  const day = value - (from1904 ? 24_107 : 25_569);
  const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
  return ranged(date, `the number ${value} is read as a day counted from ${from1904 ? 1904 : 1900}`);
}

/** What the dates of a column that can be read in one way only say of the others; undefined where they say nothing or disagree. */
export function orderOf(cells: Iterable<Cell>): DateOrder | undefined {
  const said = new Set<DateOrder>();
  for (const cell of cells) {
    const match = cell.kind === "text" ? NUMERIC.exec(cellText(cell)) : null;
    if (match === null || match[2] === ".") continue;
    if (Number(match[1]) > 12) said.add("day-first");
    else if (Number(match[3]) > 12) said.add("month-first");
  }
  const [only] = said;
  return said.size === 1 ? only : undefined;
}
