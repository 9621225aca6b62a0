import type { PartyId } from "@offtake/core/kernel";
import { exportFeed, type FeedEntry, type FeedStore, FeedVerifier } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { MemoryFeedStore, MemoryStore, sha256 } from "@offtake/store/memory";
import { afterEach, describe, expect, test } from "vitest";
import type { BookNode } from "../books/index.ts";
import { submitRequest } from "../books/world.fixture.ts";
import { everything, expectedFeeds, openBook, projector, send, sendRequests } from "./feeds.fixture.ts";
import { Feeds, FeedsBehind, type FeedsOptions } from "./feeds.ts";

const BOOK = "small" as BookName;
const LAB = "lab" as PartyId;
const MERIDIAN = "meridian" as PartyId;

const open: Feeds[] = [];
afterEach(async () => {
  for (const feeds of open.splice(0)) await feeds.close();
});

interface Stage {
  readonly log: MemoryStore;
  readonly store: MemoryFeedStore;
  readonly node: BookNode;
}

async function stage(): Promise<Stage> {
  let now = Date.UTC(2036, 0, 1, 18);
  const log = new MemoryStore({ clock: () => (now += 1_000) });
  const node = await openBook(log, BOOK);
  return { log, store: new MemoryFeedStore(), node };
}

async function start({ log, store }: Stage, more: Partial<FeedsOptions> = {}): Promise<Feeds> {
  const feeds = await Feeds.start({ log, feeds: store, hash: sha256, graceMs: 20, ...more });
  open.push(feeds);
  return feeds;
}

/** Takes entries until there are so many, or the feed ends. */
async function take(feed: AsyncGenerator<readonly FeedEntry[]>, count: number): Promise<FeedEntry[]> {
  const taken: FeedEntry[] = [];
  while (taken.length < count) {
    const { value, done } = await feed.next();
    if (done === true) break;
    taken.push(...value);
  }
  return taken;
}

describe("the feeds of a server", () => {
  test("are told as the log grows, and what was decided can be read", async () => {
    const it = await stage();
    const feeds = await start(it);
    const position = await send(it.node, submitRequest("q1", 1), "q1");
    await feeds.waitFor(BOOK, position);
    expect((await feeds.store.getObject(BOOK, LAB, "requests", "q1"))?.status).toBe("awarded_full");
    expect(feeds.lags()).toEqual([{ book: BOOK, records: 0, ms: 0 }]);
  });

  test("answer what was just told without a look at the store, and the same as the store", async () => {
    const it = await stage();
    let looks = 0;
    const counted = Object.create(it.store) as FeedStore;
    counted.headAndObject = (...args) => {
      looks += 1;
      return it.store.headAndObject(...args);
    };
    const teller = await start(it, { feeds: counted });
    const other = await start(it, { feeds: counted, graceMs: 2_000 });
    await other.waitFor(BOOK, it.node.length - 1);
    for (let index = 0; index < 3; index += 1) {
      const about = { kind: "requests", id: `q${index}` } as const;
      const position = await send(it.node, submitRequest(about.id, index), about.id);
      looks = 0;
      const told = await teller.outcome(BOOK, LAB, position, about);
      expect(looks).toBe(0);
      expect(told.object?.status).toBe("awarded_full");
      // The node that did not tell it asks, and so does everybody once more has been told.
      expect(await other.outcome(BOOK, LAB, position, about)).toEqual(told);
      expect(looks).toBe(1);
      expect(await it.store.headAndObject(BOOK, LAB, position + 1, about.kind, about.id)).toEqual({
        head: { length: told.receipt.length, hash: told.receipt.hash },
        object: told.object,
      });
      await teller.waitFor(BOOK, await send(it.node, submitRequest(`${about.id}-more`, index), `${about.id} more`));
      expect((await teller.outcome(BOOK, LAB, position, about)).receipt).toEqual(told.receipt);
      expect(looks).toBe(2);
    }
  });

  test("hold what a book had before they were started, and books that come later", async () => {
    const it = await stage();
    await sendRequests(it.node, 0, 3);
    const feeds = await start(it);
    const later = "later" as BookName;
    const other = await openBook(it.log, later);
    await feeds.waitFor(later, await send(other, submitRequest("q1", 1), "q1"));
    await feeds.waitFor(BOOK, it.node.length - 1);
    for (const book of [BOOK, later]) {
      const expected = await expectedFeeds(it.log, it.store, book);
      const lab = await feeds.store.readFeed(book, LAB, 0, 10_000);
      expect(lab.map(({ body }) => body)).toEqual(expected.get(LAB));
    }
  });

  test("are told by one node at a time, and by another when that one stops", async () => {
    const it = await stage();
    const told: string[] = [];
    const watched = (name: string): FeedStore => {
      const store = Object.create(it.store) as FeedStore;
      store.project = async (...args) => {
        const done = await it.store.project(...args);
        if (done) told.push(name);
        return done;
      };
      return store;
    };
    // Long enough that a busy machine does not pass for a node that stopped.
    const graceMs = 200;
    const one = await start(it, { feeds: watched("one"), graceMs });
    await one.waitFor(BOOK, it.node.length - 1);
    const two = await start(it, { feeds: watched("two"), graceMs });
    for (let index = 0; index < 5; index += 1) {
      const at = await send(it.node, submitRequest(`q${index}`, index), `q${index}`);
      await Promise.all([one.waitFor(BOOK, at), two.waitFor(BOOK, at)]);
    }
    expect(new Set(told)).toEqual(new Set(["one"]));
    await one.close();
    const begun = performance.now();
    await two.waitFor(BOOK, await send(it.node, submitRequest("q9", 9), "q9"));
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(told.at(-1)).toBe("two");
  });

  test("are told by another when a node hangs, whose late step changes nothing", async () => {
    const it = await stage();
    let hang = false;
    let goOn: () => void = () => {};
    const hanging = Object.create(it.store) as FeedStore;
    hanging.project = async (...args) => {
      if (hang) await new Promise<void>((resolve) => (goOn = resolve));
      return it.store.project(...args);
    };
    const one = await start(it, { feeds: hanging });
    await one.waitFor(BOOK, it.node.length - 1);
    const two = await start(it);
    hang = true;
    const at = await send(it.node, submitRequest("q1", 1), "q1");
    await two.waitFor(BOOK, at);
    hang = false;
    goOn();
    await one.waitFor(BOOK, await send(it.node, submitRequest("q2", 2), "q2"));
    const fresh = new MemoryFeedStore({ secretOf: () => secret });
    const secret = await it.store.secret(BOOK);
    await projector(it.log, fresh, BOOK).catchUp();
    expect(await everything(it.store, BOOK)).toEqual(await everything(fresh, BOOK));
  });

  test("say so where they are behind for too long, and catch up", async () => {
    const it = await stage();
    const failures: unknown[] = [];
    let broken = true;
    const failing = Object.create(it.store) as FeedStore;
    failing.project = (...args) => (broken ? Promise.reject(new Error("no database")) : it.store.project(...args));
    const feeds = await start(it, { feeds: failing, failed: (error) => failures.push(error) });
    await expect(feeds.waitFor(BOOK, 0, 100)).rejects.toThrow(FeedsBehind);
    expect(feeds.lags()[0]?.records).toBeGreaterThan(0);
    broken = false;
    await feeds.waitFor(BOOK, it.node.length - 1);
    expect(failures.length).toBeGreaterThan(0);
    expect(feeds.lags()[0]).toEqual({ book: BOOK, records: 0, ms: 0 });
  });

  test("say how long the oldest record has waited, also while others are told", async () => {
    const it = await stage();
    const lags: number[] = [];
    const slow = Object.create(it.store) as FeedStore;
    slow.project = async (...args) => {
      await new Promise((go) => setTimeout(go, 20));
      lags.push(feeds.lags()[0]?.ms ?? 0);
      return it.store.project(...args);
    };
    const feeds: Feeds = await start(it, { feeds: slow, batchMax: 1 });
    await feeds.waitFor(BOOK, it.node.length - 1);
    // All of it was known from the start on, and each step takes its time.
    const [first = 0] = lags;
    expect(lags.length).toBe(it.node.length);
    for (const [index, ms] of lags.entries()) expect(ms).toBeGreaterThanOrEqual(first + 15 * index);
    expect(feeds.lags()[0]).toEqual({ book: BOOK, records: 0, ms: 0 });
  });

  test("slow down whoever decides while they are far behind, and never for long", async () => {
    const it = await stage();
    let isSlow = true;
    const slow = Object.create(it.store) as FeedStore;
    slow.project = async (...args) => {
      while (isSlow) await new Promise((go) => setTimeout(go, 5));
      return it.store.project(...args);
    };
    const feeds: Feeds = await start(it, { feeds: slow });
    expect(feeds.pace(BOOK)).toBeUndefined();
    await expect.poll(() => feeds.lags()[0]?.ms ?? 0).toBeGreaterThan(500);
    let isOver = false;
    const wait = feeds.pace(BOOK)?.then(() => (isOver = true));
    expect(wait).toBeDefined();
    await new Promise((go) => setTimeout(go, 50));
    expect(isOver).toBe(false);
    isSlow = false;
    await feeds.waitFor(BOOK, it.node.length - 1);
    await wait;
    expect(feeds.pace(BOOK)).toBeUndefined();
    // Nobody catches up: it ends all the same.
    isSlow = true;
    await send(it.node, submitRequest("q1", 1), "q1");
    await expect.poll(() => feeds.lags()[0]?.ms ?? 0).toBeGreaterThan(500);
    await feeds.pace(BOOK);
    expect(feeds.lags()[0]?.ms).toBeGreaterThan(2_000);
    isSlow = false;
  });

  test("slow down whoever decides in small steps: what is left to tell stays little, and nobody waits for what others append", async () => {
    const it = await stage();
    const slow = Object.create(it.store) as FeedStore;
    slow.project = async (...args) => {
      // Three milliseconds a record: a third of a second is a hundred of them.
      await new Promise((go) => setTimeout(go, 3 * (args[2].to - args[1])));
      return it.store.project(...args);
    };
    const feeds: Feeds = await start(it, { feeds: slow, batchMax: 16 });
    await feeds.waitFor(BOOK, it.node.length - 1);
    const left: number[] = [];
    const overtaken: number[] = [];
    let sent = 0;
    // Two that decide by turns, sixteen at a time.
    const decider = async (): Promise<void> => {
      while (sent < 480) {
        const wait = feeds.pace(BOOK);
        const before = sent;
        await wait;
        if (wait !== undefined) overtaken.push(sent - before);
        left.push(feeds.lags()[0]?.records ?? 0);
        const from = sent;
        sent += 16;
        await sendRequests(it.node, from, from + 16);
      }
    };
    await Promise.all([decider(), decider()]);
    expect(overtaken.length).toBeGreaterThan(5);
    // While one waits the other is held back as well.
    expect(Math.max(...overtaken)).toBeLessThanOrEqual(32);
    // Until it is known how long a record takes there may be more.
    expect(Math.max(...left)).toBeLessThanOrEqual(256 + 32);
    expect(Math.max(...left.slice(-10))).toBeLessThanOrEqual(160);
    // A quarter of what is told in 300 ms: a record takes three or more.
    expect(feeds.batchOf(BOOK)).toBeGreaterThanOrEqual(8);
    expect(feeds.batchOf(BOOK)).toBeLessThanOrEqual(25);
    expect(feeds.batchOf("another" as BookName)).toBeUndefined();
    await feeds.waitFor(BOOK, it.node.length - 1);
  });

  test("slow nobody down where they cannot be told at all", async () => {
    const it = await stage();
    let isBroken = true;
    const broken = Object.create(it.store) as FeedStore;
    broken.project = (...args) => (isBroken ? Promise.reject(new Error("no connection")) : it.store.project(...args));
    const feeds: Feeds = await start(it, { feeds: broken });
    await expect.poll(() => feeds.lags()[0]?.ms ?? 0).toBeGreaterThan(500);
    expect(feeds.pace(BOOK)).toBeUndefined();
    isBroken = false;
    await feeds.waitFor(BOOK, it.node.length - 1);
  });

  test("are folded again by command to the same bytes", async () => {
    const it = await stage();
    const feeds = await start(it);
    await sendRequests(it.node, 0, 4);
    await feeds.waitFor(BOOK, it.node.length - 1);
    const before = await everything(it.store, BOOK);
    const told: [string, boolean][] = [];
    await feeds.rebuild(BOOK, (party, entries) => told.push([party, entries > 0]));
    expect(told).toEqual([
      ["lab", true],
      ["meridian", true],
      ["northlight", true],
    ]);
    expect(await everything(it.store, BOOK)).toEqual(before);
    // And go on from there.
    await feeds.waitFor(BOOK, await send(it.node, submitRequest("q9", 9), "q9"));
    expect((await feeds.store.getObject(BOOK, LAB, "requests", "q9"))?.status).toBe("awarded_full");
  });
});

describe("who follows a feed", () => {
  test("is given all of it from any place on, and what comes later, once", async () => {
    const it = await stage();
    const feeds = await start(it);
    await sendRequests(it.node, 0, 2);
    await feeds.waitFor(BOOK, it.node.length - 1);
    const { length } = await it.store.head(BOOK, LAB);
    const stop = new AbortController();
    const from = [0, 1, length - 1, length];
    const followed = from.map((place) => take(feeds.follow(BOOK, LAB, place, stop.signal), 2 * length - place));
    expect(feeds.followers).toBe(4);
    await sendRequests(it.node, 2, 60);
    const [whole = [], ...parts] = await Promise.all(followed);
    expect(whole).toEqual(await it.store.readFeed(BOOK, LAB, 0, whole.length));
    for (const [index, part] of parts.entries())
      expect(part.slice(0, 20)).toEqual(whole.slice(from[index + 1], (from[index + 1] ?? 0) + 20));
    stop.abort();
  });

  test("on a node that does not tell hears of it all the same", async () => {
    const it = await stage();
    const teller = await start(it);
    await teller.waitFor(BOOK, it.node.length - 1);
    const other = await start(it);
    const stop = new AbortController();
    const following = take(other.follow(BOOK, MERIDIAN, 0, stop.signal), 20);
    await sendRequests(it.node, 0, 8);
    expect((await following).slice(0, 20)).toEqual(await it.store.readFeed(BOOK, MERIDIAN, 0, 20));
    stop.abort();
  });

  test("may be slow, and delays nobody", async () => {
    const it = await stage();
    const feeds = await start(it);
    await feeds.waitFor(BOOK, it.node.length - 1);
    const stop = new AbortController();
    const slow = feeds.follow(BOOK, LAB, 0, stop.signal);
    const begun = (await slow.next()).value as readonly FeedEntry[];
    const quick = take(feeds.follow(BOOK, LAB, 0, stop.signal), 1_200);
    await sendRequests(it.node, 0, 80);
    const all = await quick;
    // It comes back when more has been told than is kept at hand, and misses nothing.
    const rest = await take(slow, all.length - begun.length);
    expect([...begun, ...rest].slice(0, all.length)).toEqual(all);
    stop.abort();
  });

  test("is let go when it leaves", async () => {
    const it = await stage();
    const feeds = await start(it);
    const stop = new AbortController();
    const nothing = take(feeds.follow(BOOK, "nobody" as PartyId, 0, stop.signal), 1);
    await expect.poll(() => feeds.followers).toBe(1);
    stop.abort();
    expect(await nothing).toEqual([]);
    expect(feeds.followers).toBe(0);
  });
});

describe("a receipt", () => {
  test("says where the feed of whoever sent a command ended, the same whenever it is asked for", async () => {
    const it = await stage();
    const feeds = await start(it);
    const position = await send(it.node, submitRequest("q1", 1), "q1");
    const receipt = await feeds.receipt(BOOK, LAB, position);
    expect(receipt).toMatchObject({ schema: "offtake/receipt@1", book: BOOK, party: LAB });
    expect(receipt.length).toBe((await it.store.head(BOOK, LAB)).length);
    await sendRequests(it.node, 2, 5);
    await feeds.waitFor(BOOK, it.node.length - 1);
    expect(await feeds.receipt(BOOK, LAB, position)).toEqual(receipt);
  });

  test("is proved by the exported feed", async () => {
    const it = await stage();
    const feeds = await start(it);
    const receipt = await feeds.receipt(BOOK, LAB, await send(it.node, submitRequest("q1", 1), "q1"));
    await sendRequests(it.node, 2, 5);
    await feeds.waitFor(BOOK, it.node.length - 1);
    const verifier = new FeedVerifier(sha256, [receipt]);
    for await (const line of exportFeed(it.store, BOOK, LAB)) verifier.take(line);
    const { problems, head, party } = verifier.end();
    expect(problems).toEqual([]);
    expect([party, head]).toEqual([LAB, await it.store.head(BOOK, LAB)]);
  });
});
