import type { PartyId } from "@offtake/core/kernel";
import type { FeedEntry, FeedStore } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import type { Logger } from "pino";
import type { BookNode } from "../books/index.ts";
import type { Authenticator } from "../people/index.ts";

/** The books of a server, as routes use them. */
export interface BookShelf {
  names(): Promise<readonly BookName[]>;
  get(book: BookName): Promise<BookNode | undefined>;
  create(book: BookName): Promise<BookNode | undefined>;
}

/** What parties were told, as routes use it: nothing that a party reads comes from anywhere else. */
export interface Telling {
  readonly store: FeedStore;
  /**
   * Resolves once everybody has been told of the first `records` records of a book's log.
   *
   * @throws Unavailable where that takes too long
   */
  waitFor(book: BookName, records: number): Promise<void>;
  /** Entries of a party's feed from a place on, and then as they come, until the signal ends it. */
  subscribe(book: BookName, party: PartyId, from: number, signal: AbortSignal): AsyncIterable<readonly FeedEntry[]>;
}

/** What routes are served with: everything behind the API, made by whoever wires a broker. */
export interface Services {
  readonly books: BookShelf;
  readonly telling: Telling;
  readonly people: Authenticator;
  readonly log: Logger;
  /** Milliseconds since 1970, for limits and nothing that is decided. */
  readonly clock: () => number;
  /** While true every change is refused and reading goes on. */
  readonly isReadOnly: () => boolean;
  /** Why this node cannot serve; undefined where it can. */
  readonly notReady: () => Promise<string | undefined>;
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
  /** Told how long each call took. */
  readonly observe: (operation: string, status: number, seconds: number) => void;
  readonly keeperOf: (book: BookName) => Promise<PartyId | undefined>;
}
