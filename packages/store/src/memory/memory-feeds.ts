import type { PartyId } from "@offtake/core/kernel";
import { isDescending, keyOf, orderOf, pageOf, placeOf, plainOf, type PlainQuery } from "../feeds/cursor.ts";
import { pageByNext } from "../feeds/next.ts";
import { emptyFeed, grown } from "../feeds/chain.ts";
import type { FeedEntry, FeedHead, FeedObject, ObjectKey, Telling } from "../feeds/entry.ts";
import type { CountQuery, FeedStore, ObjectPage, ObjectQuery, Projection, Rows, SavedState } from "../feeds/store.ts";
import type { Hash } from "../log/chain.ts";
import type { BookName } from "../log/record.ts";
import { sha256 } from "./sha256.ts";

/** How many entries of a feed are read on at once. */
const READ_ON_MAX = 1_000;

interface MemoryFeed {
  readonly entries: FeedEntry[];
  /** For each telling: its record, and how long the feed was after it. */
  readonly ends: { readonly record: number; readonly length: number }[];
  objects: Map<string, FeedObject>;
}

interface MemoryFeedsOfBook {
  readonly feeds: Map<PartyId, MemoryFeed>;
  projectedTo: number;
  readonly secret: string;
  state?: SavedState;
}

export interface MemoryFeedStoreOptions {
  readonly hash?: Hash;
  /** 64 hexadecimal digits for a book; drawn at random when absent. A simulator brings one, so that it repeats itself. */
  readonly secretOf?: (book: BookName) => string;
}

/** Feeds in memory, beside logs in memory: gone with the process. The same behaviour as on PostgreSQL. */
export class MemoryFeedStore implements FeedStore {
  private readonly books = new Map<BookName, MemoryFeedsOfBook>();
  private readonly listeners = new Set<(book: BookName, projectedTo: number) => void>();
  private readonly hash: Hash;
  private readonly newSecret: (book: BookName) => string;

  constructor({ hash = sha256, secretOf = randomSecret }: MemoryFeedStoreOptions = {}) {
    this.hash = hash;
    this.newSecret = secretOf;
  }

  async projectedTo(book: BookName): Promise<number> {
    return this.books.get(book)?.projectedTo ?? 0;
  }

  async project(book: BookName, from: number, { to, tellings, objects }: Projection): Promise<boolean> {
    const own = this.ofBook(book);
    if (own.projectedTo !== from) return false;
    // Everything is linked before anything is kept: what does not fit throws, and leaves nothing behind.
    const heads = new Map<PartyId, FeedHead>();
    const linked = tellings.map((telling) => ({ telling, entries: this.linked(book, own, heads, telling) }));
    for (const { telling, entries } of linked) {
      const feed = feedOf(own, telling.party);
      feed.entries.push(...entries);
      feed.ends.push({ record: telling.record, length: feed.entries.length });
    }
    for (const object of objects) feedOf(own, object.party).objects.set(nameOf(object), object);
    own.projectedTo = to;
    for (const heard of this.listeners) queueMicrotask(() => heard(book, to));
    return true;
  }

  private linked(book: BookName, own: MemoryFeedsOfBook, heads: Map<PartyId, FeedHead>, telling: Telling): FeedEntry[] {
    const { party, position, told, hash } = telling;
    let head = heads.get(party) ?? headOf(own.feeds.get(party)) ?? emptyFeed(book, party, this.hash);
    if (position !== head.length) throw new Error(`Broken belief: the feed of ${party} goes on at ${head.length}`);
    const entries = told.map(({ body }) => {
      const entry = { position: head.length, body, hash: grown(head, body, this.hash).hash };
      head = { length: head.length + 1, hash: entry.hash };
      return entry;
    });
    if (head.hash !== hash) throw new Error(`Broken belief: the chain of ${party} is the projector's`);
    heads.set(party, head);
    return entries;
  }

  onFeedGrowth(heard: (book: BookName, projectedTo: number) => void): Promise<() => Promise<void>> {
    this.listeners.add(heard);
    return Promise.resolve(() => {
      this.listeners.delete(heard);
      return Promise.resolve();
    });
  }

  async readFeed(book: BookName, party: PartyId, from: number, limit: number): Promise<readonly FeedEntry[]> {
    return (
      this.books
        .get(book)
        ?.feeds.get(party)
        ?.entries.slice(from, from + limit) ?? []
    );
  }

  async head(book: BookName, party: PartyId, records = Infinity): Promise<FeedHead> {
    const feed = this.books.get(book)?.feeds.get(party);
    const length = feed?.ends.findLast(({ record }) => record < records)?.length ?? 0;
    const last = feed?.entries[length - 1];
    return last === undefined ? emptyFeed(book, party, this.hash) : { length, hash: last.hash };
  }

  async parties(book: BookName): Promise<readonly PartyId[]> {
    return [...(this.books.get(book)?.feeds.keys() ?? [])].sort();
  }

  async lengths(book: BookName): Promise<ReadonlyMap<PartyId, number>> {
    return new Map([...(this.books.get(book)?.feeds ?? [])].map(([party, { entries }]) => [party, entries.length]));
  }

  async getObject(book: BookName, party: PartyId, kind: string, id: string): Promise<FeedObject | undefined> {
    return this.books.get(book)?.feeds.get(party)?.objects.get(nameOf({ kind, id }));
  }

  async getObjects(
    book: BookName,
    party: PartyId,
    kind: string,
    ids: readonly string[],
  ): Promise<readonly FeedObject[]> {
    const { objects } = this.books.get(book)?.feeds.get(party) ?? {};
    return [...new Set(ids)].flatMap((id) => objects?.get(nameOf({ kind, id })) ?? []);
  }

  async headAndObject(
    book: BookName,
    party: PartyId,
    records: number,
    kind: string,
    id: string,
  ): Promise<{ readonly head: FeedHead; readonly object: FeedObject | undefined }> {
    return { head: await this.head(book, party, records), object: await this.getObject(book, party, kind, id) };
  }

  async listObjects(book: BookName, party: PartyId, query: ObjectQuery): Promise<ObjectPage> {
    const plain = plainOf(query);
    if (plain !== undefined) return pageOf(plain, this.rows(book, party, plain));
    return pageByNext(query, async (part) => this.rows(book, party, part).slice(0, part.limit));
  }

  /** All that a list holds from its place on. */
  private rows(book: BookName, party: PartyId, query: PlainQuery): readonly FeedObject[] {
    const place = placeOf(query);
    const order = orderOf(query);
    const sign = isDescending(query) ? -1 : 1;
    const compare = (a: { key: number; id: string }, b: { key: number; id: string }): number =>
      sign * (a.key - b.key || (a.id < b.id ? -1 : Number(a.id > b.id)));
    const found = [...(this.books.get(book)?.feeds.get(party)?.objects.values() ?? [])]
      .filter((object) => matches(object, query))
      .map((object) => ({ key: keyOf(object, order), id: object.id, object }))
      .filter((one) => place === undefined || compare(one, place) > 0)
      .sort(compare);
    return found.map(({ object }) => object);
  }

  async countObjects(book: BookName, party: PartyId, query: CountQuery): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const object of this.books.get(book)?.feeds.get(party)?.objects.values() ?? [])
      if (matches(object, { ...query, limit: 1 })) counts.set(object.status, (counts.get(object.status) ?? 0) + 1);
    return counts;
  }

  async objectsAt(book: BookName, keys: readonly ObjectKey[]): Promise<readonly FeedObject[]> {
    const feeds = this.books.get(book)?.feeds;
    return keys.flatMap((key) => feeds?.get(key.party)?.objects.get(nameOf(key)) ?? []);
  }

  async refold(
    book: BookName,
    party: PartyId,
    feedLength: number,
    fold: (rows: Rows) => Promise<void>,
  ): Promise<boolean> {
    const folded = new Map<string, FeedObject>();
    if ((await this.head(book, party)).length !== feedLength) return false;
    await fold({
      read: (keys) => Promise.resolve(keys.flatMap((key) => folded.get(nameOf(key)) ?? [])),
      write: (objects) => {
        for (const object of objects) folded.set(nameOf(object), object);
        return Promise.resolve();
      },
    });
    if ((await this.head(book, party)).length !== feedLength) return false;
    const feed = this.books.get(book)?.feeds.get(party);
    if (feed !== undefined) feed.objects = folded;
    return true;
  }

  async readOn(
    book: BookName,
    heads: ReadonlyMap<PartyId, FeedHead>,
  ): Promise<ReadonlyMap<PartyId, readonly FeedEntry[]>> {
    const found = new Map<PartyId, readonly FeedEntry[]>();
    for (const [party, { length }] of heads) {
      const entries = await this.readFeed(book, party, length, READ_ON_MAX);
      if (entries.length > 0) found.set(party, entries);
    }
    return found;
  }

  async secret(book: BookName): Promise<string> {
    return this.ofBook(book).secret;
  }

  async saveState(book: BookName, state: SavedState): Promise<void> {
    const own = this.ofBook(book);
    const known = own.state;
    if (known?.version !== state.version || known.length < state.length) own.state = state;
  }

  async newestState(book: BookName, version: number): Promise<SavedState | undefined> {
    const state = this.books.get(book)?.state;
    return state?.version === version ? state : undefined;
  }

  private ofBook(book: BookName): MemoryFeedsOfBook {
    const known = this.books.get(book);
    if (known !== undefined) return known;
    const made = { feeds: new Map<PartyId, MemoryFeed>(), projectedTo: 0, secret: this.newSecret(book) };
    this.books.set(book, made);
    return made;
  }
}

function headOf(feed: MemoryFeed | undefined): FeedHead | undefined {
  const last = feed?.entries.at(-1);
  return last === undefined ? undefined : { length: last.position + 1, hash: last.hash };
}

const nameOf = ({ kind, id }: Omit<ObjectKey, "party">): string => `${kind} ${id}`;

function feedOf(own: MemoryFeedsOfBook, party: PartyId): MemoryFeed {
  const known = own.feeds.get(party);
  if (known !== undefined) return known;
  const made: MemoryFeed = { entries: [], ends: [], objects: new Map() };
  own.feeds.set(party, made);
  return made;
}

function matches(object: FeedObject, query: PlainQuery): boolean {
  const { kind, status, parent, agreement, dueFrom, dueBefore, isUndated = false, exceptStatus = [] } = query;
  const { deadline } = object;
  if (exceptStatus.includes(object.status) || (isUndated && deadline !== undefined)) return false;
  if (object.kind !== kind || (status !== undefined && !status.includes(object.status))) return false;
  if (parent !== undefined && object.parent !== parent) return false;
  if (agreement !== undefined && object.agreement !== agreement) return false;
  const isByDeadline = orderOf(query) === "deadline" || dueFrom !== undefined || dueBefore !== undefined;
  if (!isByDeadline) return true;
  if (deadline === undefined) return false;
  return deadline >= (dueFrom ?? -Infinity) && deadline < (dueBefore ?? Infinity);
}

/** The browser's own source of randomness, which Node has as well. */
function randomSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
