export type { PlannedAlternative } from "./alternatives.ts";
export type { NotAsked, PlannedAsk } from "./asks.ts";
export type { BreakEven } from "./break-even.ts";
export type { CommitmentEffect, CommitmentPeriodEffect } from "./costs.ts";
export { type Plan, type Planned, type PlannedAward, type PlannedTender, type PlannedTimes, planOf } from "./plan.ts";
export type { RestsOn, SupposedCode } from "./rests-on.ts";
export type { Obstacle, PlannedSource } from "./sources.ts";
