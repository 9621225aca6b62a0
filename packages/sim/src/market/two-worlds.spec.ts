import { describe, expect, test } from "vitest";
import { randomMarket } from "./market.ts";
import { otherWorld, whoCanTell } from "./two-worlds.ts";

const SEEDS = Array.from({ length: 60 }, (_, index) => `worlds ${index}`);

describe("two worlds that differ in a losing rival's price", () => {
  test("give everybody else the same bytes", () => {
    let compared = 0;
    let noticed = 0;
    const pairs = SEEDS.flatMap((seed) => {
      const worlds = otherWorld(randomMarket(seed, 10).book, seed);
      return worlds === undefined ? [] : [{ seed, worlds }];
    });
    for (const { seed, worlds } of pairs) {
      expect({ seed, told: whoCanTell(worlds) }).toEqual({ seed, told: [] });
      compared += 1;
      // The bidder and the keeper can tell: the comparison would show a difference where there is one.
      if (whoCanTell({ ...worlds, bidder: worlds.keeper }).includes(worlds.bidder)) noticed += 1;
    }
    console.log(`${compared} pairs of markets compared`);
    expect(compared).toBeGreaterThan(20);
    expect(noticed).toBe(compared);
  });
});
