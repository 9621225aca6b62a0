import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addMs, HOUR_MS } from "../kernel/index.ts";
import { costByCount, costOfCount } from "./cost-by-count.ts";
import { quote } from "./quote.ts";
import { at, book, entry, fixed, NO_FACTS, query, volume } from "./world.ts";

describe("the cost of each count", () => {
  test("[PRC27] is that of its quote, for every count and shape", () => {
    const price = fc.integer({ min: 1, max: 4_000_000 });
    const start = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(
        price,
        price,
        price,
        start,
        start,
        fc.boolean(),
        fc.integer({ min: 1, max: 900 }),
        (a, b, c, s, t, marginal, hours) => {
          const tiers = volume(marginal ? "marginal" : "retroactive", [
            [0, fixed(a / 1_000_000)],
            [Math.min(s, t), fixed(b / 1_000_000)],
            [Math.max(s, t) + 1, fixed(c / 1_000_000)],
          ]);
          const books = [
            book(
              entry(
                { form: "steps", steps: [{ from: at("2026-01-01"), price: fixed(2.5) }] },
                { id: "a", to: at("2027-01-09"), order: 1 },
              ),
              entry(tiers, { id: "b", order: 2 }),
            ),
          ];
          const window = { from: at("2027-01-01"), to: addMs(at("2027-01-01"), hours * HOUR_MS) };
          const quoteOf = (count: number) => quote(query({ count, window }), books, NO_FACTS);
          const counts = Array.from({ length: 20 }, (_, index) => (index + 1) * 8);
          const found = costByCount(counts, quoteOf);
          if (!found.ok) throw new Error("Broken belief: there is a price");
          for (const count of counts) {
            const own = quoteOf(count);
            if (!own.ok) throw new Error("Broken belief: there is a price");
            const { num, den } = own.value.exact;
            expect((costOfCount(found.value, count) as bigint) * den).toBe(num * 3_600n);
          }
        },
      ),
      { seed: 13, numRuns: 150 },
    );
  });

  test("[PRC27] straight parts are as few as there are tiers, and without a price there is none", () => {
    const tiers = volume("marginal", [
      [0, fixed(3)],
      [50, fixed(2)],
    ]);
    const counts = [20, 40, 60, 80, 100];
    const found = costByCount(counts, (count) => quote(query({ count }), [book(entry(tiers))], NO_FACTS));
    expect(found.ok && found.value.windows.map(({ parts }) => parts.map(({ from }) => from))).toEqual([[20, 60]]);
    expect(costByCount([8], (count) => quote(query({ count }), [], NO_FACTS))).toMatchObject({ ok: false });
    expect(found.ok && costOfCount(found.value, 19)).toBeUndefined();
  });
});
