export type { PlannedAlternative } from "./alternatives.ts";
export {
  resolveAll,
  type Resolved,
  type ResolveResult,
  type WantedRequest,
  type WorldCommand,
} from "./amend-course.ts";
export type { NotAsked, PlannedAsk } from "./asks.ts";
export { priceFactsOf } from "./book-price.ts";
export type { BreakEven } from "./break-even.ts";
export { type Changed, type Difference, type RequestComparison } from "./comparison.ts";
export { compareResolved, type Comparison } from "./comparison-total.ts";
export {
  type Change,
  type Consequences,
  consequencesOf,
  type ConsequencesResult,
  type NoticeChanged,
} from "./consequences.ts";
export type { CommitmentEffect, CommitmentPeriodEffect } from "./costs.ts";
export type { AskSummary, AwardSummary } from "./course-summary.ts";
export { type Plan, type Planned, type PlannedAward, type PlannedTender, type PlannedTimes, planOf } from "./plan.ts";
export { type Reach, reachOf } from "./reach.ts";
export type { RestsOn, SupposedCode } from "./rests-on.ts";
export type { Obstacle, PlannedSource } from "./sources.ts";
