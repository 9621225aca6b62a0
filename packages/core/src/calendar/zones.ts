import { type Brand, formatInstant, HOUR_MS, type Instant } from "../kernel/index.ts";
import { formatOffset } from "./offset-text.ts";
import { findSpan, type OffsetSpan, SPAN_MS, zoneName } from "./transitions.ts";

/** A time zone of the IANA database, or UTC. */
export type ZoneId = Brand<string, "ZoneId">;

export const UTC = "UTC" as ZoneId;

interface ZoneTable {
  readonly spans: Map<number, OffsetSpan>;
  /** The span asked for last: deadlines of one agreement nearly always fall into the same one. */
  last: OffsetSpan;
}

/** Filled as zones are used: a memory of what the zone library answered, never of anything else. */
const tables = new Map<ZoneId, ZoneTable>();

const ZONE_TEXT = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,3}$/;

/**
 * Reads the name of a zone in any case and gives it in its usual spelling: "america/los_angeles" is America/Los_Angeles.
 * A linked name stays what it is (US/Pacific), since which of two names is the main one depends on the engine. Undefined for
 * unknown names and for bare offsets ("+05:30"), which are no zones: they have no daylight-saving rule and no owner.
 */
export function parseZone(text: string): ZoneId | undefined {
  if (tables.has(text as ZoneId)) return text as ZoneId;
  if (text.length > 64 || !ZONE_TEXT.test(text)) return undefined;
  return zoneName(text) as ZoneId | undefined;
}

/** What the wall clocks of the zone are ahead of UTC at that instant, in ms; negative west of Greenwich. */
export function offsetAt(zone: ZoneId, at: number): number {
  const span = spanAt(zone, at);
  return span.offsetsMs[segmentAt(span, at)] as number;
}

/** The first change of the zone's offset in (after, limit], or undefined. */
export function nextTransition(zone: ZoneId, after: number, limit: number): number | undefined {
  let span = spanAt(zone, after);
  let next = segmentAt(span, after) + 1;
  for (;;) {
    const start = span.starts[next];
    if (start !== undefined) return start <= limit ? start : undefined;
    if (span.to >= limit) return undefined; // a change at its very end is listed in it
    span = spanAt(zone, span.to);
    next = 1;
  }
}

/**
 * What a frozen deadline rests on: the zone's offset at `from`, then each change up to `to` with the offset after it, as
 * "-08:00 2026-03-08T10:00:00Z -07:00".
 *
 * No portable engine tells which release of the IANA database it carries, so the facts themselves are recorded: two engines
 * that give the same text here give the same deadline, and a later release that changes these days gives another text.
 */
export function tzdataVersion(zone: ZoneId, from: Instant, to: Instant): string {
  let text = formatOffset(offsetAt(zone, from));
  for (let at = nextTransition(zone, from, to); at !== undefined; at = nextTransition(zone, at, to)) {
    text += ` ${formatInstant(at as Instant)} ${formatOffset(offsetAt(zone, at))}`;
  }
  return text;
}

/** The span that holds `at`, found now if it was never needed before. */
export function spanAt(zone: ZoneId, at: number): OffsetSpan {
  const table = tables.get(zone);
  if (table !== undefined && at >= table.last.from && at < table.last.to) return table.last;
  return otherSpan(zone, table, Math.floor(at / SPAN_MS));
}

function otherSpan(zone: ZoneId, table: ZoneTable | undefined, index: number): OffsetSpan {
  const span = table?.spans.get(index) ?? findSpan(zone, index);
  if (table === undefined) {
    tables.set(zone, { spans: new Map([[index, span]]), last: span });
  } else {
    table.spans.set(index, span);
    table.last = span;
  }
  return span;
}

/** Which of the span's offsets holds at `at`, by binary search. For `at` inside the span. */
export function segmentAt(span: OffsetSpan, at: number): number {
  let low = 0;
  let high = span.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((span.starts[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Offsets never reach a day; used to bracket a wall-clock time. */
export const OFFSET_MAX_MS = 24 * HOUR_MS;
