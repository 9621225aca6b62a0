import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AcceleratorType,
  type BlockId,
  DAY_MS,
  HOUR_MS,
  type Instant,
  type PartyId,
  type TimeWindow,
} from "../kernel/index.ts";
import type { CapacityBlock } from "./block.ts";
import { CapacityLedger } from "./capacity-ledger.ts";
import { freeOf, type HeldBlock, takeFrom } from "./held-block.ts";
import { LevelRun } from "./levels.ts";
import { findNearest } from "./nearest.ts";
import { type Placement, type PlacementAsk, placeFirstFit } from "./place.ts";
import { startLevels } from "./start-levels.ts";

const days = (from: number, to: number): TimeWindow => ({
  from: (from * DAY_MS) as Instant,
  to: (to * DAY_MS) as Instant,
});
const hours = (from: number, to: number): TimeWindow => ({
  from: (from * HOUR_MS) as Instant,
  to: (to * HOUR_MS) as Instant,
});

function block(
  id: string,
  quantity: number,
  more: Partial<CapacityBlock> & { parent?: string; root?: string } = {},
): CapacityBlock {
  const { parent, root, ...rest } = more;
  return {
    id: id as BlockId,
    rootId: (root ?? id) as BlockId,
    ...(parent === undefined ? {} : { parentId: parent as BlockId }),
    provider: `seller-of-${id}` as PartyId,
    acceleratorType: "gb200" as AcceleratorType,
    region: "us-central",
    quantity,
    window: days(0, 1_000),
    firmness: "firm",
    blockSize: 8,
    ...rest,
  };
}

function blocksOf(...blocks: CapacityBlock[]): readonly HeldBlock[] {
  const ledger = new CapacityLedger();
  for (const each of blocks) ledger.addBlock(each);
  return ledger.blocks();
}

const ask = (quantity: number, more: Partial<PlacementAsk> = {}): PlacementAsk => ({
  window: days(0, 10),
  quantity,
  blockSize: 8,
  split: false,
  ...more,
});
const shown = (placement: Placement | undefined) => placement?.map((part) => `${part.blockId} ${part.quantity}`);

describe("placing", () => {
  const three = () => blocksOf(block("a", 64), block("b", 256), block("c", 256));

  test("[CPY18] the first block that takes all of it", () => {
    const blocks = three();
    expect(shown(placeFirstFit(blocks, ask(64)))).toEqual(["a 64"]);
    expect(shown(placeFirstFit(blocks, ask(72)))).toEqual(["b 72"]);
    takeFrom(blocks[1] as HeldBlock, days(9, 11), 200);
    expect(shown(placeFirstFit(blocks, ask(72)))).toEqual(["c 72"]);
    expect(shown(placeFirstFit(blocks, ask(264)))).toBeUndefined();
    expect(placeFirstFit([], ask(8))).toBeUndefined();
  });

  test("[CPY18] from the place where the search begins, and around", () => {
    const blocks = three();
    const from = (startAt: number) => shown(placeFirstFit(blocks, ask(64, { startAt })));
    expect([from(0), from(1), from(2), from(3), from(-1)]).toEqual([["a 64"], ["b 64"], ["c 64"], ["a 64"], ["c 64"]]);
    expect(shown(placeFirstFit(blocks, ask(560, { startAt: 2, split: true })))).toEqual(["c 256", "a 64", "b 240"]);
  });

  test("[CPY18] one block where one is enough, though splitting is allowed", () => {
    expect(shown(placeFirstFit(three(), ask(128, { split: true })))).toEqual(["b 128"]);
  });

  test("[CPY19] a split fills block after block in whole units of both sizes", () => {
    expect(shown(placeFirstFit(three(), ask(576, { split: true })))).toEqual(["a 64", "b 256", "c 256"]);
    expect(placeFirstFit(three(), ask(584, { split: true }))).toBeUndefined();
    const uneven = blocksOf(block("a", 60, { blockSize: 4 }), block("b", 60, { blockSize: 24 }));
    expect(shown(placeFirstFit(uneven, ask(104, { split: true })))).toEqual(["a 56", "b 48"]);
    expect(placeFirstFit(uneven, ask(112, { split: true }))).toBeUndefined();
  });

  test("[CPY19] no part is smaller than the gang", () => {
    const blocks = blocksOf(block("a", 600), block("b", 600));
    expect(shown(placeFirstFit(blocks, ask(1_024, { split: true, gangMin: 512 })))).toEqual(["a 512", "b 512"]);
    expect(placeFirstFit(blocks, ask(1_024, { split: true, gangMin: 520 }))).toBeUndefined();
    const mixed = blocksOf(block("a", 64), block("b", 48, { blockSize: 24 }));
    expect(shown(placeFirstFit(mixed, ask(104, { split: true, gangMin: 48 })))).toEqual(["a 56", "b 48"]);
    const tight = blocksOf(block("a", 152), block("b", 104), block("c", 104));
    expect(shown(placeFirstFit(tight, ask(312, { split: true, gangMin: 104 })))).toEqual(["a 104", "b 104", "c 104"]);
  });

  test("[CPY20] forecast blocks are left out where firm capacity is asked for", () => {
    const blocks = blocksOf(block("a", 64, { firmness: "forecast" }), block("b", 64));
    expect(shown(placeFirstFit(blocks, ask(64)))).toEqual(["a 64"]);
    expect(shown(placeFirstFit(blocks, ask(64, { firmOnly: true })))).toEqual(["b 64"]);
    expect(placeFirstFit(blocks, ask(72, { firmOnly: true, split: true }))).toBeUndefined();
  });

  test("[CPY21] machines that two parties list are promised once", () => {
    const blocks = blocksOf(
      block("r", 300, { blockSize: 4 }),
      block("s", 300, { parent: "r", root: "r", blockSize: 4 }),
      block("t", 40),
    );
    expect(placeFirstFit(blocks, ask(600, { split: true }))).toBeUndefined();
    expect(shown(placeFirstFit(blocks, ask(336, { split: true })))).toEqual(["r 296", "t 40"]);
  });

  const world = fc.record({
    sizes: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 5 }),
    shared: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
    quantity: fc.integer({ min: 1, max: 30 }),
    gang: fc.integer({ min: 1, max: 8 }),
    startAt: fc.nat(5),
  });

  test("[CPY19] a split is found where there is one", () => {
    fc.assert(
      fc.property(world, ({ sizes, quantity, gang, startAt }) => {
        const blocks = blocksOf(...sizes.map((size, index) => block(`b${index}`, size * 8)));
        const wanted = ask(quantity * 8, { split: true, gangMin: gang * 8, startAt });
        const isPossible = canSplit(sizes, quantity, gang) || sizes.some((size) => size >= quantity);
        expect(placeFirstFit(blocks, wanted) !== undefined).toBe(isPossible);
      }),
      { seed: 21, numRuns: 1_500 },
    );
  });

  test("[CPY21] what is found can be taken as it stands, and is what was asked for", () => {
    fc.assert(
      fc.property(world, ({ sizes, shared, quantity, gang, startAt }) => {
        const roots = sizes.map((size, index) => block(`b${index}`, size * 8, { blockSize: index % 2 === 0 ? 8 : 16 }));
        const claim = Math.min(shared ?? 0, sizes[0] as number);
        const listed =
          shared === undefined ? roots : [...roots, block("claim", claim * 8, { parent: "b0", root: "b0" })];
        const blocks = blocksOf(...listed);
        const placement = placeFirstFit(blocks, ask(quantity * 8, { split: true, gangMin: gang * 8, startAt })) ?? [];
        const byId = new Map(blocks.map((held) => [held.block.id, held]));
        for (const part of placement) {
          const held = byId.get(part.blockId) as HeldBlock;
          expect(part.quantity % held.block.blockSize).toBe(0);
          expect(part.quantity).toBeGreaterThanOrEqual(placement.length === 1 ? 8 : gang * 8);
          expect(takeFrom(held, days(0, 10), part.quantity)).toBe(true);
        }
        const sum = placement.reduce((total, part) => total + part.quantity, 0);
        expect(placement.length === 0 || sum === quantity * 8).toBe(true);
      }),
      { seed: 22, numRuns: 1_500 },
    );
  });
});

/** All ways to place `quantity` on the blocks, a part of each being 0 or from `gang` to its size. */
function canSplit(sizes: readonly number[], quantity: number, gang: number): boolean {
  if (quantity === 0) return true;
  const [size, ...rest] = sizes;
  if (size === undefined) return false;
  if (canSplit(rest, quantity, gang)) return true;
  for (let part = gang; part <= Math.min(size, quantity); part += 1)
    if (canSplit(rest, quantity - part, gang)) return true;
  return false;
}

describe("what would work instead", () => {
  test("[CPY22] the most that fits in the window", () => {
    const blocks = blocksOf(block("a", 64), block("b", 256));
    takeFrom(blocks[1] as HeldBlock, days(5, 6), 60);
    expect(findNearest(blocks, ask(512), days(0, 1).from).largest).toEqual({
      quantity: 192,
      placement: [{ blockId: "b", quantity: 192 }],
    });
    const split = findNearest(blocks, ask(512, { split: true }), days(0, 1).from).largest;
    expect([split?.quantity, shown(split?.placement)]).toEqual([256, ["a 64", "b 192"]]);
    expect(findNearest(blocksOf(block("a", 4)), ask(512), days(0, 1).from)).toEqual({});
  });

  test("[CPY23] the first start at which all of it fits, not only whole days", () => {
    const blocks = blocksOf(block("a", 64), block("b", 64));
    takeFrom(blocks[0] as HeldBlock, hours(5, 341), 8);
    takeFrom(blocks[1] as HeldBlock, hours(100, 500), 64);
    const latest = days(900, 901).from;
    expect(findNearest(blocks, ask(64), latest).earliest).toEqual({
      window: hours(341, 341 + 240),
      placement: [{ blockId: "a", quantity: 64 }],
    });
    const both = findNearest(blocks, ask(128, { split: true }), latest).earliest;
    expect([both?.window, shown(both?.placement)]).toEqual([hours(500, 740), ["a 64", "b 64"]]);
    expect(findNearest(blocks, ask(64), hours(341, 342).from).earliest?.window.from).toBe(hours(341, 342).from);
    expect(findNearest(blocks, ask(64), (hours(341, 342).from - 1) as Instant).earliest).toBeUndefined();
    expect(findNearest(blocks, ask(136, { split: true }), latest).earliest).toBeUndefined();
  });

  test("[CPY23] a block that begins years later is found", () => {
    const blocks = blocksOf(block("a", 64, { window: days(700, 720) }), block("b", 256, { window: days(800, 805) }));
    expect(findNearest(blocks, ask(64), days(2_000, 2_001).from).earliest?.window).toEqual(days(700, 710));
    expect(findNearest(blocks, ask(256), days(2_000, 2_001).from).earliest).toBeUndefined();
  });

  test("[CPY20] an alternative is as firm as what was asked for", () => {
    const blocks = blocksOf(
      block("a", 64, { firmness: "forecast", window: days(20, 90) }),
      block("b", 64, { window: days(40, 90) }),
    );
    expect(findNearest(blocks, ask(64, { firmOnly: true }), days(80, 81).from).earliest?.window).toEqual(days(40, 50));
    expect(findNearest(blocks, ask(64), days(80, 81).from).earliest?.window).toEqual(days(20, 30));
  });

  const hold = fc.record({
    block: fc.nat(2),
    from: fc.nat(60),
    length: fc.integer({ min: 1, max: 30 }),
    quantity: fc.integer({ min: 1, max: 6 }),
  });

  test("[CPY22] [CPY23] no larger quantity and no earlier start would have worked", () => {
    fc.assert(
      fc.property(
        fc.array(hold, { maxLength: 10 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        (holds, quantity, length, gang, split) => {
          const sizes = [4, 6, 8];
          const blocks = blocksOf(
            ...sizes.map((size, index) => block(`b${index}`, size, { blockSize: 1, window: hours(0, 80) })),
          );
          for (const made of holds)
            takeFrom(
              blocks[made.block] as HeldBlock,
              hours(made.from, Math.min(80, made.from + made.length)),
              made.quantity,
            );
          const wanted: PlacementAsk = { window: hours(3, 3 + length), quantity, blockSize: 1, gangMin: gang, split };
          const latest = 70;
          const fits = (start: number, count: number): boolean => {
            const free = blocks.map((held) => freeOf(held, hours(start, start + length)));
            return free.some((each) => each >= count) || (split && canSplit(free, count, gang));
          };
          const nearest = findNearest(blocks, wanted, hours(latest, latest + 1).from);
          let best = quantity;
          while (best > 0 && (best < gang || !fits(3, best))) best -= 1;
          expect(nearest.largest?.quantity ?? 0).toBe(best);
          let start = 3;
          while (start <= latest && !fits(start, quantity)) start += 1;
          expect(nearest.earliest?.window.from).toBe(start <= latest ? hours(start, 99).from : undefined);
        },
      ),
      { seed: 23, numRuns: 600 },
    );
  });

  test("[CPY23] the least over a moving window equals the least over each window", () => {
    const pieces = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat(5)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 9 }), (made, length) => {
        const levels = made.flatMap(([width, level]) => Array.from({ length: width }, () => level));
        const to = levels.length - length;
        fc.pre(to >= 0);
        const run = new LevelRun<number>(levels.length as Instant);
        levels.forEach((level, index) => run.push(index as Instant, level));
        const found: number[] = [];
        startLevels(run, length, 0 as Instant, to as Instant, (start, level) =>
          found.splice(start, found.length, ...Array.from({ length: to + 1 - start }, () => level)),
        );
        expect(found).toEqual(
          Array.from({ length: to + 1 }, (_, start) => Math.min(...levels.slice(start, start + length))),
        );
      }),
      { seed: 24, numRuns: 800 },
    );
  });
});
