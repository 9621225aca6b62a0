import { describe, expect, test } from "vitest";
import { civilToEpochDay, epochDayToCivil } from "../../kernel/index.ts";
import {
  BUILTIN_CALENDARS,
  builtinCalendar,
  formatCivilDate,
  type HolidayCalendar,
  holidayText,
  makeCalendar,
  parseCivilDate,
  weekdayOf,
} from "../index.ts";
import { easterSunday } from "./easter.ts";

const calendar = (id: string): HolidayCalendar => builtinCalendar(id) as HolidayCalendar;

/** "01-01 01-19 ...": the days of one year. */
function daysOf(id: string, year: number): string {
  const days = calendar(id).holidays.filter(({ epochDay }) => epochDayToCivil(epochDay).year === year);
  return days.map(({ epochDay }) => formatCivilDate(epochDay).slice(5)).join(" ");
}

function namesOf(id: string, dates: readonly string[]): string[] {
  const days = new Map(calendar(id).holidays.map((holiday) => [formatCivilDate(holiday.epochDay), holiday]));
  return dates.map((date) => {
    const holiday = days.get(date);
    return holiday === undefined ? `${date} -` : holidayText(holiday);
  });
}

describe("us-federal", () => {
  test.each([
    [1986, "01-01 01-20 02-17 05-26 07-04 09-01 10-13 11-11 11-27 12-25"],
    [2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25"],
    [2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"],
    [2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"],
    [2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"],
    [2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"],
    [2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"],
    [2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"],
    [2028, "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"],
  ])("[CAL13] %i", (year, days) => {
    expect(daysOf("us-federal", year)).toBe(days);
  });

  test("[CAL13] a New Year's Day on a Saturday is observed in the year before", () => {
    expect(namesOf("us-federal", ["2021-12-31", "2022-01-01", "2027-12-31"])).toEqual([
      "2021-12-31 New Year's Day (observed)",
      "2022-01-01 -",
      "2027-12-31 New Year's Day (observed)",
    ]);
  });

  test("[CAL13] Inauguration Day is an ordinary Wednesday in 2021 and 2037", () => {
    expect(namesOf("us-federal", ["2021-01-20", "2037-01-20"])).toEqual(["2021-01-20 -", "2037-01-20 -"]);
    expect(weekdayOf(parseCivilDate("2021-01-20") as number)).toBe(3);
  });

  test("[CAL13] no observed day is on a weekend, and there are eleven holidays a year from 2021", () => {
    const holidays = calendar("us-federal").holidays;
    expect(holidays.every(({ epochDay }) => weekdayOf(epochDay) <= 5)).toBe(true);
    const from2021 = holidays.filter(({ epochDay }) => epochDay >= civilToEpochDay(2021, 1, 1));
    expect(from2021).toHaveLength((2099 - 2021 + 1) * 11);
  });
});

describe("uk-england-wales", () => {
  test.each([
    [2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"],
    [2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"],
    [2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"],
    [2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"],
    [2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"],
    [2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"],
  ])("[CAL14] %i", (year, days) => {
    expect(daysOf("uk-england-wales", year)).toBe(days);
  });

  test("[CAL14] substitute days say so", () => {
    expect(namesOf("uk-england-wales", ["2022-12-26", "2022-12-27", "2026-12-28", "2023-01-02"])).toEqual([
      "2022-12-26 Boxing Day",
      "2022-12-27 Christmas Day (substitute day)",
      "2026-12-28 Boxing Day (substitute day)",
      "2023-01-02 New Year's Day (substitute day)",
    ]);
  });

  test("[CAL14] the published list is the law's rule, but for the days that were moved or added", () => {
    const differences: string[] = [];
    for (let year = 2018; year <= 2028; year += 1) {
      const listed = daysOf("uk-england-wales", year).split(" ");
      const ruled = ukByRule(year);
      for (const day of listed) if (!ruled.includes(day)) differences.push(`+${year}-${day}`);
      for (const day of ruled) if (!listed.includes(day)) differences.push(`-${year}-${day}`);
    }
    expect(differences).toEqual([
      "+2020-05-08",
      "-2020-05-04", // early May, moved to the 75th VE Day
      "+2022-06-02",
      "+2022-06-03",
      "+2022-09-19",
      "-2022-05-30", // spring moved, jubilee, state funeral
      "+2023-05-08", // coronation
    ]);
  });
});

/** Of gov.uk/bank-holidays.json as it stood in early October 2026, in two transcriptions found in public repositories that agree. */
describe("uk-scotland and uk-northern-ireland", () => {
  test.each([
    ["uk-scotland", 2019, "01-01 01-02 04-19 05-06 05-27 08-05 12-02 12-25 12-26"],
    ["uk-scotland", 2022, "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27"],
    ["uk-scotland", 2026, "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28"],
    ["uk-scotland", 2027, "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28"],
    ["uk-scotland", 2028, "01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26"],
    ["uk-northern-ireland", 2023, "01-02 03-17 04-07 04-10 05-01 05-08 05-29 07-12 08-28 12-25 12-26"],
    ["uk-northern-ireland", 2024, "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26"],
    ["uk-northern-ireland", 2026, "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28"],
    ["uk-northern-ireland", 2028, "01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26"],
  ])("[CAL14] %s %i", (id, year, days) => {
    expect(daysOf(id, year)).toBe(days);
  });

  test("[CAL14] substitutes in Scotland make room for each other; a day of one year is in no other", () => {
    expect(
      namesOf("uk-scotland", ["2023-01-02", "2023-01-03", "2024-12-02", "2026-06-15", "2027-06-15", "2026-04-06"]),
    ).toEqual([
      "2023-01-02 New Year's Day (substitute day)",
      "2023-01-03 2nd January (substitute day)",
      "2024-12-02 St Andrew's Day (substitute day)",
      "2026-06-15 World Cup bank holiday",
      "2027-06-15 -",
      "2026-04-06 -",
    ]);
  });

  test("[CAL14] the three lists share what is of the whole kingdom", () => {
    for (let year = 2019; year <= 2028; year += 1) {
      const inScotland = new Set(daysOf("uk-scotland", year).split(" "));
      const inIreland = new Set(daysOf("uk-northern-ireland", year).split(" "));
      const england = daysOf("uk-england-wales", year).split(" ");
      expect(england.filter((day) => !inIreland.has(day))).toEqual([]);
      // Scotland has no Easter Monday, and its summer day is the first Monday of August.
      expect(england.filter((day) => !inScotland.has(day))).toHaveLength(2);
    }
  });
});

/** Banking and Financial Dealings Act 1971, schedule 1, with the days by common law and the usual proclamations. */
function ukByRule(year: number): string[] {
  const day = (month: number, date: number): number => civilToEpochDay(year, month, date);
  const mondayFrom = (epochDay: number): number => epochDay + ((8 - weekdayOf(epochDay)) % 7);
  const christmas = day(12, 25);
  const weekday = weekdayOf(christmas);
  const christmasDays = weekday === 5 ? [0, 3] : weekday === 6 ? [2, 3] : weekday === 7 ? [1, 2] : [0, 1];
  const newYear = weekdayOf(day(1, 1)) > 5 ? mondayFrom(day(1, 1)) : day(1, 1);
  const easter = easterSunday(year);
  const days = [newYear, easter - 2, easter + 1, mondayFrom(day(5, 1)), mondayFrom(day(5, 25)), mondayFrom(day(8, 25))];
  return [...days, ...christmasDays.map((offset) => christmas + offset)].map((epochDay) =>
    formatCivilDate(epochDay).slice(5),
  );
}

describe("target", () => {
  test.each([
    [2000, "01-01 04-21 04-24 05-01 12-25 12-26"],
    [2001, "01-01 04-13 04-16 05-01 12-25 12-26 12-31"],
    [2002, "01-01 03-29 04-01 05-01 12-25 12-26"],
    [2024, "01-01 03-29 04-01 05-01 12-25 12-26"],
    [2026, "01-01 04-03 04-06 05-01 12-25 12-26"],
    [2027, "01-01 03-26 03-29 05-01 12-25 12-26"],
  ])("[CAL15] %i", (year, days) => {
    expect(daysOf("target", year)).toBe(days);
  });

  test.each([
    "1818-03-22",
    "1943-04-25",
    "2000-04-23",
    "2008-03-23",
    "2011-04-24",
    "2019-04-21",
    "2024-03-31",
    "2025-04-20",
    "2026-04-05",
    "2027-03-28",
    "2038-04-25",
    "2285-03-22",
  ])("[CAL15] Easter Sunday is %s", (date) => {
    expect(formatCivilDate(easterSunday(Number(date.slice(0, 4))))).toBe(date);
  });
});

describe("japan", () => {
  test.each([
    [2008, "01-01 01-14 02-11 03-20 04-29 05-03 05-04 05-05 05-06 07-21 09-15 09-23 10-13 11-03 11-23 11-24 12-23"],
    [2009, "01-01 01-12 02-11 03-20 04-29 05-03 05-04 05-05 05-06 07-20 09-21 09-22 09-23 10-12 11-03 11-23 12-23"],
    [
      2019,
      "01-01 01-14 02-11 03-21 04-29 04-30 05-01 05-02 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-23 10-14 10-22 11-03 11-04 11-23",
    ],
    [
      2020,
      "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-23 07-24 08-10 09-21 09-22 11-03 11-23",
    ],
    [2021, "01-01 01-11 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-22 07-23 08-08 08-09 09-20 09-23 11-03 11-23"],
    [
      2026,
      "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23",
    ],
    [2027, "01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23"],
  ])("[CAL16] %i", (year, days) => {
    expect(daysOf("japan", year)).toBe(days);
  });

  test("[CAL16] the announced equinox days are those of the almanac's formula", () => {
    // Shin Koyomi Benricho, edited at the Hydrographic Department of the Japan Coast Guard; for 1980 to 2099.
    const byFormula = (year: number, base: number): number => {
      const since = year - 1980;
      return Math.floor((base + 242_194 * since) / 1_000_000) - Math.floor(since / 4);
    };
    for (let year = 2007; year <= 2027; year += 1) {
      const named = calendar("japan").holidays.filter(({ epochDay }) => epochDayToCivil(epochDay).year === year);
      const equinoxes = named
        .filter(({ name }) => name.endsWith("Equinox Day"))
        .map(({ epochDay }) => epochDayToCivil(epochDay).day);
      expect(equinoxes).toEqual([byFormula(year, 20_843_100), byFormula(year, 23_248_800)]);
    }
  });

  test("[CAL16] a year that is not announced is not known", () => {
    expect(calendar("japan").years).toEqual({ from: 2007, to: 2027 });
  });

  test("[CAL16] substitutes and days between holidays are named as such", () => {
    expect(
      namesOf("japan", ["2026-05-04", "2026-05-06", "2026-09-22", "2019-04-30", "2020-02-24", "2019-05-01"]),
    ).toEqual([
      "2026-05-04 Greenery Day",
      "2026-05-06 Constitution Memorial Day (substitute)",
      "2026-09-22 Citizens' Holiday",
      "2019-04-30 Citizens' Holiday",
      "2020-02-24 The Emperor's Birthday (substitute)",
      "2019-05-01 Enthronement Day",
    ]);
  });
});

describe("every built-in calendar", () => {
  test.each(BUILTIN_CALENDARS.map((id) => [id]))(
    "[CAL17] %s has a source, and its days in order and inside its years",
    (id) => {
      const { holidays, source, years } = calendar(id);
      expect(source.length).toBeGreaterThan(20);
      expect(years.from).toBeLessThanOrEqual(years.to);
      const days = holidays.map(({ epochDay }) => epochDay);
      expect(days).toEqual([...new Set(days)].sort((a, b) => a - b));
      for (const { epochDay, name } of holidays) {
        const { year } = epochDayToCivil(epochDay);
        expect(year >= years.from && year <= years.to && name !== "").toBe(true);
      }
    },
  );

  test("[CAL17] they are known by id, and nothing else is", () => {
    expect(BUILTIN_CALENDARS).toEqual([
      "us-federal",
      "uk-england-wales",
      "uk-scotland",
      "uk-northern-ireland",
      "target",
      "japan",
      "none",
    ]);
    expect(builtinCalendar("none")?.holidays).toEqual([]);
    expect(builtinCalendar("us-federal")).toBe(builtinCalendar("us-federal"));
    expect(builtinCalendar("mars")).toBeUndefined();
    expect(builtinCalendar("constructor")).toBeUndefined();
  });
});

describe("one's own calendar", () => {
  const draft = {
    id: "lab-shutdown",
    name: "Summer shutdown",
    source: "Agreement, schedule 4",
    years: { from: 2026, to: 2027 },
    holidays: [
      { date: "2027-08-02", name: "Shutdown" },
      { date: "2026-08-03", name: "Shutdown" },
    ],
  };

  test("[CAL18] is made with its days in order and a weekend of Saturday and Sunday", () => {
    const made = makeCalendar(draft);
    expect(made.ok && made.value.weekend).toEqual([6, 7]);
    expect(made.ok && made.value.holidays.map(holidayText)).toEqual(["2026-08-03 Shutdown", "2027-08-02 Shutdown"]);
  });

  test("[CAL18] may have another weekend, or none", () => {
    const friday = makeCalendar({ ...draft, weekend: [5, 6] });
    expect(friday.ok && friday.value.weekend).toEqual([5, 6]);
    expect(makeCalendar({ ...draft, weekend: [] }).ok).toBe(true);
  });

  test.each([
    ["an id that is none", { id: "9 days" }],
    ["years out of order", { years: { from: 2027, to: 2026 } }],
    ["years that are not whole", { years: { from: 2026.5, to: 2027 } }],
    ["years past 9999", { years: { from: 2026, to: 10_000 } }],
    ["a weekday that is none", { weekend: [0, 6] }],
    ["a week without a business day", { weekend: [1, 2, 3, 4, 5, 6, 7] }],
    ["a date that is none", { holidays: [{ date: "2026-02-30", name: "x" }] }],
    ["a date twice", { holidays: [...draft.holidays, { date: "2026-08-03", name: "again" }] }],
    ["a date after its years", { holidays: [{ date: "2028-01-01", name: "x" }] }],
    ["a date before its years", { holidays: [{ date: "2025-12-31", name: "x" }] }],
  ])("[CAL18] is refused for %s", (_, wrong) => {
    const made = makeCalendar({ ...draft, ...wrong });
    expect(made.ok ? "made" : made.problem.code).toBe("calendar_invalid");
  });
});
