import type { Instant } from "@offtake/core/kernel";
import type { BookName, Head, LogRecord, NewRecord } from "./record.ts";
import type { Snapshot } from "./snapshot.ts";

/** How long after its stamp a batch may still be appended. A node that slept longer decides again. */
export const APPEND_BOUND_MS = 5_000;

/** What a node reads before it decides: the time, and what it has not folded yet. */
export interface Tail {
  /** The store's clock, cut to the millisecond; never before the last record's stamp. */
  readonly stamp: Instant;
  /** Where the log ended when it was read. */
  readonly head: Head;
  /** From the asked place on, in order, up to the head. */
  readonly records: readonly LogRecord[];
}

export type Appended =
  | { readonly outcome: "appended"; readonly head: Head }
  /** Somebody else appended first: read on and decide again. */
  | { readonly outcome: "conflict" }
  /** The stamp is older than the bound: take a new turn. */
  | { readonly outcome: "too_late" };

/** One chance to decide on the newest log. Ends with `append` or `release`, whichever comes first; either may be called once. */
export interface BookTurn {
  readonly tail: Tail;
  /**
   * Appends all records or none. An empty list asks whether the log still ends where it did: an empty decision is checked like any
   * other, since one made on a stale state could lose a timer.
   *
   * @throws OutcomeUnknown where the connection was lost while the append was on its way
   */
  append(records: readonly NewRecord[]): Promise<Appended>;
  release(): Promise<void>;
}

/** The connection was lost at the commit: the records are in the log, or they are not. The key of a command tells which. */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super("The connection was lost while an append was on its way; its outcome is not known.", { cause });
    this.name = "OutcomeUnknown";
  }
}

/** There is no such book in the store. */
export class UnknownBook extends Error {
  constructor(book: BookName) {
    super(`There is no book ${book}.`);
    this.name = "UnknownBook";
  }
}

/** The logs of books. What makes a double award impossible is that a place in a log is given once. */
export interface LogStore {
  /** Makes an empty log; false where there is one of that name. */
  createBook(book: BookName): Promise<boolean>;
  /** In the order of their names. */
  books(): Promise<readonly BookName[]>;
  /**
   * Reads the clock and the log from `from` on. `queued`: first waits for all nodes that hold the book's queue, and holds it until the
   * turn ends; everybody who asks gets it in order. Unqueued turns race: the append of all but one is a conflict.
   *
   * @throws UnknownBook
   */
  takeTurn(book: BookName, from: number, options?: { readonly queued?: boolean }): Promise<BookTurn>;
  /** At most `limit` records from `from` on. */
  read(book: BookName, from: number, limit: number): Promise<readonly LogRecord[]>;
  /** The newest record of a command's key: how an unknown outcome is resolved. */
  findKey(book: BookName, key: string): Promise<LogRecord | undefined>;
  /** Calls `heard` when a book has grown, and how long it is now, soon after; also for what this process appended. Returns the way to stop. */
  onGrowth(heard: (book: BookName, length: number) => void): Promise<() => Promise<void>>;
  /** Keeps a snapshot beside the log; of each book the newest few are kept. */
  putSnapshot(book: BookName, snapshot: Snapshot): Promise<void>;
  /** The snapshots of a book from the newest on, as they were kept: whether one is whole is for the reader to find out. */
  snapshotsOf(book: BookName): AsyncIterable<Snapshot>;
  close(): Promise<void>;
}
