import { addMs, type Instant } from "../kernel/index.ts";
import { dayText, formatClock } from "./civil.ts";
import { civilAt, localDate, startOfDay } from "./conversion.ts";
import { nameOfOffset } from "./offset-names.ts";
import { offsetAt, type ZoneId } from "./zones.ts";

/** "PDT" where the zone has a name for its offset that means one thing only, else "UTC-07:00". */
export function offsetName(zone: ZoneId, at: Instant): string {
  return nameOfOffset(zone, offsetAt(zone, at));
}

/** "Mon 21 Sep 2026 17:00 PDT": an instant as calendar and clock of the zone show it, in English, the same on every engine. */
export function zonedText(zone: ZoneId, at: Instant): string {
  const { epochDay, msOfDay } = civilAt(zone, at);
  return `${dayText(epochDay)} ${formatClock(msOfDay)} ${offsetName(zone, at)}`;
}

/** An end that is outside: "Fri 31 Dec 2027 24:00 PST" where it is the end of a day, else the plain text of that instant. */
export function endText(zone: ZoneId, end: Instant): string {
  const lastDay = localDate(zone, addMs(end, -1));
  if (startOfDay(zone, lastDay + 1) !== end) return zonedText(zone, end);
  return `${dayText(lastDay)} 24:00 ${offsetName(zone, addMs(end, -1))}`;
}

/** The last instant in time for people: the millisecond before 24:00 reads "24:00", every other instant as it is. */
export function respondByText(zone: ZoneId, respondBy: Instant): string {
  const after = addMs(respondBy, 1);
  return startOfDay(zone, localDate(zone, respondBy) + 1) === after ? endText(zone, after) : zonedText(zone, respondBy);
}
