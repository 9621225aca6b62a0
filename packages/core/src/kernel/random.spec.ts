import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "./random.ts";

function draw<T>(count: number, next: () => T): T[] {
  return Array.from({ length: count }, next);
}

/** The published recurrence of sfc32, written again with unbounded integers. */
function* sfc32(state: readonly bigint[]): Generator<bigint> {
  const MASK = 0xffffffffn;
  let [a = 0n, b = 0n, c = 0n, counter = 0n] = state;
  while (true) {
    const drawn = (a + b + counter) & MASK;
    counter = (counter + 1n) & MASK;
    a = b ^ (b >> 9n);
    b = (c + (c << 3n)) & MASK;
    c = ((((c << 21n) & MASK) | (c >> 11n)) + drawn) & MASK;
    yield drawn;
  }
}

describe("seeded numbers", () => {
  test("[KER18] two seeds and their first numbers, for ever", () => {
    const first = (seed: string): number[] => {
      const random = new Random(seed);
      return draw(5, () => random.nextUint32());
    };
    expect(first("")).toEqual([824923629, 3762992140, 4148167908, 3127379116, 4165615134]);
    expect(first("stargate-2025")).toEqual([721212797, 1570622654, 3409433671, 2708762260, 256900628]);
  });

  test("[KER18] the numbers are those of the published generator", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const random = new Random(seed);
        // The generator's own state after seeding, taken as the start of the other one.
        const { a, b, c, counter } = random as unknown as Record<"a" | "b" | "c" | "counter", number>;
        const oracle = sfc32([a, b, c, counter].map((word) => BigInt(word >>> 0)));
        expect(draw(50, () => BigInt(random.nextUint32()))).toEqual(draw(50, () => oracle.next().value as bigint));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("[KER18] seeds that differ in one digit share nothing: as many equal bits and equal numbers as chance gives", () => {
    const firsts = draw(20_000, () => 0).map((_, index) => new Random(`seed-${index}`).nextUint32());
    expect(new Set(firsts).size).toBeGreaterThan(19_995);
    let differing = 0;
    for (let i = 1; i < firsts.length; i += 1) {
      for (let bits = (firsts[i] as number) ^ (firsts[i - 1] as number); bits !== 0; bits &= bits - 1) differing += 1;
    }
    expect(differing / (firsts.length - 1)).toBeGreaterThan(15.8);
    expect(differing / (firsts.length - 1)).toBeLessThan(16.2);
  });

  test("[KER19] a number is below its bound, and between includes both ends", () => {
    const bounds = fc.integer({ min: 1, max: 4_294_967_296 });
    fc.assert(
      fc.property(fc.string(), bounds, (seed, bound) => {
        const drawn = new Random(seed).below(bound);
        expect(Number.isInteger(drawn) && drawn >= 0 && drawn < bound).toBe(true);
      }),
      { seed: 1, numRuns: 1_000 },
    );
    const random = new Random("ends");
    expect([...new Set(draw(200, () => random.between(-1, 1)))].sort((a, b) => a - b)).toEqual([-1, 0, 1]);
  });

  test("[KER19] each number has the same chance, also where the bound does not divide 2^32", () => {
    const random = new Random("chances");
    const faces = new Map<number, number>();
    for (const face of draw(60_000, () => random.below(6))) faces.set(face, (faces.get(face) ?? 0) + 1);
    for (let face = 0; face < 6; face += 1) expect(Math.abs((faces.get(face) ?? 0) - 10_000)).toBeLessThan(400);
    // By remainder alone the first third would come up half of the time.
    const bound = 3 * 2 ** 30;
    const low = draw(30_000, () => random.below(bound)).filter((drawn) => drawn < bound / 3).length;
    expect(Math.abs(low - 10_000)).toBeLessThan(400);
  });

  test("[KER19] a chance of one in four comes up one time in four, and items are picked alike", () => {
    const random = new Random("quarter");
    const hits = draw(40_000, () => random.chance(1, 4)).filter(Boolean).length;
    expect(Math.abs(hits - 10_000)).toBeLessThan(400);
    const picked = draw(40_000, () => random.pick(["a", "b", "c", "d"])).filter((item) => item === "d").length;
    expect(Math.abs(picked - 10_000)).toBeLessThan(400);
    expect(random.chance(0, 4)).toBe(false);
    expect(random.chance(4, 4)).toBe(true);
  });

  test("[KER19] a bound outside 1 to 2^32, an empty range and an empty list are refused", () => {
    const random = new Random("bounds");
    for (const bound of [0, -1, 1.5, 4_294_967_297, Number.NaN, Infinity]) {
      expect(() => random.below(bound)).toThrow("Broken belief: a number is drawn below 1 to 2^32");
    }
    expect(() => random.between(2, 1)).toThrow("Broken belief");
    expect(() => random.pick([])).toThrow("Broken belief");
  });
});
