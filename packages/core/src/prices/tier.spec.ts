import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceleratorSeconds, type Currency, costOf, divHalfAway, type Rate } from "../kernel/index.ts";
import { committedPriceCost, hourlyMicros, priceOf, type Tier, tieredCost, tierProblem } from "./tier.ts";

const USD = "USD" as Currency;
const usd = (microsPerHour: bigint): Rate => ({ microsPerHour, currency: USD });
const HOUR = 3600;

const bands: readonly Tier[] = [
  { from: 8, rate: usd(3_000_000n) },
  { from: 512, rate: usd(2_800_000n) },
  { from: 1024, rate: usd(2_500_000n) },
];

describe("prices by quantity", () => {
  test("[PRC1] all-units: the tier reached prices everything", () => {
    expect(tieredCost(bands, "all-units", 511, HOUR)?.micros).toBe(511n * 3_000_000n);
    expect(tieredCost(bands, "all-units", 512, HOUR)?.micros).toBe(512n * 2_800_000n);
    expect(tieredCost(bands, "all-units", 1024, HOUR)?.micros).toBe(1024n * 2_500_000n);
  });

  test("[PRC1] marginal: each tier prices its own part, the first from the first unit", () => {
    expect(hourlyMicros(bands, "marginal", 511)).toBe(511n * 3_000_000n);
    expect(hourlyMicros(bands, "marginal", 512)).toBe(511n * 3_000_000n + 2_800_000n);
    expect(hourlyMicros(bands, "marginal", 1100)).toBe(511n * 3_000_000n + 512n * 2_800_000n + 77n * 2_500_000n);
  });

  test("[PRC1] below the first tier nothing is offered", () => {
    expect(hourlyMicros(bands, "marginal", 7)).toBeUndefined();
    expect(tieredCost(bands, "all-units", 0, HOUR)).toBeUndefined();
    expect(priceOf(bands, "all-units", 7)).toBeUndefined();
    expect(priceOf([], "marginal", 8)).toBeUndefined();
  });

  test("[PRC2] a mean price is shown, and the cost does not come from it", () => {
    const thirds: readonly Tier[] = [
      { from: 1, rate: usd(1_000_000n) },
      { from: 3, rate: usd(1_000_001n) },
    ];
    expect(priceOf(thirds, "marginal", 3)?.microsPerHour).toBe(1_000_000n);
    expect(tieredCost(thirds, "marginal", 3, HOUR * 1000)?.micros).toBe(3_000_001_000n);
    expect(priceOf(thirds, "all-units", 3)?.microsPerHour).toBe(1_000_001n);
  });

  test("[PRC2] a cost is rated once, half away from zero", () => {
    const odd: readonly Tier[] = [{ from: 1, rate: usd(1n) }];
    expect(tieredCost(odd, "marginal", 1, 1799)?.micros).toBe(0n);
    expect(tieredCost(odd, "marginal", 1, 1800)?.micros).toBe(1n);
  });

  test("[PRC1 PRC2] marginal costs add up, part by part, on any list of tiers", () => {
    const lists = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.bigInt({ min: 0n, max: 9_000_000n })), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(lists, fc.integer({ min: 0, max: 250 }), (parts, count) => {
        let from = 0;
        const tiers = parts.map(([gap, micros]) => ({ from: (from += gap), rate: usd(micros) }));
        let byUnit = 0n;
        for (let unit = 1; unit <= count; unit += 1) {
          const tier = tiers.findLast((one) => one.from <= unit) ?? tiers[0];
          byUnit += tier?.rate.microsPerHour ?? 0n;
        }
        const expected = count < (tiers[0]?.from ?? 0) ? undefined : byUnit;
        expect(hourlyMicros(tiers, "marginal", count)).toBe(expected);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("[PRC3] tiers are refused when empty, unordered or of two currencies", () => {
    expect(tierProblem(bands)).toBeUndefined();
    expect(tierProblem([])).toBe("tiers_empty");
    expect(tierProblem([{ from: 0, rate: usd(1n) }])).toBe("tiers_unordered");
    expect(tierProblem([{ from: Number.NaN, rate: usd(1n) }])).toBe("tiers_unordered");
    expect(tierProblem([...bands, { from: 1024, rate: usd(1n) }])).toBe("tiers_unordered");
    expect(tierProblem([{ from: 1.5, rate: usd(1n) }])).toBe("tiers_unordered");
    const euro = { from: 2048, rate: { microsPerHour: 1n, currency: "EUR" as Currency } };
    expect(tierProblem([...bands, euro])).toBe("tiers_mixed_currency");
  });
});

describe("price under a commitment", () => {
  const held = acceleratorSeconds(1024, 10 * HOUR);

  test("[PRC4] the balance pays for whole accelerator-seconds, the rest is at the next price", () => {
    const balance = { micros: 1_000_000_001n, currency: USD };
    const split = committedPriceCost(balance, usd(2_000_000n), held, held, usd(3_000_000n));
    expect(split.committedSeconds).toBe(1_800_000n);
    expect(split.committed.micros).toBe(1_000_000_000n);
    expect(split.nextSeconds).toBe(held - 1_800_000n);
    expect(split.next).toEqual(costOf(usd(3_000_000n), split.nextSeconds));
  });

  test("[PRC4] only what lies inside the term is at the committed price", () => {
    const balance = { micros: 10n ** 15n, currency: USD };
    const inside = acceleratorSeconds(1024, 4 * HOUR);
    const split = committedPriceCost(balance, usd(2_000_000n), held, inside, usd(3_000_000n));
    expect([split.committedSeconds, split.nextSeconds]).toEqual([inside, held - inside]);
    expect(split.committed.micros + split.next.micros).toBe(1024n * (4n * 2_000_000n + 6n * 3_000_000n));
  });

  test("[PRC4] one second more than the balance pays for would overdraw it", () => {
    const micros = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const rates = fc.bigInt({ min: 1n, max: 9_000_000n });
    fc.assert(
      fc.property(micros, rates, (balance, rate) => {
        const split = committedPriceCost({ micros: balance, currency: USD }, usd(rate), held, held, usd(1n));
        expect(rate * split.committedSeconds).toBeLessThanOrEqual(balance * 3600n);
        const all = split.committedSeconds === held;
        expect(all || rate * (split.committedSeconds + 1n) > balance * 3600n).toBe(true);
        expect(split.committed.micros).toBe(divHalfAway(rate * split.committedSeconds, 3600n));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
