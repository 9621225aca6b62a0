import { randomUUID } from "node:crypto";
import type { BookName } from "@offtake/store/log";
import { MemoryStore, sha256 } from "@offtake/store/memory";
import { expect, test, vi } from "vitest";
import { Books } from "./books.ts";
import type { BookNode } from "./book-node.ts";
import { LAB, smallWorld, submitRequest } from "./world.fixture.ts";

const name = (text: string): BookName => text as BookName;

const openBooks = (store: MemoryStore): Promise<Books> =>
  Books.open({ store, hash: sha256, nonce: randomUUID, pollMs: 60_000 });

const newStore = (): MemoryStore => new MemoryStore({ clock: () => Date.UTC(2036, 0, 1, 18) });

async function setUp(node: BookNode): Promise<void> {
  await Promise.all(smallWorld().map(({ actor, body }, index) => node.submit({ actor, body, key: `w${index}` })));
}

test("a book is made once, opened once, and is not there before", async () => {
  const books = await openBooks(newStore());
  expect(await books.get(name("one"))).toBeUndefined();
  const made = await books.create(name("one"));
  expect(await books.create(name("one"))).toBeUndefined();
  expect(await books.get(name("one"))).toBe(made);
  const [a, b] = await Promise.all([books.create(name("two")), books.create(name("two"))]);
  expect([a, b].filter((node) => node !== undefined)).toHaveLength(1);
  expect(await books.names()).toEqual(["one", "two"]);
  await books.close();
});

test("a node keeps up with what another appends, and begins with all that is there", async () => {
  const store = newStore();
  const [here, there] = [await openBooks(store), await openBooks(store)];
  const mine = await here.create(name("one"));
  const theirs = await there.get(name("one"));
  if (mine === undefined || theirs === undefined) throw new Error("both are open");
  await setUp(mine);
  await vi.waitFor(() => expect(theirs.length).toBe(mine.length), { timeout: 20_000 });
  await mine.submit({ actor: LAB, body: submitRequest("q", 1), key: "k" });
  await vi.waitFor(() => expect(theirs.view.canonical()).toBe(mine.view.canonical()), { timeout: 20_000 });
  const late = await openBooks(store);
  expect((await late.get(name("one")))?.length).toBe(mine.length);
  await Promise.all([here.close(), there.close(), late.close()]);
});

test("what is heard of, and what was heard of already, is told once", async () => {
  const books = await openBooks(newStore());
  await books.create(name("one"));
  const told: string[] = [];
  const stop = books.onOpen((node) => told.push(node.book));
  await books.create(name("two"));
  await Promise.all([books.get(name("one")), books.get(name("two"))]);
  expect(told.sort()).toEqual(["one", "two"]);
  stop();
  await books.create(name("three"));
  expect(told).toHaveLength(2);
  await books.close();
});

test("a book that cannot be read now is tried again by whoever asks next", async () => {
  const store = newStore();
  await store.createBook(name("one"));
  const books = await openBooks(store);
  const read = vi.spyOn(store, "read").mockRejectedValueOnce(new Error("cut"));
  await expect(books.get(name("one"))).rejects.toThrow("cut");
  read.mockRestore();
  expect((await books.get(name("one")))?.length).toBe(0);
  await books.close();
});

test("commands and readings at once do not disturb each other", async () => {
  const store = newStore();
  const [here, there] = [await openBooks(store), await openBooks(store)];
  const mine = await here.create(name("one"));
  const theirs = await there.get(name("one"));
  if (mine === undefined || theirs === undefined) throw new Error("both are open");
  await setUp(mine);
  const sent = Array.from({ length: 30 }, async (_, index) => {
    const node = index % 2 === 0 ? mine : theirs;
    const [answer] = await Promise.all([
      node.submit({ actor: LAB, body: submitRequest(`q${index}`, index), key: `k${index}` }),
      node.catchUp(),
    ]);
    return answer.outcome;
  });
  expect(new Set(await Promise.all(sent))).toEqual(new Set(["accepted"]));
  await Promise.all([mine.catchUp(), theirs.catchUp()]);
  expect(theirs.view.canonical()).toBe(mine.view.canonical());
  await Promise.all([here.close(), there.close()]);
});
