import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { formatInstant, type Instant, parseInstant } from "../kernel/index.ts";
import {
  civilAt,
  formatCivilDate,
  formatClock,
  instantOf,
  nextTransition,
  parseCivilDate,
  parseClock,
  parseZone,
  startOfDay,
  type ZoneId,
} from "./index.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;
const zone = (name: string): ZoneId => parseZone(name) as ZoneId;
const day = (text: string): number => parseCivilDate(text) as number;
const MINUTE = 60_000;

/** "2026-03-08 02:30" on the wall of the zone, as an instant. */
function wall(name: string, text: string): string {
  const [date = "", clock = ""] = text.split(" ");
  return formatInstant(instantOf(zone(name), day(date), parseClock(clock) as number));
}

function shown(name: string, instant: Instant): string {
  const { epochDay, msOfDay } = civilAt(zone(name), instant);
  return `${formatCivilDate(epochDay)} ${formatClock(msOfDay)}`;
}

describe("wall clock to instant", () => {
  test.each([
    ["America/Los_Angeles", "2026-09-21 17:00", "2026-09-22T00:00:00Z"],
    ["America/Los_Angeles", "2026-03-08 01:59:59", "2026-03-08T09:59:59Z"],
    ["America/Los_Angeles", "2026-03-08 03:00", "2026-03-08T10:00:00Z"],
    ["America/Los_Angeles", "2026-12-31 24:00", "2027-01-01T08:00:00Z"],
    ["Asia/Kolkata", "2026-01-01 00:00", "2025-12-31T18:30:00Z"],
    ["Asia/Kathmandu", "2026-01-01 00:00", "2025-12-31T18:15:00Z"],
    ["Australia/Sydney", "2026-10-04 17:00", "2026-10-04T06:00:00Z"],
    ["Australia/Sydney", "2026-04-05 17:00", "2026-04-05T07:00:00Z"],
    ["Pacific/Chatham", "2026-01-01 00:00", "2025-12-31T10:15:00Z"],
  ])("[CAL4] %s %s is %s", (name, text, instant) => {
    expect(wall(name, text)).toBe(instant);
  });

  test.each([
    [
      "America/Los_Angeles, one hour",
      "America/Los_Angeles",
      "2026-03-08 02:30",
      "2026-03-08T10:30:00Z",
      "2026-03-08 03:30",
    ],
    ["southern hemisphere", "Australia/Sydney", "2026-10-04 02:00", "2026-10-03T16:00:00Z", "2026-10-04 03:00"],
    ["half an hour", "Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03T15:45:00Z", "2026-10-04 02:45"],
    ["two hours", "Antarctica/Troll", "2026-03-29 01:30", "2026-03-29T01:30:00Z", "2026-03-29 03:30"],
    ["a whole day", "Pacific/Apia", "2011-12-30 12:00", "2011-12-30T22:00:00Z", "2011-12-31 12:00"],
  ])("[CAL4] a time in a gap moves forward by the gap: %s", (_, name, text, instant, later) => {
    expect(wall(name, text)).toBe(instant);
    expect(shown(name, at(instant))).toBe(later);
  });

  test.each([
    ["America/Los_Angeles", "2026-11-01 01:30", "2026-11-01T08:30:00Z", "2026-11-01T09:30:00Z"],
    ["Australia/Sydney", "2026-04-05 02:30", "2026-04-04T15:30:00Z", "2026-04-04T16:30:00Z"],
    ["Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"],
    ["Europe/Dublin", "2026-10-25 01:00", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"],
  ])("[CAL4] a time shown twice is the earlier instant: %s %s", (name, text, first, second) => {
    expect(wall(name, text)).toBe(first);
    expect(shown(name, at(first))).toBe(text);
    expect(shown(name, at(second))).toBe(text);
  });
});

describe("starts of days", () => {
  test.each([
    ["clocks skip midnight", "America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-04 01:00"],
    ["clocks skip midnight", "America/Havana", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-08 01:00"],
    ["clocks skip midnight", "Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z", "2026-04-24 01:00"],
    ["clocks skip midnight", "Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29 01:00"],
    ["set back at midnight to 23:00", "America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z", "2018-02-18 00:00"],
    ["midnight shown twice", "America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-01 00:00"],
    ["23:30 to 00:30", "America/Toronto", "1919-03-31", "1919-03-31T04:30:00Z", "1919-03-31 00:30"],
    ["00:01 to 23:01 the day before", "America/St_Johns", "2009-11-01", "2009-11-01T02:30:00Z", "2009-11-01 00:00"],
  ])("[CAL5] %s in %s on %s", (_, name, date, instant, text) => {
    const start = startOfDay(zone(name), day(date));
    expect(formatInstant(start)).toBe(instant);
    expect(shown(name, start)).toBe(text);
  });

  test("[CAL5] the day that Samoa left out is empty, and so is the one Kwajalein left out", () => {
    expect(startOfDay(zone("Pacific/Apia"), day("2011-12-30"))).toBe(
      startOfDay(zone("Pacific/Apia"), day("2011-12-31")),
    );
    expect(shown("Pacific/Apia", startOfDay(zone("Pacific/Apia"), day("2011-12-30")))).toBe("2011-12-31 00:00");
    expect(startOfDay(zone("Pacific/Kwajalein"), day("1993-08-21"))).toBe(
      startOfDay(zone("Pacific/Kwajalein"), day("1993-08-22")),
    );
  });

  test("[CAL5] starts of days never go back and match Temporal's, for every day of 2000 to 2030 near a change", () => {
    let days = 0;
    for (const name of EDGE_ZONES) {
      let after: number | undefined = at("2000-01-01T00:00:00Z");
      while ((after = nextTransition(name, after, at("2030-01-01T00:00:00Z"))) !== undefined) {
        const { epochDay } = civilAt(name, after as Instant);
        for (let offset = -2; offset <= 2; offset += 1) {
          const start = startOfDay(name, epochDay + offset);
          expect(startOfDay(name, epochDay + offset + 1)).toBeGreaterThanOrEqual(start);
          expect(start).toBe(temporalStartOfDay(name, epochDay + offset));
          days += 1;
        }
      }
    }
    expect(days).toBeGreaterThan(4_500);
  });
});

const EDGE_ZONES = [
  "America/Los_Angeles",
  "America/St_Johns",
  "America/Sao_Paulo",
  "America/Havana",
  "America/Nuuk",
  "America/Scoresbysund",
  "America/Asuncion",
  "Atlantic/Azores",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Asia/Beirut",
  "Asia/Gaza",
  "Asia/Tehran",
  "Asia/Amman",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Pacific/Chatham",
  "Europe/London",
].map(zone);

describe("there and back", () => {
  test("[CAL6] an instant comes back, except from the second showing of a repeated hour", () => {
    const instants = fc.integer({ min: 0, max: at("2100-01-01T00:00:00Z") });
    fc.assert(
      fc.property(fc.constantFrom(...EDGE_ZONES), instants, (name, instant) => {
        const civil = civilAt(name, instant as Instant);
        const back = instantOf(name, civil.epochDay, civil.msOfDay);
        expect(back).toBeLessThanOrEqual(instant);
        expect(civilAt(name, back)).toEqual(civil); // so that an earlier instant shows the same, once more
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  test("[CAL6] around changes of offset, civil times and instants are Temporal's, minute for minute", () => {
    let compared = 0;
    for (const name of EDGE_ZONES) {
      const change = nextTransition(name, at("2011-06-01T00:00:00Z"), at("2030-01-01T00:00:00Z"));
      if (change === undefined) continue;
      const { epochDay, msOfDay } = civilAt(name, change as Instant);
      for (let minutes = -1500; minutes <= 1500; minutes += 13) {
        const local = epochDay * 86_400_000 + msOfDay + minutes * MINUTE;
        const localDay = Math.floor(local / 86_400_000);
        const clock = local - localDay * 86_400_000;
        expect(instantOf(name, localDay, clock)).toBe(temporalInstant(name, localDay, clock));
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(3_000);
  });
});

function temporalInstant(name: string, epochDay: number, msOfDay: number): number {
  const date = Temporal.PlainDate.from(formatCivilDate(epochDay));
  const time = new Temporal.PlainTime().add({ milliseconds: msOfDay });
  return date.toPlainDateTime(time).toZonedDateTime(name, { disambiguation: "compatible" }).epochMilliseconds;
}

function temporalStartOfDay(name: string, epochDay: number): number {
  return Temporal.PlainDate.from(formatCivilDate(epochDay)).toZonedDateTime(name).epochMilliseconds;
}
