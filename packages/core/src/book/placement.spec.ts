import { expect, test } from "vitest";
import { type CapacityBlock, freeOf } from "../capacity/index.ts";
import {
  type AcceleratorType,
  type BlockId,
  DAY_MS,
  type Instant,
  type PartyId,
  type TimeWindow,
} from "../kernel/index.ts";
import { Random } from "../kernel/random.ts";
import { place, roomOn } from "./placement.ts";
import { BookState } from "./state.ts";

const DAYS = 90;
const STEP = 8;
const window = (from: number, days: number): TimeWindow => ({
  from: (from * DAY_MS) as Instant,
  to: ((from + days) * DAY_MS) as Instant,
});

const block = (index: number): CapacityBlock => ({
  id: `b${index}` as BlockId,
  rootId: `b${index}` as BlockId,
  provider: "alfa" as PartyId,
  acceleratorType: "h100" as AcceleratorType,
  region: "us-east",
  quantity: 64,
  window: window(0, DAYS),
  firmness: "firm",
  blockSize: STEP,
});

test("[BOK52] the room of a list is found anew after what is taken, given back or rolled back, however often it was asked for", () => {
  const random = new Random("room");
  const state = new BookState();
  const ids = Array.from({ length: 6 }, (_, index) => {
    state.capacity.addBlock(block(index));
    return `b${index}` as BlockId;
  });
  const naive = (asked: TimeWindow, count: number): number => {
    const free = ids.map((id) => Math.max(0, freeOf(state.capacity.get(id) as never, asked)));
    return Math.min(
      count,
      free.reduce((sum, one) => sum + one - (one % STEP), 0),
    );
  };
  /** Where the count goes: the first block that takes it whole, or several together. */
  const firstWhole = (asked: TimeWindow, count: number): BlockId | undefined =>
    ids.find((id) => freeOf(state.capacity.get(id) as never, asked) >= count);
  const wholeBlock = (asked: TimeWindow, count: number): BlockId | undefined => {
    const placed = place(state, ids, asked, STEP, count) ?? [];
    return placed.length === 1 ? placed[0]?.block : undefined;
  };
  const check = (asked: TimeWindow, count: number): void => {
    expect(roomOn(state, ids, asked, STEP, count)).toBe(naive(asked, count));
    expect(wholeBlock(asked, count)).toBe(firstWhole(asked, count));
  };
  const asks = Array.from({ length: 8 }, () => window(random.below(60), 1 + random.below(30)));
  const checkAll = (): void => {
    for (const asked of asks) for (const count of [8, 64, 200]) check(asked, count);
  };
  const taken: { block: BlockId; window: TimeWindow; count: number }[] = [];
  for (let round = 0; round < 120; round += 1) {
    const mark = state.checkpoint();
    const asked = asks[random.below(asks.length)] as TimeWindow;
    const count = STEP * (1 + random.below(12));
    // The same question twice, with and without what it leads to in between.
    check(asked, count);
    const found = place(state, ids, asked, STEP, count);
    expect(found === undefined).toBe(naive(asked, count) < count);
    for (const part of found ?? []) state.occupy({ ...part, window: asked, sign: 1 });
    check(asked, count);
    if (random.below(3) === 0) state.rollback(mark);
    else {
      taken.push(...(found ?? []).map((part) => ({ ...part, window: asked })));
      state.commit();
    }
    check(asked, count);
    if (random.below(2) === 0) {
      const [given] = taken.splice(random.below(Math.max(1, taken.length)), 1);
      if (given !== undefined) state.occupy({ ...given, sign: -1 });
    }
    checkAll();
  }
});
