import { randomUUID } from "node:crypto";
import type { CommandBody } from "@offtake/core/book";
import { BookNode, DecidedEvents } from "@offtake/server/books";
import { Feeds } from "@offtake/server/feeds";
import type { BookName } from "@offtake/store/log";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import { sha256 } from "./on-database.ts";
import { benchRequest } from "./resolve-requests.ts";
import { LAB, resolveWorld } from "./resolve-world.ts";

export const CLIENTS = 64;
const WARM_UP = 2_000;
const BLOCKS = 1_000;
const LOOK_MS = 50;

/** What one node did while its clients sent one request after the other. */
export interface Load {
  /** Decisions acknowledged a second. */
  readonly rate: number;
  /** Milliseconds from sending to acknowledgement, sorted. */
  readonly latencies: readonly number[];
  /** The longest that the oldest record that was not told had waited; undefined where nobody told. */
  readonly lagMs: number | undefined;
}

export interface LoadOptions {
  readonly url: string;
  readonly book: BookName;
  /** Told apart in keys and requests: the number of the node, and how many there are. */
  readonly place: number;
  readonly nodes: number;
  readonly seconds: number;
  readonly feeds: boolean;
  /** Awaited when warm: nodes begin together. */
  readonly begin: () => Promise<void>;
}

/** A new book with the world that requests are resolved in. */
export async function makeBenchBook(url: string, name: string): Promise<BookName> {
  const store = await PostgresStore.open({ url });
  const book = `${name}-${process.pid}` as BookName;
  await store.createBook(book);
  const node = new BookNode({ store, book, hash: sha256, nonce: randomUUID });
  await Promise.all(resolveWorld(BLOCKS).map((body, index) => send(node, body, `w${index}`)));
  await node.close();
  await store.close();
  return book;
}

async function send(node: BookNode, body: CommandBody, key: string): Promise<void> {
  const answer = await node.submit({ body, actor: LAB, key });
  if (answer.outcome === "rejected")
    throw new Error(`Broken belief: ${body.type} is accepted: ${answer.rejection.detail}`);
}

/** One node with its clients: warm first, then measured. */
export async function loadNode({ url, book, place, nodes, seconds, feeds, begin }: LoadOptions): Promise<Load> {
  const database = await Database.open({ url });
  const store = new PostgresStore(database);
  const decided = new DecidedEvents();
  const node = new BookNode({
    store,
    book,
    hash: sha256,
    nonce: randomUUID,
    decided,
    pace: () => telling?.pace(book),
    batchOf: () => telling?.batchOf(book),
  });
  await node.catchUp();
  const feedStore = new PostgresFeedStore(database);
  const telling = feeds ? await Feeds.start({ log: store, feeds: feedStore, hash: sha256, decided }) : undefined;
  let sent = 0;
  const client = async (isOver: () => boolean, latencies: number[]): Promise<void> => {
    while (!isOver()) {
      const index = sent * nodes + place;
      sent += 1;
      const from = performance.now();
      await send(node, { type: "submitRequest", request: benchRequest(index) }, `k${index}`);
      latencies.push(performance.now() - from);
    }
  };
  const clients = (isOver: () => boolean, latencies: number[]) =>
    Promise.all(Array.from({ length: CLIENTS }, () => client(isOver, latencies)));
  await clients(() => sent >= WARM_UP / nodes, []);
  // What was sent to get warm is told before the clock runs.
  await telling?.waitFor(book, node.length - 1, 600_000);
  await begin();
  let lagMs = 0;
  const look = setInterval(() => {
    for (const lag of telling?.lags() ?? []) if (lag.book === book) lagMs = Math.max(lagMs, lag.ms);
  }, LOOK_MS);
  const latencies: number[] = [];
  const from = performance.now();
  await clients(() => performance.now() - from > seconds * 1_000, latencies);
  const rate = latencies.length / ((performance.now() - from) / 1_000);
  clearInterval(look);
  await telling?.close();
  await node.close();
  await database.close();
  return { rate, latencies: latencies.sort((a, b) => a - b), lagMs: feeds ? lagMs : undefined };
}
