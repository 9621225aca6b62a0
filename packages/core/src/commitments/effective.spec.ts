import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Currency, type PartyId, rational } from "../kernel/index.ts";
import { declareFacts } from "../scope/index.ts";
import { type BaselineSpan, withBaseline, withDrawn } from "./baseline.ts";
import type { Commitment } from "./commitment.ts";
import { committedPrices, type EffectiveUse, effectiveCost, marginalPrice, usesOfRows } from "./effective.ts";
import { dollars, span, spend, USD, YEAR_2027 } from "./world.ts";

const Q1 = span("2027-01-01", "2027-04-01");
const ALFA = "alfa" as PartyId;
const EUR = "EUR" as Currency;

/** 1,024 accelerators for 2,160 hours. */
function award(price: number, count = 1_024, changed: Partial<EffectiveUse> = {}): EffectiveUse {
  const exact = rational(BigInt(Math.round(price * 1_000_000)) * BigInt(count) * 2_160n);
  return { provider: ALFA, window: Q1, count, exact, currency: USD, ...changed };
}

function costOf(commitments: readonly Commitment[], uses: readonly EffectiveUse[]) {
  const found = effectiveCost(commitments, uses, USD);
  if (!found.ok) throw new Error("Broken belief: there is one currency");
  return found.value;
}

describe("effective cost", () => {
  test("[CMT14 CMT15] domain row K1", () => {
    const found = costOf([spend(4_000_000)], [award(3.1)]);
    expect([found.cost, found.avoided, found.effective]).toEqual([
      dollars(6_856_704),
      dollars(4_000_000),
      dollars(2_856_704),
    ]);
    expect(found.average).toEqual(rational(2_856_704_000_000n, 2_211_840n));
    expect(found.outcomes[0]?.periods[0]).toMatchObject({
      committed: 5_000_000_000_000n,
      expected: 1_000_000_000_000n,
      drawn: 4_000_000_000_000n,
      missingAfter: 0n,
      shortfallBefore: dollars(4_000_000),
      shortfallAfter: dollars(0),
      avoided: dollars(4_000_000),
    });
  });

  test("[CMT14] the last accelerators cost more than the mean once the commitment is full", () => {
    const at = (count: number) => costOf([spend(4_000_000)], [award(3.1, count)]);
    expect(marginalPrice(at, 1_024, 8)).toEqual(rational(3_100_000n));
    expect(marginalPrice(at, 8, 8)).toEqual(rational(0n));
    expect(marginalPrice(at, 512, 8)).toEqual(rational(0n));
  });

  test("[CMT14] the parts add up, and no award avoids more than is expected, for any stack", () => {
    const amount = fc.integer({ min: 0, max: 9_000_000 });
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 1, max: 9_000_000 }),
        (a, b, count, price) => {
          const stack = [spend(a, { stackPriority: 2 }), spend(b, { id: "c2" as never, shortfallBp: 5_000 })];
          const found = costOf(stack, [award(price / 1_000_000, count)]);
          expect(found.effective.micros).toBe(found.cost.micros - found.avoided.micros);
          const periods = found.outcomes.flatMap((one) => one.periods);
          for (const one of periods) {
            expect(one.missingAfter).toBe(one.missingBefore - one.drawn);
            const fallen = (one.shortfallBefore?.micros ?? 0n) - (one.shortfallAfter?.micros ?? 0n);
            expect(one.avoided.micros - fallen <= 1n && fallen - one.avoided.micros <= 1n).toBe(true);
          }
          const drawn = periods.reduce((sum, one) => sum + one.drawn, 0n);
          expect(drawn <= found.cost.micros).toBe(true);
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });

  test("[CMT15] volume, take-or-pay and a prepaid balance each in its own unit", () => {
    const volume = spend(0, {
      type: "take-or-pay",
      price: { microsPerHour: 2_500_000n, currency: USD },
      schedule: [{ ...YEAR_2027, acceleratorSeconds: 730_000n * 3_600n, expectedOtherSeconds: 640_000n * 3_600n }],
    });
    const taken = costOf([volume], [award(3.1, 20)]).outcomes[0];
    expect(taken?.measure).toBe("accelerator-seconds");
    expect(taken?.periods[0]).toMatchObject({
      drawn: 43_200n * 3_600n,
      shortfallBefore: dollars(225_000),
      shortfallAfter: dollars(117_000),
      avoided: dollars(108_000),
    });
    const prepaid = costOf([spend(100_000, { type: "prepaid" })], [award(3.1, 8)]);
    expect(prepaid.effective).toEqual(dollars(0));
  });

  test("[CMT15] one that is not in force is shown on top, and not in the cost; one of another provider is not there", () => {
    const found = costOf(
      [spend(4_000_000, { status: "proposed" }), spend(1, { beneficiary: "beta" as PartyId, id: "c9" as never })],
      [award(3.1)],
    );
    expect(found.effective).toEqual(dollars(6_856_704));
    expect(found.outcomes.map(({ counted, periods }) => [counted, periods[0]?.avoided])).toEqual([
      [false, dollars(4_000_000)],
    ]);
  });

  test("[CMT15] what is not known to be in scope does not count", () => {
    const scope = { Inclusions: [{ Dimension: "x_Purpose", Operator: "In" as const, Values: ["inference"] }] };
    const avoided = (purpose: string | undefined) =>
      costOf([spend(4_000_000, { scope })], [award(3.1, 1_024, { facts: declareFacts({ x_Purpose: purpose }) })])
        .avoided;
    expect(avoided("inference")).toEqual(dollars(4_000_000));
    expect(avoided("training")).toEqual(dollars(0));
    expect(avoided(undefined)).toEqual(dollars(0));
  });

  test("[CMT16] other currencies by a recorded rate, and never without", () => {
    const euros = award(2, 1_024, { currency: EUR });
    expect(effectiveCost([], [euros], USD)).toMatchObject({ ok: false, problem: { code: "rate_missing" } });
    const found = effectiveCost([spend(1_000_000)], [euros], USD, () => rational(109n, 100n));
    expect(found).toMatchObject({ ok: true, value: { cost: dollars(4_821_811.2), avoided: dollars(1_000_000) } });
  });

  test("[CMT14] rows of one time are one use; what is repriced goes with the stretch that causes it", () => {
    const row = { from: Q1.from, to: Q1.to, cost: dollars(0), exact: rational(5n) };
    const rows = [
      { ...row, kind: "reprice" as const, held: 99n, exact: rational(-2n) },
      { ...row, kind: "use" as const, held: 3n * 7_776_000n },
      { ...row, kind: "use" as const, held: 7_776_000n },
    ];
    expect(usesOfRows(rows, ALFA)).toEqual([
      { provider: ALFA, window: Q1, count: 4, exact: rational(8n), currency: USD },
    ]);
  });

  test("[CMT20] committed prices with what is left of each, in draw order", () => {
    const price = { microsPerHour: 2_500_000n, currency: USD };
    const found = committedPrices([
      spend(500, { price, stackPriority: 2 }),
      spend(0, { id: "full" as never, price }),
      spend(700, { id: "c2" as never, price, stackPriority: 1 }),
      spend(700, { id: "c3" as never, price, status: "proposed" }),
      spend(700, { id: "c4" as never }),
    ]);
    expect(found.map(({ clause, left }) => [clause, left])).toEqual([
      ["c2", dollars(700)],
      ["c1", dollars(500)],
    ]);
  });
});

describe("a baseline", () => {
  const months = (amount: number): BaselineSpan[] =>
    ["01", "02", "03", "04"].map((month, index) => ({
      ...span(`2027-${month}-01`, `2027-0${index + 2}-01`),
      amount: dollars(amount),
    }));
  const halves = [
    { ...span("2027-01-01", "2027-02-15"), amount: dollars(1_000) },
    { ...span("2027-02-15", "2027-07-01"), amount: dollars(1_000) },
  ];

  test("[CMT17] falls on periods by time, its parts adding up", () => {
    const [first, second] = withBaseline(halves, months(280));
    expect([first?.expectedOther, second?.expectedOther]).toEqual([dollars(420), dollars(700)]);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (micros) => {
        const spans = months(0).map((one) => ({ ...one, amount: { micros, currency: USD } }));
        const parts = withBaseline(halves, spans).map((one) => one.expectedOther?.micros ?? 0n);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(4n * micros);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  test("[CMT17] before the date to which draws are known it counts no more, and outside all periods nowhere", () => {
    const [first, second] = withBaseline(halves, months(280), span("2027-02-01", "2027-02-02").from);
    expect([first?.expectedOther, second?.expectedOther]).toEqual([dollars(140), dollars(700)]);
    const outside = [{ ...span("2028-01-01", "2028-02-01"), amount: dollars(5) }];
    expect(withBaseline(halves, outside)).toEqual(halves);
  });

  test("[CMT17] in accelerator-seconds likewise, on top of what was expected", () => {
    const schedule = [{ ...YEAR_2027, acceleratorSeconds: 100n, expectedOtherSeconds: 1n }];
    const spans = [{ ...span("2027-01-01", "2027-02-01"), acceleratorSeconds: 31n }];
    expect(withBaseline(schedule, spans)[0]?.expectedOtherSeconds).toBe(32n);
  });

  test("[CMT17] draws to date fill the earliest milestone first", () => {
    const drawn = (amount: number) => withDrawn(halves, dollars(amount)).map((one) => one.drawn);
    expect(drawn(400)).toEqual([dollars(400), undefined]);
    expect(drawn(1_300)).toEqual([dollars(1_000), dollars(300)]);
    expect(drawn(2_300)).toEqual([dollars(1_000), dollars(1_300)]);
    expect(withDrawn([{ ...YEAR_2027, acceleratorSeconds: 9n }], 4n)[0]?.drawnSeconds).toBe(4n);
  });
});
