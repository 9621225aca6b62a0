import type { PartyId } from "@offtake/core/kernel";
import type { FeedEntry, FeedStore } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { Unavailable } from "../books/index.ts";
import type { Telling } from "../http/index.ts";

export interface TellingOptions {
  readonly store: FeedStore;
  /** How long somebody waits for its own change to be told. */
  readonly patienceMs?: number;
  /** How often it is looked without having heard anything: a notice of growth may be lost. */
  readonly lookMs?: number;
}

/** Entries that are read at once for a subscriber. */
const CHUNK = 500;

/** Waits for feeds to grow: for those who read what they have just written, and for those who listen. */
export class FeedWaits implements Telling {
  readonly store: FeedStore;
  private readonly patienceMs: number;
  private readonly lookMs: number;
  private readonly waiting = new Map<BookName, Set<() => void>>();
  private stop: (() => Promise<void>) | undefined;

  private constructor({ store, patienceMs = 10_000, lookMs = 250 }: TellingOptions) {
    this.store = store;
    this.patienceMs = patienceMs;
    this.lookMs = lookMs;
  }

  static async open(options: TellingOptions): Promise<FeedWaits> {
    const waits = new FeedWaits(options);
    waits.stop = await options.store.onFeedGrowth((book) => waits.wake(book));
    return waits;
  }

  async waitFor(book: BookName, records: number): Promise<void> {
    const until = performance.now() + this.patienceMs;
    while ((await this.store.projectedTo(book)) < records) {
      if (performance.now() > until) throw new Unavailable("What was decided has not been told to its parties yet.");
      await this.growth(book);
    }
  }

  async *subscribe(
    book: BookName,
    party: PartyId,
    from: number,
    signal: AbortSignal,
  ): AsyncIterable<readonly FeedEntry[]> {
    let next = from;
    while (!signal.aborted) {
      // Asked for before the look: what grows in between is not missed.
      const grown = this.growth(book, signal);
      const entries = await this.store.readFeed(book, party, next, CHUNK);
      next += entries.length;
      if (entries.length > 0) yield entries;
      if (entries.length < CHUNK) await grown;
    }
  }

  async close(): Promise<void> {
    await this.stop?.();
    for (const book of this.waiting.keys()) this.wake(book);
  }

  private wake(book: BookName): void {
    const waiting = this.waiting.get(book);
    this.waiting.delete(book);
    for (const go of waiting ?? []) go();
  }

  /** The next growth of a book's feeds, or after a while anyway. */
  private growth(book: BookName, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.waiting.get(book) ?? new Set();
      this.waiting.set(book, waiting);
      const go = (): void => {
        clearTimeout(late);
        waiting.delete(go);
        signal?.removeEventListener("abort", go);
        resolve();
      };
      const late = setTimeout(go, this.lookMs);
      waiting.add(go);
      signal?.addEventListener("abort", go, { once: true });
    });
  }
}
