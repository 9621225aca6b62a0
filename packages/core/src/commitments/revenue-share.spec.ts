import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RevenueShareClause } from "../agreements/clause.ts";
import type { ZoneId } from "../calendar/index.ts";
import type { ClauseId, Currency, Instant, Money, PartyId } from "../kernel/index.ts";
import { leftBelowCap, revenueShareDue, revenueShareStatus } from "./revenue-share.ts";

const usd = (micros: bigint): Money => ({ micros, currency: "USD" as Currency });
const million = (n: number): Money => usd(BigInt(n) * 1_000_000_000_000n);

const share = (changed: Partial<RevenueShareClause> = {}): RevenueShareClause => ({
  id: "share" as ClauseId,
  lineageId: "share",
  defaults: [],
  kind: "revenue-share",
  payer: "lab" as PartyId,
  payee: "alfa" as PartyId,
  scope: { IsGlobalScope: true },
  shareBp: 2_000,
  base: "net-revenue",
  period: "quarter",
  zone: "UTC" as ZoneId,
  ...changed,
});

describe("what is owed for a period", () => {
  test("[RVS1] 20 % of 100 million is 20 million; of what is missing to the cap, no more than that", () => {
    expect(revenueShareDue(share(), million(100), million(0))).toEqual(million(20));
    expect(revenueShareDue(share({ cap: million(50) }), million(100), million(35))).toEqual(million(15));
    expect(revenueShareDue(share({ cap: million(50) }), million(100), million(50))).toEqual(million(0));
  });

  test("[RVS1] refunds that exceed the revenue of a period owe nothing and give nothing back", () => {
    expect(revenueShareDue(share(), million(-3), million(10))).toEqual(million(0));
  });

  test("[RVS2] a share that is not known has no amount", () => {
    const { shareBp: _, ...unknown } = share();
    expect(revenueShareDue(unknown, million(100), million(0))).toBeUndefined();
  });

  const amounts = fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 18n }), { maxLength: 30 });

  test("[RVS1] over any run of periods: never below 0, never above the cap in all, and above its part of a period only by rounding", () => {
    fc.assert(
      fc.property(
        amounts,
        fc.integer({ min: 0, max: 10_000 }),
        fc.bigInt({ min: 0n, max: 10n ** 18n }),
        (bases, bp, cap) => {
          const clause = share({ shareBp: bp, cap: usd(cap) });
          let paid = 0n;
          for (const base of bases) {
            const due = revenueShareDue(clause, usd(base), usd(paid))?.micros ?? -1n;
            expect(due >= 0n).toBe(true);
            expect(due * 10_000n <= (base > 0n ? base : 0n) * BigInt(bp) + 5_000n).toBe(true);
            paid += due;
            expect(paid <= cap).toBe(true);
            expect(leftBelowCap(usd(cap), usd(paid))?.micros).toBe(cap - paid);
          }
        },
      ),
      { seed: 11, numRuns: 300 },
    );
  });

  test("[RVS1] without a cap it is the rounded part of each period; a cap that is never reached changes nothing", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 10_000 }), (base, bp) => {
        const due = revenueShareDue(share({ shareBp: bp }), usd(base), usd(0n));
        expect(due).toEqual(revenueShareDue(share({ shareBp: bp, cap: usd(10n ** 18n + 1n) }), usd(base), usd(0n)));
        expect(due?.micros).toBe((base * BigInt(bp) + 5_000n) / 10_000n);
      }),
      { seed: 12, numRuns: 300 },
    );
  });
});

describe("how it stands", () => {
  const at = 1_000 as Instant;

  test("[RVS3] live until its end, which is outside; capped once the cap is paid, also after the end", () => {
    expect(revenueShareStatus(share(), at)).toBe("live");
    expect(revenueShareStatus(share({ until: 1_001 as Instant }), at)).toBe("live");
    expect(revenueShareStatus(share({ until: at }), at)).toBe("ended");
    expect(revenueShareStatus(share({ cap: million(5), paid: million(4) }), at)).toBe("live");
    expect(revenueShareStatus(share({ cap: million(5), paid: million(5), until: at }), at)).toBe("capped");
  });
});
