import { dayText, formatClock, nameOfOffset } from "@offtake/core/calendar";
import { DAY_MS, SECOND_MS } from "@offtake/core/kernel";

/** What calendar and clock of a zone show. */
export interface Shown {
  /** Days since 1970-01-01. */
  readonly epochDay: number;
  readonly msOfDay: number;
  /** "PDT", or "UTC+05:30" where the offset has no name of its own. */
  readonly name: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The browser's own tables give the offset, and the core its name and the writing of days: the console shows an instant in the same words
 * as the command and the letters, without carrying a zone library (zoned.spec.ts compares them).
 */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset", hour: "numeric" });
    formats.set(zone, format);
  }
  return format;
}

/** What the clocks of the zone are ahead of UTC at that instant, in ms. */
export function offsetMs(zone: string, at: number): number {
  const name = formatOf(zone)
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value;
  const match = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(name ?? "");
  if (match === null) throw new Error(`Broken belief: ${name} is an offset`);
  const [, sign = "+", hours = "0", minutes = "0", seconds = "0"] = match;
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * SECOND_MS;
  return sign === "-" ? -ms : ms;
}

/** True for a zone that this browser knows. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

export function shownAt(zone: string, at: number): Shown {
  const offset = offsetMs(zone, at);
  const local = at + offset;
  const epochDay = Math.floor(local / DAY_MS);
  return { epochDay, msOfDay: local - epochDay * DAY_MS, name: nameOfOffset(zone, offset) };
}

/** "Mon 9 Mar 2026 16:20:07 PDT": when something happened. Parts of a second are left out. */
export function momentText(zone: string, at: number): string {
  const { epochDay, msOfDay, name } = shownAt(zone, Math.floor(at / SECOND_MS) * SECOND_MS);
  return `${dayText(epochDay)} ${formatClock(msOfDay)} ${name}`;
}

/** The last instant in time: "Mon 9 Mar 2026 17:00 PDT"; the last millisecond of a day reads 24:00 of it. */
export function deadlineText(zone: string, at: number): string {
  const { epochDay, msOfDay, name } = shownAt(zone, at);
  if (msOfDay !== DAY_MS - 1) return momentText(zone, at);
  return `${dayText(epochDay)} 24:00 ${name}`;
}

/** "17:00 PDT": the clock alone, where the day stands beside it. */
export function clockText(zone: string, at: number): string {
  const { msOfDay, name } = shownAt(zone, Math.floor(at / SECOND_MS) * SECOND_MS);
  return `${formatClock(msOfDay)} ${name}`;
}

/** The zone of whoever looks. */
export function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
