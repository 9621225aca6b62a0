import { randomUUID } from "node:crypto";
import { type BookName, type Snapshot, snapshotHash } from "@offtake/store/log";
import { MemoryStore, sha256 } from "@offtake/store/memory";
import { describe, expect, test, vi } from "vitest";
import { BookNode } from "./book-node.ts";
import { Books } from "./books.ts";
import type { BookWarning } from "./snapshots.ts";
import { LAB, smallWorld, submitRequest } from "./world.fixture.ts";

const book = "small" as BookName;

async function newWorld() {
  const store = new MemoryStore({ clock: () => Date.UTC(2036, 0, 1, 18) });
  await store.createBook(book);
  const warnings: BookWarning[] = [];
  const warned = (problem: BookWarning) => warnings.push(problem);
  const newNode = () => new BookNode({ store, book, hash: sha256, nonce: randomUUID, warned });
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
  return { store, node, newNode, ask, kept, put, warnings };
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
    await vi.waitFor(async () => expect(await kept()).toHaveLength(1));
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
