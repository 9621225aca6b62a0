import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ownDatabase } from "./database.fixture.ts";
import {
  type Delivery,
  MAIL_SCHEDULE,
  type NewDelivery,
  Outbox,
  OUTBOX_CHANNEL,
  OutboxWorker,
  pauseAfter,
  type Sender,
  WEBHOOK_SCHEDULE,
} from "./index.ts";

const database = ownDatabase();
const BOOK = "aurora" as BookName;
const ACME = "acme" as PartyId;
const workers: OutboxWorker[] = [];
let outbox: Outbox;

beforeEach(() => {
  outbox = new Outbox(database.get());
});

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.close();
  await database.get().pool.query("truncate deliveries cascade");
});

const delivery = (key: string, endpoint = "hook", body: unknown = { key }): NewDelivery => ({
  book: BOOK,
  party: ACME,
  kind: "webhook",
  endpoint,
  key,
  body,
});

function worker(send: Sender["send"], more: Partial<Sender> = {}, on = database.get()): OutboxWorker {
  const sender: Sender = { schedule: [50, 50], timeoutMs: 400, send, ...more };
  const made = new OutboxWorker({
    outbox: new Outbox(on),
    senders: { webhook: sender },
    listen: (heard) => on.listen(OUTBOX_CHANNEL, heard),
    random: () => 0.5,
    pollMs: 200,
    failed: (error) => {
      throw error;
    },
  });
  workers.push(made);
  return made;
}

const listed = () => outbox.list(BOOK, ACME, 100);
const triesOf = async (one: { readonly id: string } | undefined) =>
  (await outbox.attempts(BOOK, ACME, [one?.id ?? ""])).get(one?.id ?? "") ?? [];
const sent = async (): Promise<readonly Delivery[]> => (await listed()).filter(({ status }) => status === "sent");

describe("the outbox", () => {
  test("keeps a delivery once, however often it is made", async () => {
    await outbox.add([delivery("a"), delivery("b")]);
    await outbox.add([delivery("a"), delivery("c")]);
    expect((await listed()).map(({ key }) => key).sort()).toEqual(["a", "b", "c"]);
  });

  test("keeps nothing where the transaction of its maker fails", async () => {
    await expect(
      database.get().transaction(async (client) => {
        await outbox.add([delivery("a")], client);
        throw new Error("after all not");
      }),
    ).rejects.toThrow("after all not");
    expect(await listed()).toEqual([]);
  });

  test("sends nothing while all is held back, on no node, and all of it once it goes on", async () => {
    const bodies: unknown[] = [];
    const send: Sender["send"] = ({ body }) => {
      bodies.push(body);
      return Promise.resolve({ outcome: "sent", detail: "200" });
    };
    await outbox.setPaused(true);
    await outbox.setPaused(true);
    await worker(send).start();
    await worker(send, {}, await database.another()).start();
    await outbox.add([delivery("a"), delivery("b", "other")]);
    // What has nothing to take waits for nothing either: it does not look again and again.
    expect(await outbox.claim(10, 1_000)).toEqual([]);
    expect(await outbox.nextDueMs()).toBeUndefined();
    expect((await listed()).map(({ status, attempts }) => ({ status, attempts }))).toEqual([
      { status: "waiting", attempts: 0 },
      { status: "waiting", attempts: 0 },
    ]);
    expect(bodies).toEqual([]);
    await outbox.setPaused(false);
    await expect.poll(async () => (await sent()).length, { timeout: 5_000 }).toBe(2);
    expect(bodies.length).toBe(2);
  });

  test("sends soon after something is added, and tells how it went", async () => {
    const bodies: unknown[] = [];
    await worker(({ body }) => {
      bodies.push(body);
      return Promise.resolve({ outcome: "sent", detail: "200" });
    }).start();
    await outbox.add([delivery("a")]);
    await expect.poll(async () => (await sent()).length).toBe(1);
    expect(bodies).toEqual([{ key: "a" }]);
    const [one] = await listed();
    expect(await triesOf(one)).toMatchObject([{ number: 1, outcome: "sent", detail: "200" }]);
    expect((await outbox.attempts(BOOK, "rival" as PartyId, [one?.id ?? ""])).size).toBe(0);
  });

  test("is listed to a party on connections that show its rows alone", async () => {
    await outbox.add([delivery("a")]);
    const asked: unknown[] = [];
    const { reader, pool } = database.get();
    const watched = new Outbox({
      pool,
      reader: {
        query: (book: BookName, party: PartyId, statement: { readonly text: string }) => {
          asked.push([book, party]);
          return reader.query(book, party, statement);
        },
      } as never,
    });
    const [one] = await watched.list(BOOK, ACME, 10);
    expect(one?.key).toBe("a");
    await watched.attempts(BOOK, ACME, [one?.id ?? ""]);
    expect(asked).toEqual([
      [BOOK, ACME],
      [BOOK, ACME],
    ]);
  });

  test("tries again by the schedule, and gives up after it", async () => {
    let tries = 0;
    const settled: string[] = [];
    await worker(() => Promise.resolve({ outcome: "failed", detail: `try ${++tries}` }), {
      settled: (_, { outcome }) => Promise.resolve(void settled.push(outcome)),
    }).start();
    await outbox.add([delivery("a")]);
    await expect.poll(async () => (await listed())[0]?.status).toBe("dead");
    const [one] = await listed();
    expect(one).toMatchObject({ attempts: 3, lastError: "try 3" });
    expect((await triesOf(one)).map(({ outcome }) => outcome)).toEqual(["failed", "failed", "refused"]);
    expect(settled).toEqual(["refused"]);
    tries = -10;
    expect(await outbox.replay(BOOK, "other" as PartyId, one?.id ?? "")).toBe(false);
    expect(await outbox.replay(BOOK, ACME, one?.id ?? "")).toBe(true);
    await expect.poll(() => tries).toBe(-9);
  });

  test("is held up by a dead endpoint for that one only", async () => {
    await worker(({ endpoint }, signal) =>
      endpoint === "dead"
        ? new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("hung"))))
        : Promise.resolve({ outcome: "sent", detail: "200" }),
    ).start();
    await outbox.add(Array.from({ length: 20 }, (_, n) => delivery(`dead ${n}`, "dead")));
    const begun = performance.now();
    await outbox.add(Array.from({ length: 20 }, (_, n) => delivery(`well ${n}`, `well ${n % 4}`)));
    await expect.poll(async () => (await sent()).length, { interval: 20 }).toBe(20);
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect((await sent()).every(({ endpoint }) => endpoint !== "dead")).toBe(true);
  });

  test("is emptied by several nodes, each delivery by one of them, of an endpoint one at a time", async () => {
    const seen = new Map<string, number>();
    const busy = new Set<string>();
    let overlaps = 0;
    const send: Sender["send"] = async ({ key, endpoint }) => {
      if (busy.has(endpoint)) overlaps += 1;
      busy.add(endpoint);
      seen.set(key, (seen.get(key) ?? 0) + 1);
      await new Promise((go) => setTimeout(go, 5));
      busy.delete(endpoint);
      return { outcome: "sent", detail: "200" };
    };
    await outbox.add(Array.from({ length: 60 }, (_, n) => delivery(`d${n}`, `e${n % 6}`)));
    await worker(send).start();
    await worker(send, {}, await database.another()).start();
    await expect.poll(async () => (await sent()).length).toBe(60);
    expect([...seen.values()].every((times) => times === 1)).toBe(true);
    expect(overlaps).toBe(0);
  });

  test("sends what a node that died had taken", async () => {
    await outbox.add([delivery("a")]);
    expect(await outbox.claim(10, 300)).toHaveLength(1);
    expect(await outbox.claim(10, 300)).toEqual([]);
    await worker(() => Promise.resolve({ outcome: "sent", detail: "200" })).start();
    await expect.poll(async () => (await sent())[0]?.attempts).toBe(2);
  });

  test("a node that wakes after its claim was taken over settles nothing", async () => {
    await outbox.add([delivery("a")]);
    const [slept] = await outbox.claim(10, 1);
    await new Promise((go) => setTimeout(go, 20));
    const [taken] = await outbox.claim(10, 60_000);
    await outbox.end(slept as Delivery, "dead", "late");
    expect((await listed())[0]?.status).toBe("waiting");
    await outbox.end(taken as Delivery, "sent", "200");
    expect((await listed())[0]?.status).toBe("sent");
  });

  test("sends nothing more to an endpoint that is gone", async () => {
    await outbox.add([delivery("a"), delivery("b", "other")]);
    await outbox.cancel("hook");
    expect((await outbox.claim(10, 1_000)).map(({ key }) => key)).toEqual(["b"]);
  });

  test("is listed for its party page by page, the newest first", async () => {
    for (const key of ["a", "b", "c"]) await outbox.add([delivery(key)]);
    const first = await outbox.list(BOOK, ACME, 2);
    expect(first.map(({ key }) => key)).toEqual(["c", "b"]);
    expect((await outbox.list(BOOK, ACME, 2, { before: first[1]?.id })).map(({ key }) => key)).toEqual(["a"]);
    expect(await outbox.list(BOOK, "other" as PartyId, 2)).toEqual([]);
    expect(await outbox.depth()).toEqual({ waiting: 3, dead: 0 });
  });
});

describe("schedules", () => {
  test("of webhooks and of mail go over three days", () => {
    const days = (schedule: readonly number[]): number => schedule.reduce((sum, pause) => sum + pause, 0) / 86_400_000;
    expect(days(WEBHOOK_SCHEDULE)).toBeGreaterThan(3);
    expect(days(MAIL_SCHEDULE)).toBeGreaterThan(2.9);
    expect(WEBHOOK_SCHEDULE.slice(0, 3)).toEqual([5_000, 300_000, 1_800_000]);
  });

  test("are drawn longer and shorter by a fifth", () => {
    expect(pauseAfter([1_000], 1, 0)).toBe(800);
    expect(pauseAfter([1_000], 1, 0.999_999)).toBe(1_200);
    expect(pauseAfter([1_000], 2, 0.5)).toBeUndefined();
  });
});
