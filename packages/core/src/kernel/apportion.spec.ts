import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shareInBlocks } from "./apportion.ts";

const free = (n: number): number[] => Array.from({ length: n }, () => Number.MAX_SAFE_INTEGER);
const sum = (parts: readonly number[]): number => parts.reduce((all, part) => all + part, 0);

describe("sharing in blocks", () => {
  test("[KER90] equal weights share equally, odd blocks go in the order given", () => {
    expect(shareInBlocks(1024, [1, 1], 8, free(2))).toEqual([512, 512]);
    expect(shareInBlocks(1032, [1, 1], 8, free(2))).toEqual([520, 512]);
    expect(shareInBlocks(24, [1, 1, 1, 1], 8, free(4))).toEqual([8, 8, 8, 0]);
  });

  test("[KER90] the largest remainder comes first", () => {
    expect(shareInBlocks(80, [60, 25, 15], 8, free(3))).toEqual([48, 24, 8]);
    expect(shareInBlocks(80, [15, 25, 60], 8, free(3))).toEqual([16, 16, 48]);
    expect(shareInBlocks(10, [1, 1, 5], 1, free(3))).toEqual([2, 1, 7]);
  });

  test("[KER91] what a cap leaves is shared again by the same weights", () => {
    expect(shareInBlocks(1024, [50, 50], 8, [300, 2000])).toEqual([296, 728]);
    expect(shareInBlocks(900, [2, 1, 1], 1, [100, 900, 900])).toEqual([100, 400, 400]);
    expect(shareInBlocks(1000, [1, 1], 8, [100, 100])).toEqual([96, 96]);
  });

  test("[KER92] less than a block and a weight of 0 get nothing", () => {
    expect(shareInBlocks(1023, [1, 1], 8, free(2))).toEqual([512, 504]);
    expect(shareInBlocks(7, [1], 8, free(1))).toEqual([0]);
    expect(shareInBlocks(16, [0, 1], 8, [16, 8])).toEqual([0, 8]);
    expect(shareInBlocks(16, [], 8, [])).toEqual([]);
  });

  test("[KER90 KER91] parts are whole blocks within caps, add up, and miss their quota by less than a block", () => {
    const holder = fc.record({ weight: fc.integer({ min: 1, max: 100 }), cap: fc.integer({ min: 0, max: 400 }) });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1500 }),
        fc.array(holder, { maxLength: 6 }),
        fc.constantFrom(1, 3, 8),
        (total, holders, block) => {
          const weights = holders.map((one) => one.weight);
          const caps = holders.map((one) => one.cap);
          const parts = shareInBlocks(total, weights, block, caps);
          const room = sum(caps.map((cap) => Math.floor(cap / block)));
          expect(sum(parts)).toBe(Math.min(Math.floor(total / block), room) * block);
          expect(parts.every((part, i) => part % block === 0 && part >= 0 && part <= (caps[i] as number))).toBe(true);
          for (const [i, part] of parts.entries()) {
            for (const [j, other] of parts.entries()) {
              // Nobody below its cap is a whole block poorer for its weight than anybody else.
              const capped = part + block > (caps[i] as number);
              if (i === j || capped) continue;
              expect((part + block) * (weights[j] as number)).toBeGreaterThanOrEqual(
                (other - block) * (weights[i] as number),
              );
            }
          }
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});
