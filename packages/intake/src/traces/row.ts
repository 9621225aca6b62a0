import type { Instant } from "@offtake/core/kernel";
import { civilToEpochDay, DAY_MS, epochDayToCivil } from "@offtake/core/kernel";

/** One job of a trace. */
export interface TraceRow {
  /** The local time of the source read as UTC: it states no zone. */
  readonly submittedAt: Instant;
  /** Whole seconds, at least 1. */
  readonly durationSeconds: number;
  /** At least 1. */
  readonly acceleratorCount: number;
  readonly tenant: string;
  /** Of the file, counted from 1. */
  readonly line: number;
}

export type TraceDropCode =
  | "column_count"
  | "bad_timestamp"
  | "bad_duration"
  | "zero_duration"
  | "bad_accelerator_count"
  | "zero_accelerators"
  | "bad_tenant"
  | "repeated_row";

/** Ten years: longer than any job, and still exact in milliseconds. */
const DURATION_SECONDS_MAX = 315_360_000;
const ACCELERATORS_MAX = 1_000_000;

/** Reads `timestamp,duration,num_gpus,gpu_time,cluster`; a code where the row cannot be a job. */
export function readTraceRow(values: readonly string[], line: number): TraceRow | TraceDropCode {
  const [timestamp, duration, count, , tenant] = values;
  if (
    values.length !== 5 ||
    timestamp === undefined ||
    duration === undefined ||
    count === undefined ||
    tenant === undefined
  ) {
    return "column_count";
  }
  const submittedAt = readTimestamp(timestamp);
  if (submittedAt === undefined) return "bad_timestamp";
  const durationSeconds = readWhole(duration, DURATION_SECONDS_MAX);
  if (durationSeconds === undefined) return "bad_duration";
  if (durationSeconds === 0) return "zero_duration";
  const acceleratorCount = readWhole(count, ACCELERATORS_MAX);
  if (acceleratorCount === undefined) return "bad_accelerator_count";
  if (acceleratorCount === 0) return "zero_accelerators";
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(tenant)) return "bad_tenant";
  return { submittedAt, durationSeconds, acceleratorCount, tenant, line };
}

/** A whole number from 0 to `max`, with or without `.0`: the trace writes seconds as `66.0`. */
function readWhole(text: string, max: number): number | undefined {
  if (!/^\d{1,15}(\.0{1,6})?$/.test(text)) return undefined;
  const value = Number(text);
  return value <= max ? value : undefined;
}

/** `2017-10-09 07:01:55` */
function readTimestamp(text: string): Instant | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const epochDay = civilToEpochDay(year, month, day);
  const back = epochDayToCivil(epochDay);
  if (back.month !== month || back.day !== day) return undefined;
  return (epochDay * DAY_MS + (hour * 3600 + minute * 60 + second) * 1000) as Instant;
}
