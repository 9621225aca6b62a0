import type { UnknownDate } from "@offtake/core/dates";
import { type NameOf, dateAtText } from "@offtake/core/explanation";
import { countOf } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { type Style, styleOf } from "../../terminal/style.ts";
import { wrapText } from "../../terminal/table.ts";
import { dueText, type Entry, monthOf, placeText, type Urgency } from "./entries.ts";

const MONTHS = [
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

/** The dates by month, the soonest first. */
export function tellEntries(io: Io, entries: readonly Entry[], nameOf: NameOf): void {
  const style = styleOf(io);
  let month = "";
  for (const entry of entries) {
    const { year, month: number } = monthOf(entry);
    const heading = `${MONTHS[number - 1]} ${year}`;
    if (heading !== month) io.out(`${month === "" ? "" : "\n"}${style.strong(heading)}\n`);
    month = heading;
    tellEntry(io, style, entry, nameOf);
  }
}

const INDENT = " ".repeat(6);

function tellEntry(io: Io, style: Style, entry: Entry, nameOf: NameOf): void {
  const { urgency } = entry;
  const line = (text: string): void => io.out(`${wrapText(text, io.width, INDENT)}\n`);
  io.out(`  ${PAINT[urgency](style)(`${MARK[urgency]} ${dueText(entry)}${awayText(entry)}`)}\n`);
  io.out(`${wrapText(`${entry.title}: ${placeText(entry)}`, io.width, INDENT).replace(entry.title, style.strong)}\n`);
  for (const text of [sendText(entry, nameOf), entry.silence, noteText(entry, nameOf)])
    if (text !== undefined) line(text);
}

const MARK: Readonly<Record<Urgency, string>> = { missed: "✕✕", now: "!!", soon: "! ", later: "· ", fact: "  " };

const PAINT: Readonly<Record<Urgency, (style: Style) => (text: string) => string>> = {
  missed: (style) => style.bad,
  now: (style) => style.bad,
  soon: (style) => style.attention,
  later: (style) => style.waiting,
  fact: (style) => style.quiet,
};

function awayText({ urgency, inDays }: Entry): string {
  if (urgency === "fact") return "";
  if (urgency === "missed") return ", too late to be safe";
  return inDays === 0 ? ", within a day" : `, in ${countOf(inDays, "day")}`;
}

function sendText({ date }: Entry, nameOf: NameOf): string | undefined {
  const { send, recipient, actor } = date;
  if (send === undefined || recipient === undefined) return undefined;
  const who = actor === undefined ? "send" : `${nameOf(actor)} sends`;
  const [first = "portal", ...others] = send.channels;
  const rest = others.length === 0 ? "" : `, with time left for ${others.join(" and ")}`;
  return `Last safe instant: ${who} to ${nameOf(recipient)} by ${first}${rest}. Received by ${dateAtText(date)} it is in time.`;
}

function noteText({ date, own }: Entry, nameOf: NameOf): string | undefined {
  const notes = [
    ...(date.owner === undefined ? [] : [`Owner: ${date.owner}.`]),
    ...(own || date.actor === undefined ? [] : [`For ${nameOf(date.actor)} to do.`]),
    ...(date.unconfirmedReading ? ["Nobody has confirmed the reading of the clause."] : []),
    ...(date.defaults.length === 0 ? [] : [defaultsText(date.defaults)]),
  ];
  return notes.length === 0 ? undefined : notes.join(" ");
}

/** Few are named; many are counted, and stand in the JSON. */
function defaultsText(names: readonly string[]): string {
  if (names.length > DEFAULTS_TOLD_MAX) return `${names.length} values of it are defaults.`;
  return `By default, as nobody has stated it: ${names.join(", ")}.`;
}

const DEFAULTS_TOLD_MAX = 3;

const ABOUT: Readonly<Record<UnknownDate["about"], string>> = {
  start: "the start",
  end: "the end",
  renewal: "the renewal",
  "last-notice": "the last day to stop the renewal",
  option: "the last day of the option",
  entitlement: "the last day to call",
  commitment: "the end of a period",
  measurement: "the end of a measurement",
  waiver: "the end of a waiver",
  answer: "an answer",
  tail: "the end of a tail",
  signing: "a signature",
  date: "the last day for notice",
};

/** What cannot be worked out: "the last day to stop the renewal of lab-alfa cannot be told: calendar japan ...". */
export function unknownText({ agreement, clause, about, problem }: UnknownDate): string {
  const place = clause === undefined ? agreement : `${agreement}, clause ${clause}`;
  return `${ABOUT[about]} of ${place} cannot be told: ${problem.detail} [${problem.code}]`;
}
