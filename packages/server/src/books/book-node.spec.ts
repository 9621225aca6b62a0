import { randomUUID } from "node:crypto";
import type { CommandBody } from "@offtake/core/book";
import { audit } from "@offtake/core/audit";
import { brokenLink, type BookName, type BookTurn, emptyHead, type LogStore, OutcomeUnknown } from "@offtake/store/log";
import { MemoryStore, sha256 } from "@offtake/store/memory";
import { describe, expect, test } from "vitest";
import { BookNode, type BookNodeOptions } from "./book-node.ts";
import { recordedFrom, UnreadableRecord } from "./stored.ts";
import type { Answer } from "./submission.ts";
import { LAB, smallWorld, submitRequest } from "./world.fixture.ts";

const book = "small" as BookName;
const START = Date.UTC(2036, 0, 1, 18);

interface World {
  readonly store: MemoryStore;
  readonly node: (more?: Partial<BookNodeOptions>) => BookNode;
  readonly pass: (ms: number) => void;
}

async function newWorld(): Promise<World> {
  let now = START;
  const store = new MemoryStore({ clock: () => now });
  await store.createBook(book);
  return {
    store,
    pass: (ms) => (now += ms),
    node: (more = {}) =>
      new BookNode({
        store,
        book,
        hash: sha256,
        nonce: randomUUID,
        monotonic: () => now - START,
        retryForMs: 5_000,
        ...more,
      }),
  };
}

const submit = (node: BookNode, body: CommandBody, key: string): Promise<Answer> =>
  node.submit({ body, actor: LAB, key });

async function setUp(node: BookNode): Promise<void> {
  const answers = await Promise.all(
    smallWorld().map(({ actor, body }, index) => node.submit({ actor, body, key: `w${index}` })),
  );
  expect(answers.map((answer) => (answer.outcome === "rejected" ? answer.rejection : answer.outcome))).toEqual(
    answers.map(() => "accepted"),
  );
}

/** The whole log, checked: chained without a gap, honest by the audit, and folded to the same bytes by a node that starts on it. */
async function soundLog({ store, node }: World, ...nodes: readonly BookNode[]): Promise<number> {
  const records = await store.read(book, 0, 100_000);
  expect(brokenLink(emptyHead(book, sha256), records, sha256)).toBeUndefined();
  const recorded = records.map(recordedFrom);
  expect(
    audit(
      recorded.flatMap(({ events }) => events),
      [],
    ),
  ).toEqual([]);
  const fresh = node();
  await fresh.catchUp();
  for (const each of nodes) {
    await each.catchUp();
    expect(each.view.canonical()).toBe(fresh.view.canonical());
  }
  return records.length;
}

const outcomesOf = (answer: Answer): string[] =>
  answer.outcome === "accepted"
    ? answer.events.flatMap((event) => (event.type === "requestClosed" ? event.outcome : []))
    : [];

test("a batch waits where what follows from earlier ones is behind, and takes in what comes meanwhile", async () => {
  const world = await newWorld();
  await setUp(world.node());
  const waits: (() => void)[] = [];
  let turns = 0;
  const counting = Object.create(world.store) as LogStore;
  counting.takeTurn = (...args) => {
    turns += 1;
    return world.store.takeTurn(...args);
  };
  let isBehind = true;
  const node = world.node({
    store: counting,
    pace: (name) => (isBehind && name === book ? new Promise<void>((go) => waits.push(go)) : undefined),
  });
  const answers = [submit(node, submitRequest("q1", 1), "q1")];
  await expect.poll(() => waits.length).toBe(1);
  answers.push(submit(node, submitRequest("q2", 2), "q2"));
  expect(turns).toBe(0);
  isBehind = false;
  waits[0]?.();
  expect((await Promise.all(answers)).map(({ outcome }) => outcome)).toEqual(["accepted", "accepted"]);
  expect(turns).toBe(1);
});

test("a batch takes no more than what follows from it allows, and the rest is decided after it", async () => {
  const world = await newWorld();
  await setUp(world.node());
  const appended: number[] = [];
  const counting = Object.create(world.store) as LogStore;
  counting.takeTurn = async (...args) => {
    const turn = await world.store.takeTurn(...args);
    return {
      ...turn,
      append: (records, changes) => {
        appended.push(records.length);
        return turn.append(records, changes);
      },
    };
  };
  const node = world.node({ store: counting, batchOf: (name) => (name === book ? 2 : undefined) });
  const weeks = [0, 1, 2, 3, 4];
  const answers = await Promise.all(weeks.map((week) => submit(node, submitRequest(`q${week}`, week), `k${week}`)));
  expect(answers.map(({ outcome }) => outcome)).toEqual(weeks.map(() => "accepted"));
  expect(appended).toEqual([2, 2, 1]);
});

describe("one node", () => {
  test("decides what arrives together in one batch, and answers each", async () => {
    const world = await newWorld();
    const node = world.node();
    await setUp(node);
    const before = node.length;
    const answers = await Promise.all(
      [0, 1, 2].map((week) => submit(node, submitRequest(`q${week}`, week), `k${week}`)),
    );
    expect(answers.map(outcomesOf)).toEqual([["awarded_full"], ["awarded_full"], ["awarded_full"]]);
    expect(answers.map((answer) => answer.outcome === "accepted" && answer.position)).toEqual([
      before,
      before + 1,
      before + 2,
    ]);
    const stamps = (await world.store.read(book, before, 10)).map(({ at }) => at);
    expect(new Set(stamps).size).toBe(1);
    await soundLog(world, node);
  });

  test("keeps nothing of what it rejects", async () => {
    const world = await newWorld();
    const node = world.node();
    await setUp(node);
    const before = node.length;
    const answer = await submit(node, { type: "withdrawRequest", request: "nobody" as never }, "k");
    expect(answer).toMatchObject({ outcome: "rejected", rejection: { code: "unknown_request" } });
    expect(await soundLog(world, node)).toBe(before);
  });

  test("answers a retry as it answered first, and says that another command under the key is another", async () => {
    const world = await newWorld();
    const node = world.node();
    await setUp(node);
    const first = await submit(node, submitRequest("q", 1), "k");
    const [again, other] = await Promise.all([
      submit(node, submitRequest("q", 1), "k"),
      submit(node, submitRequest("q2", 2), "k"),
    ]);
    expect(again).toEqual({ ...first, repeated: true });
    expect(other).toMatchObject({ outcome: "rejected", rejection: { code: "retry_differs" } });
    await soundLog(world, node);
  });

  test("recognises a retry inside one batch", async () => {
    const world = await newWorld();
    const node = world.node();
    await setUp(node);
    const both = await Promise.all([
      submit(node, submitRequest("q", 1), "k"),
      submit(node, submitRequest("q", 1), "k"),
    ]);
    expect(both.map((answer) => answer.outcome === "accepted" && answer.repeated)).toEqual([false, true]);
    await soundLog(world, node);
  });

  test("a failure of ours takes down no other command of its batch", async () => {
    const world = await newWorld();
    const node = world.node();
    await setUp(node);
    const poison = { type: "noSuchCommand" } as never as CommandBody;
    const [good, bad, better] = await Promise.allSettled([
      submit(node, submitRequest("q1", 1), "k1"),
      submit(node, poison, "k2"),
      submit(node, submitRequest("q2", 2), "k3"),
    ]);
    expect(good).toMatchObject({ status: "fulfilled", value: { outcome: "accepted" } });
    expect(bad.status).toBe("rejected");
    expect(better).toMatchObject({ status: "fulfilled", value: { outcome: "accepted" } });
    await soundLog(world, node);
  });

  test("dates a receipt by its arrival, never after the stamp and at most 5 s before it", async () => {
    const world = await newWorld();
    const node = world.node();
    await setUp(node);
    const held = await world.store.takeTurn(book, 0, { queued: true });
    const slow = world.node({ queueForMs: Infinity });
    await slow.catchUp();
    const conflicting = await world.store.takeTurn(book, 0);
    await conflicting.release();
    const sent = submit(node, submitRequest("q", 1), "k");
    world.pass(3);
    await held.release();
    await sent;
    const [record] = (await world.store.read(book, 0, 1_000)).slice(-1);
    const receivedAt = record?.receivedAt ?? record?.at ?? 0;
    expect(receivedAt).toBeLessThanOrEqual(record?.at ?? 0);
    expect((record?.at ?? 0) - receivedAt).toBeLessThanOrEqual(5_000);
  });

  test("serves whoever sends the next command as soon as the last one is answered", async () => {
    const world = await newWorld();
    const node = world.node();
    await setUp(node);
    for (let index = 0; index < 20; index += 1) {
      const sent = submit(node, submitRequest(`q${index}`, index), `k${index}`);
      expect((await sent.then((answer) => answer)).outcome).toBe("accepted");
    }
  });

  test("takes nothing more once it is closed, and finishes what it has", async () => {
    const world = await newWorld();
    const node = world.node();
    await setUp(node);
    const sent = submit(node, submitRequest("q", 1), "k");
    await node.close();
    expect((await sent).outcome).toBe("accepted");
    await expect(submit(node, submitRequest("q2", 2), "k2")).rejects.toThrow("going down");
  });
});

describe("two nodes on one book", () => {
  test("never decide the same place twice, and end in the same state", async () => {
    const world = await newWorld();
    const nodes = [world.node(), world.node()];
    await setUp(nodes[0] as BookNode);
    const answers = await Promise.all(
      Array.from({ length: 80 }, async (_, index) => {
        for (let turn = 0; turn < index % 7; turn += 1) await Promise.resolve();
        return submit(nodes[index % 2] as BookNode, submitRequest(`q${index}`, index), `k${index}`);
      }),
    );
    expect(answers.flatMap(outcomesOf)).toEqual(answers.map(() => "awarded_full"));
    const positions = answers.map((answer) => (answer.outcome === "accepted" ? answer.position : -1));
    expect(new Set(positions).size).toBe(80);
    await soundLog(world, ...nodes);
  });

  test("do not sell one block twice", async () => {
    const world = await newWorld();
    const nodes = [world.node(), world.node()];
    await setUp(nodes[0] as BookNode);
    // 64 and 256 accelerators in one week, and twelve who want 96 of them.
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        submit(nodes[index % 2] as BookNode, submitRequest(`q${index}`, 1), `k${index}`),
      ),
    );
    const awarded = answers.flatMap((answer) =>
      answer.outcome === "accepted"
        ? answer.events.flatMap((event) => (event.type === "requestClosed" ? event.awarded : []))
        : [],
    );
    expect(awarded.reduce((sum, count) => sum + count, 0)).toBe(320);
    await soundLog(world, ...nodes);
  });

  test("keep to the queue of the book while others append, and leave it once nobody else has for a while", async () => {
    const world = await newWorld();
    await setUp(world.node());
    const isQueued: (boolean | undefined)[] = [];
    const watched = Object.create(world.store) as LogStore;
    let meet: (() => Promise<unknown>) | undefined;
    watched.takeTurn = async (...args) => {
      isQueued.push(args[2]?.queued);
      const turn = await world.store.takeTurn(...args);
      await meet?.();
      meet = undefined;
      return turn;
    };
    const [one, other] = [world.node({ store: watched, queueForMs: 1_000 }), world.node()];
    let sent = 0;
    const ask = (node: BookNode): Promise<Answer> => {
      sent += 1;
      return submit(node, submitRequest(`q${sent}`, sent), `q${sent}`);
    };
    const turns = async (): Promise<readonly (boolean | undefined)[]> => {
      isQueued.length = 0;
      await ask(one);
      return [...isQueued];
    };
    await one.catchUp();
    expect(await turns()).toEqual([false]);
    // The other appends between this one's look and its append: what it decided is decided again, in the queue.
    meet = () => ask(other);
    expect(await turns()).toEqual([false, true]);
    // Each time that the other has appended the second begins anew.
    for (let round = 0; round < 4; round += 1) {
      world.pass(700);
      await ask(other);
      expect(await turns()).toEqual([true]);
    }
    world.pass(700);
    expect(await turns()).toEqual([true]);
    world.pass(400);
    expect(await turns()).toEqual([false]);
    // Outside the queue it goes on so, also where the other has appended, until the two meet again.
    await ask(other);
    expect(await turns()).toEqual([false]);
    await soundLog(world, one);
  });

  test("know a retry that went to the other", async () => {
    const world = await newWorld();
    const [one, two] = [world.node(), world.node()];
    await setUp(one);
    const first = await submit(one, submitRequest("q", 1), "k");
    expect(await submit(two, submitRequest("q", 1), "k")).toEqual({ ...first, repeated: true });
  });
});

/** A store whose appends do what they are told, now and then. */
function faulty(
  store: LogStore,
  fault: (append: () => ReturnType<BookTurn["append"]>) => ReturnType<BookTurn["append"]>,
): LogStore {
  return new Proxy(store, {
    get(target, name, receiver) {
      if (name !== "takeTurn") {
        const value: unknown = Reflect.get(target, name, receiver);
        return typeof value === "function" ? (value as (...args: unknown[]) => unknown).bind(target) : value;
      }
      return async (...args: Parameters<LogStore["takeTurn"]>) => {
        const turn = await target.takeTurn(...args);
        return { ...turn, append: (records: Parameters<BookTurn["append"]>[0]) => fault(() => turn.append(records)) };
      };
    },
  });
}

describe("an append whose answer is lost", () => {
  test.each([true, false])("is resolved by the keys (committed: %s)", async (committed) => {
    const world = await newWorld();
    await setUp(world.node());
    let faults = 2;
    const store = faulty(world.store, async (append) => {
      if (faults === 0) return append();
      faults -= 1;
      if (committed) await append();
      throw new OutcomeUnknown(new Error("cut"));
    });
    const node = world.node({ store });
    const answers = await Promise.all([0, 1].map((week) => submit(node, submitRequest(`q${week}`, week), `k${week}`)));
    expect(answers.map(outcomesOf)).toEqual([["awarded_full"], ["awarded_full"]]);
    expect(answers.map((answer) => answer.outcome === "accepted" && answer.repeated)).toEqual([committed, committed]);
    await soundLog(world, node);
  });

  test("for too long makes the broker unavailable, with the state as it was", async () => {
    const world = await newWorld();
    await setUp(world.node());
    const store = faulty(world.store, () => {
      world.pass(1_000);
      return Promise.reject(new OutcomeUnknown(new Error("cut")));
    });
    const node = world.node({ store });
    await expect(submit(node, submitRequest("q", 1), "k")).rejects.toThrow("cannot be reached");
    await soundLog(world, node);
  });
});

test("a batch that slept too long decides again", async () => {
  const world = await newWorld();
  await setUp(world.node());
  let slept = false;
  const store = faulty(world.store, (append) => {
    if (!slept) world.pass(60_000);
    slept = true;
    return append();
  });
  const node = world.node({ store });
  expect(outcomesOf(await submit(node, submitRequest("q", 1), "k"))).toEqual(["awarded_full"]);
  await soundLog(world, node);
});

test("a log that was tampered with is not decided on", async () => {
  const world = await newWorld();
  const node = world.node();
  await setUp(node);
  const store = new Proxy(world.store, {
    get(target, name) {
      if (name === "read")
        return async (...args: Parameters<LogStore["read"]>) =>
          (await target.read(...args)).map((record) => (record.position === 3 ? { ...record, body: "[]" } : record));
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
  });
  await expect(world.node({ store }).catchUp()).rejects.toThrow(UnreadableRecord);
});
