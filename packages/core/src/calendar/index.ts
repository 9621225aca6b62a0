export * from "./business-days.ts";
export * from "./civil.ts";
export * from "./conversion.ts";
export * from "./deadlines.ts";
export * from "./find-calendars.ts";
export * from "./holidays/builtin.ts";
export {
  type CalendarDraft,
  type Holiday,
  type HolidayCalendar,
  holidayText,
  makeCalendar,
  SATURDAY_SUNDAY,
} from "./holidays/model.ts";
export * from "./periods.ts";
export * from "./receipt.ts";
export * from "./spans.ts";
export { nameOfOffset } from "./offset-names.ts";
export { formatOffset } from "./offset-text.ts";
export { nextTransition, offsetAt, parseZone, tzdataVersion, UTC, type ZoneId } from "./zones.ts";
export * from "./zoned-text.ts";
