export { MemoryFeedStore, type MemoryFeedStoreOptions } from "./memory-feeds.ts";
export { MemoryStore, type MemoryStoreOptions } from "./memory-store.ts";
export { sha256 } from "./sha256.ts";
