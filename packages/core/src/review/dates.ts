import { civilAt, formatCivilDate, type ZoneId } from "../calendar/index.ts";
import type { Instant } from "../kernel/index.ts";

/** The civil date of an instant in a zone: `2027-01-01`. */
export function zonedDateText(zone: ZoneId, at: Instant): string {
  return formatCivilDate(civilAt(zone, at).epochDay);
}

export function yearOf(zone: ZoneId, at: Instant): number {
  return Number(zonedDateText(zone, at).slice(0, 4));
}
