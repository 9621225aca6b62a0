import { believe, type CalendarId, civilToEpochDay } from "../../kernel/index.ts";
import { parseCivilDate, weekdayOf } from "../civil.ts";
import { byYear, type Holiday, type HolidayCalendar, nthWeekday, SATURDAY_SUNDAY } from "./model.ts";

/**
 * National holidays of Japan under the law as it stands since 2007: the named days, the substitute for one that falls on a
 * Sunday (the next day that is no holiday), and the day between two holidays. Equinox days are announced each February for the year
 * after: nothing is known beyond the last announcement. Days on which banks close besides (2 and 3 January, 31
 * December) are not national holidays and not here.
 */
export function japan(): HolidayCalendar {
  const years = { from: 2007, to: 2027 };
  return {
    id: "japan" as CalendarId,
    name: "National holidays of Japan",
    source:
      "Act on National Holidays (Act No. 178 of 1948) as amended, special acts for 2019, 2020 and 2021; equinox days as announced up to February 2026",
    years,
    weekend: SATURDAY_SUNDAY,
    holidays: byYear(years.from, years.to, holidaysOf),
  };
}

function holidaysOf(year: number): Holiday[] {
  const named = new Map<number, string>();
  for (const { epochDay, name } of [...springDays(year), ...summerDays(year), ...autumnDays(year)])
    named.set(epochDay, name);
  const all = new Map(named);
  for (const [epochDay, name] of named) {
    if (weekdayOf(epochDay) !== 7) continue;
    let substitute = epochDay + 1;
    while (named.has(substitute)) substitute += 1;
    all.set(substitute, `${name} (substitute)`);
  }
  for (const epochDay of named.keys()) {
    if (named.has(epochDay + 2) && !all.has(epochDay + 1)) all.set(epochDay + 1, "Citizens' Holiday");
  }
  return [...all].map(([epochDay, name]) => ({ epochDay, name }));
}

function springDays(year: number): Holiday[] {
  const holidays = [
    { epochDay: civilToEpochDay(year, 1, 1), name: "New Year's Day" },
    { epochDay: nthWeekday(year, 1, 1, 2), name: "Coming of Age Day" },
    { epochDay: civilToEpochDay(year, 2, 11), name: "National Foundation Day" },
    { epochDay: equinox(year, "vernal"), name: "Vernal Equinox Day" },
    { epochDay: civilToEpochDay(year, 4, 29), name: "Showa Day" },
    { epochDay: civilToEpochDay(year, 5, 3), name: "Constitution Memorial Day" },
    { epochDay: civilToEpochDay(year, 5, 4), name: "Greenery Day" },
    { epochDay: civilToEpochDay(year, 5, 5), name: "Children's Day" },
  ];
  if (year >= 2020) holidays.push({ epochDay: civilToEpochDay(year, 2, 23), name: "The Emperor's Birthday" });
  if (year === 2019) holidays.push({ epochDay: civilToEpochDay(2019, 5, 1), name: "Enthronement Day" });
  return holidays;
}

/** In 2020 and 2021 three days were moved to the opening and the closing of the Olympic Games. */
const GAMES: Readonly<Record<number, { readonly marine: number; readonly sports: number; readonly mountain: number }>> =
  {
    2020: {
      marine: civilToEpochDay(2020, 7, 23),
      sports: civilToEpochDay(2020, 7, 24),
      mountain: civilToEpochDay(2020, 8, 10),
    },
    2021: {
      marine: civilToEpochDay(2021, 7, 22),
      sports: civilToEpochDay(2021, 7, 23),
      mountain: civilToEpochDay(2021, 8, 8),
    },
  };

function summerDays(year: number): Holiday[] {
  const games = GAMES[year];
  const holidays = [
    { epochDay: games?.marine ?? nthWeekday(year, 7, 1, 3), name: "Marine Day" },
    {
      epochDay: games?.sports ?? nthWeekday(year, 10, 1, 2),
      name: year >= 2020 ? "Sports Day" : "Health and Sports Day",
    },
  ];
  if (year >= 2016) holidays.push({ epochDay: games?.mountain ?? civilToEpochDay(year, 8, 11), name: "Mountain Day" });
  return holidays;
}

function autumnDays(year: number): Holiday[] {
  const holidays = [
    { epochDay: nthWeekday(year, 9, 1, 3), name: "Respect for the Aged Day" },
    { epochDay: equinox(year, "autumnal"), name: "Autumnal Equinox Day" },
    { epochDay: civilToEpochDay(year, 11, 3), name: "Culture Day" },
    { epochDay: civilToEpochDay(year, 11, 23), name: "Labour Thanksgiving Day" },
  ];
  if (year === 2019) holidays.push({ epochDay: civilToEpochDay(2019, 10, 22), name: "Enthronement Ceremony Day" });
  if (year <= 2018) holidays.push({ epochDay: civilToEpochDay(year, 12, 23), name: "The Emperor's Birthday" });
  return holidays;
}

/** Vernal and Autumnal Equinox Day as announced in the official gazette each February for the year after. */
const EQUINOXES: Readonly<Record<number, string>> = {
  2007: "03-21 09-23",
  2008: "03-20 09-23",
  2009: "03-20 09-23",
  2010: "03-21 09-23",
  2011: "03-21 09-23",
  2012: "03-20 09-22",
  2013: "03-20 09-23",
  2014: "03-21 09-23",
  2015: "03-21 09-23",
  2016: "03-20 09-22",
  2017: "03-20 09-23",
  2018: "03-21 09-23",
  2019: "03-21 09-23",
  2020: "03-20 09-22",
  2021: "03-20 09-23",
  2022: "03-21 09-23",
  2023: "03-21 09-23",
  2024: "03-20 09-22",
  2025: "03-20 09-23",
  2026: "03-20 09-23",
  2027: "03-21 09-23",
};

function equinox(year: number, which: "vernal" | "autumnal"): number {
  const [vernal, autumnal] = (EQUINOXES[year] ?? "").split(" ");
  const epochDay = parseCivilDate(`${year}-${which === "vernal" ? vernal : autumnal}`);
  believe(epochDay !== undefined, `the equinox days of ${year} are announced`);
  return epochDay;
}
