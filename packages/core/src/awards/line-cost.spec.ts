import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Commitment, type EffectiveUse, effectiveCost } from "../commitments/index.ts";
import { addMs, HOUR_MS, type Instant, type PartyId, rational } from "../kernel/index.ts";
import { type CostByCount, type CostPart, costIn, costOfCount } from "../prices/index.ts";
import type { BidLine } from "../tenders/bid.ts";
import { evaluate } from "./evaluate.ts";
import { bid, line, lot, market, USD } from "./world.ts";

/** 100 hours in two halves. */
const FROM = 1_798_761_600_000 as Instant;
const HALF = addMs(FROM, 50 * HOUR_MS);
const WINDOW = { from: FROM, to: addMs(FROM, 100 * HOUR_MS) };
const HALVES = [
  { from: FROM, to: HALF },
  { from: HALF, to: WINDOW.to },
];
const SECONDS = 180_000n;

/** By part: where it begins in blocks, and the prices of the halves by the hour, in cents; a part goes on from the one before. */
type Shape = readonly (readonly [blocks: number, first: number, second: number])[];

function costsOf(shape: Shape): CostByCount {
  const windows = HALVES.map((window, half) => {
    const parts: CostPart[] = [];
    for (const [blocks, ...prices] of shape) {
      const from = blocks * 8;
      const each = BigInt(prices[half] as number) * 10_000n * SECONDS;
      const before = parts.at(-1);
      const reached = before === undefined ? 0n : before.base + before.each * BigInt(from - 8);
      // Marginal: what one more block costs changes, what the blocks before it cost does not.
      parts.push({ from, base: reached - each * BigInt(before === undefined ? 0 : from - 8), each });
    }
    return { ...window, parts };
  });
  return { currency: USD, windows };
}

const priced = (shape: Shape): BidLine => line(1, { countMax: 64, costs: costsOf(shape) });

function usesOf(provider: string, costs: CostByCount, count: number): EffectiveUse[] {
  return costs.windows.map((window) => ({
    provider: provider as PartyId,
    window: { from: window.from, to: window.to },
    count,
    exact: rational(costIn(window, count) ?? 0n, 3_600n),
    currency: USD,
  }));
}

function committed(period: { from: Instant; to: Instant }, cents: number): Commitment {
  const amount = { micros: BigInt(cents) * 10_000n, currency: USD };
  return {
    agreement: "lab-alfa" as Commitment["agreement"],
    clause: {
      kind: "commitment",
      id: "c1" as Commitment["clause"]["id"],
      lineageId: "c1",
      defaults: [],
      type: "spend",
      obligor: "lab" as PartyId,
      beneficiary: "alfa" as PartyId,
      scope: { IsGlobalScope: true },
      status: "active",
      schedule: [{ ...period, amount }],
      shortfallBp: 10_000,
      stackPriority: 1,
    },
  };
}

const shape = (random: { next: () => number }): Shape => {
  const starts = [1, 1 + (random.next() % 4), 5 + (random.next() % 3)];
  return [...new Set(starts)].map(
    (start) => [start, 100 + (random.next() % 200), 100 + (random.next() % 200)] as const,
  );
};

/** A small generator of its own, so that a failure names its seed. */
function randomOf(seed: number): { next: () => number } {
  let state = seed + 1;
  return {
    next: () => {
      state = (state * 48_271) % 2_147_483_647;
      return state;
    },
  };
}

describe("bids whose price changes over the window", () => {
  test("[AWD25] the cheapest combination is found, whatever the shape of the cost and the commitment", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), (seed) => {
        const random = randomOf(seed);
        const [alfa, gamma] = [shape(random), shape(random)];
        const commitment = committed(HALVES[random.next() % 2] as (typeof HALVES)[0], random.next() % 1_000_000);
        const input = market([bid("alfa", 0, priced(alfa)), bid("gamma", 1, priced(gamma))], {
          lots: [lot({ count: 64, window: WINDOW, terms: { count: 64 } })],
          commitments: [commitment],
        });
        const found = evaluate(input);
        let least: bigint | undefined;
        for (let blocks = 0; blocks <= 8; blocks += 1) {
          const [ours, theirs] = [blocks * 8, 64 - blocks * 8];
          const uses = [...usesOf("alfa", costsOf(alfa), ours), ...usesOf("gamma", costsOf(gamma), theirs)];
          const cost = effectiveCost(
            [commitment],
            uses.filter(({ count }) => count > 0),
            USD,
          );
          if (!cost.ok) throw new Error("Broken belief: one currency");
          const { micros } = cost.value.effective;
          if (least === undefined || micros < least) least = micros;
        }
        if (!found.ok || least === undefined) throw new Error("Broken belief: it is compared");
        const gap = found.value.value.micros - least;
        // Each part is rated once, and what falls away is rounded once: a micro-unit for each at most.
        expect(gap <= 3n && gap >= -3n).toBe(true);
        expect(found.value.unfilled).toEqual([]);
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  test("[AWD25] the cap holds the mean price of what is taken", () => {
    const dearFirst: Shape = [
      [1, 350, 350],
      [5, 200, 200],
    ];
    const price = { microsPerHour: 3_000_000n, currency: USD };
    const taken = (count: number) => {
      const lots = [lot({ count, window: WINDOW, terms: { count, price } })];
      const found = evaluate(market([bid("alfa", 0, priced(dearFirst))], { lots }));
      return found.ok ? found.value.chosen.map((part) => [part.count, part.price.micros]) : [];
    };
    expect(taken(40)).toEqual([]);
    expect(taken(64)).toEqual([[64, (costOfCount(costsOf(dearFirst), 64) as bigint) / 3_600n]]);
  });
});
