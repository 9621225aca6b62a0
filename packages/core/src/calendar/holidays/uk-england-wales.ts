import { believe, type CalendarId } from "../../kernel/index.ts";
import { parseCivilDate, weekdayOf } from "../civil.ts";
import { byYear, type Holiday, type HolidayCalendar, SATURDAY_SUNDAY } from "./model.ts";

const NAMES = [
  "New Year's Day",
  "Good Friday",
  "Easter Monday",
  "Early May bank holiday",
  "Spring bank holiday",
  "Summer bank holiday",
  "Christmas Day",
  "Boxing Day",
] as const;

/**
 * The days as published, in the order of `NAMES`; where a day falls on a weekend, its substitute. Not a rule but a list: some of
 * these days are appointed by proclamation each year, and may be moved (2020, 2022) or added (2022, 2023).
 */
const PUBLISHED: Readonly<Record<number, string>> = {
  2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
  2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
  2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
  2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
  2022: "01-03 04-15 04-18 05-02 06-02 08-29 12-27 12-26",
  2023: "01-02 04-07 04-10 05-01 05-29 08-28 12-25 12-26",
  2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
  2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
  2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
  2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
};

const ONCE: Readonly<Record<number, readonly (readonly [monthDay: string, name: string])[]>> = {
  2022: [
    ["06-03", "Platinum Jubilee bank holiday"],
    ["09-19", "Bank Holiday for the State Funeral of Queen Elizabeth II"],
  ],
  2023: [["05-08", "Bank holiday for the coronation of King Charles III"]],
};

const FIXED: Readonly<Record<string, string>> = {
  "New Year's Day": "01-01",
  "Christmas Day": "12-25",
  "Boxing Day": "12-26",
};

/** Bank holidays of England and Wales, with substitute days, for the years that the government has published. */
export function ukEnglandWales(): HolidayCalendar {
  const years = { from: 2018, to: 2027 };
  return {
    id: "uk-england-wales" as CalendarId,
    name: "Bank holidays of England and Wales",
    source: "gov.uk/bank-holidays, division england-and-wales, as published for 2018 to 2027",
    years,
    weekend: SATURDAY_SUNDAY,
    holidays: byYear(years.from, years.to, holidaysOf),
  };
}

function holidaysOf(year: number): Holiday[] {
  const days = (PUBLISHED[year] ?? "").split(" ");
  const holidays = NAMES.map((name, i) => holiday(year, days[i] ?? "", name));
  for (const [monthDay, name] of ONCE[year] ?? []) holidays.push(holiday(year, monthDay, name));
  return holidays;
}

function holiday(year: number, monthDay: string, name: string): Holiday {
  const epochDay = parseCivilDate(`${year}-${monthDay}`);
  believe(epochDay !== undefined && weekdayOf(epochDay) <= 5, `${year}-${monthDay} is a published bank holiday`);
  const substitute = FIXED[name] !== undefined && FIXED[name] !== monthDay;
  return { epochDay, name: substitute ? `${name} (substitute day)` : name };
}
