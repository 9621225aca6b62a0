import { BookState } from "@offtake/core/book";
import { foldKnown } from "@offtake/core/disclosure";
import type { FeedStore } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { decodeDisclosed } from "@offtake/wire/codecs";
import type { PartyId } from "@offtake/core/kernel";

/** Entries that are read at once; between two such reads others are served. */
const CHUNK = 500;
/** Books that are kept folded: each is as large as the book. */
const KEPT_MAX = 4;

interface Kept {
  readonly state: BookState;
  length: number;
}

/**
 * Books as their keepers know them, folded from the keepers' feeds and from nothing else, and kept: the next call reads what has come since.
 * After a start the first call reads the feed from its beginning.
 */
class KnownBooks {
  private readonly feeds: FeedStore;
  private readonly kept = new Map<string, Kept>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(feeds: FeedStore) {
    this.feeds = feeds;
  }

  /**
   * Works something out, one thing after the other: a state is one caller's at a time. `work` leaves it as it was.
   *
   * @param party the keeper of the book
   */
  with<Value>(book: BookName, party: PartyId, work: (state: BookState) => Value): Promise<Value> {
    const mine = this.last.then(async () => {
      const state = await this.stateOf(book, party);
      return work(state);
    });
    this.last = mine.catch(() => {});
    return mine;
  }

  private async stateOf(book: BookName, party: PartyId): Promise<BookState> {
    const name = `${book}/${party}`;
    const known = this.kept.get(name) ?? { state: new BookState(), length: 0 };
    // Forgotten while it grows: what fails half-way is begun anew.
    this.kept.delete(name);
    for (;;) {
      const entries = await this.feeds.readFeed(book, party, known.length, CHUNK);
      for (const { body } of entries) {
        const told = decodeDisclosed(JSON.parse(body));
        if (!told.ok) throw new Error(`Broken belief: an entry of a feed can be read (${told.problem.path})`);
        foldKnown(known.state, told.value);
      }
      known.length += entries.length;
      if (entries.length < CHUNK) break;
    }
    this.kept.set(name, known);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT_MAX) break;
      this.kept.delete(oldest);
    }
    return known.state;
  }
}

const ofStore = new WeakMap<FeedStore, KnownBooks>();

/** The books as keepers know them, by what they are told: one for each store of feeds. */
export function knownBooks(feeds: FeedStore): KnownBooks {
  const found = ofStore.get(feeds) ?? new KnownBooks(feeds);
  ofStore.set(feeds, found);
  return found;
}
