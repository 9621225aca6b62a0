export * from "./block.ts";
export { BlockIndex, type BlockQuery } from "./block-index.ts";
export * from "./capacity-calendar.ts";
export * from "./capacity-ledger.ts";
export * from "./held-block.ts";
export type { LevelRun } from "./levels.ts";
export * from "./lineage.ts";
export { EARLIEST_TRIES_MAX, findNearest, type NearestAlternatives } from "./nearest.ts";
export {
  type Placement,
  type PlacementAsk,
  type PlacementPart,
  placeFirstFit,
  type UsablePart,
  usableTogether,
} from "./place.ts";
export { StartBounds } from "./start-bounds.ts";
export type { LevelPiece, LevelPoint } from "./step-profile.ts";
export * from "./supply.ts";
