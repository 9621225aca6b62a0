import { randomUUID } from "node:crypto";
import type { CommandBody } from "@offtake/core/book";
import type { Instant, PartyId } from "@offtake/core/kernel";
import type { BookName, LogRecord } from "@offtake/store/log";
import { MemoryStore, sha256 } from "@offtake/store/memory";
import { describe, expect, test, vi } from "vitest";
import { type BookNode, Books, recordedFrom } from "../books/index.ts";
import { LAB, smallWorld, submitRequest } from "../books/world.fixture.ts";
import { startTimers } from "./index.ts";

const BOOK = "small" as BookName;

/** A store whose clock runs as this process's does, and can be set. */
function newWorld() {
  let shift = Date.UTC(2036, 0, 1, 18);
  const elapsed = (): number => performance.now() + shift;
  const store = new MemoryStore({ clock: elapsed });
  return {
    store,
    now: (): Instant => Math.floor(elapsed()) as Instant,
    pass: (ms: number): void => {
      shift += ms;
    },
    books: (): Promise<Books> => Books.open({ store, hash: sha256, nonce: randomUUID, monotonic: elapsed }),
    records: (): Promise<readonly LogRecord[]> => store.read(BOOK, 0, 10_000),
  };
}
type World = ReturnType<typeof newWorld>;

/** Nobody answers by rule, so that a market stays open until its bids are due. */
async function openBook(books: Books): Promise<BookNode> {
  const node = await books.create(BOOK);
  if (node === undefined) throw new Error("the book is new");
  const bodies = smallWorld().filter(
    ({ body }) => body.type !== "giveStandingAnswer" && body.type !== "recordAgreement",
  );
  for (const [index, { actor, body }] of bodies.entries()) await node.submit({ actor, body, key: `w${index}` });
  return node;
}

/** A request whose bids are due at that instant. */
async function openMarket(node: BookNode, id: string, week: number, bidsCloseAt: Instant): Promise<void> {
  const body = submitRequest(id, week) as Extract<CommandBody, { type: "submitRequest" }>;
  const answer = await node.submit({
    actor: LAB,
    body: { ...body, request: { ...body.request, bidsCloseAt } },
    key: `k ${id}`,
  });
  if (answer.outcome !== "accepted") throw new Error(answer.rejection.detail);
}

/** How long after each due instant the closing is stamped. */
async function latenesses(world: World): Promise<number[]> {
  const dueOf = new Map<string, number>();
  const late: number[] = [];
  for (const record of await world.records()) {
    for (const event of recordedFrom(record).events) {
      if (event.type === "tenderOpened") dueOf.set(event.tender.request, event.tender.closesAt);
      if (event.type === "bidsOpened") late.push(record.at - (dueOf.get(event.request) ?? 0));
    }
  }
  return late;
}

/** How late this machine wakes somebody who only wants to know the time. */
async function bareLateness(world: World, due: Instant): Promise<number> {
  await new Promise((go) => setTimeout(go, Math.max(0, due - world.now())));
  return world.now() - due;
}

const untilOpen = (node: BookNode, count: number): Promise<void> =>
  vi.waitFor(() => expect(node.view.requests.size).toBe(count), { timeout: 20_000, interval: 5 });

describe("timers", () => {
  test("wake each deadline within milliseconds of it, never before", async () => {
    const world = newWorld();
    const books = await world.books();
    const node = await openBook(books);
    const timers = await startTimers(books);
    const dues = Array.from({ length: 20 }, (_, n) => (world.now() + 900 + 7 * n) as Instant);
    await Promise.all(dues.map((due, n) => openMarket(node, `q${n}`, n, due)));
    const bare = Promise.all(dues.map((due) => bareLateness(world, due)));
    await untilOpen(node, 0);
    const late = (await latenesses(world)).sort((a, b) => a - b);
    expect(late).toHaveLength(20);
    expect(late[0]).toBeGreaterThan(0);
    // Half of them, beside timers that do nothing: a busy machine holds those up as well.
    const machine = (await bare).sort((a, b) => a - b)[10] ?? 0;
    expect((late[10] ?? Infinity) - machine).toBeLessThan(10);
    await timers.close();
    await books.close();
  });

  test("on several nodes wake a deadline once", async () => {
    const world = newWorld();
    const all = [await world.books(), await world.books(), await world.books()];
    const node = await openBook(all[0] as Books);
    const timers = await Promise.all(all.map((books) => startTimers(books)));
    const start = world.now();
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => openMarket(node, `q${n}`, n, (start + 900 + 20 * n) as Instant)),
    );
    await untilOpen(node, 0);
    const woken = (await world.records()).filter(({ type }) => type === "passTime");
    // On a busy machine one may wake two that were due one after the other; none leaves a record in which nothing happens.
    expect(woken.length).toBeGreaterThan(0);
    expect(woken.length).toBeLessThanOrEqual(10);
    expect(woken.filter((record) => recordedFrom(record).events.length === 0)).toEqual([]);
    expect(await latenesses(world)).toHaveLength(10);
    await Promise.all(timers.map((one) => one.close()));
    await Promise.all(all.map((books) => books.close()));
  });

  test("wake nobody for what is over already", async () => {
    const world = newWorld();
    const books = await world.books();
    const node = await openBook(books);
    const timers = await startTimers(books);
    // Its market closes in the instant in which it opens, so that its end was due a millisecond later.
    const answer = await node.submit({ actor: LAB, body: submitRequest("at-once", 1), key: "k at-once" });
    expect(answer.outcome).toBe("accepted");
    expect(node.view.requests.size).toBe(0);
    await new Promise((go) => setTimeout(go, 50));
    await openMarket(node, "q", 2, (world.now() + 300) as Instant);
    await untilOpen(node, 0);
    const woken = (await world.records()).filter(({ type }) => type === "passTime");
    expect(woken.map((record) => recordedFrom(record).events.some(({ type }) => type === "bidsOpened"))).toEqual([
      true,
    ]);
    await timers.close();
    await books.close();
  });

  test("go on where the node that was to wake has died", async () => {
    const world = newWorld();
    const [dead, living] = [await world.books(), await world.books()];
    const node = await openBook(dead);
    const other = await living.get(BOOK);
    const died = await startTimers(dead);
    const timers = await startTimers(living);
    await openMarket(node, "q", 1, (world.now() + 400) as Instant);
    await died.close();
    await untilOpen(other as BookNode, 0);
    expect(await latenesses(world)).toHaveLength(1);
    await timers.close();
    await Promise.all([dead.close(), living.close()]);
  });

  test("find what fell due while nobody was there, all of it at once", async () => {
    const world = newWorld();
    const before = await world.books();
    const node = await openBook(before);
    for (let n = 0; n < 5; n += 1) await openMarket(node, `q${n}`, n, (world.now() + 1_000 * n + 2_000) as Instant);
    await before.close();
    world.pass(60_000);
    const after = await world.books();
    const timers = await startTimers(after);
    await untilOpen((await after.get(BOOK)) as BookNode, 0);
    expect((await world.records()).filter(({ type }) => type === "passTime")).toHaveLength(1);
    await timers.close();
    await after.close();
  });

  test("open books that another node made later", async () => {
    const world = newWorld();
    const [here, there] = [await world.books(), await world.books()];
    const timers = await startTimers(here, { pollMs: 20 });
    const node = await openBook(there);
    await openMarket(node, "q", 1, (world.now() + 400) as Instant);
    await untilOpen(node, 0);
    expect(await latenesses(world)).toHaveLength(1);
    await timers.close();
    await Promise.all([here.close(), there.close()]);
  });

  test("say what went wrong and try again", async () => {
    const world = newWorld();
    const books = await world.books();
    const node = await openBook(books);
    const failures: unknown[] = [];
    const timers = await startTimers(books, { failed: (error) => failures.push(error) });
    await openMarket(node, "q", 1, (world.now() + 400) as Instant);
    const submit = vi.spyOn(node, "submit").mockRejectedValueOnce(new Error("no way"));
    await untilOpen(node, 0);
    expect(failures).toEqual([new Error("no way")]);
    expect(submit.mock.calls.length).toBeGreaterThan(1);
    expect(submit.mock.calls[0]?.[0].actor).toBe(LAB satisfies PartyId);
    await timers.close();
    await books.close();
  });
});
