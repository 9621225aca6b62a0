import { type CalendarId, civilToEpochDay, epochDayToCivil } from "../../kernel/index.ts";
import { weekdayOf } from "../civil.ts";
import { byYear, type Holiday, type HolidayCalendar, nthWeekday, SATURDAY_SUNDAY, weekdayOnOrBefore } from "./model.ts";

/**
 * Legal public holidays of the United States, on the days they are observed by a Monday-to-Friday workweek: on the Friday before
 * a Saturday (6103(b)), on the Monday after a Sunday (Executive Order 11582). From 1986, the first year with all ten; Juneteenth
 * from 2021, the year of its act.
 *
 * Not counted: Inauguration Day, which 6103(c) gives to the District of Columbia and its surroundings only; days on which a
 * president closes offices by order; holidays of single states.
 */
export function usFederal(): HolidayCalendar {
  const years = { from: 1986, to: 2099 };
  return {
    id: "us-federal" as CalendarId,
    name: "US federal holidays",
    source: "5 U.S.C. 6103 as amended through Public Law 117-17 (2021); Executive Order 11582 for Sundays",
    years,
    weekend: SATURDAY_SUNDAY,
    holidays: byYear(years.from, years.to, holidaysOf),
  };
}

function holidaysOf(year: number): Holiday[] {
  const holidays = [
    observed(civilToEpochDay(year, 1, 1), "New Year's Day"),
    observed(civilToEpochDay(year + 1, 1, 1), "New Year's Day"),
    { epochDay: nthWeekday(year, 1, 1, 3), name: "Birthday of Martin Luther King, Jr." },
    { epochDay: nthWeekday(year, 2, 1, 3), name: "Washington's Birthday" },
    { epochDay: weekdayOnOrBefore(civilToEpochDay(year, 5, 31), 1), name: "Memorial Day" },
    observed(civilToEpochDay(year, 7, 4), "Independence Day"),
    { epochDay: nthWeekday(year, 9, 1, 1), name: "Labor Day" },
    { epochDay: nthWeekday(year, 10, 1, 2), name: "Columbus Day" },
    observed(civilToEpochDay(year, 11, 11), "Veterans Day"),
    { epochDay: nthWeekday(year, 11, 4, 4), name: "Thanksgiving Day" },
    observed(civilToEpochDay(year, 12, 25), "Christmas Day"),
  ];
  if (year >= 2021) holidays.push(observed(civilToEpochDay(year, 6, 19), "Juneteenth National Independence Day"));
  // A New Year's Day on a Saturday is observed in the year before: each year keeps what is observed in it.
  return holidays.filter(({ epochDay }) => epochDayToCivil(epochDay).year === year);
}

function observed(epochDay: number, name: string): Holiday {
  const weekday = weekdayOf(epochDay);
  if (weekday === 6) return { epochDay: epochDay - 1, name: `${name} (observed)` };
  if (weekday === 7) return { epochDay: epochDay + 1, name: `${name} (observed)` };
  return { epochDay, name };
}
