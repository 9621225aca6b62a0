import { MemoryFeedStore, MemoryStore, sha256 } from "@offtake/store/memory";
import type { BookName, NewRecord } from "@offtake/store/log";
import type { PartyId } from "@offtake/core/kernel";
import { type BookNode, Books } from "../books/index.ts";
import { Feeds } from "../feeds/index.ts";
import { createApp } from "../http/app.ts";
import { PAGE_ROUTES } from "../http/page-routes.ts";
import type { Door } from "../http/services.ts";
import { startTimers } from "../timers/index.ts";

interface InMemory {
  readonly book: BookName;
  readonly keeper: PartyId;
  /** The log of the book so far. */
  readonly records: readonly NewRecord[];
  /** Milliseconds since 1970, as the book is stamped by them. */
  readonly clock: () => number;
  readonly door: Door;
  /** Origins whose pages may call with a session. */
  readonly origins: () => readonly string[];
  /** Told what went wrong where nobody waits for an answer. */
  readonly failed: (error: unknown) => void;
}

/** A broker of one book with everything in memory: what it was told is gone with it. */
interface MemoryBroker {
  readonly app: ReturnType<typeof createApp>;
  readonly node: BookNode;
  readonly feeds: Feeds;
}

/** Starts such a broker: the API over the core, with its feeds caught up and its timers running. */
export async function startInMemory(of: InMemory): Promise<MemoryBroker> {
  const { book, clock, failed } = of;
  const store = new MemoryStore({ clock });
  await store.createBook(book);
  const turn = await store.takeTurn(book, 0);
  await turn.append(of.records);
  const nonce = (): string => crypto.randomUUID();
  const books = await Books.open({ store, hash: sha256, nonce, monotonic: clock, pollMs: 60_000 });
  const feeds = await Feeds.start({ log: store, feeds: new MemoryFeedStore(), hash: sha256, failed });
  const node = await books.get(book);
  if (node === undefined) throw new Error("Broken belief: the book is there");
  if (node.length > 0) await feeds.waitFor(book, node.length - 1);
  await startTimers(books, { failed });
  const app = createApp(PAGE_ROUTES, {
    books,
    telling: feeds,
    door: of.door,
    people: undefined,
    origins: of.origins,
    log: { error: (_where, message) => failed(new Error(message)) },
    clock: () => performance.now(),
    wallClock: clock,
    isReadOnly: () => false,
    stopping: new AbortController().signal,
    notReady: async () => undefined,
    metrics: async () => ({ type: "text/plain", text: "" }),
    observe: () => {},
    makeBook: async () => false,
    firstMember: async () => undefined,
    keeperOf: async () => of.keeper,
  });
  return { app, node, feeds };
}
