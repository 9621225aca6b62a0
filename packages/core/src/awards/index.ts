export * from "./award.ts";
export * from "./gate.ts";
