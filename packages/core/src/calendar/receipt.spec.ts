import { describe, expect, test } from "vitest";
import { formatInstant, type Instant, parseInstant } from "../kernel/index.ts";
import {
  builtinCalendar,
  deemedReceived,
  type DeliveryProfile,
  formatCivilDate,
  type HolidayCalendar,
  parseZone,
  receiptOf,
  type ZoneId,
} from "./index.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;
const zone = (name: string): ZoneId => parseZone(name) as ZoneId;
const HOUR = 3_600_000;

const LOS_ANGELES: DeliveryProfile = {
  zone: zone("America/Los_Angeles"),
  cutoffMs: 17 * HOUR,
  calendars: [builtinCalendar("us-federal") as HolidayCalendar],
  join: "all",
};

function received(delivered: string, profile: DeliveryProfile = LOS_ANGELES): string {
  const result = deemedReceived(at(delivered), profile);
  return result.ok ? formatInstant(result.value) : result.problem.code;
}

describe("on a business day, in time", () => {
  test.each(["2026-09-14T17:00:00Z", "2026-11-20T23:30:00Z", "2026-09-15T00:00:00Z", "2026-09-14T07:00:00Z"])(
    "[CAL22] delivered %s, received then",
    (instant) => {
      expect(received(instant)).toBe(instant);
    },
  );

  test("[CAL22] the cut-off itself is in time, a millisecond later is the next business day", () => {
    expect(received("2026-09-15T00:00:00.000Z")).toBe("2026-09-15T00:00:00Z");
    expect(received("2026-09-15T00:00:00.001Z")).toBe("2026-09-15T07:00:00Z");
  });

  test("[CAL22] the cut-off is wall-clock time on both sides of a change", () => {
    expect(received("2026-10-31T00:00:00Z")).toBe("2026-10-31T00:00:00Z"); // Friday 17:00 PDT
    expect(received("2026-11-03T01:00:00Z")).toBe("2026-11-03T01:00:00Z"); // Monday 17:00 PST
  });

  test("[CAL22] a cut-off that clocks show twice is the earlier one", () => {
    const weekdays = {
      ...LOS_ANGELES,
      cutoffMs: 1.5 * HOUR,
      calendars: [{ ...(builtinCalendar("none") as HolidayCalendar), weekend: [] }],
    };
    expect(received("2026-11-01T08:30:00Z", weekdays)).toBe("2026-11-01T08:30:00Z");
    expect(received("2026-11-01T09:15:00Z", weekdays)).toBe("2026-11-02T08:00:00Z"); // shows 01:15, but an hour after the first
  });
});

describe("later, or on another day", () => {
  test.each([
    ["Monday 17:30", "2026-09-15T00:30:00Z", "2026-09-15T07:00:00Z"],
    ["Friday 17:30", "2026-09-19T00:30:00Z", "2026-09-21T07:00:00Z"],
    ["Saturday", "2026-09-19T19:00:00Z", "2026-09-21T07:00:00Z"],
    ["Thanksgiving", "2026-11-26T19:00:00Z", "2026-11-27T08:00:00Z"],
    ["Friday evening before the clocks change", "2026-10-31T02:00:00Z", "2026-11-02T08:00:00Z"],
    ["Thursday evening before an observed New Year and a weekend", "2027-12-31T02:00:00Z", "2028-01-03T08:00:00Z"],
  ])("[CAL23] %s: %s is received %s", (_, delivered, instant) => {
    expect(received(delivered)).toBe(instant);
  });

  test("[CAL23] the date is that of the recipient's zone, not of UTC", () => {
    const tokyo = {
      ...LOS_ANGELES,
      zone: zone("Asia/Tokyo"),
      calendars: [builtinCalendar("japan") as HolidayCalendar],
    };
    expect(received("2026-09-17T20:00:00Z", tokyo)).toBe("2026-09-17T20:00:00Z"); // Friday 05:00 in Tokyo
    expect(received("2026-09-18T20:00:00Z", tokyo)).toBe("2026-09-23T15:00:00Z"); // Saturday; 21, 22 and 23 September are holidays
  });

  test("[CAL23] 00:00 is the first instant of the day where clocks skip midnight", () => {
    const cairo = {
      ...LOS_ANGELES,
      zone: zone("Africa/Cairo"),
      calendars: [builtinCalendar("none") as HolidayCalendar],
    };
    expect(received("2026-04-23T20:00:00Z", cairo)).toBe("2026-04-23T22:00:00Z"); // Friday 24 April begins at 01:00
  });

  test("[CAL23] the receipt says why it was moved, and past which days", () => {
    const evening = receiptOf(at("2026-11-26T02:00:00Z"), LOS_ANGELES);
    expect(evening.ok && evening.value.reason).toBe("after_cutoff");
    expect(evening.ok && evening.value.skipped.map((day) => formatCivilDate(day.epochDay))).toEqual(["2026-11-26"]);
    const saturday = receiptOf(at("2026-09-19T19:00:00Z"), LOS_ANGELES);
    expect(saturday.ok && saturday.value.reason).toBe("not_a_business_day");
    expect(saturday.ok && saturday.value.skipped.map((day) => formatCivilDate(day.epochDay))).toEqual([
      "2026-09-19",
      "2026-09-20",
    ]);
    expect(receiptOf(at("2026-09-14T17:00:00Z"), LOS_ANGELES)).toMatchObject({
      ok: true,
      value: { reason: "on_delivery", skipped: [] },
    });
  });

  test("[CAL19] a day of delivery in a year without a calendar is an error, as is the next business day", () => {
    const england = {
      ...LOS_ANGELES,
      zone: zone("Europe/London"),
      calendars: [builtinCalendar("uk-england-wales") as HolidayCalendar],
    };
    expect(received("2029-03-01T12:00:00Z", england)).toBe("calendar_year_unknown");
    expect(received("2028-12-29T20:00:00Z", england)).toBe("calendar_year_unknown");
    expect(received("2028-12-29T12:00:00Z", england)).toBe("2028-12-29T12:00:00Z");
  });
});

describe("without a cut-off", () => {
  test.each([[undefined], [24 * HOUR]])("[CAL24] with %s the day counts to its last millisecond", (cutoffMs) => {
    const profile = { ...LOS_ANGELES, cutoffMs };
    expect(received("2026-09-15T06:59:59.999Z", profile)).toBe("2026-09-15T06:59:59.999Z");
    expect(received("2026-09-19T06:59:59.999Z", profile)).toBe("2026-09-19T06:59:59.999Z"); // Friday 23:59:59.999
    expect(received("2026-09-19T07:00:00Z", profile)).toBe("2026-09-21T07:00:00Z");
  });
});
