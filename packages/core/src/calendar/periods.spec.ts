import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contains, formatInstant, type Instant, parseInstant } from "../kernel/index.ts";
import {
  dayWindow,
  endText,
  fromDate,
  monthOf,
  monthsIn,
  monthWindow,
  parseCivilDate,
  parseZone,
  tailEnd,
  untilDate,
  wholeMonths,
  wholeMonths730,
  yearOf,
  yearWindow,
  type ZoneId,
} from "./index.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;
const zone = (name: string): ZoneId => parseZone(name) as ZoneId;
const day = (text: string): number => parseCivilDate(text) as number;
const LOS_ANGELES = zone("America/Los_Angeles");

describe("tails", () => {
  test("[CAL32] 60 days from the deadline of 21 September local end with 20 November", () => {
    const end = tailEnd(at("2026-09-22T00:00:00Z"), 60, LOS_ANGELES);
    expect(formatInstant(end)).toBe("2026-11-21T08:00:00Z");
    expect(endText(LOS_ANGELES, end)).toBe("Fri 20 Nov 2026 24:00 PST");
  });

  test("[CAL32] day 0 is the local date, whatever the hour", () => {
    expect(formatInstant(tailEnd(at("2026-09-21T07:00:00Z"), 60, LOS_ANGELES))).toBe("2026-11-21T08:00:00Z");
    expect(formatInstant(tailEnd(at("2026-09-22T07:00:00Z"), 60, LOS_ANGELES))).toBe("2026-11-22T08:00:00Z");
    expect(formatInstant(tailEnd(at("2026-09-22T06:59:59.999Z"), 0, LOS_ANGELES))).toBe("2026-09-22T07:00:00Z");
  });

  test("[CAL32] an award at the end is outside, a millisecond earlier inside", () => {
    const tail = { from: at("2026-09-22T00:00:00Z"), to: tailEnd(at("2026-09-22T00:00:00Z"), 60, LOS_ANGELES) };
    expect(contains(tail, at("2026-11-21T07:59:59.999Z"))).toBe(true);
    expect(contains(tail, at("2026-11-21T08:00:00Z"))).toBe(false);
  });

  test("[CAL32] half a day is a broken belief", () => {
    expect(() => tailEnd(at("2026-09-22T00:00:00Z"), 0.5, LOS_ANGELES)).toThrow(/whole days/);
    expect(() => tailEnd(at("2026-09-22T00:00:00Z"), -1, LOS_ANGELES)).toThrow(/whole days/);
  });
});

describe("dates that start and end things", () => {
  test("[CAL33] from 18 September, and until 31 August with the first of September outside", () => {
    expect(formatInstant(fromDate(LOS_ANGELES, day("2026-09-18")))).toBe("2026-09-18T07:00:00Z");
    expect(formatInstant(untilDate(LOS_ANGELES, day("2026-08-31")))).toBe("2026-09-01T07:00:00Z");
    expect(untilDate(LOS_ANGELES, day("2026-08-31"))).toBe(fromDate(LOS_ANGELES, day("2026-09-01")));
  });

  test("[CAL33] days of a change are 23 and 25 hours, that of Lord Howe 24.5, one that was left out none", () => {
    const hours = (name: string, date: string): number => {
      const { from, to } = dayWindow(zone(name), day(date));
      return (to - from) / 3_600_000;
    };
    expect(hours("America/Los_Angeles", "2026-03-08")).toBe(23);
    expect(hours("America/Los_Angeles", "2026-11-01")).toBe(25);
    expect(hours("Australia/Sydney", "2026-10-04")).toBe(23);
    expect(hours("Australia/Lord_Howe", "2026-04-05")).toBe(24.5);
    expect(hours("Africa/Cairo", "2026-04-24")).toBe(23);
    expect(hours("Pacific/Apia", "2011-12-30")).toBe(0);
  });
});

describe("months and years of a zone", () => {
  test("[CAL34] K6: the hour 2027-01-01T07:00Z belongs to 2026 in Los Angeles", () => {
    const year = yearOf(LOS_ANGELES, at("2027-01-01T07:00:00Z"));
    expect(year.year).toBe(2026);
    expect(formatInstant(year.to)).toBe("2027-01-01T08:00:00Z");
    expect(yearOf(LOS_ANGELES, at("2027-01-01T08:00:00Z")).year).toBe(2027);
    expect(yearOf(zone("UTC"), at("2027-01-01T07:00:00Z")).year).toBe(2027);
  });

  test("[CAL34] March in Los Angeles starts in PST and ends in PDT", () => {
    const march = monthOf(LOS_ANGELES, at("2027-03-14T12:00:00Z"));
    expect({ ...march, from: formatInstant(march.from), to: formatInstant(march.to) }).toEqual({
      year: 2027,
      month: 3,
      from: "2027-03-01T08:00:00Z",
      to: "2027-04-01T07:00:00Z",
    });
    expect(monthOf(LOS_ANGELES, at("2027-03-01T07:59:59.999Z")).month).toBe(2);
    expect(monthOf(LOS_ANGELES, at("2027-12-31T20:00:00Z"))).toEqual(monthWindow(LOS_ANGELES, 2027, 12));
  });

  test("[CAL40] a window of two summers and the spring between has 13 months, across the changes of the clock", () => {
    const window = { from: at("2026-08-15T00:00:00Z"), to: at("2027-08-01T07:00:00.001Z") };
    const months = monthsIn(LOS_ANGELES, window);
    expect(months.map(({ month }) => month)).toEqual([8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(months.slice(1).every(({ from }, index) => from === months[index]?.to)).toBe(true);
    expect(monthsIn(LOS_ANGELES, { ...window, to: at("2027-08-01T07:00:00Z") })).toHaveLength(12);
  });

  test("[CAL34] the hour of St John's that shows October again after November began is November's", () => {
    const stJohns = zone("America/St_Johns");
    expect(monthOf(stJohns, at("2009-11-01T02:29:59Z")).month).toBe(10);
    expect(monthOf(stJohns, at("2009-11-01T02:35:00Z")).month).toBe(11);
    expect(monthOf(stJohns, at("2009-11-01T03:35:00Z")).month).toBe(11);
  });

  test("[CAL34] every instant is in its month and year, and the months of a year fill it", () => {
    const zones = [
      "America/Los_Angeles",
      "America/St_Johns",
      "Asia/Amman",
      "Pacific/Apia",
      "Australia/Lord_Howe",
      "Africa/Casablanca",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones.map(zone)),
        fc.integer({ min: 0, max: at("2100-01-01T00:00:00Z") }),
        (name, instant) => {
          const month = monthOf(name, instant as Instant);
          const year = yearOf(name, instant as Instant);
          expect(contains(month, instant as Instant) && contains(year, instant as Instant)).toBe(true);
          expect(month.year).toBe(year.year);
          let from = yearWindow(name, year.year).from;
          for (let number = 1; number <= 12; number += 1) {
            const next = monthWindow(name, year.year, number);
            expect(next.from).toBe(from);
            from = next.to;
          }
          expect(from).toBe(year.to);
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe("lengths in months", () => {
  test.each([
    ["2027-01-31T20:00:00Z", "2027-02-28T19:59:59Z", 0],
    ["2027-01-31T20:00:00Z", "2027-02-28T20:00:00Z", 1],
    ["2027-01-31T20:00:00Z", "2027-03-31T18:59:59Z", 1],
    ["2027-01-31T20:00:00Z", "2027-03-31T19:00:00Z", 2], // 12:00 PST to 12:00 PDT
    ["2027-01-01T08:00:00Z", "2028-01-01T08:00:00Z", 12],
    ["2027-01-01T08:00:00Z", "2027-01-01T08:00:00Z", 0],
    ["2028-01-01T08:00:00Z", "2027-01-01T08:00:00Z", -12],
  ])("[CAL35] from %s to %s: %i completed", (from, to, months) => {
    expect(wholeMonths(LOS_ANGELES, at(from), at(to))).toBe(months);
  });

  test("[CAL35] a later instant that shows an earlier date is no month back", () => {
    expect(wholeMonths(zone("America/St_Johns"), at("2009-11-01T02:30:00Z"), at("2009-11-01T02:35:00Z"))).toBe(0);
  });

  test("[CAL36] M4: 720 hours later is one month, 731 hours two", () => {
    const start = at("2027-01-01T00:00:00Z");
    const after = (hours: number): number => wholeMonths730(start, (start + hours * 3_600_000) as Instant);
    expect(after(720)).toBe(1);
    expect(after(730)).toBe(1);
    expect(after(731)).toBe(2);
    expect(after(8_760)).toBe(12);
  });

  test("[CAL36] no delay is no month, and an earlier start none below zero in part", () => {
    const start = at("2027-01-01T00:00:00Z");
    expect(Object.is(wholeMonths730(start, start), 0)).toBe(true);
    expect(Object.is(wholeMonths730(start, (start - 3_600_000) as Instant), 0)).toBe(true);
    expect(wholeMonths730(start, (start - 2 * 730 * 3_600_000) as Instant)).toBe(-2);
  });
});
