import { believe, type CalendarId } from "../../kernel/index.ts";
import { parseCivilDate, weekdayOf } from "../civil.ts";
import { byYear, type Holiday, type HolidayCalendar, SATURDAY_SUNDAY } from "./model.ts";

/** The three divisions for which the government publishes bank holidays. */
type Division = "england-and-wales" | "scotland" | "northern-ireland";

/** The days of a division by name, with the civil date of those that have one: published on another, it is a substitute day. */
type Names = readonly (readonly [name: string, fixed?: string])[];

const EASTER_MONDAY = ["Easter Monday"] as const;
const NEW_YEAR = ["New Year's Day", "01-01"] as const;
const GOOD_FRIDAY = ["Good Friday"] as const;
const MAY = [["Early May bank holiday"], ["Spring bank holiday"]] as const;
const SUMMER = ["Summer bank holiday"] as const;
const CHRISTMAS = [
  ["Christmas Day", "12-25"],
  ["Boxing Day", "12-26"],
] as const;

const NAMES: Readonly<Record<Division, Names>> = {
  "england-and-wales": [NEW_YEAR, GOOD_FRIDAY, EASTER_MONDAY, ...MAY, SUMMER, ...CHRISTMAS],
  scotland: [
    NEW_YEAR,
    ["2nd January", "01-02"],
    GOOD_FRIDAY,
    ...MAY,
    SUMMER,
    ["St Andrew's Day", "11-30"],
    ...CHRISTMAS,
  ],
  "northern-ireland": [
    NEW_YEAR,
    ["St Patrick's Day", "03-17"],
    GOOD_FRIDAY,
    EASTER_MONDAY,
    ...MAY,
    ["Battle of the Boyne (Orangemen's Day)", "07-12"],
    SUMMER,
    ...CHRISTMAS,
  ],
};

/**
 * The days as published, in the order of `NAMES`; where a day falls on a weekend, its substitute. Not a rule but a list: some of these
 * days are appointed by proclamation each year, and may be moved (2020, 2022) or added (2022, 2023, 2026).
 */
const PUBLISHED: Readonly<Record<Division, Readonly<Record<number, string>>>> = {
  "england-and-wales": {
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
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
  },
  scotland: {
    2019: "01-01 01-02 04-19 05-06 05-27 08-05 12-02 12-25 12-26",
    2020: "01-01 01-02 04-10 05-08 05-25 08-03 11-30 12-25 12-28",
    2021: "01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28",
    2022: "01-03 01-04 04-15 05-02 06-02 08-01 11-30 12-27 12-26",
    2023: "01-02 01-03 04-07 05-01 05-29 08-07 11-30 12-25 12-26",
    2024: "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26",
    2025: "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26",
    2026: "01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28",
    2027: "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28",
    2028: "01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26",
  },
  "northern-ireland": {
    2019: "01-01 03-18 04-19 04-22 05-06 05-27 07-12 08-26 12-25 12-26",
    2020: "01-01 03-17 04-10 04-13 05-08 05-25 07-13 08-31 12-25 12-28",
    2021: "01-01 03-17 04-02 04-05 05-03 05-31 07-12 08-30 12-27 12-28",
    2022: "01-03 03-17 04-15 04-18 05-02 06-02 07-12 08-29 12-27 12-26",
    2023: "01-02 03-17 04-07 04-10 05-01 05-29 07-12 08-28 12-25 12-26",
    2024: "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26",
    2025: "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
    2026: "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
    2027: "01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28",
    2028: "01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26",
  },
};

type Once = readonly (readonly [date: string, name: string])[];

/** Days that were added for one year in the whole kingdom. */
const ONCE: Once = [
  ["2022-06-03", "Platinum Jubilee bank holiday"],
  ["2022-09-19", "Bank Holiday for the State Funeral of Queen Elizabeth II"],
  ["2023-05-08", "Bank holiday for the coronation of King Charles III"],
];

const ONCE_HERE: Readonly<Record<Division, Once>> = {
  "england-and-wales": [],
  scotland: [["2026-06-15", "World Cup bank holiday"]],
  "northern-ireland": [],
};

/** Bank holidays of England and Wales, with substitute days, for the years that the government has published. */
export const ukEnglandWales = (): HolidayCalendar =>
  division("england-and-wales", "uk-england-wales", "Bank holidays of England and Wales");

/** Bank holidays of Scotland; local holidays of its towns are not among them. */
export const ukScotland = (): HolidayCalendar => division("scotland", "uk-scotland", "Bank holidays of Scotland");

/** Bank holidays of Northern Ireland. */
export const ukNorthernIreland = (): HolidayCalendar =>
  division("northern-ireland", "uk-northern-ireland", "Bank holidays of Northern Ireland");

function division(part: Division, id: string, name: string): HolidayCalendar {
  const published = Object.keys(PUBLISHED[part]).map(Number);
  const years = { from: Math.min(...published), to: Math.max(...published) };
  return {
    id: id as CalendarId,
    name,
    source: `gov.uk/bank-holidays, division ${part}, as published for ${years.from} to ${years.to}; 2028 as published in October 2026`,
    years,
    weekend: SATURDAY_SUNDAY,
    holidays: byYear(years.from, years.to, (year) => holidaysOf(part, year)),
  };
}

function holidaysOf(part: Division, year: number): Holiday[] {
  const days = (PUBLISHED[part][year] ?? "").split(" ");
  const holidays = NAMES[part].map(([name, fixed], index) => {
    const monthDay = days[index] ?? "";
    const substitute = fixed !== undefined && fixed !== monthDay;
    return published(`${year}-${monthDay}`, substitute ? `${name} (substitute day)` : name);
  });
  const once = [...ONCE, ...ONCE_HERE[part]].filter(([date]) => date.startsWith(String(year)));
  return [...holidays, ...once.map(([date, name]) => published(date, name))];
}

function published(date: string, name: string): Holiday {
  const epochDay = parseCivilDate(date);
  believe(epochDay !== undefined && weekdayOf(epochDay) <= 5, `${date} is a published bank holiday`);
  return { epochDay, name };
}
