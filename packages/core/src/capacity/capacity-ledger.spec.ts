import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AcceleratorType,
  type BlockId,
  DAY_MS,
  type Instant,
  type PartyId,
  type TimeWindow,
} from "../kernel/index.ts";
import type { CapacityBlock } from "./block.ts";
import { CapacityLedger } from "./capacity-ledger.ts";
import { freeOf, freeRunOf, type HeldBlock, quantityOf, releaseTo, takeFrom, undoReleaseTo } from "./held-block.ts";
import { supplyAt } from "./supply.ts";

const days = (from: number, to: number): TimeWindow => ({
  from: (from * DAY_MS) as Instant,
  to: (to * DAY_MS) as Instant,
});
const GB200 = "gb200" as AcceleratorType;

function block(
  id: string,
  provider: string,
  more: Partial<CapacityBlock> & { parent?: string; root?: string } = {},
): CapacityBlock {
  const { parent, root, ...rest } = more;
  return {
    id: id as BlockId,
    rootId: (root ?? id) as BlockId,
    ...(parent === undefined ? {} : { parentId: parent as BlockId }),
    provider: provider as PartyId,
    acceleratorType: GB200,
    region: "us-central",
    quantity: 1_024,
    window: days(0, 365),
    firmness: "firm",
    blockSize: 8,
    ...rest,
  };
}

function ledgerOf(...blocks: CapacityBlock[]): CapacityLedger {
  const ledger = new CapacityLedger();
  for (const each of blocks) ledger.addBlock(each);
  return ledger;
}

const held = (ledger: CapacityLedger, id: string): HeldBlock => ledger.get(id as BlockId) as HeldBlock;

describe("holding along the lineage", () => {
  test("[CPY13] case M10: what ALFA takes on GAMMA's machines, GAMMA cannot sell again", () => {
    const ledger = ledgerOf(
      block("g-17", "gamma"),
      block("g-18", "gamma"),
      block("a-17", "alfa", { parent: "g-17", root: "g-17" }),
    );
    expect(takeFrom(held(ledger, "a-17"), days(10, 20), 1_024)).toBe(true);
    expect(freeOf(held(ledger, "g-17"), days(0, 30))).toBe(0);
    expect(takeFrom(held(ledger, "g-17"), days(19, 25), 8)).toBe(false);
    expect(freeOf(held(ledger, "g-18"), days(0, 30))).toBe(1_024);
  });

  test("[CPY13] a block gives no more than its own quantity, nor than what its parents have left", () => {
    const ledger = ledgerOf(block("r", "gamma"), block("c", "alfa", { parent: "r", root: "r", quantity: 300 }));
    expect(freeOf(held(ledger, "c"), days(0, 9))).toBe(300);
    expect(takeFrom(held(ledger, "c"), days(0, 9), 301)).toBe(false);
    expect(takeFrom(held(ledger, "r"), days(3, 5), 824)).toBe(true);
    expect(freeOf(held(ledger, "c"), days(0, 9))).toBe(200);
    const before = ledger.canonical();
    expect(takeFrom(held(ledger, "c"), days(0, 9), 201)).toBe(false);
    expect(ledger.canonical()).toBe(before);
    expect(freeRunOf(held(ledger, "c"), days(0, 9)).levels).toEqual([300, 200, 300]);
    expect(quantityOf(held(ledger, "c"), days(0, 9))).toBe(300);
  });

  test("[CPY6] takes and releases along the lineage are undone to the same bytes", () => {
    const ledger = ledgerOf(block("r", "gamma"), block("c", "alfa", { parent: "r", root: "r" }));
    const empty = ledger.canonical();
    takeFrom(held(ledger, "c"), days(0, 9), 100);
    const full = ledger.canonical();
    const { previous } = held(ledger, "r").calendars[0].setQuantity(days(2, 4), 50);
    releaseTo(held(ledger, "c"), days(0, 9), 100);
    undoReleaseTo(held(ledger, "c"), days(0, 9), 100);
    held(ledger, "r").calendars[0].undoSetQuantity(previous);
    expect(ledger.canonical()).toBe(full);
    releaseTo(held(ledger, "c"), days(0, 9), 100);
    expect(ledger.canonical()).toBe(empty);
  });

  test("[CPY13] at no instant do all sellers together hold more than the root has", () => {
    const blocks = [
      block("r", "p0", { quantity: 20 }),
      block("a", "p1", { parent: "r", root: "r", quantity: 20 }),
      block("b", "p2", { parent: "r", root: "r", quantity: 12 }),
      block("aa", "p3", { parent: "a", root: "r", quantity: 9 }),
    ];
    const ask = fc.record({
      id: fc.constantFrom("r", "a", "b", "aa"),
      from: fc.nat(9),
      length: fc.integer({ min: 1, max: 6 }),
      quantity: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 30 }), (asks) => {
        const ledger = ledgerOf(...blocks);
        const sold = asks.filter(({ id, from, length, quantity }) =>
          takeFrom(held(ledger, id), days(from, from + length), quantity),
        );
        for (let day = 0; day < 16; day += 1) {
          const sum = (ids: string[]) =>
            sold
              .filter((ask) => ids.includes(ask.id) && ask.from <= day && day < ask.from + ask.length)
              .reduce((total, ask) => total + ask.quantity, 0);
          expect(sum(["r", "a", "b", "aa"])).toBeLessThanOrEqual(20);
          expect(sum(["b"])).toBeLessThanOrEqual(12);
          expect(sum(["aa"])).toBeLessThanOrEqual(9);
          expect(freeOf(held(ledger, "r"), days(day, day + 1))).toBe(20 - sum(["r", "a", "b", "aa"]));
        }
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});

describe("supply", () => {
  const phase = block("phase-2", "developer", { quantity: 100_000, firmness: "forecast" });
  const lease = block("lease-2", "lessee", {
    parent: "phase-2",
    root: "phase-2",
    quantity: 100_000,
    firmness: "forecast",
  });

  test("[CPY14] case X3: a phase listed by developer and lessee is counted once, both are shown", () => {
    const supply = supplyAt(ledgerOf(phase, lease), days(0, 30));
    expect(supply).toMatchObject({ firm: 0, forecast: 100_000 });
    expect(supply.roots).toHaveLength(1);
    expect(supply.roots[0]?.claims).toEqual([
      { blockId: "lease-2", provider: "lessee", quantity: 100_000, firmness: "forecast" },
      { blockId: "phase-2", provider: "developer", quantity: 100_000, firmness: "forecast" },
    ]);
  });

  test("[CPY14] of some listings, those without a listed parent count, up to the root", () => {
    const other = block("lease-3", "other", {
      parent: "phase-2",
      root: "phase-2",
      quantity: 30_000,
      firmness: "forecast",
    });
    const sublet = block("sublet", "sub", {
      parent: "lease-3",
      root: "phase-2",
      quantity: 30_000,
      firmness: "forecast",
    });
    const ledger = ledgerOf(phase, lease, other, sublet);
    const of = (...ids: string[]) =>
      supplyAt(
        ledger,
        days(0, 30),
        ids.map((id) => held(ledger, id)),
      ).forecast;
    expect(of("lease-3")).toBe(30_000);
    expect(of("lease-3", "sublet")).toBe(30_000);
    expect(of("lease-2", "sublet")).toBe(100_000);
    expect(of("sublet", "sublet")).toBe(30_000);
    expect(of()).toBe(0);
  });

  test("[CPY15] what is there at every instant of the window, firm and forecast apart", () => {
    const ledger = ledgerOf(
      phase,
      block("b-1", "alfa"),
      block("b-2", "alfa", { window: days(10, 20) }),
      block("b-3", "alfa", { window: days(500, 600) }),
    );
    takeFrom(held(ledger, "b-1"), days(5, 6), 1_000);
    held(ledger, "b-1").calendars[0].setQuantity(days(7, 8), 900);
    const supply = supplyAt(ledger, days(0, 30));
    expect(supply).toMatchObject({ firm: 900, forecast: 100_000 });
    expect(supply.roots.map((root) => [root.rootId, root.quantity, root.free, root.claims.length])).toEqual([
      ["b-1", 900, 24, 1],
      ["b-2", 0, 0, 1],
      ["phase-2", 100_000, 100_000, 1],
    ]);
    expect(supplyAt(ledger, days(12, 15)).firm).toBe(2_048);
  });

  test("[CPY15] a firm listing of a forecast root is a forecast", () => {
    const ledger = ledgerOf(phase, { ...lease, firmness: "firm" });
    expect(supplyAt(ledger, days(0, 30), [held(ledger, "lease-2")])).toMatchObject({ firm: 0, forecast: 100_000 });
  });
});

describe("the ledger", () => {
  test("[CPY16] adding, stating anew and taking out are undone to the same bytes", () => {
    const ledger = ledgerOf(block("r", "gamma"));
    const first = ledger.canonical();
    ledger.addBlock(block("c", "alfa", { parent: "r", root: "r" }));
    const second = ledger.canonical();
    const previous = ledger.restate(block("r", "gamma", { firmness: "forecast", phase: "phase-2" }));
    expect(held(ledger, "r").block.firmness).toBe("forecast");
    expect(ledger.find({ acceleratorType: GB200, region: "us-central" })[1]?.block.firmness).toBe("forecast");
    ledger.restate(previous);
    expect(ledger.canonical()).toBe(second);
    ledger.removeBlock("c" as BlockId);
    expect(ledger.canonical()).toBe(first);
    expect(ledger.find({ acceleratorType: GB200, region: "us-central" })).toHaveLength(1);
    expect(ledger.size).toBe(1);
  });

  test("[CPY16] a block in use stays", () => {
    const ledger = ledgerOf(block("r", "gamma"), block("c", "alfa", { parent: "r", root: "r" }));
    expect(() => ledger.removeBlock("r" as BlockId)).toThrow("no block comes from it");
    takeFrom(held(ledger, "c"), days(0, 1), 8);
    expect(() => ledger.removeBlock("c" as BlockId)).toThrow("nothing is held");
    releaseTo(held(ledger, "c"), days(0, 1), 8);
    ledger.removeBlock("c" as BlockId);
    ledger.removeBlock("r" as BlockId);
    expect(ledger.size).toBe(0);
  });

  test("[CPY16] a block cannot change its seller or its parents", () => {
    const ledger = ledgerOf(block("r", "gamma"));
    expect(() => ledger.restate(block("r", "alfa"))).toThrow("keeps its lineage, seller, kind and place");
    expect(() => ledger.restate(block("x", "alfa"))).toThrow("is there");
  });

  test("[CPY12] what cannot stand is named before it is added, and never added", () => {
    const ledger = ledgerOf(block("r", "gamma"));
    expect(ledger.problemWith(block("r", "alfa"))?.code).toBe("block_exists");
    expect(ledger.problemWith(block("c", "alfa", { parent: "x", root: "r" }))?.code).toBe("parent_missing");
    expect(ledger.problemWith(block("c", "alfa", { parent: "r", root: "r" }))).toBeUndefined();
    expect(() => ledger.addBlock(block("r", "alfa"))).toThrow("was checked before");
  });

  test("[CPY17] blocks are found in the order of their ids, whatever order they came in", () => {
    const made = ["b-10", "b-2", "a-1", "c-1", "b-1"].map((id, index) => block(id, index % 2 === 0 ? "alfa" : "beta"));
    const ids = (ledger: CapacityLedger, provider?: string) =>
      ledger
        .find({
          acceleratorType: GB200,
          region: "us-central",
          ...(provider === undefined ? {} : { provider: provider as PartyId }),
        })
        .map((each) => each.block.id);
    for (const ledger of [ledgerOf(...made), ledgerOf(...[...made].reverse())]) {
      expect(ids(ledger)).toEqual(["a-1", "b-1", "b-10", "b-2", "c-1"]);
      expect(ids(ledger, "alfa")).toEqual(["a-1", "b-1", "b-10"]);
      expect(ids(ledger, "nobody")).toEqual([]);
      expect(ledger.blocks().map((each) => each.block.id)).toEqual(["a-1", "b-1", "b-10", "b-2", "c-1"]);
    }
    const elsewhere = ledgerOf(...made, block("e", "alfa", { region: "eu-west" }));
    expect(elsewhere.regionsOf(GB200)).toEqual(["eu-west", "us-central"]);
    expect(elsewhere.find({ acceleratorType: "h100" as AcceleratorType, region: "eu-west" })).toEqual([]);
    elsewhere.removeBlock("e" as BlockId);
    expect(elsewhere.regionsOf(GB200)).toEqual(["us-central"]);
  });
});
