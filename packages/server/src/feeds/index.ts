export { Feeds, FeedsBehind, type FeedsOptions, type Lag, type ObjectName, type Outcome } from "./feeds.ts";
export { handleMaker } from "./handles.ts";
export { Projector, type ProjectorOptions } from "./projector.ts";
export { rebuildObjects, UnreadableEntry } from "./rebuild.ts";
