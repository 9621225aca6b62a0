import type { Instant, PartyId } from "@offtake/core/kernel";
import type { FeedObject } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { MemoryFeedStore } from "@offtake/store/memory";
import { expect, test } from "vitest";
import type { AnyCall } from "./call.ts";
import { nextCursorOf } from "./cursors.ts";
import { queuePage } from "./queue-page.ts";
import { QUEUED, waitingOf } from "./waiting.ts";

const QUEUE = "queue";
const BOOK = "small" as BookName;
const LAB = "lab" as PartyId;

/** Things of every kind that share deadlines, places in the feed and ids, some of them over. */
const OBJECTS = Array.from({ length: 60 }, (_, n): FeedObject => {
  const kind = QUEUED[n % QUEUED.length] ?? "requests";
  const [waits] = waitingOf(kind);
  return {
    party: LAB,
    kind,
    id: `x${n % 12}-${Math.floor(n / 12)}`,
    status: n % 7 === 0 ? "closed" : (waits ?? ""),
    ...(n % 2 === 0 ? { deadline: (1_000 * (n % 3)) as Instant } : {}),
    created: 0,
    version: n % 4,
    updatedAt: 0 as Instant,
    body: "",
  };
});
const WAITING = OBJECTS.filter(({ status }) => status !== "closed");
const nameOf = ({ kind, id }: FeedObject): string => `${kind} ${id}`;

async function inTheQueue(): Promise<AnyCall> {
  const store = new MemoryFeedStore();
  await store.project(BOOK, 0, { to: 1, disclosedBy: 1, tellings: [], objects: OBJECTS });
  return {
    services: { telling: { store } },
    book: BOOK,
    principal: { party: LAB },
    listed: QUEUE,
  } as unknown as AnyCall;
}

async function read(kinds: readonly (typeof QUEUED)[number][], limit: number): Promise<readonly FeedObject[]> {
  const call = await inTheQueue();
  const found: FeedObject[] = [];
  let cursor: string | undefined;
  do {
    const page = await queuePage(call, kinds, limit, cursor);
    expect(page.objects.length).toBeLessThanOrEqual(limit);
    expect(page.next === undefined || page.objects.length === limit).toBe(true);
    found.push(...page.objects);
    cursor = nextCursorOf(page.next, QUEUE).nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

test("what falls due comes first, the nearest on top, then what has no date, the last changed on top", async () => {
  const found = await read(QUEUED, 1_000);
  const dated = found.findIndex(({ deadline }) => deadline === undefined);
  expect(found.slice(dated).every(({ deadline }) => deadline === undefined)).toBe(true);
  const [deadlines, versions] = [found.slice(0, dated), found.slice(dated)];
  expect(deadlines.map(({ deadline }) => deadline)).toEqual(
    deadlines.map(({ deadline }) => Number(deadline)).sort((a, b) => a - b),
  );
  expect(versions.map(({ version }) => version)).toEqual(versions.map(({ version }) => version).sort((a, b) => b - a));
  expect(found.map(nameOf).sort()).toEqual(WAITING.map(nameOf).sort());
});

test("pages of any size hold the same, nothing twice and nothing left out", async () => {
  const whole = (await read(QUEUED, 1_000)).map(nameOf);
  for (const limit of [1, 2, 3, 5, 10, WAITING.length]) expect((await read(QUEUED, limit)).map(nameOf)).toEqual(whole);
});

test("one kind of it can be asked for", async () => {
  const found = await read(["notices"], 2);
  expect(found.map(nameOf).sort()).toEqual(
    WAITING.filter(({ kind }) => kind === "notices")
      .map(nameOf)
      .sort(),
  );
});

test("a cursor of another list is none of it", async () => {
  const call = await inTheQueue();
  for (const next of ["x", "d1", "d1.bids.x", "n0d01.x", "d99999999999999999.notices.x"])
    await expect(queuePage(call, QUEUED, 1, nextCursorOf(next, QUEUE).nextCursor ?? "")).rejects.toThrow(
      "cursor_malformed",
    );
});
