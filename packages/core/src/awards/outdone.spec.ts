import { expect, test } from "vitest";
import { type BlockId, Random } from "../kernel/index.ts";
import { chosenParts, valueOf } from "./report.ts";
import { marketOf, solve, solveBySearch } from "./solve.ts";
import { bid, line, lot, market } from "./world.ts";

/** Price lists of a few sellers over a few machines: most of them over the same ones, in bids of their own. */
function drawnMarket(seed: number) {
  const random = new Random(`price lists ${seed}`);
  const bids = Array.from({ length: random.between(3, 7) }, (_, order) => {
    const seller = random.pick(["gamma", "delta"]);
    const rootBlocks = [`${seller}${random.below(2)}` as BlockId];
    const countMin = 8 * random.between(1, 2);
    const countMax = countMin + 8 * random.below(6);
    return bid(seller, order, line(1 + random.below(8) / 4, { rootBlocks, countMin, countMax }), {
      id: `bid_${order}` as never,
    });
  });
  const free = 8 * random.between(1, 8);
  const room = (_bid: unknown, _line: unknown, wanted: number): number => Math.min(wanted, free);
  return marketOf(market(bids, { lots: [lot({ count: 8 * random.between(1, 12) })], room }));
}

test("[AWD1] several price lists of one seller over the same machines are compared without a search, and as it would", () => {
  let compared = 0;
  for (let seed = 0; seed < 400; seed += 1) {
    const drawn = drawnMarket(seed);
    const [quick, searched] = [solve(drawn), solveBySearch(drawn)];
    if (quick.searched !== undefined) continue;
    compared += 1;
    const [own, other] = [chosenParts(quick, quick.steps), chosenParts(searched, searched.steps)];
    const count = (parts: typeof own): number => parts.reduce((sum, part) => sum + part.count, 0);
    expect([count(own), valueOf(drawn, own, 0n)]).toEqual([count(other), valueOf(drawn, other, 0n)]);
  }
  expect(compared).toBeGreaterThan(100);
});
