export { emptyFeed, entryHash, grown } from "./chain.ts";
export type { FeedEntry, FeedHead, FeedObject, ObjectKey, Telling, Told } from "./entry.ts";
export { exportFeed } from "./export.ts";
export type { ExportHeader, Receipt } from "./receipt.ts";
export {
  BadCursor,
  type FeedStore,
  type ObjectOrder,
  type ObjectPage,
  type CountQuery,
  type ObjectQuery,
  type Projection,
  type Rows,
  type SavedState,
} from "./store.ts";
export { type FeedProblem, type FeedProblemCode, FeedVerifier, parseReceipt, type Verified } from "./verify.ts";
