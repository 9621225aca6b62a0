export * from "./assess.ts";
export * from "./assessment.ts";
export * from "./live.ts";
