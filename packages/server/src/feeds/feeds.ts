import type { ViewKind } from "@offtake/core/disclosure";
import type { PartyId } from "@offtake/core/kernel";
import type { FeedEntry, FeedObject, FeedStore, Receipt } from "@offtake/store/feeds";
import type { BookName, Hash, LogStore } from "@offtake/store/log";
import type { DecidedEvents } from "../books/index.ts";
import { FeedHub } from "./hub.ts";
import { rebuildObjects } from "./rebuild.ts";
import { Teller, type TellerOptions } from "./teller.ts";

export interface FeedsOptions extends TellerOptions {
  readonly log: LogStore;
  readonly feeds: FeedStore;
  readonly hash: Hash;
  /** What this node has decided lately, where it decides as well as tells. */
  readonly decided?: DecidedEvents;
}

/** What was decided could not be told in time: it is told later all the same. */
export class FeedsBehind extends Error {
  readonly code = "feeds_behind";

  constructor(book: BookName) {
    super(`The feeds of ${book} are behind; what was decided will be in them later.`);
    this.name = "FeedsBehind";
  }
}

/** How far the feeds of a book are behind its log. */
export interface Lag {
  readonly book: BookName;
  readonly records: number;
  /** For how long the oldest of them has been known here; 0 where there is none. */
  readonly ms: number;
}

/** An object of a party's view. */
export interface ObjectName {
  readonly kind: ViewKind;
  readonly id: string;
}

/** What a party is told of a command of its own: its receipt, and what it was about, where the party sees it. */
export interface Outcome {
  readonly receipt: Receipt;
  readonly object: FeedObject | undefined;
}

/** How often it is looked for books and records that nobody told of: a notification may be lost. */
const POLL_MS = 2_000;
/** How long a read waits for what it follows. */
const WAIT_MS = 10_000;

/**
 * The feeds of all books of a server: tells them as their logs grow, lets subscribers follow, and knows when what was decided can be read.
 * Runs on every node; the nodes tell each book one at a time, and another goes on where one stops.
 *
 * What a party reads comes from `store` (lists and objects), `follow` (its feed as it grows) and `receipt`; nothing else of this leaves
 * the broker.
 */
export class Feeds {
  /** What every party was told, and the objects of its view. */
  readonly store: FeedStore;
  private readonly options: FeedsOptions;
  private readonly hub: FeedHub;
  private readonly tellers = new Map<BookName, Teller>();
  private readonly stops: (() => Promise<void>)[] = [];
  private poll: ReturnType<typeof setInterval> | undefined;
  private isClosed = false;

  private constructor(options: FeedsOptions) {
    this.store = options.feeds;
    this.options = options;
    this.hub = new FeedHub(options.feeds);
  }

  /** Starts to tell the books that there are, and those that there will be. */
  static async start(options: FeedsOptions): Promise<Feeds> {
    const feeds = new Feeds(options);
    const { log } = options;
    feeds.stops.push(await log.onGrowth((book, length) => feeds.teller(book).logGrew(length)));
    feeds.stops.push(await options.feeds.onFeedGrowth((book, to) => feeds.heard(book, to)));
    await feeds.lookAround();
    feeds.poll = setInterval(() => void feeds.lookAround().catch(options.failed ?? ignore), POLL_MS);
    feeds.poll.unref?.();
    return feeds;
  }

  /**
   * Waits until the record at a place of the log, the answer's `position`, has been told: what is read afterwards has it.
   *
   * @throws FeedsBehind where that takes too long; what was decided stands
   */
  async waitFor(book: BookName, position: number, timeoutMs = WAIT_MS): Promise<void> {
    if (!(await this.teller(book).until(position + 1, timeoutMs))) throw new FeedsBehind(book);
  }

  /**
   * What a party is given for a command of its own that was accepted: where its feed ended when the command had been told. The same for
   * the same command, whenever it is asked for. Waits as `waitFor` does.
   */
  async receipt(book: BookName, party: PartyId, position: number): Promise<Receipt> {
    await this.waitFor(book, position);
    const { length, hash } = await this.store.head(book, party, position + 1);
    return { schema: "offtake/receipt@1", book, party, length, hash };
  }

  /**
   * The same receipt, and an object of the party's view as it is then: as this node has just told them, or by one look at the store for both.
   */
  async outcome(book: BookName, party: PartyId, position: number, { kind, id }: ObjectName): Promise<Outcome> {
    await this.waitFor(book, position);
    const { head, object } =
      (await this.teller(book).justTold(position, { party, kind, id })) ??
      (await this.store.headAndObject(book, party, position + 1, kind, id));
    return { receipt: { schema: "offtake/receipt@1", book, party, ...head }, object };
  }

  /** Follows a feed from a place on: pages of entries, nothing left out and nothing twice, until `signal` is aborted. */
  follow(
    book: BookName,
    party: PartyId,
    from: number,
    signal: AbortSignal,
  ): AsyncGenerator<readonly FeedEntry[], void, void> {
    return this.hub.follow(book, party, from, signal);
  }

  /** For whoever decides: where more of a book is left to tell than takes a moment, a wait until it is not; see `BookNodeOptions`. */
  pace(book: BookName): Promise<unknown> | undefined {
    return this.tellers.get(book)?.pace();
  }

  /** For whoever decides: how many commands at once leave little to tell; undefined where that is not known. */
  batchOf(book: BookName): number | undefined {
    return this.tellers.get(book)?.batchMax();
  }

  /** How many follow any feed on this node. */
  get followers(): number {
    return this.hub.followers;
  }

  /** How far each book's feeds are behind its log, as far as this node has heard. */
  lags(): readonly Lag[] {
    return [...this.tellers].map(([book, teller]) => ({ book, ...teller.lag() }));
  }

  /**
   * Folds the objects of all parties of a book again, from what each was told and nothing else. What was told stays as it is.
   *
   * @param told called after each party, with how many entries it has
   */
  async rebuild(book: BookName, told: (party: PartyId, entries: number) => void = ignore): Promise<void> {
    for (const party of await this.store.parties(book)) told(party, await rebuildObjects(this.store, book, party));
    this.tellers.get(book)?.forget();
  }

  /** Finishes what is being told, and tells no more. The stores stay open. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.poll);
    await Promise.all(this.stops.map((stop) => stop()));
    await Promise.all([...this.tellers.values()].map((teller) => teller.close()));
  }

  private heard(book: BookName, to: number): void {
    const isNews = this.teller(book).feedsGrew(to);
    if (isNews && !this.isClosed) this.hub.grew(book).catch(this.options.failed ?? ignore);
  }

  private teller(book: BookName): Teller {
    const known = this.tellers.get(book);
    if (known !== undefined) return known;
    const { log, feeds, hash } = this.options;
    const told = this.hub.told.bind(this.hub, book);
    const teller = new Teller({ ...this.options, log, feeds, hash, book, told });
    if (this.isClosed) void teller.close();
    this.tellers.set(book, teller);
    return teller;
  }

  private async lookAround(): Promise<void> {
    if (this.isClosed) return;
    for (const book of await this.options.log.books()) {
      const teller = this.teller(book);
      if (teller.isIdle) await teller.look();
    }
  }
}

function ignore(): void {}
