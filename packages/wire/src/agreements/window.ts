import type { WindowSpec } from "@offtake/core/agreements";
import { BUILTIN_CALENDARS } from "@offtake/core/calendar";
import type { CalendarId } from "@offtake/core/kernel";
import { z } from "zod";
import { clockText, idText, lengthText, zoneText } from "../scalars/index.ts";
import { oneOrMany, type ReadingContext, strict } from "../shape/index.ts";
import type { Path } from "../source/index.ts";

const join = z.enum(["all", "any"]);

/** Zone and calendars that a rule about business days may state for itself. */
export const calendarKeys = {
  zone: zoneText.optional().describe("Zone in which days begin and end. Default: that of the agreement."),
  holidays: oneOrMany(idText)
    .optional()
    .describe(
      `Holiday calendars: built-in (${BUILTIN_CALENDARS.join(", ")}) or your own. Default: those of the agreement.`,
    ),
  join: join
    .optional()
    .describe(
      "With several calendars: a day counts if it is a business day in `all` of them, or in `any`. Default: all.",
    ),
};

export const windowDocument = z
  .union([
    lengthText,
    strict({
      length: lengthText.describe("How long."),
      calendar: z
        .enum(["business", "elapsed"])
        .optional()
        .describe(
          "`business`: days of the length are business days. `elapsed`: calendar days. Needed only for ISO lengths such as P5D.",
        ),
      ...calendarKeys,
      close: clockText
        .optional()
        .describe("Time of the day at which a window in business days ends. Default: that of the agreement."),
    }),
  ])
  .meta({
    id: "Window",
    description: "A period of time: its length, or its length with what it does not take from the agreement.",
  });

export type WindowDocument = z.output<typeof windowDocument>;

/** A window as the core takes it; what the document leaves out stays left out, and comes from the agreement. */
export function readWindow(document: WindowDocument, path: Path, context: ReadingContext): WindowSpec {
  if ("n" in document) return { n: document.n, unit: document.unit };
  const { length, calendar, zone, holidays, join: joined, close } = document;
  let { unit } = length;
  if (calendar === "business" && unit === "days") unit = "business-days";
  if ((calendar === "business" && unit === "hours") || (calendar === "elapsed" && unit === "business-days")) {
    context.report.add([...path, "calendar"], "conflicting_keys", `the length is in ${unit.replace("-", " ")}`, {
      expected: "a calendar that fits the length",
    });
  }
  return {
    n: length.n,
    unit,
    ...(zone === undefined ? {} : { zone }),
    ...(holidays === undefined ? {} : { calendars: readCalendars(holidays, [...path, "holidays"], context) }),
    ...(joined === undefined ? {} : { join: joined }),
    ...(close === undefined ? {} : { closeMs: close }),
  };
}

export function readCalendars(names: readonly string[], path: Path, context: ReadingContext): CalendarId[] {
  for (const name of names) context.checkName("calendar", name, path);
  return names as CalendarId[];
}
