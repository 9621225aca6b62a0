import type { Instant, PartyId } from "@offtake/core/kernel";

/** One event as a party was told it. */
export interface FeedEntry {
  /** Place in the party's own feed, counted from 0 without gaps. */
  readonly position: number;
  /** JSON of a disclosed event, kept as it was made: it is what the chain is made of. */
  readonly body: string;
  /** The chain of the feed up to here. */
  readonly hash: string;
}

/** Where a feed ends: how many entries it has, which is also where to read on, and the hash of the last one. */
export interface FeedHead {
  readonly length: number;
  readonly hash: string;
}

/** What one party is told of one record of the log: at least one entry. */
export interface Telling {
  readonly party: PartyId;
  /** Place of the record in the log. It never leaves the broker. */
  readonly record: number;
  /** Place of the first entry in the party's feed. */
  readonly position: number;
  readonly told: readonly Told[];
  /** What a row keeps of it: the entries packed, those that stand in the record by their places in there. */
  readonly packed: string;
  /** The chain of the feed after the last entry. */
  readonly hash: string;
}

export interface Told {
  readonly body: string;
  /** Where the body is that of an event of the record itself: its place in there. It is then kept once. */
  readonly event?: number;
}

/** What an object of a party's view is called: its kind, and its id as the party knows it. */
export interface ObjectKey {
  readonly party: PartyId;
  readonly kind: string;
  readonly id: string;
}

/** One object of a party's view, folded from the party's feed and from nothing else. */
export interface FeedObject extends ObjectKey {
  readonly status: string;
  /** The next instant at which time alone changes something for it. */
  readonly deadline?: Instant;
  /** Id of what it is a part of or an answer to: the request of a notice, the invitation of a bid. */
  readonly parent?: string;
  /** The agreement it stands under. */
  readonly agreement?: string;
  /** Place in the party's feed of the entry that made it. */
  readonly created: number;
  /** Place in the party's feed of the entry that changed it last: its version for `If-Match`. */
  readonly version: number;
  /** Instant of that entry. */
  readonly updatedAt: Instant;
  /** The view object in the form in which rows keep it. */
  readonly body: string;
}
