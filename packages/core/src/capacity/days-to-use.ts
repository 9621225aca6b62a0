import { DAY_MS, type TimeWindow } from "../kernel/index.ts";

/** Calendars of up to this many days get all their days at once; longer ones grow as they are used. */
const DAYS_AT_ONCE = 2_048;

/** Days since the epoch, [first, end). */
interface DayRange {
  readonly first: number;
  readonly end: number;
}

function daysOf(window: TimeWindow): DayRange {
  return { first: Math.floor(window.from / DAY_MS), end: Math.ceil(window.to / DAY_MS) };
}

function hull(a: DayRange, b: DayRange): DayRange {
  return { first: Math.min(a.first, b.first), end: Math.max(a.end, b.end) };
}

/**
 * Which days a calendar takes into use so that a window is among them: those in use already, and all days with a quantity
 * where they are few; else twice as many as before, on the side where it grows.
 */
export function daysToUse(needed: TimeWindow, inUse: TimeWindow | undefined, extent: TimeWindow | undefined): DayRange {
  const old = inUse === undefined ? daysOf(needed) : daysOf(inUse);
  const least = hull(old, daysOf(needed));
  if (extent === undefined) return least;
  const most = hull(least, daysOf(extent));
  if (most.end - most.first <= DAYS_AT_ONCE) return most;
  const growth = inUse === undefined ? 0 : old.end - old.first;
  return {
    first: least.first < old.first ? Math.min(least.first, Math.max(most.first, old.first - growth)) : least.first,
    end: least.end > old.end ? Math.max(least.end, Math.min(most.end, old.end + growth)) : least.end,
  };
}
