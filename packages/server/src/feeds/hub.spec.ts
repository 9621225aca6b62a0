import type { PartyId } from "@offtake/core/kernel";
import type { FeedEntry, FeedHead, FeedStore } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { expect, test } from "vitest";
import { FeedHub } from "./hub.ts";

const BOOK = "small" as BookName;
const LAB = "lab" as PartyId;

const entries = (from: number, to: number): FeedEntry[] =>
  Array.from({ length: to - from }, (_, index) => ({
    position: from + index,
    body: `entry ${from + index}`,
    hash: `hash ${from + index}`,
  }));

test("what is told here while another node's telling is looked for reaches nobody twice", async () => {
  let length = 4;
  let answerHead: (head: FeedHead) => void = () => {};
  const store = {
    readFeed: async (_book: BookName, _party: PartyId, from: number, limit: number) =>
      entries(from, Math.min(length, from + limit)),
    head: () => new Promise<FeedHead>((resolve) => (answerHead = resolve)),
    readOn: async (_book: BookName, heads: ReadonlyMap<PartyId, FeedHead>) => {
      const from = heads.get(LAB)?.length ?? 0;
      return new Map(from < length ? [[LAB, entries(from, length)]] : []);
    },
  } as Partial<FeedStore> as FeedStore;
  const hub = new FeedHub(store);
  const stop = new AbortController();
  const seen: number[] = [];
  const following = (async () => {
    for await (const page of hub.follow(BOOK, LAB, 0, stop.signal)) seen.push(...page.map(({ position }) => position));
  })();
  await expect.poll(() => seen.length).toBe(4);
  // Another node told the first four; this one looks for the end of the feed, and tells four more before it is answered.
  const looking = hub.grew(BOOK);
  length = 8;
  hub.told(BOOK, new Map([[LAB, entries(4, 8)]]));
  await expect.poll(() => seen.length).toBe(8);
  answerHead({ length: 4, hash: "hash 3" });
  await looking;
  length = 9;
  hub.told(BOOK, new Map([[LAB, entries(8, 9)]]));
  await expect.poll(() => seen.length).toBeGreaterThanOrEqual(9);
  stop.abort();
  await following;
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});
