import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PartyId } from "@offtake/core/kernel";
import { type EmbeddedDatabase, startEmbedded } from "@offtake/store/embedded";
import type { FeedEntry } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { MemoryFeedStore, sha256 } from "@offtake/store/memory";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BookNode } from "../books/index.ts";
import { submitRequest } from "../books/world.fixture.ts";
import { everything, openBook, projector, send, sendRequests } from "./feeds.fixture.ts";
import { Feeds } from "./feeds.ts";

const LAB = "lab" as PartyId;
const folder = mkdtempSync(join(tmpdir(), "offtake-feeds-"));
let server: EmbeddedDatabase;
const open: Database[] = [];

async function database(): Promise<Database> {
  const opened = await Database.open({ url: server.url });
  open.push(opened);
  return opened;
}

beforeAll(async () => {
  server = await startEmbedded(folder);
}, 120_000);

afterAll(async () => {
  for (const one of open) await one.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Node {
  readonly feeds: Feeds;
  readonly store: PostgresFeedStore;
  readonly log: PostgresStore;
}

async function startNode(): Promise<Node> {
  const own = await database();
  const [log, store] = [new PostgresStore(own), new PostgresFeedStore(own)];
  return { log, store, feeds: await Feeds.start({ log, feeds: store, hash: sha256, graceMs: 100 }) };
}

async function inMemory({ log, store }: Node, book: BookName): Promise<ReturnType<typeof everything>> {
  const secret = await store.secret(book);
  const memory = new MemoryFeedStore({ secretOf: () => secret });
  await projector(log, memory, book).catchUp();
  return everything(memory, book);
}

test("two nodes tell one book together: the same rows as in memory, and subscribers of both miss nothing", async () => {
  const book = "two-nodes" as BookName;
  const [one, two] = [await startNode(), await startNode()];
  const node: BookNode = await openBook(one.log, book);
  const stop = new AbortController();
  const seen = [one, two].map(async ({ feeds }) => {
    const taken: FeedEntry[] = [];
    for await (const page of feeds.follow(book, LAB, 0, stop.signal)) taken.push(...page);
    return taken;
  });
  await sendRequests(node, 0, 15);
  await Promise.all([one, two].map(({ feeds }) => feeds.waitFor(book, node.length - 1)));
  await one.feeds.close();
  await two.feeds.waitFor(book, await send(node, submitRequest("q20", 20), "q20"));
  const { length } = await two.store.head(book, LAB);
  await two.feeds.waitFor(book, node.length - 1);
  // What is still on its way to subscribers arrives.
  await expect.poll(async () => (await two.store.readFeed(book, LAB, length - 1, 1)).length).toBe(1);
  await new Promise((go) => setTimeout(go, 200));
  stop.abort();
  const [, atTwo = []] = await Promise.all(seen);
  expect(atTwo).toEqual(await two.store.readFeed(book, LAB, 0, length));
  expect(await everything(two.store, book)).toEqual(await inMemory(two, book));
  await two.feeds.rebuild(book);
  expect(await everything(two.store, book)).toEqual(await inMemory(two, book));
  await two.feeds.close();
});

test("a projector whose connections are cut in the middle goes on, and tells everything once", async () => {
  const book = "cut-off" as BookName;
  const node = await startNode();
  const writer: BookNode = await openBook(node.log, book);
  const { pool: killer } = await database();
  let isOver = false;
  const cutting = (async () => {
    while (!isOver) {
      await killer.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where query like 'with moved as%' and state = 'active'",
      );
      await new Promise((go) => setTimeout(go, 3));
    }
  })();
  await sendRequests(writer, 0, 25);
  isOver = true;
  await cutting;
  await node.feeds.waitFor(book, writer.length - 1);
  expect(await everything(node.store, book)).toEqual(await inMemory(node, book));
  await node.feeds.close();
});
