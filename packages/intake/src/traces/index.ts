export type { OpenTrace } from "./open.ts";
export { openTrace } from "./open.ts";
export type { DroppedTraceRow, Trace, TraceOptions, TraceReport } from "./read.ts";
export { readTrace } from "./read.ts";
export type { TraceDropCode, TraceRow } from "./row.ts";
