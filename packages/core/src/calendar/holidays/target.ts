import { type CalendarId, civilToEpochDay } from "../../kernel/index.ts";
import { easterSunday } from "./easter.ts";
import { byYear, type Holiday, type HolidayCalendar, SATURDAY_SUNDAY } from "./model.ts";

/**
 * Closing days of TARGET, the euro's settlement system; the usual business-day calendar of contracts in euro. A closing day that
 * falls on a weekend is not moved. The six days held for 2000 and 2001 by yearly decision and hold "from 2002 until further
 * notice"; 31 December 2001 was closed once, for the change to euro cash.
 */
export function target(): HolidayCalendar {
  const years = { from: 2000, to: 2099 };
  return {
    id: "target" as CalendarId,
    name: "TARGET closing days",
    source:
      "European Central Bank, long-term calendar for TARGET closing days, 14 December 2000; yearly decisions for 2000 and 2001",
    years,
    weekend: SATURDAY_SUNDAY,
    holidays: byYear(years.from, years.to, holidaysOf),
  };
}

function holidaysOf(year: number): Holiday[] {
  const easter = easterSunday(year);
  const holidays = [
    { epochDay: civilToEpochDay(year, 1, 1), name: "New Year's Day" },
    { epochDay: easter - 2, name: "Good Friday" },
    { epochDay: easter + 1, name: "Easter Monday" },
    { epochDay: civilToEpochDay(year, 5, 1), name: "Labour Day" },
    { epochDay: civilToEpochDay(year, 12, 25), name: "Christmas Day" },
    { epochDay: civilToEpochDay(year, 12, 26), name: "Christmas Holiday" },
  ];
  if (year === 2001) holidays.push({ epochDay: civilToEpochDay(2001, 12, 31), name: "Euro cash changeover" });
  return holidays;
}
