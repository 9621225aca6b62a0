import { type CalendarId, failure, type Result, success } from "../kernel/index.ts";
import type { HolidayCalendar } from "./holidays/model.ts";

/** The calendars of some names, in their order; fails with `calendar_missing` at the first that nobody knows. */
export function findCalendars(
  ids: readonly CalendarId[],
  calendarOf: (id: CalendarId) => HolidayCalendar | undefined,
): Result<readonly HolidayCalendar[], "calendar_missing"> {
  const found: HolidayCalendar[] = [];
  for (const id of ids) {
    const calendar = calendarOf(id);
    if (calendar === undefined) {
      return failure(
        "calendar_missing",
        `There is no calendar "${id}" in the book and none of that name comes with it.`,
      );
    }
    found.push(calendar);
  }
  return success(found);
}
