import { parseCivilDate, parseClock, parseZone, type ZoneId } from "@offtake/core/calendar";
import { type Instant, parseInstant } from "@offtake/core/kernel";
import { nearNames } from "../problems/index.ts";
import { complain, type Reading, type ScalarValue, shown, written } from "./written.ts";

/** A civil date, to be read in some zone, or an instant that stands for itself. */
export type When =
  | { readonly kind: "date"; readonly epochDay: number }
  | { readonly kind: "instant"; readonly at: Instant };

const NO_OFFSET = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

function readInstant(value: ScalarValue): Reading<Instant> {
  const text = String(value);
  const at = parseInstant(text);
  if (at !== undefined) return { value: at };
  if (NO_OFFSET.test(text)) {
    return complain("bad_time", `${shown(text)} does not say its offset from UTC`, {
      didYouMean: [`${text.replace(" ", "T")}Z`],
    });
  }
  if (parseCivilDate(text) !== undefined) return complain("bad_time", `${shown(text)} is a date without a time`);
  return complain("bad_time", `${shown(text)} is no instant`);
}

function readWhen(value: ScalarValue): Reading<When> {
  const epochDay = parseCivilDate(String(value));
  if (epochDay !== undefined) return { value: { kind: "date", epochDay } };
  const at = readInstant(value);
  if ("value" in at) return { value: { kind: "instant", at: at.value } };
  return complain("bad_time", at.complaint.message, at.complaint);
}

/** `2026-09-14T17:00:00Z` */
export const instantText = written<Instant>({
  id: "Instant",
  description: "An instant, RFC 3339 with an offset; parts of a millisecond are cut off.",
  expected: "an instant with its offset, such as 2026-09-14T17:00:00Z",
  examples: ["2026-09-14T17:00:00Z"],
  pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$",
  read: readInstant,
});

/** `2026-09-14` or `2026-09-14T17:00:00Z` */
export const whenText = written<When>({
  id: "When",
  description:
    "A date, or an instant (RFC 3339). A date that begins something means 00:00 of that day in the zone that applies; a date that ends something means 24:00 of that day.",
  expected: "a date such as 2026-09-14, or an instant such as 2026-09-14T17:00:00Z",
  examples: ["2026-09-14", "2026-09-14T17:00:00Z"],
  read: readWhen,
});

/** `2026-09-14`, kept as text. */
export const dateText = written<string>({
  id: "Date",
  description: "A civil date.",
  expected: "a date, such as 2026-09-14",
  examples: ["2026-09-14"],
  pattern: "^\\d{4}-\\d{2}-\\d{2}$",
  read: (value) => {
    const text = String(value);
    return parseCivilDate(text) === undefined ? complain("bad_time", `${shown(text)} is no date`) : { value: text };
  },
});

/** `2027-03` */
export const monthText = written<string>({
  id: "Month",
  description: "A calendar month.",
  expected: "a month, such as 2027-03",
  examples: ["2027-03"],
  pattern: "^\\d{4}-\\d{2}$",
  read: (value) => {
    const text = String(value);
    const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
    return isMonth ? { value: text } : complain("bad_time", `${shown(text)} is no month`);
  },
});

/** `17:00`, as wall-clock milliseconds of the day. */
export const clockText = written<number>({
  id: "Clock",
  description: "A time of the day on a 24-hour clock.",
  expected: "a time of the day, such as 17:00",
  examples: ["17:00"],
  pattern: "^\\d{2}:\\d{2}(:\\d{2})?$",
  read: (value) => {
    const ms = parseClock(String(value));
    return ms === undefined ? complain("bad_time", `${shown(value)} is no time of the day`) : { value: ms };
  },
});

function zoneNames(): readonly string[] {
  return Intl.supportedValuesOf("timeZone");
}

export const zoneText = written<ZoneId>({
  id: "Zone",
  description: "A time zone of the IANA database.",
  expected: "a time zone, such as America/Los_Angeles",
  examples: ["America/Los_Angeles", "UTC"],
  read: (value) => {
    const zone = parseZone(String(value));
    if (zone !== undefined) return { value: zone };
    const didYouMean = nearNames(String(value), zoneNames());
    return complain(
      "unknown_zone",
      `there is no time zone ${shown(value)}`,
      didYouMean.length === 0 ? {} : { didYouMean },
    );
  },
});

/** A length of time as written; what the calendar makes of it is said elsewhere. */
export interface Length {
  readonly n: number;
  readonly unit: "business-days" | "hours" | "days";
}

/** Longest window that a clause may state: 100 years of days. */
const LENGTH_MAX: Readonly<Record<Length["unit"], number>> = { "business-days": 26_000, days: 36_525, hours: 876_600 };

const UNITS: Readonly<Record<string, Length["unit"]>> = {
  "business day": "business-days",
  "business days": "business-days",
  hour: "hours",
  hours: "hours",
  day: "days",
  days: "days",
};

function readLength(value: ScalarValue): Reading<Length> {
  const text = String(value).trim();
  const iso = /^P(?:(\d{1,7})D|T(\d{1,7})H)$/.exec(text);
  if (iso !== null) {
    return within({ n: Number(iso[1] ?? iso[2]), unit: iso[1] === undefined ? "hours" : "days" }, text);
  }
  const match = /^(\S+) +(\S.*)$/.exec(text);
  const unit = UNITS[match?.[2] ?? ""];
  if (match === null || unit === undefined) {
    const isNumber = /^[\d.]+$/.test(text);
    return complain(
      "wrong_unit",
      `${shown(text)} has no unit of time that counts here`,
      isNumber ? { didYouMean: [`${text} business days`, `${text} days`, `${text} hours`] } : {},
    );
  }
  if (!/^\d{1,7}$/.test(match[1] ?? ""))
    return complain("malformed", `${shown(match[1] ?? "")} is not a whole number of ${unit}`);
  return within({ n: Number(match[1]), unit }, text);
}

function within(length: Length, text: string): Reading<Length> {
  if (length.n > LENGTH_MAX[length.unit]) return complain("out_of_range", `${shown(text)} is more than 100 years`);
  return { value: length };
}

export const lengthText = written<Length>({
  id: "Length",
  description: "A length of time in business days, calendar days or hours.",
  expected: "a length of time, such as 5 business days, 60 days, 72 hours or P5D",
  examples: ["5 business days", "60 days", "72 hours", "P5D"],
  pattern: "^(\\d+ (business days?|days?|hours?)|P\\d+D|PT\\d+H)$",
  read: readLength,
});
