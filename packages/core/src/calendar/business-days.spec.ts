import { describe, expect, test } from "vitest";
import {
  builtinCalendar,
  type BusinessCalendars,
  businessDayAfter,
  formatCivilDate,
  type HolidayCalendar,
  isBusinessDay,
  makeCalendar,
  parseCivilDate,
  reasonsClosed,
} from "./index.ts";

const calendar = (id: string): HolidayCalendar => builtinCalendar(id) as HolidayCalendar;
const day = (text: string): number => parseCivilDate(text) as number;

const US_AND_UK: BusinessCalendars = { calendars: [calendar("us-federal"), calendar("uk-england-wales")], join: "all" };
const US_OR_UK: BusinessCalendars = { ...US_AND_UK, join: "any" };

function own(id: string, weekend: number[]): HolidayCalendar {
  const made = makeCalendar({ id, name: id, source: "a test", years: { from: 2020, to: 2030 }, weekend, holidays: [] });
  if (!made.ok) throw new Error(made.problem.detail);
  return made.value;
}

function after(days: BusinessCalendars, from: string, n: number): string {
  const found = businessDayAfter(days, day(from), n);
  return found.ok ? formatCivilDate(found.value.epochDay) : found.problem.code;
}

describe("calendars taken together", () => {
  test.each([
    ["2026-11-26", "Thanksgiving, United States only", false, true],
    ["2026-08-31", "summer bank holiday, England only", false, true],
    ["2026-12-25", "Christmas in both", false, false],
    ["2026-12-26", "a Saturday in both", false, false],
    ["2026-11-25", "open in both", true, true],
  ])("[CAL20] %s, %s: all %s, any %s", (date, _, all, any) => {
    expect(isBusinessDay(US_AND_UK, day(date))).toEqual({ ok: true, value: all });
    expect(isBusinessDay(US_OR_UK, day(date))).toEqual({ ok: true, value: any });
  });

  test("[CAL20] counts differ by the join", () => {
    expect(after(US_AND_UK, "2026-11-25", 1)).toBe("2026-11-27");
    expect(after(US_OR_UK, "2026-11-25", 1)).toBe("2026-11-26");
  });

  test("[CAL20] weekends are each calendar's own", () => {
    const gulf = { calendars: [calendar("us-federal"), own("gulf", [5, 6])], join: "all" } as const;
    expect(after(gulf, "2026-09-10", 1)).toBe("2026-09-14"); // Friday, Saturday, Sunday closed
    expect(after({ ...gulf, join: "any" }, "2026-09-10", 1)).toBe("2026-09-11");
  });

  test("[CAL26] every calendar that closes a day gives its reason", () => {
    expect(reasonsClosed(US_AND_UK, day("2026-12-25"))).toEqual([
      { calendar: "us-federal", reason: "holiday", name: "Christmas Day" },
      { calendar: "uk-england-wales", reason: "holiday", name: "Christmas Day" },
    ]);
    expect(reasonsClosed(US_AND_UK, day("2026-11-26"))).toEqual([
      { calendar: "us-federal", reason: "holiday", name: "Thanksgiving Day" },
    ]);
    expect(reasonsClosed(US_AND_UK, day("2026-11-28"))).toEqual([
      { calendar: "us-federal", reason: "weekend" },
      { calendar: "uk-england-wales", reason: "weekend" },
    ]);
    expect(reasonsClosed(US_AND_UK, day("2026-11-27"))).toEqual([]);
  });
});

describe("years that a calendar does not cover", () => {
  test("[CAL19] a count that reaches one ends there", () => {
    const uk = { calendars: [calendar("uk-england-wales")], join: "all" } as const;
    expect(after(uk, "2028-12-27", 2)).toBe("2028-12-29");
    expect(after(uk, "2028-12-27", 3)).toBe("calendar_year_unknown");
    expect(after(uk, "2017-12-29", 1)).toBe("calendar_year_unknown");
  });

  test("[CAL19] also where another calendar would decide", () => {
    expect(after(US_OR_UK, "2028-12-29", 2)).toBe("calendar_year_unknown");
    expect(isBusinessDay(US_AND_UK, day("2029-07-04"))).toMatchObject({
      ok: false,
      problem: { code: "calendar_year_unknown" },
    });
  });

  test("[CAL19] on the days next to its first and last", () => {
    const uk = { calendars: [calendar("uk-england-wales")], join: "all" } as const;
    for (const date of ["2018-01-01", "2028-12-31"]) expect(isBusinessDay(uk, day(date)).ok).toBe(true);
    for (const date of ["2017-12-31", "2029-01-01"]) expect(isBusinessDay(uk, day(date)).ok).toBe(false);
  });

  test("[CAL19] the problem names the calendar and the year", () => {
    const result = isBusinessDay(US_AND_UK, day("2029-07-04"));
    expect(result.ok ? "" : result.problem.detail).toMatch(/uk-england-wales.*2029/);
  });
});

describe("counts that are asked for again", () => {
  const us = { calendars: [calendar("us-federal")], join: "all" } as const;

  test("[CAL30] give the same answer before and after many others, short or long", () => {
    const first = Array.from({ length: 3_000 }, (_, i) => businessDayAfter(us, day("2026-01-01") + i, 1 + (i % 90)));
    const again = Array.from({ length: 3_000 }, (_, i) => businessDayAfter(us, day("2026-01-01") + i, 1 + (i % 90)));
    expect(again).toEqual(first);
    const step = (from: number): number => {
      const found = businessDayAfter(us, from, 1);
      return found.ok ? found.value.epochDay : Number.NaN;
    };
    expect(businessDayAfter(us, day("2026-01-02"), 65)).not.toEqual(businessDayAfter(us, day("2026-01-03"), 1));
    let stepped = day("2026-01-01") + 63;
    for (let left = 64; left > 0; left -= 1) stepped = step(stepped);
    expect(first[63]).toMatchObject({ ok: true, value: { epochDay: stepped } });
  });
});

describe("no business day to be had", () => {
  test("[CAL21] without a calendar there is nothing to count by", () => {
    expect(after({ calendars: [], join: "all" }, "2026-01-01", 1)).toBe("calendar_missing");
    expect(isBusinessDay({ calendars: [], join: "any" }, day("2026-01-01"))).toMatchObject({ ok: false });
  });

  test("[CAL21] closed days that do not follow each other are never too many", () => {
    expect(after({ calendars: [calendar("us-federal")], join: "all" }, "2026-01-01", 2_500)).toMatch(/^203[56]/);
  });

  test("[CAL21] calendars that close each other's days are found out", () => {
    const never = { calendars: [own("early", [1, 2, 3, 4]), own("late", [5, 6, 7])], join: "all" } as const;
    expect(after(never, "2026-01-01", 1)).toBe("no_business_day");
    expect(after({ ...never, join: "any" }, "2026-01-01", 3)).toBe("2026-01-04");
  });
});
