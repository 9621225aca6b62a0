import { foldView, listed, type ViewKind } from "@offtake/core/disclosure";
import type { PartyId } from "@offtake/core/kernel";
import type { FeedStore, Projection } from "@offtake/store/feeds";
import type { BookName, LogStore } from "@offtake/store/log";
import { MemoryFeedStore, MemoryStore, sha256 } from "@offtake/store/memory";
import { decodeDisclosed } from "@offtake/wire/codecs";
import { DISCLOSURE_STATE_VERSION, packView } from "@offtake/wire/views";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { BookNode, DecidedEvents } from "../books/index.ts";
import { everything, expectedFeeds, openBook, projector, sendRequests } from "./feeds.fixture.ts";
import { rebuildObjects } from "./rebuild.ts";

const BOOK = "small" as BookName;
const SECRET = "ab".repeat(32);
const newFeeds = (secret = SECRET): MemoryFeedStore => new MemoryFeedStore({ secretOf: () => secret });

/** A log that counts from where it is read. */
class CountedLog extends MemoryStore {
  readonly readFrom: number[] = [];
  override read(...args: Parameters<LogStore["read"]>): ReturnType<LogStore["read"]> {
    this.readFrom.push(args[1]);
    return super.read(...args);
  }
}

let log: CountedLog;
let feeds: MemoryFeedStore;
let told: Awaited<ReturnType<typeof everything>>;

beforeAll(async () => {
  let now = Date.UTC(2036, 0, 1, 18);
  log = new CountedLog({ clock: () => (now += 1_000) });
  const node = await openBook(log, BOOK);
  await sendRequests(node, 0, 12);
  feeds = newFeeds();
  await projector(log, feeds, BOOK).catchUp();
  told = await everything(feeds, BOOK);
});

describe("what is told", () => {
  test("is what the core discloses, of everybody, byte for byte", async () => {
    const expected = await expectedFeeds(log, feeds, BOOK);
    expect([...expected.keys()].sort()).toEqual(await feeds.parties(BOOK));
    expect(expected.size).toBe(3);
    for (const [party, bodies] of expected)
      expect((await feeds.readFeed(BOOK, party, 0, 10_000)).map(({ body }) => body)).toEqual(bodies);
  });

  test("makes the objects that the whole feed folds into, with what they are listed by", async () => {
    for (const party of await feeds.parties(BOOK)) {
      const entries = await feeds.readFeed(BOOK, party, 0, 10_000);
      const view = foldView(
        entries.map(({ body }) => {
          const event = decodeDisclosed(JSON.parse(body));
          if (!event.ok) throw new Error(event.problem.message);
          return event.value;
        }),
      );
      for (const kind of Object.keys(view) as ViewKind[]) {
        for (const [id, value] of view[kind] as ReadonlyMap<string, never>) {
          const row = await feeds.getObject(BOOK, party, kind, id);
          expect(row).toMatchObject({ kind, id, ...listed(kind, value) });
          expect(row?.body).toBe(packView(kind, value));
        }
      }
    }
    const page = await feeds.listObjects(BOOK, "lab" as PartyId, { kind: "requests", limit: 5 });
    expect(page.objects.map(({ id, status }) => [id, status])[0]).toEqual(["q11", "awarded_full"]);
  });

  test("carries no handle that another book would have", async () => {
    const others = newFeeds("cd".repeat(32));
    await projector(log, others, BOOK).catchUp();
    const handles = async (store: FeedStore): Promise<string[]> =>
      (await store.readFeed(BOOK, "meridian" as PartyId, 0, 1_000)).flatMap(
        ({ body }) => body.match(/req_\w{20}/g) ?? [],
      );
    const [mine, theirs] = [await handles(feeds), await handles(others)];
    expect(mine.length).toBeGreaterThan(5);
    expect(mine.filter((one) => theirs.includes(one))).toEqual([]);
  });
});

describe("the same comes out", () => {
  test("however the log is cut into steps", async () => {
    for (const batchMax of [1, 3, 1_000]) {
      const other = newFeeds();
      await projector(log, other, BOOK, { batchMax }).catchUp();
      expect(await everything(other, BOOK)).toEqual(told);
    }
  });

  test("after any step at which the projector stops and another goes on", async () => {
    const other = newFeeds();
    for (;;) {
      const { outcome } = await projector(log, other, BOOK, { batchMax: 5 }).step();
      if (outcome === "nothing") break;
    }
    expect(await everything(other, BOOK)).toEqual(told);
  });

  test("from a store that fails now and then, before or after it has written", async () => {
    const other = newFeeds();
    let calls = 0;
    const failing = Object.create(other) as FeedStore;
    failing.project = async (book: BookName, from: number, projection: Projection) => {
      calls += 1;
      if (calls % 3 === 1) throw new Error("connection lost before");
      const done = await other.project(book, from, projection);
      if (calls % 3 === 2) throw new Error("connection lost after");
      return done;
    };
    const one = projector(log, failing, BOOK, { batchMax: 2 });
    let failures = 0;
    for (;;) {
      const step = await one.step().catch(() => undefined);
      if (step === undefined) failures += 1;
      else if (step.outcome === "nothing") break;
    }
    expect(failures).toBeGreaterThan(5);
    expect(await everything(other, BOOK)).toEqual(told);
  });

  test("where the store is slow and nothing is kept at hand: the next part is made ready on what is not written yet", async () => {
    const other = newFeeds();
    const slow = Object.create(other) as FeedStore;
    let read = 0;
    slow.objectsAt = (...args) => {
      read += 1;
      return other.objectsAt(...args);
    };
    const onTheWay: number[] = [];
    slow.project = async (...args) => {
      const before = read;
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
      onTheWay.push(read - before);
      return other.project(...args);
    };
    await projector(log, slow, BOOK, { batchMax: 2, keptChars: 0 }).catchUp();
    expect(onTheWay.filter((count) => count > 0).length).toBeGreaterThan(3);
    expect(await everything(other, BOOK)).toEqual(told);
  });

  test("of several that race", async () => {
    const other = newFeeds();
    const racing = [1, 2, 3].map((batchMax) => projector(log, other, BOOK, { batchMax }));
    const steps = await Promise.all(
      racing.map(async (one) => {
        const outcomes: string[] = [];
        for (;;) {
          const { outcome } = await one.step();
          outcomes.push(outcome);
          if (outcome === "nothing") return outcomes;
        }
      }),
    );
    expect(steps.flat()).toContain("lost");
    expect(await everything(other, BOOK)).toEqual(told);
  });
});

describe("what this node has decided itself", () => {
  /** The same book as the one above, decided beside the feeds. */
  async function decidedHere(own: CountedLog): Promise<{ readonly node: BookNode; readonly decided: DecidedEvents }> {
    const decided = new DecidedEvents();
    return { node: await openBook(own, BOOK, decided), decided };
  }
  function newLog(): CountedLog {
    let now = Date.UTC(2036, 0, 1, 18);
    return new CountedLog({ clock: () => (now += 1_000) });
  }

  test("is told to the same bytes as from the log, and not read from it", async () => {
    const own = newLog();
    const { node, decided } = await decidedHere(own);
    await sendRequests(node, 0, 12);
    const other = newFeeds();
    const one = projector(own, other, BOOK, { decided, batchMax: 7 });
    own.readFrom.length = 0;
    while ((await other.projectedTo(BOOK)) < node.length) await one.step();
    expect(own.readFrom).toEqual([]);
    expect(await everything(other, BOOK)).toEqual(told);
  });

  test("is made ready while the part before is written, and told before the state is saved", async () => {
    const own = newLog();
    const { node, decided } = await decidedHere(own);
    await sendRequests(node, 0, 12);
    const other = newFeeds();
    const held = Object.create(other) as FeedStore;
    held.project = async (...args) => {
      const { to } = args[2];
      if (to < node.length) await vi.waitUntil(() => !decided.has(BOOK, to));
      return other.project(...args);
    };
    const one = projector(own, held, BOOK, { decided, batchMax: 5 });
    expect(await one.step()).toEqual({ outcome: "told", projectedTo: 5 });
    held.project = (...args) => other.project(...args);
    await one.save();
    expect(await other.projectedTo(BOOK)).toBe(10);
    expect((await other.newestState(BOOK, DISCLOSURE_STATE_VERSION))?.length).toBe(10);
    own.readFrom.length = 0;
    await projector(own, other, BOOK).catchUp();
    expect(Math.min(...own.readFrom)).toBe(10);
    expect(await everything(other, BOOK)).toEqual(told);
  });

  test("is read from the log where a step of it failed, and where others have decided in between", async () => {
    const own = newLog();
    const { node, decided } = await decidedHere(own);
    const another = new BookNode({ store: own, book: BOOK, hash: sha256, nonce: () => "another" });
    for (let index = 0; index < 12; index += 2) {
      await sendRequests(node, index, index + 1);
      await sendRequests(another, index + 1, index + 2);
    }
    const other = newFeeds();
    const failing = Object.create(other) as FeedStore;
    let calls = 0;
    failing.project = (...args) => {
      calls += 1;
      return calls % 2 === 1 ? Promise.reject(new Error("connection lost before")) : other.project(...args);
    };
    const one = projector(own, failing, BOOK, { decided, batchMax: 5 });
    while ((await other.projectedTo(BOOK)) < another.length) await one.step().catch(() => {});
    const plain = newFeeds();
    await projector(own, plain, BOOK).catchUp();
    expect(await everything(other, BOOK)).toEqual(await everything(plain, BOOK));
  });

  test("is told in one step with what others have decided in between, where the log is known to go on: only theirs is read", async () => {
    const own = newLog();
    const { node, decided } = await decidedHere(own);
    const begun = node.length;
    const another = new BookNode({ store: own, book: BOOK, hash: sha256, nonce: () => "another" });
    for (let index = 0; index < 12; index += 3) {
      await sendRequests(node, index, index + 1);
      await sendRequests(another, index + 1, index + 3);
    }
    const { length } = another;
    const other = newFeeds();
    own.readFrom.length = 0;
    const one = projector(own, other, BOOK, { decided, batchMax: 1_000, logLength: () => length });
    expect(await one.step()).toEqual({ outcome: "told", projectedTo: length });
    expect(own.readFrom).toEqual([1, 4, 7, 10].map((index) => begun + index));
    const plain = newFeeds();
    await projector(own, plain, BOOK).catchUp();
    expect(await everything(other, BOOK)).toEqual(await everything(plain, BOOK));
  });

  test("is kept for a while only: the newest few of all books, each given once", () => {
    const decided = new DecidedEvents();
    for (let at = 0; at < 1_200; at += 1) decided.keep(BOOK, at, []);
    const left = Array.from({ length: 1_200 }, (_, at) => at).filter((at) => decided.take(BOOK, at) !== undefined);
    expect([left.length, left[0], left.at(-1)]).toEqual([500, 700, 1_199]);
    expect(decided.take(BOOK, 1_199)).toBeUndefined();
  });
});

test("a long step lets those go on who wait for this process", async () => {
  const own = new CountedLog({ clock: () => Date.UTC(2036, 0, 1, 18) });
  const node = await openBook(own, BOOK);
  await sendRequests(node, 0, 150);
  let turns = 0;
  let isOver = false;
  const other = (): void => {
    turns += 1;
    if (!isOver) setImmediate(other);
  };
  setImmediate(other);
  expect(await projector(own, newFeeds(), BOOK).catchUp()).toBe(node.length);
  isOver = true;
  expect(turns).toBeGreaterThan(2);
});

describe("a start", () => {
  test("goes on from a saved state, and reads no earlier record", async () => {
    const other = newFeeds();
    const first = projector(log, other, BOOK, { batchMax: 4, saveEvery: 8 });
    for (let step = 0; step < 5; step += 1) await first.step();
    const length = await other.projectedTo(BOOK);
    log.readFrom.length = 0;
    await projector(log, other, BOOK).catchUp();
    expect(Math.min(...log.readFrom)).toBeGreaterThanOrEqual(length - 8);
    expect(await everything(other, BOOK)).toEqual(told);
  });

  test("makes the state anew where the saved one does not read", async () => {
    const other = newFeeds();
    await projector(log, other, BOOK, { batchMax: 4 }).step();
    await other.saveState(BOOK, { length: 3, version: 1, body: '{"zone":7}' });
    await projector(log, other, BOOK).catchUp();
    expect(await everything(other, BOOK)).toEqual(told);
  });
});

describe("folded again", () => {
  test("objects are the same bytes, and what was told stays", async () => {
    const other = newFeeds();
    await projector(log, other, BOOK).catchUp();
    const lab = "lab" as PartyId;
    const [first] = (await other.listObjects(BOOK, lab, { kind: "requests", limit: 1 })).objects;
    if (first === undefined) throw new Error("there is a request");
    // Damaged: another status, and one that should not be there.
    await other.project(BOOK, await other.projectedTo(BOOK), {
      to: await other.projectedTo(BOOK),
      disclosedBy: 1,
      tellings: [],
      objects: [
        { ...first, status: "damaged" },
        { ...first, id: "never" },
      ],
    });
    expect(await everything(other, BOOK)).not.toEqual(told);
    for (const party of await other.parties(BOOK)) await rebuildObjects(other, BOOK, party);
    expect(await everything(other, BOOK)).toEqual(told);
  });

  test("objects that do not read any more are folded again by themselves", async () => {
    const other = newFeeds();
    const one = projector(log, other, BOOK, { batchMax: 20 });
    await one.step();
    const meridian = "meridian" as PartyId;
    const [party] = (await other.listObjects(BOOK, meridian, { kind: "parties", limit: 1 })).objects;
    if (party === undefined) throw new Error("there is a party");
    await other.project(BOOK, await other.projectedTo(BOOK), {
      to: await other.projectedTo(BOOK),
      disclosedBy: 1,
      tellings: [],
      objects: [{ ...party, body: '{"ofAnEarlier":"form"}' }],
    });
    await projector(log, other, BOOK).catchUp();
    expect(await everything(other, BOOK)).toEqual(told);
  });

  test("other rules of disclosure leave what was told as it is, also where it is folded again", async () => {
    const other = newFeeds();
    await projector(log, other, BOOK, { batchMax: 14 }).step();
    const before = await everything(other, BOOK);
    // Another secret stands for other rules: from here on parties are told other names.
    other.secret = () => Promise.resolve("ef".repeat(32));
    await projector(log, other, BOOK).catchUp();
    for (const party of await other.parties(BOOK)) await rebuildObjects(other, BOOK, party);
    const after = await everything(other, BOOK);
    expect(after.feeds).not.toEqual(told.feeds);
    for (const [party, entries] of Object.entries(before.feeds))
      expect(after.feeds[party]?.slice(0, entries.length)).toEqual(entries);
  });
});
