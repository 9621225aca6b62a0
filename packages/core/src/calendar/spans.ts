import { addMs, type Instant, SECOND_MS, type TimeWindow } from "../kernel/index.ts";
import { dayText } from "./civil.ts";
import { civilAt } from "./conversion.ts";
import { respondByText, zonedText } from "./zoned-text.ts";
import { offsetName } from "./zoned-text.ts";
import { UTC, type ZoneId } from "./zones.ts";

/**
 * "Mon 9 Mar 2026 16:20 PDT": when something happened, for people. Parts of a second are left out: what falls due a millisecond after
 * 17:00 happens at 17:00.
 */
export function momentText(zone: ZoneId, at: Instant): string {
  return zonedText(zone, addMs(at, -(((at % SECOND_MS) + SECOND_MS) % SECOND_MS)));
}

/**
 * "from Fri 1 Jan 2027 to Fri 31 Dec 2027": first and last day of a window of whole days of the zone; of whole days of UTC, with
 * "(UTC)" behind; else both instants, of which the end is outside.
 */
export function spanText(zone: ZoneId, window: TimeWindow): string {
  const own = wholeDays(zone, window);
  if (own !== undefined) return own;
  const universal = wholeDays(UTC, window);
  if (universal !== undefined) return `${universal} (UTC)`;
  const { from, to } = window;
  const name = (at: Instant): string => zonedText(zone, at).slice(0, -offsetName(zone, at).length - 1);
  const start = offsetName(zone, from) === offsetName(zone, to) ? name(from) : zonedText(zone, from);
  return `from ${start} to ${zonedText(zone, to)}`;
}

function wholeDays(zone: ZoneId, { from, to }: TimeWindow): string | undefined {
  const first = civilAt(zone, from);
  const end = civilAt(zone, to);
  if (first.msOfDay !== 0 || end.msOfDay !== 0 || end.epochDay <= first.epochDay) return undefined;
  return `from ${dayText(first.epochDay)} to ${dayText(end.epochDay - 1)}`;
}

/** The last instant in time without parts of a second, but for the end of a day, which is 24:00: "Thu 26 Jun 2025 17:00 PDT". */
export function deadlineText(zone: ZoneId, respondBy: Instant): string {
  const isLastOfSecond = (respondBy + 1) % SECOND_MS === 0;
  return isLastOfSecond ? respondByText(zone, respondBy) : momentText(zone, respondBy);
}
