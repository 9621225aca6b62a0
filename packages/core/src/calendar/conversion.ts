import { DAY_MS, type Instant } from "../kernel/index.ts";
import { nextTransition, OFFSET_MAX_MS, offsetAt, segmentAt, spanAt, type ZoneId } from "./zones.ts";

/** A reading of a wall calendar and a wall clock: days since 1970-01-01, and ms since the clock showed 00:00. */
export interface Civil {
  readonly epochDay: number;
  readonly msOfDay: number;
}

/** What calendar and clock show in the zone at that instant. */
export function civilAt(zone: ZoneId, at: Instant): Civil {
  const local = at + offsetAt(zone, at);
  const epochDay = Math.floor(local / DAY_MS);
  return { epochDay, msOfDay: local - epochDay * DAY_MS };
}

/** The local date of an instant, in days since 1970-01-01. */
export function localDate(zone: ZoneId, at: Instant): number {
  return Math.floor((at + offsetAt(zone, at)) / DAY_MS);
}

/**
 * The instant at which calendar and clock show this in the zone. `msOfDay` from 0 to 86,400,000, which is 00:00 of the next day.
 *
 * Shown twice, because clocks are set back: the earlier instant. Never shown, because clocks are set forward: as much later as
 * they are set forward, so that 02:30 in a gap from 02:00 to 03:00 is 03:30. This is the reading of RFC 5545, section 3.3.5,
 * and of Temporal's "compatible".
 */
export function instantOf(zone: ZoneId, epochDay: number, msOfDay: number): Instant {
  const local = epochDay * DAY_MS + msOfDay;
  const span = spanAt(zone, local - OFFSET_MAX_MS);
  const segment = segmentAt(span, local - OFFSET_MAX_MS);
  const offsetBefore = span.offsetsMs[segment] as number;
  const end = span.starts[segment + 1] ?? span.to;
  if (local + OFFSET_MAX_MS < end) return (local - offsetBefore) as Instant;
  return nearTransition(zone, local, offsetBefore) ?? ((local - offsetBefore) as Instant);
}

/**
 * The first instant of a civil day in the zone. Where clocks are set forward across midnight this is the instant they are set;
 * of a day that the zone left out (Apia, 2011-12-30) it is that of the next day, so that the day is empty.
 */
export function startOfDay(zone: ZoneId, epochDay: number): Instant {
  const local = epochDay * DAY_MS;
  const span = spanAt(zone, local - OFFSET_MAX_MS);
  const segment = segmentAt(span, local - OFFSET_MAX_MS);
  const offsetBefore = span.offsetsMs[segment] as number;
  const end = span.starts[segment + 1] ?? span.to;
  if (local + OFFSET_MAX_MS < end) return (local - offsetBefore) as Instant;
  const shown = nearTransition(zone, local, offsetBefore);
  return shown ?? (nextTransition(zone, local - OFFSET_MAX_MS, local + OFFSET_MAX_MS) as Instant);
}

/** The earliest instant near a change of offset that shows `local`; undefined where none does. */
function nearTransition(zone: ZoneId, local: number, offsetBefore: number): Instant | undefined {
  const early = local - offsetBefore;
  if (offsetAt(zone, early) === offsetBefore) return early as Instant;
  const offsetAfter = offsetAt(zone, local + OFFSET_MAX_MS);
  const late = local - offsetAfter;
  return offsetAt(zone, late) === offsetAfter ? (late as Instant) : undefined;
}
