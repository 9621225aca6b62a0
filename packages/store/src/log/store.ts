import type { Instant } from "@offtake/core/kernel";
import type { BookName, Head, LogRecord, NewRecord } from "./record.ts";
import type { Snapshot } from "./snapshot.ts";

/** How long after its stamp a batch may still be appended. A node that slept longer decides again. */
export const APPEND_BOUND_MS = 5_000;

/**
 * What one append changed in the state of its book, told in short by who decided it: another node comes to the same state without
 * reading the records. It stands beside the log and can be lost; the records say it all.
 */
export interface StateChanges {
  /** Of which form the text is: another program may write another one. */
  readonly form: number;
  readonly text: string;
}

/** The changes of one append, as they were kept. */
export interface KeptChanges extends StateChanges {
  /** Where the append began. */
  readonly from: number;
  /** Where the log ended after it. */
  readonly head: Head;
}

/** What a node reads before it decides: the time, and what it has not folded yet. */
export interface Tail {
  /** The store's clock, cut to the millisecond; never before the last record's stamp. */
  readonly stamp: Instant;
  /** Where the log ended when it was read. */
  readonly head: Head;
  /** From the asked place on, in order, up to the head; none where `changes` lead there. */
  readonly records: readonly LogRecord[];
  /** Where they were asked for and are all there: from the asked place to the head, without a gap. */
  readonly changes?: readonly KeptChanges[];
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
   * @param changes what they change in the state, where that can be told in short
   * @throws OutcomeUnknown where the connection was lost while the append was on its way
   */
  append(records: readonly NewRecord[], changes?: StateChanges): Promise<Appended>;
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

export interface TurnOptions {
  readonly queued?: boolean;
  readonly form?: number;
}

/** The logs of books. What makes a double award impossible is that a place in a log is given once. */
export interface LogStore {
  /** Makes an empty log; false where there is one of that name. */
  createBook(book: BookName): Promise<boolean>;
  /** In the order of their names. */
  books(): Promise<readonly BookName[]>;
  /**
   * Reads the clock and the log from `from` on. `queued`: first waits for all nodes that hold the book's queue, and holds it until the
   * turn ends; everybody who asks gets it in order. Unqueued turns race: the append of all but one is a conflict. `form`: changes of
   * this form will do in the place of records.
   *
   * @throws UnknownBook
   */
  takeTurn(book: BookName, from: number, options?: TurnOptions): Promise<BookTurn>;
  /** At most `limit` records from `from` on. */
  read(book: BookName, from: number, limit: number): Promise<readonly LogRecord[]>;
  /** Changes of this form from a place on, at most so many appends, each beginning where the one before ended; none where there is a gap. */
  readChanges(book: BookName, from: number, form: number, limit: number): Promise<readonly KeptChanges[]>;
  /** Throws away all changes of a book: they may be wrong. Whoever asked for them reads the records. */
  dropChanges(book: BookName): Promise<void>;
  /** The newest record of a command's key: how an unknown outcome is resolved. */
  findKey(book: BookName, key: string): Promise<LogRecord | undefined>;
  /** Calls `heard` when a book has grown, and how long it is now, soon after; also for what this process appended. Returns the way to stop. */
  onGrowth(heard: (book: BookName, length: number) => void): Promise<() => Promise<void>>;
  /** Keeps a snapshot beside the log; of each book the newest few are kept, and the changes since the oldest of them. */
  putSnapshot(book: BookName, snapshot: Snapshot): Promise<void>;
  /** The snapshots of a book from the newest on, as they were kept: whether one is whole is for the reader to find out. */
  snapshotsOf(book: BookName): AsyncIterable<Snapshot>;
  close(): Promise<void>;
}
