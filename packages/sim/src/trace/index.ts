export { replaySteps, replayTrace, type TraceOptions, WorldRejected } from "./replay.ts";
export type { Amount, GroupRow, HolderRow, TraceReport } from "./report.ts";
export { inOrderOfTime, requestOfJob, type TraceJob, tracePurpose, type TraceTerms } from "./request.ts";
