export * from "./award.ts";
export { evaluate } from "./evaluate.ts";
export * from "./evaluation.ts";
export { type BidPart, evaluateParts, partsOf, type PartProblem, type PartsResult } from "./parts.ts";
export { type Scenario, SCENARIO_KINDS, type ScenarioKind, scenariosOf } from "./scenarios.ts";
export { allocatedPackagePrice } from "./package-price.ts";
export * from "./gate.ts";
