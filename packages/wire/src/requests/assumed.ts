import { localDate, startOfDay, type ZoneId } from "@offtake/core/calendar";
import { addMs, DAY_MS, type Instant, type TimeWindow } from "@offtake/core/kernel";
import type { ComputeRequest } from "@offtake/core/requests";

/** What a plan takes a request that does not say when to mean. */
const LEAD_DAYS = 30;
const LENGTH_DAYS = 90;

/** Whole days of the zone, from the first midnight after the lead time. */
export function assumedWindow(zone: ZoneId, at: Instant): TimeWindow {
  const day = localDate(zone, addMs(at, LEAD_DAYS * DAY_MS - 1)) + 1;
  return { from: startOfDay(zone, day), to: startOfDay(zone, day + LENGTH_DAYS) };
}

/** What of a request was made up for want of it, in words; undefined where nothing was. */
export function assumedOf({ lines }: Pick<ComputeRequest, "lines">, zone: ZoneId, at: Instant): string | undefined {
  const { from, to } = assumedWindow(zone, at);
  return lines.some(({ window }) => window.from === from && window.to === to)
    ? `the time, for want of one: ${LENGTH_DAYS} days, beginning ${LEAD_DAYS} days from now`
    : undefined;
}
