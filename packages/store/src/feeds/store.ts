import type { Instant, PartyId } from "@offtake/core/kernel";
import type { BookName } from "../log/record.ts";
import type { FeedEntry, FeedHead, FeedObject, ObjectKey, Telling } from "./entry.ts";

/** What follows from a part of the log, written in one step. */
export interface Projection {
  /** How many records of the log have been told with it. */
  readonly to: number;
  /** Version of the rules of disclosure by which it was told. Entries that were told by earlier ones stay as they are. */
  readonly disclosedBy: number;
  /** In the order of the log. */
  readonly tellings: readonly Telling[];
  /** As they stand after it; each takes the place of the one with its key. */
  readonly objects: readonly FeedObject[];
}

/**
 * In which order objects are listed: by their last change, by what falls due next, by their id; or by when they were made, which is for
 * what belongs to one thing: of all objects of a kind each is looked at. `next` leaves nothing out: first what falls due, the nearest first;
 * then what waits without a date; then the rest. Of these two the last changed come first.
 */
export type ObjectOrder = "updated" | "created" | "deadline" | "id" | "next";

export interface ObjectQuery {
  readonly kind: string;
  /** Only of these; of any where absent. None where empty. */
  readonly status?: readonly string[];
  readonly parent?: string;
  readonly agreement?: string;
  /** Only what falls due at this instant or later, and before that one. */
  readonly dueFrom?: Instant;
  readonly dueBefore?: Instant;
  /** `updated` when absent. In the order of deadlines only what has one is listed. */
  readonly order?: ObjectOrder;
  /** The newest or last first; true when absent for `updated` and `created`, false for the others. `next` has one direction. */
  readonly descending?: boolean;
  /** In the order `next`: the states of what is not over yet. */
  readonly waiting?: readonly string[];
  /** `next` of the page before, with the same query. */
  readonly after?: string;
  /** At most so many, from 1 to 1,000. */
  readonly limit: number;
}

/** What is counted: every object of a kind, of all or of what belongs to one thing. */
export type CountQuery = Pick<ObjectQuery, "kind" | "parent" | "agreement">;

export interface ObjectPage {
  readonly objects: readonly FeedObject[];
  /** Where to go on; absent on the last page. */
  readonly next?: string;
}

/** The text of a cursor is none that a page has given for such a query. */
export class BadCursor extends Error {
  readonly code = "bad_cursor";

  constructor() {
    super("This is no place to go on from: take `next` of a page of the same list.");
    this.name = "BadCursor";
  }
}

/** The objects of a party while they are folded again. */
export interface Rows {
  /** Those of the keys that were written before. */
  read(keys: readonly ObjectKey[]): Promise<readonly FeedObject[]>;
  write(objects: readonly FeedObject[]): Promise<void>;
}

/** A state that the projector can start from instead of the first record. */
export interface SavedState {
  /** How many records it holds. */
  readonly length: number;
  /** Of its form: another one is not read. */
  readonly version: number;
  readonly body: string;
}

/**
 * What every party of every book was told, and what follows from it, object by object. Written by a projector in the order of the log;
 * all that a party ever reads comes from here. What was once told is never changed.
 */
export interface FeedStore {
  /** How many records of the log have been told; 0 where the book is not known. */
  projectedTo(book: BookName): Promise<number>;
  /**
   * Writes all of it or nothing.
   *
   * @param from how many records had been told before
   * @returns false where another node was there first: read on from `projectedTo`
   */
  project(book: BookName, from: number, projection: Projection): Promise<boolean>;
  /** Calls `heard` when feeds of a book have grown, soon after, with how many records have been told. Returns the way to stop. */
  onFeedGrowth(heard: (book: BookName, projectedTo: number) => void): Promise<() => Promise<void>>;

  /** At most `limit` entries of a party's feed from a place on, in order. Nothing where there is no such party or book. */
  readFeed(book: BookName, party: PartyId, from: number, limit: number): Promise<readonly FeedEntry[]>;
  /** The end of a party's feed, or where it ended when the first `records` records of the log had been told. */
  head(book: BookName, party: PartyId, records?: number): Promise<FeedHead>;
  /** Everybody who was told anything, in the order of their ids. */
  parties(book: BookName): Promise<readonly PartyId[]>;
  /** How many entries everybody was told, of those who were told anything. */
  lengths(book: BookName): Promise<ReadonlyMap<PartyId, number>>;

  /** Undefined where there is none or the party has not been told of it: nobody can tell the two apart. */
  getObject(book: BookName, party: PartyId, kind: string, id: string): Promise<FeedObject | undefined>;
  /** Those of several that there are, in any order. */
  getObjects(book: BookName, party: PartyId, kind: string, ids: readonly string[]): Promise<readonly FeedObject[]>;
  /** `head` and `getObject` in one look: where a party's feed ended after the first `records` records, and an object as it is. */
  headAndObject(
    book: BookName,
    party: PartyId,
    records: number,
    kind: string,
    id: string,
  ): Promise<{ readonly head: FeedHead; readonly object: FeedObject | undefined }>;
  /** @throws BadCursor */
  listObjects(book: BookName, party: PartyId, query: ObjectQuery): Promise<ObjectPage>;
  /** How many objects there are of each status, of those that the party was told of; a status that none has is not in it. */
  countObjects(book: BookName, party: PartyId, query: CountQuery): Promise<ReadonlyMap<string, number>>;
  /** Those of the keys that there are, in any order. For the projector. */
  objectsAt(book: BookName, keys: readonly ObjectKey[]): Promise<readonly FeedObject[]>;
  /**
   * Folds a party's objects again: `fold` begins with none, and what it writes takes the place of all that there were, at once. Nobody
   * projects the book meanwhile.
   *
   * @param feedLength how much of the feed is folded
   * @returns false where the party has been told more or less than that: nothing is changed
   */
  refold(book: BookName, party: PartyId, feedLength: number, fold: (rows: Rows) => Promise<void>): Promise<boolean>;

  /**
   * New entries of several feeds at once, each from where it is known to end, which is where a telling begins; some of them at most.
   * Feeds that have not grown are left out.
   */
  readOn(book: BookName, heads: ReadonlyMap<PartyId, FeedHead>): Promise<ReadonlyMap<PartyId, readonly FeedEntry[]>>;

  /** What the handles of a book are made with: 64 hexadecimal digits, drawn at random once, kept beside the log and never shown. */
  secret(book: BookName): Promise<string>;
  saveState(book: BookName, state: SavedState): Promise<void>;
  newestState(book: BookName, version: number): Promise<SavedState | undefined>;
}
