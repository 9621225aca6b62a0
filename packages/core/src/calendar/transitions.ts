import { Temporal } from "temporal-polyfill";
import { believe, DAY_MS } from "../kernel/index.ts";

/**
 * The offsets of one zone over one stretch of time [from, to): `starts[i]` is the first instant at which `offsetsMs[i]` holds.
 * `starts[0]` is `from`, which need not be a change; a change at `to` itself is listed last.
 */
export interface OffsetSpan {
  readonly from: number;
  readonly to: number;
  readonly starts: readonly number[];
  readonly offsetsMs: readonly number[];
}

/**
 * Step of the search. Two changes inside one step that cancel out would be missed; since 1970 the two nearest changes of any
 * zone lie 6.96 days apart (America/Boa_Vista, October 2000; tzdata 2025c).
 */
const STEP_DAYS = 6;

/** 4.4 years: long enough that most deadlines touch one span, short enough that finding one takes a few milliseconds. */
export const SPAN_MS = 266 * STEP_DAYS * DAY_MS;

/** The name of a zone in its usual spelling, or undefined where the engine knows no such zone. */
export function zoneName(text: string): string | undefined {
  try {
    return zoned(0, text).timeZoneId;
  } catch {
    return undefined;
  }
}

/**
 * Finds the offsets of span `index`, which begins at `index * SPAN_MS`.
 *
 * Asks for offsets step by step, then for the exact change by the search for the previous one. The search for the next one is
 * not used: in temporal-polyfill it reads the clock to know where to stop, so its answer depends on when it is asked.
 */
export function findSpan(zone: string, index: number): OffsetSpan {
  const from = index * SPAN_MS;
  const to = from + SPAN_MS;
  let offsetMs = offsetByTemporal(zone, from);
  const starts = [from];
  const offsetsMs = [offsetMs];
  for (let at = from + STEP_DAYS * DAY_MS; at <= to; at += STEP_DAYS * DAY_MS) {
    const next = offsetByTemporal(zone, at);
    if (next === offsetMs) continue;
    const change = zoned(at + 1, zone).getTimeZoneTransition("previous")?.epochMilliseconds;
    believe(
      change !== undefined && change > at - STEP_DAYS * DAY_MS && change <= at,
      "an offset changes at a transition",
    );
    starts.push(change);
    offsetsMs.push(next);
    offsetMs = next;
  }
  return { from, to, starts, offsetsMs };
}

function offsetByTemporal(zone: string, at: number): number {
  return zoned(at, zone).offsetNanoseconds / 1_000_000;
}

function zoned(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}
