import type { CalendarId } from "../../kernel/index.ts";
import { japan } from "./japan.ts";
import { type HolidayCalendar, SATURDAY_SUNDAY } from "./model.ts";
import { target } from "./target.ts";
import { ukEnglandWales, ukNorthernIreland, ukScotland } from "./uk.ts";
import { usFederal } from "./us-federal.ts";

/** Every day but Saturday and Sunday. For agreements that count weekdays and name no holidays. */
function weekendsOnly(): HolidayCalendar {
  return {
    id: "none" as CalendarId,
    name: "Weekends only",
    source: "Saturday and Sunday by definition; no holidays",
    years: { from: 0, to: 9999 },
    weekend: SATURDAY_SUNDAY,
    holidays: [],
  };
}

const MAKERS: ReadonlyMap<string, () => HolidayCalendar> = new Map([
  ["us-federal", usFederal],
  ["uk-england-wales", ukEnglandWales],
  ["uk-scotland", ukScotland],
  ["uk-northern-ireland", ukNorthernIreland],
  ["target", target],
  ["japan", japan],
  ["none", weekendsOnly],
]);

const made = new Map<string, HolidayCalendar>();

/** Ids of the calendars that come with the product. */
export const BUILTIN_CALENDARS: readonly CalendarId[] = [...MAKERS.keys()] as CalendarId[];

/** A calendar that comes with the product, by its id: the same object each time. Undefined for any other id. */
export function builtinCalendar(id: string): HolidayCalendar | undefined {
  const known = made.get(id);
  if (known !== undefined) return known;
  const calendar = MAKERS.get(id)?.();
  if (calendar !== undefined) made.set(id, calendar);
  return calendar;
}
