import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { addMonths, dayText, formatCivilDate, formatClock, parseCivilDate, parseClock, weekdayOf } from "./index.ts";

const day = (text: string): number => parseCivilDate(text) as number;

/** Days of the years 1583 to 9999. */
const days = fc.integer({ min: -141_349, max: 2_932_896 });

const plain = (epochDay: number): Temporal.PlainDate => Temporal.PlainDate.from("1970-01-01").add({ days: epochDay });

describe("civil dates", () => {
  test("[CAL8] a date is days since 1970-01-01", () => {
    expect(parseCivilDate("1970-01-01")).toBe(0);
    expect(parseCivilDate("1969-12-31")).toBe(-1);
    expect(parseCivilDate("2027-03-01")).toBe(20_878);
    expect(formatCivilDate(20_878)).toBe("2027-03-01");
  });

  test.each([
    "2027-02-29",
    "2026-02-30",
    "2100-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-04-31",
    "2026-1-01",
    "20260101",
    "",
    "2026-01-01T00:00Z",
    "-001-01-01",
  ])("[CAL8] %j is no date", (text) => {
    expect(parseCivilDate(text)).toBeUndefined();
  });

  test("[CAL8] leap days exist in 2000 and 2028", () => {
    expect(formatCivilDate(day("2000-02-29"))).toBe("2000-02-29");
    expect(formatCivilDate(day("2028-02-29") + 1)).toBe("2028-03-01");
  });

  test("[CAL8] reading, writing and weekday agree with Temporal", () => {
    fc.assert(
      fc.property(days, (epochDay) => {
        const date = plain(epochDay);
        expect(formatCivilDate(epochDay)).toBe(date.toString());
        expect(parseCivilDate(date.toString())).toBe(epochDay);
        expect(weekdayOf(epochDay)).toBe(date.dayOfWeek);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test("[CAL10] months are added to the day of the month, or to the month's last day", () => {
    expect(addMonths(day("2027-01-31"), 1)).toBe(day("2027-02-28"));
    expect(addMonths(day("2027-01-31"), 13)).toBe(day("2028-02-29"));
    expect(addMonths(day("2027-03-31"), -1)).toBe(day("2027-02-28"));
    expect(addMonths(day("2027-12-15"), 1)).toBe(day("2028-01-15"));
    expect(addMonths(day("2027-01-15"), -1)).toBe(day("2026-12-15"));
  });

  test("[CAL10] months are added as Temporal adds them", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -240, max: 240 }), (epochDay, months) => {
        const sum = plain(epochDay).add({ months });
        expect(formatCivilDate(addMonths(epochDay, months))).toBe(
          formatCivilDate(day("1970-01-01") + plain(0).until(sum).days),
        );
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});

describe("wall-clock times", () => {
  test("[CAL9] hours, minutes and seconds are read into milliseconds of the day", () => {
    expect(parseClock("17:00")).toBe(61_200_000);
    expect(parseClock("00:00")).toBe(0);
    expect(parseClock("23:59:59")).toBe(86_399_000);
    expect(parseClock("24:00")).toBe(86_400_000);
  });

  test.each(["24:01", "25:00", "12:60", "12:00:60", "9:00", "5pm", "", "12:00:00.5", "-1:00"])(
    "[CAL9] %j is no time of a day",
    (text) => {
      expect(parseClock(text)).toBeUndefined();
    },
  );

  test("[CAL9] a time is written as it is read", () => {
    for (const text of ["00:00", "09:05", "17:00", "24:00", "23:59:59"])
      expect(formatClock(parseClock(text) as number)).toBe(text);
    expect(formatClock(86_399_999)).toBe("23:59:59.999");
    expect(formatClock(61_200_001)).toBe("17:00:00.001");
  });
});

test("[CAL11] a day is shown with its weekday", () => {
  expect(dayText(day("2026-09-21"))).toBe("Mon 21 Sep 2026");
  expect(dayText(day("2026-11-26"))).toBe("Thu 26 Nov 2026");
  expect(dayText(day("1969-12-28"))).toBe("Sun 28 Dec 1969");
});
