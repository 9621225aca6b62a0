export { emptyFeed, entryHash, grown } from "./chain.ts";
export type { FeedEntry, FeedHead, FeedObject, ObjectKey, Telling, Told } from "./entry.ts";
export {
  BadCursor,
  type FeedStore,
  type ObjectOrder,
  type ObjectPage,
  type ObjectQuery,
  type Projection,
  type Rows,
  type SavedState,
} from "./store.ts";
