import type { CalendarId } from "../kernel/index.ts";
import type { ZoneId } from "../calendar/index.ts";

/**
 * A period of time as a clause states it. What it leaves out (zone, calendars, how they join, the close hour) comes from the
 * agreement it stands in.
 */
export interface WindowSpec {
  readonly n: number;
  readonly unit: "business-days" | "hours" | "days";
  readonly zone?: ZoneId;
  readonly calendars?: readonly CalendarId[];
  readonly join?: "all" | "any";
  /** Wall-clock milliseconds of the day at which a business-day window closes. */
  readonly closeMs?: number;
}
