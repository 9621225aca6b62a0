import { randomUUID } from "node:crypto";
import { type CommandBody, STATE_FORM } from "@offtake/core/book";
import { canonicalText, type Instant } from "@offtake/core/kernel";
import { type BookName, type Snapshot, snapshotHash } from "@offtake/store/log";
import { MemoryStore, sha256 } from "@offtake/store/memory";
import { describe, expect, test, vi } from "vitest";
import { BookNode } from "./book-node.ts";
import { Books } from "./books.ts";
import type { BookWarning } from "./snapshots.ts";
import { LAB, smallWorld, submitRequest } from "./world.fixture.ts";

const book = "small" as BookName;

async function newWorld() {
  let clock = Date.UTC(2036, 0, 1, 18);
  const store = new MemoryStore({ clock: () => clock });
  await store.createBook(book);
  const warnings: BookWarning[] = [];
  const warned = (problem: BookWarning) => warnings.push(problem);
  const newNode = () => new BookNode({ store, book, hash: sha256, nonce: randomUUID, warned });
  const checking = (checkEvery: number) =>
    new BookNode({ store, book, hash: sha256, nonce: randomUUID, warned, checkEvery });
  const now = (later = 0): number => (clock += later);
  const node = newNode();
  await Promise.all(smallWorld().map(({ actor, body }, index) => node.submit({ actor, body, key: `w${index}` })));
  const ask = async (from: number, to: number, at = node): Promise<void> => {
    for (let week = from; week < to; week += 1)
      await at.submit({ actor: LAB, body: submitRequest(`q${week}`, week), key: `k${week}` });
  };
  const kept = async (): Promise<Snapshot[]> => {
    const all: Snapshot[] = [];
    for await (const snapshot of store.snapshotsOf(book)) all.push(snapshot);
    return all;
  };
  const put = (snapshot: Snapshot) => store.putSnapshot(book, { ...snapshot, hash: snapshotHash(snapshot, sha256) });
  return { store, node, newNode, checking, now, ask, kept, put, warnings };
}

describe("a node that starts on a snapshot", () => {
  test("reads only what came after it, and goes on as the others do", async () => {
    const { store, node, newNode, ask, warnings } = await newWorld();
    await ask(0, 5);
    expect(await node.takeSnapshot()).toBe(true);
    expect(node.unsaved).toBe(0);
    const { length } = node;
    await ask(5, 7);
    const read = vi.spyOn(store, "read");
    const fresh = newNode();
    await fresh.catchUp();
    expect(Math.min(...read.mock.calls.map(([, from]) => from))).toBe(length - 1);
    expect(fresh.view.canonical()).toBe(node.view.canonical());
    expect(fresh.unsaved).toBe(2);
    await ask(7, 9, fresh);
    const again = await fresh.submit({ actor: LAB, body: submitRequest("q2", 2), key: "k2" });
    expect(again).toMatchObject({ outcome: "accepted", repeated: true });
    await node.catchUp();
    expect(fresh.view.canonical()).toBe(node.view.canonical());
    expect(warnings).toEqual([]);
  });

  test.each([
    ["snapshot_damaged", (one: Snapshot): Snapshot => ({ ...one, canonical: one.canonical.replace("1", "2") })],
    ["snapshot_form", (one: Snapshot): Snapshot => ({ ...one, form: one.form + 1 })],
  ] as const)("gets around one that cannot be used, and says so: %s", async (code, spoil) => {
    const { store, node, newNode, ask, kept, warnings } = await newWorld();
    await ask(0, 2);
    await node.takeSnapshot();
    await ask(2, 4);
    await node.takeSnapshot();
    const [newest] = await kept();
    await store.putSnapshot(book, spoil(newest as Snapshot));
    const fresh = newNode();
    await fresh.catchUp();
    expect(warnings).toEqual([{ code, position: node.length }]);
    expect(fresh.view.canonical()).toBe(node.view.canonical());
    expect(fresh.unsaved).toBe(2);
  });

  test("gets around one of another log", async () => {
    const { node, newNode, ask, kept, put, warnings } = await newWorld();
    await ask(0, 2);
    await node.takeSnapshot();
    const [newest] = (await kept()) as [Snapshot];
    await put({ ...newest, head: { ...newest.head, hash: "ab".repeat(32) } });
    const fresh = newNode();
    await fresh.catchUp();
    expect(warnings).toEqual([{ code: "snapshot_astray", position: node.length }]);
    expect(fresh.view.canonical()).toBe(node.view.canonical());
  });
});

describe("a snapshot", () => {
  test("is not kept where the log folds into something else", async () => {
    const { node, ask, kept, warnings } = await newWorld();
    await ask(0, 2);
    (node.view as { submitted: number }).submitted += 1;
    expect(await node.takeSnapshot()).toBe(false);
    expect(warnings).toEqual([{ code: "state_differs", position: node.length }]);
    expect(await kept()).toEqual([]);
  });

  test("is taken between two turns while the book is busy", async () => {
    const { node, ask, kept } = await newWorld();
    await ask(0, 1);
    const asked = ask(1, 12);
    expect(await node.takeSnapshot()).toBe(true);
    await asked;
    expect(await kept()).toHaveLength(1);
    expect((await kept())[0]?.head.length).toBeLessThan(node.length);
  });

  test("is taken by itself once there is enough that has none", async () => {
    const { store, kept } = await newWorld();
    const books = await Books.open({ store, hash: sha256, nonce: randomUUID, pollMs: 10, unsavedMax: 5 });
    const node = await books.get(book);
    await vi.waitFor(async () => expect(await kept()).toHaveLength(1), { timeout: 20_000 });
    expect(node?.unsaved).toBe(0);
    await books.close();
  });

  test("is kept when a broker closes, so that the next one starts with nothing to read", async () => {
    const { store, node, newNode, ask, kept } = await newWorld();
    await ask(0, 3);
    const books = await Books.open({ store, hash: sha256, nonce: randomUUID });
    await books.get(book);
    await books.close();
    expect((await kept()).map(({ head }) => head.length)).toEqual([node.length]);
    const fresh = newNode();
    await fresh.catchUp();
    expect(fresh.unsaved).toBe(0);
  });
});

describe("a node that follows another", () => {
  test("takes what it is told in short, and decides as the other does", async () => {
    const { store, node, newNode, ask, warnings } = await newWorld();
    const fresh = newNode();
    await fresh.catchUp();
    const { length } = fresh;
    const read = vi.spyOn(store, "read");
    await ask(0, 4);
    await ask(4, 6, fresh);
    await ask(6, 8);
    await fresh.catchUp();
    expect(fresh.view.canonical()).toBe(node.view.canonical());
    expect((await store.readChanges(book, length, STATE_FORM, 100)).at(-1)?.head.length).toBe(node.length);
    // A page is looked for where the changes end, and there is none.
    for (const call of read.mock.results) expect(await call.value).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test.each([
    ["a text that is none", "{"],
    [
      "a change of a table that is not there",
      '{"fields":{},"raised":[],"tables":{"odd":[["a",1]]},"held":[],"past":[],"keys":[],"closed":[],"dueTo":null,"due":[]}',
    ],
  ])("reads the log where it is told %s", async (_, text) => {
    const { store, node, newNode, ask, warnings } = await newWorld();
    const fresh = newNode();
    await fresh.catchUp();
    const original = await store.takeTurn(book, node.length);
    const spoiled = vi.spyOn(store, "takeTurn").mockImplementationOnce(async (...args) => {
      spoiled.mockRestore();
      const turn = await store.takeTurn(...args);
      return { ...turn, append: (records, changes) => turn.append(records, changes && { ...changes, text }) };
    });
    await original.release();
    await ask(0, 1);
    await ask(1, 3);
    await fresh.catchUp();
    expect(warnings).toEqual([{ code: "state_differs", position: node.length - 3 }]);
    expect(fresh.view.canonical()).toBe(node.view.canonical());
    await ask(3, 4, fresh);
    expect(fresh.length).toBe(node.length + 1);
  });

  test("finds wrong changes by holding them against the log, says so, and decides on what the log says", async () => {
    const { store, node, checking, ask, warnings } = await newWorld();
    const fresh = checking(3);
    await fresh.catchUp();
    const { length } = node;
    await ask(0, 1);
    await ask(1, 2);
    await fresh.catchUp();
    expect(warnings).toEqual([]);
    // Well formed, with a hash of its own, and one request too many.
    const spoiled = vi.spyOn(store, "takeTurn").mockImplementation(async (...args) => {
      const turn = await MemoryStore.prototype.takeTurn.apply(store, args);
      const wrong = (text: string): string =>
        text.replace(/"submitted":(\d+)/, (_, count) => `"submitted":${Number(count) + 1}`);
      return { ...turn, append: (records, told) => turn.append(records, told && { ...told, text: wrong(told.text) }) };
    });
    await ask(2, 3);
    spoiled.mockRestore();
    expect(await store.readChanges(book, length, STATE_FORM, 100)).toHaveLength(3);
    await fresh.catchUp();
    expect(warnings).toEqual([{ code: "changes_differ", position: node.length - 1 }]);
    expect(fresh.view.canonical()).toBe(node.view.canonical());
    expect(await store.readChanges(book, length, STATE_FORM, 100)).toEqual([]);
    await ask(3, 4, fresh);
    await node.catchUp();
    expect(fresh.view.canonical()).toBe(node.view.canonical());
  });

  test("finds nothing wrong with changes that are told in other words", async () => {
    const { store, node, checking, ask, warnings } = await newWorld();
    const fresh = checking(1);
    await fresh.catchUp();
    const lab = canonicalText(node.view.parties.get(LAB));
    const { length } = node;
    let told = 0;
    // A party that is said to be what it is.
    const reworded = (text: string): string =>
      text.replace(/"tables":\{(?!"parties)/, `"tables":{"parties":[["${LAB}",${lab}]],`);
    vi.spyOn(store, "takeTurn").mockImplementation(async (...args) => {
      const turn = await MemoryStore.prototype.takeTurn.apply(store, args);
      const append: typeof turn.append = (records, said) => {
        const text = reworded(said?.text ?? "");
        told += said === undefined || text === said.text ? 0 : 1;
        return turn.append(records, said && { ...said, text: text.replace(",}", "}") });
      };
      return { ...turn, append };
    });
    await ask(0, 3);
    await fresh.catchUp();
    expect(told).toBe(3);
    expect(warnings).toEqual([]);
    expect(fresh.view.canonical()).toBe(node.view.canonical());
    expect(await store.readChanges(book, length, STATE_FORM, 100)).toHaveLength(3);
  });

  test("finds nothing wrong with what nodes say that are right, whatever was rejected, repeated or fell due in between", async () => {
    const { now, checking, warnings } = await newWorld();
    const nodes = [checking(1), checking(1), checking(2)];
    for (let round = 0; round < 90; round += 1) {
      const at = nodes[round % 3] as BookNode;
      const id = round % 7 === 0 ? "q1" : `q${round}`;
      const body = submitRequest(id, (round * 5) % 200) as Extract<CommandBody, { type: "submitRequest" }>;
      const bidsCloseAt = (now() + 3_600_000 * (1 + (round % 3))) as Instant;
      const request = round % 2 === 0 ? body.request : { ...body.request, bidsCloseAt };
      await Promise.all([
        at.submit({ actor: LAB, body: { ...body, request }, key: `k${round % 11}-${round >> 2}` }),
        at.submit({ actor: LAB, body: { type: "passTime" }, key: `t${round}` }),
      ]);
      now(round % 5 === 0 ? 1_800_000 : 1_000);
    }
    for (const one of nodes) await one.catchUp();
    expect(warnings).toEqual([]);
    expect(nodes[1]?.view.canonical()).toBe(nodes[0]?.view.canonical());
    expect(nodes[2]?.view.canonical()).toBe(nodes[0]?.view.canonical());
  });

  test("reads the log again when its state turns out to be another, and so does whoever starts next", async () => {
    const { store, node, newNode, ask, warnings } = await newWorld();
    await ask(0, 2);
    (node.view as { submitted: number }).submitted += 1;
    expect(await node.takeSnapshot()).toBe(false);
    expect(await store.readChanges(book, 0, STATE_FORM, 100)).toEqual([]);
    await ask(2, 4);
    expect(await node.takeSnapshot()).toBe(true);
    expect(warnings).toHaveLength(1);
    const fresh = newNode();
    await fresh.catchUp();
    expect(fresh.view.canonical()).toBe(node.view.canonical());
  });
});
