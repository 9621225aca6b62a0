import type { PartyId } from "@offtake/core/kernel";
import type { FeedEntry, FeedHead, FeedStore } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";

/** How many new entries of a feed, and how many bytes of them, are kept at hand for those who follow it. */
const KEPT_ENTRIES = 1_024;
const KEPT_CHARS = 512 * 1024;
/** How many entries somebody who lags behind is given at once. */
const PAGE = 200;

/** One feed that somebody follows: its newest entries, shared by all who do. */
class Channel {
  followers = 0;
  /** Where the feed ends as far as is known; unknown before it was looked for. */
  head: FeedHead | undefined;
  private recent: FeedEntry[] = [];
  private chars = 0;
  private readonly waiting = new Set<() => void>();
  /** Raised by everything that may have brought an entry. */
  mark = 0;

  /** The entries from a place on, where they are at hand; undefined where the store is to be asked. */
  from(position: number): readonly FeedEntry[] | undefined {
    const [first] = this.recent;
    if (this.head !== undefined && position === this.head.length) return [];
    if (first === undefined || position < first.position) return undefined;
    return this.recent.slice(position - first.position, position - first.position + PAGE);
  }

  /** New entries, in order; what is known already is left aside, and what is missing before them is for the store to give. */
  add(entries: readonly FeedEntry[]): void {
    for (const entry of entries) {
      if (this.head !== undefined && entry.position < this.head.length) continue;
      if (this.head !== undefined && entry.position > this.head.length) this.clear();
      this.recent.push(entry);
      this.chars += entry.body.length;
      this.head = { length: entry.position + 1, hash: entry.hash };
    }
    let drop = 0;
    while (this.recent.length - drop > KEPT_ENTRIES || this.chars > KEPT_CHARS) {
      this.chars -= this.recent[drop]?.body.length ?? 0;
      drop += 1;
    }
    if (drop > 0) this.recent = this.recent.slice(drop);
    this.ring();
  }

  ring(): void {
    this.mark += 1;
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const go of waiting) go();
  }

  private clear(): void {
    this.recent = [];
    this.chars = 0;
  }

  /** Waits until something may have come since `mark`. */
  grown(mark: number, signal: AbortSignal): Promise<void> {
    if (this.mark !== mark || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const go = (): void => {
        signal.removeEventListener("abort", go);
        this.waiting.delete(go);
        resolve();
      };
      signal.addEventListener("abort", go, { once: true });
      this.waiting.add(go);
    });
  }
}

/**
 * Lets any number of subscribers follow the feeds of parties. Each takes what it has not seen yet when it is ready for it: nothing is
 * queued for anybody, so a slow one costs no memory and delays nobody. The newest entries are at hand for all; who is further behind reads
 * on from the store.
 */
export class FeedHub {
  private readonly feeds: FeedStore;
  private readonly books = new Map<BookName, Map<PartyId, Channel>>();
  private readonly reading = new Map<BookName, { again: boolean }>();

  constructor(feeds: FeedStore) {
    this.feeds = feeds;
  }

  /**
   * Follows a feed from a place on, without end: pages of entries in order, each at least one entry, nothing left out and nothing twice.
   * Ends when `signal` is aborted.
   */
  async *follow(
    book: BookName,
    party: PartyId,
    from: number,
    signal: AbortSignal,
  ): AsyncGenerator<readonly FeedEntry[], void, void> {
    const channel = this.join(book, party);
    try {
      let next = from;
      while (!signal.aborted) {
        const { mark } = channel;
        const page = channel.from(next) ?? (await this.feeds.readFeed(book, party, next, PAGE));
        if (page.length === 0) await channel.grown(mark, signal);
        else {
          yield page;
          next += page.length;
        }
      }
    } finally {
      this.leave(book, party, channel);
    }
  }

  /** How many follow any feed. */
  get followers(): number {
    let sum = 0;
    for (const channels of this.books.values()) for (const { followers } of channels.values()) sum += followers;
    return sum;
  }

  /** This node has told these entries. */
  told(book: BookName, entries: ReadonlyMap<PartyId, readonly FeedEntry[]>): void {
    const channels = this.books.get(book);
    if (channels === undefined) return;
    for (const [party, list] of entries) channels.get(party)?.add(list);
  }

  /** Another node has told something: looks what of it is for those who follow here. */
  async grew(book: BookName): Promise<void> {
    if (!this.books.has(book)) return;
    const under = this.reading.get(book);
    if (under !== undefined) {
      under.again = true;
      return;
    }
    const turn = { again: true };
    this.reading.set(book, turn);
    try {
      while (turn.again) {
        turn.again = false;
        if (await this.readOn(book)) turn.again = true;
      }
    } finally {
      this.reading.delete(book);
    }
  }

  private async readOn(book: BookName): Promise<boolean> {
    const channels = this.books.get(book) ?? new Map<PartyId, Channel>();
    const heads = new Map<PartyId, FeedHead>();
    for (const [party, channel] of channels) {
      if (channel.head === undefined) {
        const found = await this.feeds.head(book, party);
        // Told here meanwhile: what was found is older, and a head that went back would take the same entries twice.
        channel.head ??= found;
        // Whoever follows has perhaps not read up to there.
        channel.ring();
      }
      heads.set(party, channel.head);
    }
    if (heads.size === 0) return false;
    const grown = await this.feeds.readOn(book, heads);
    for (const [party, entries] of grown) channels.get(party)?.add(entries);
    return grown.size > 0;
  }

  private join(book: BookName, party: PartyId): Channel {
    const channels = this.books.get(book) ?? new Map<PartyId, Channel>();
    this.books.set(book, channels);
    const channel = channels.get(party) ?? new Channel();
    channels.set(party, channel);
    channel.followers += 1;
    return channel;
  }

  private leave(book: BookName, party: PartyId, channel: Channel): void {
    channel.followers -= 1;
    if (channel.followers > 0) return;
    const channels = this.books.get(book);
    channels?.delete(party);
    if (channels?.size === 0) this.books.delete(book);
  }
}
