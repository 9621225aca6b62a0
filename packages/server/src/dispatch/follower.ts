import type { DisclosedEvent } from "@offtake/core/disclosure";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Database } from "@offtake/store/postgres";
import type { NewDelivery, Outbox } from "../outbox/index.ts";

/** One event of a party's feed, with what proves its place. */
export interface FollowedEntry {
  readonly position: number;
  readonly hash: string;
  readonly event: DisclosedEvent;
}

/** The feeds that are followed. */
export interface FollowedFeeds {
  books(): Promise<readonly BookName[]>;
  parties(book: BookName): Promise<readonly PartyId[]>;
  read(book: BookName, party: PartyId, from: number, limit: number): Promise<readonly FollowedEntry[]>;
  /** Calls `heard` when feeds of a book have grown. Returns the way to stop. */
  onGrowth(heard: (book: BookName) => void): Promise<() => Promise<void>>;
}

/** What is to be sent because of what a party was told. Asked again after a crash: the keys of deliveries make it once. */
export type Consequences = (
  book: BookName,
  party: PartyId,
  entries: readonly FollowedEntry[],
) => Promise<readonly NewDelivery[]>;

export interface FollowerOptions {
  readonly database: Database;
  readonly feeds: FollowedFeeds;
  readonly outbox: Outbox;
  readonly consequences: readonly Consequences[];
  readonly pollMs?: number;
  readonly failed?: (error: unknown) => void;
}

const PAGE = 200;

/**
 * Follows the feed of every party, and queues what is to be sent because of it: in the transaction that moves on, so that nothing is left out
 * and nothing is queued twice, however many nodes follow.
 */
export class FeedFollower {
  private readonly options: FollowerOptions;
  private readonly grown = new Set<BookName>();
  private working: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private unlisten: (() => Promise<void>) | undefined;
  private isClosed = false;

  constructor(options: FollowerOptions) {
    this.options = options;
  }

  async start(): Promise<void> {
    const { feeds, pollMs = 10_000 } = this.options;
    this.unlisten = await feeds.onGrowth((book) => this.wake([book]));
    const all = (): void => {
      feeds.books().then(
        (books) => this.wake(books),
        (error: unknown) => this.options.failed?.(error),
      );
    };
    this.timer = setInterval(all, pollMs);
    this.timer.unref();
    this.wake(await feeds.books());
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    await this.unlisten?.();
    await this.working;
  }

  /** Everything that the parties of a book have been told by now is queued when this resolves, by this node or by another one. */
  async follow(book: BookName): Promise<void> {
    for (const party of await this.options.feeds.parties(book)) {
      while (await this.step(book, party));
    }
  }

  private wake(books: readonly BookName[]): void {
    for (const book of books) this.grown.add(book);
    if (this.isClosed || this.working !== undefined) return;
    this.working = this.workOff().finally(() => {
      this.working = undefined;
      if (this.grown.size > 0) this.wake([]);
    });
  }

  private async workOff(): Promise<void> {
    for (const book of this.grown) {
      this.grown.delete(book);
      if (this.isClosed) return;
      await this.follow(book).catch((error: unknown) => this.options.failed?.(error));
    }
  }

  /** One page of one feed. False where nothing is left, or another node is at it. */
  private async step(book: BookName, party: PartyId): Promise<boolean> {
    const { database, feeds, outbox, consequences } = this.options;
    const known = await database.pool.query<{ told_to: string }>(
      "select told_to from feed_followers where book = $1 and party = $2",
      [book, party],
    );
    const from = Number(known.rows[0]?.told_to ?? 0);
    const entries = await feeds.read(book, party, from, PAGE);
    if (entries.length === 0) return false;
    const made: NewDelivery[] = [];
    for (const of of consequences) made.push(...(await of(book, party, entries)));
    return database.transaction(async (client) => {
      await client.query("insert into feed_followers (book, party) values ($1, $2) on conflict do nothing", [
        book,
        party,
      ]);
      const { rowCount } = await client.query(
        "update feed_followers set told_to = $4 where book = $1 and party = $2 and told_to = $3",
        [book, party, from, from + entries.length],
      );
      if (rowCount === 0) return false;
      await outbox.add(made, client);
      return entries.length === PAGE;
    });
  }
}
