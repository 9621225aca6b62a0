import type { FeedHead } from "./entry.ts";

/**
 * What a party is given when a command of its own was accepted: where its feed ended then. Whoever keeps it can prove later that its feed
 * up to there was changed, or cut off, if it was.
 */
export interface Receipt extends FeedHead {
  readonly schema: "offtake/receipt@1";
  readonly book: string;
  readonly party: string;
}

/** The first line of an exported feed: whose it is. The entries follow from its beginning, a line each. */
export interface ExportHeader {
  readonly schema: "offtake/feed@1";
  readonly book: string;
  readonly party: string;
}
