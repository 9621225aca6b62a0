import { dayText } from "@offtake/core/calendar";
import { DAY_MS, HOUR_MS } from "@offtake/core/kernel";
import { momentText, shownAt } from "./zoned.ts";

/** A window as told: holds `from`, does not hold `to`. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export interface SpanShown {
  /** "1 May → 29 Jul 2026 (90 d)": first and last day. */
  readonly text: string;
  /** The same without its length, for tables that have no room for it. */
  readonly short: string;
  /** What the text leaves out: both instants, and that the end is outside. */
  readonly exact: string;
}

/**
 * A window by its first and its last day, as people say it. In days of the zone; in days of UTC where these are whole and the zone's are
 * not, and said so; with clock times where neither are.
 */
export function spanShown({ from, to }: Span, zone: string): SpanShown {
  const start = Date.parse(from);
  const end = Date.parse(to);
  const exact = `from ${momentText(zone, start)}, until before ${momentText(zone, end)}`;
  const short = shortText(start, end, zone);
  return { text: `${short} (${lengthText(end - start)})`, short, exact };
}

function shortText(start: number, end: number, zone: string): string {
  const own = wholeDays(start, end, zone);
  if (own !== undefined) return own;
  const universal = wholeDays(start, end, "UTC");
  if (universal !== undefined) return `${universal} UTC`;
  return `${momentText(zone, start)} → ${momentText(zone, end)}`;
}

/** The zone in whose days a window is said: its own, or UTC where only there it begins at midnight. */
export function zoneOfDays({ from }: Span, zone: string): string {
  const at = Date.parse(from);
  return shownAt(zone, at).msOfDay !== 0 && shownAt("UTC", at).msOfDay === 0 ? "UTC" : zone;
}

function wholeDays(start: number, end: number, zone: string): string | undefined {
  const first = shownAt(zone, start);
  const after = shownAt(zone, end);
  if (first.msOfDay !== 0 || after.msOfDay !== 0 || end <= start) return undefined;
  const from = dayWithoutWeekday(first.epochDay);
  const to = dayWithoutWeekday(after.epochDay - 1);
  if (from === to) return to;
  const sameYear = from.slice(-4) === to.slice(-4);
  return `${sameYear ? from.slice(0, -5) : from} → ${to}`;
}

/** "1 May 2026" */
export const dayWithoutWeekday = (epochDay: number): string => dayText(epochDay).slice(4);

/** "90 d", "36 h", "1 d 6 h": whole days first, then hours; minutes where there is no whole hour. */
export function lengthText(ms: number): string {
  if (ms < HOUR_MS) return `${Math.round(ms / 60_000)} min`;
  const hours = Math.round(ms / HOUR_MS);
  // An hour more or less is the change of the clocks, not a length of its own.
  const days = Math.round(ms / DAY_MS);
  if (days > 2 && Math.abs(ms - days * DAY_MS) <= HOUR_MS) return `${days} d`;
  if (hours % 24 === 0) return `${hours / 24} d`;
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
