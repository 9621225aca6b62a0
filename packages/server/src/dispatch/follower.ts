import type { DisclosedEvent } from "@offtake/core/disclosure";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Database } from "@offtake/store/postgres";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClientBase } from "pg";
import type { NewDelivery, Outbox } from "../outbox/index.ts";

/** One event of a party's feed, with what proves its place. */
export interface FollowedEntry {
  readonly position: number;
  readonly hash: string;
  readonly type: DisclosedEvent["type"];
  /** Read when it is asked for: of most entries the type is all that anybody wants to know. */
  readonly event: DisclosedEvent;
}

/** The feeds that are followed. */
export interface FollowedFeeds {
  books(): Promise<readonly BookName[]>;
  /** How many entries everybody was told, of those who were told anything. */
  lengths(book: BookName): Promise<ReadonlyMap<PartyId, number>>;
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
  /** What grows all the time is looked at no more often than after such a rest; 100 ms when absent. */
  readonly restMs?: number;
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
  private readonly closing = new AbortController();

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
    this.closing.abort();
    clearInterval(this.timer);
    await this.unlisten?.();
    await this.working;
  }

  /** Everything that the parties of a book have been told by now is queued when this resolves, by this node or by another one. */
  async follow(book: BookName): Promise<void> {
    const { database, feeds } = this.options;
    const { rows } = await database.pool.query<{ party: PartyId; told_to: string }>(
      "select party, told_to from feed_followers where book = $1",
      [book],
    );
    const followed = new Map(rows.map((row) => [row.party, Number(row.told_to)]));
    for (const [party, length] of await feeds.lengths(book)) {
      let from: number | undefined = followed.get(party) ?? 0;
      while (from !== undefined && from < length) from = await this.step(book, party, from);
    }
  }

  private wake(books: readonly BookName[]): void {
    for (const book of books) this.grown.add(book);
    if (this.isClosed || this.working !== undefined) return;
    this.working = this.workOff()
      .then(() => this.rest())
      .finally(() => {
        this.working = undefined;
        if (this.grown.size > 0) this.wake([]);
      });
  }

  /** What comes meanwhile is followed in one go. */
  private async rest(): Promise<void> {
    const { restMs = 100 } = this.options;
    await sleep(restMs, undefined, { signal: this.closing.signal }).catch(() => {});
  }

  private async workOff(): Promise<void> {
    // Those of now: what grows again meanwhile is for after the rest.
    for (const book of [...this.grown]) {
      this.grown.delete(book);
      if (this.isClosed) return;
      await this.follow(book).catch((error: unknown) => this.options.failed?.(error));
    }
  }

  /** One page of one feed. Where to go on; undefined where nothing is left, or another node is at it. */
  private async step(book: BookName, party: PartyId, from: number): Promise<number | undefined> {
    const { database, feeds, outbox, consequences } = this.options;
    const entries = await feeds.read(book, party, from, PAGE);
    if (entries.length === 0) return undefined;
    const made: NewDelivery[] = [];
    for (const of of consequences) made.push(...(await of(book, party, entries)));
    const to = from + entries.length;
    const isOurs =
      made.length === 0
        ? await moveOn(database.pool, book, party, from, to)
        : await database.transaction(async (client) => {
            if (!(await moveOn(client, book, party, from, to))) return false;
            await outbox.add(made, client);
            return true;
          });
    return isOurs ? to : undefined;
  }
}

/** False where another node has moved on before. */
async function moveOn(
  on: Pick<ClientBase, "query">,
  book: BookName,
  party: PartyId,
  from: number,
  to: number,
): Promise<boolean> {
  const { rowCount } = await on.query(
    `insert into feed_followers (book, party, told_to) select $1, $2, $4 where $3 = 0::bigint
       or exists (select 1 from feed_followers where book = $1 and party = $2)
     on conflict (book, party) do update set told_to = excluded.told_to where feed_followers.told_to = $3`,
    [book, party, from, to],
  );
  return rowCount === 1;
}
