import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareRational, type PartyId, type Rational, rational } from "../kernel/index.ts";
import { type Amount, cheapestOver, type Choice, Probe } from "./break-even.ts";
import { type ChosenUse, effectiveAmount, type Variable } from "./choice.ts";
import type { Commitment } from "./commitment.ts";
import { effectiveCost } from "./effective.ts";
import { span, spend, USD, YEAR_2027 } from "./world.ts";

const Q1 = span("2027-01-01", "2027-04-01");
const [ALFA, GAMMA] = ["alfa", "gamma"] as PartyId[] as [PartyId, PartyId];

const use = (provider: PartyId, price: number, count = 1_024): ChosenUse => ({
  provider,
  window: Q1,
  count,
  rate: { microsPerHour: BigInt(Math.round(price * 1_000_000)), currency: USD },
});

function amount(uses: readonly ChosenUse[], commitments: readonly Commitment[], variable: Variable): Amount {
  const found = effectiveAmount(uses, commitments, variable);
  if (found === undefined) throw new Error("Broken belief: this is a line");
  return found;
}

/** Domain row K1: ALFA at 3.10 with 4,000,000 missing, GAMMA at 2.20. */
function k1(variable: Variable, commitments: readonly Commitment[] = [spend(4_000_000)]): Choice[] {
  return [
    { name: "alfa", cost: amount([use(ALFA, 3.1)], commitments, variable) },
    { name: "gamma", cost: amount([use(GAMMA, 2.2)], commitments, variable) },
  ];
}

const micros = (value: number): Rational => rational(BigInt(Math.round(value * 1_000_000)));

describe("break-even", () => {
  test("[CMT18] domain row K1 by price: ALFA is chosen up to 8,866,048 over 2,211,840", () => {
    const found = cheapestOver(k1({ kind: "price", provider: ALFA }), micros(0), micros(10));
    expect(found.map(({ from, cheapest }) => [cheapest, from])).toEqual([
      ["alfa", micros(0)],
      ["gamma", rational(8_866_048_000_000n, 2_211_840n)],
    ]);
  });

  test("[CMT18] by what else is expected: with 2,009,344 more the shortfall saved is too small", () => {
    const commitment = spend(4_000_000);
    const found = cheapestOver(k1({ kind: "baseline", commitment }, [commitment]), micros(0), micros(4_000_000));
    expect(found.map(({ from, cheapest }) => [cheapest, from])).toEqual([
      ["alfa", micros(0)],
      ["gamma", micros(2_009_344)],
    ]);
    expect(found[1]?.cost).toEqual(micros(4_866_048));
  });

  test("[CMT18] by count: once the commitment is full the other is cheaper for all of it from 4,000,000 over 0.9 and 2,160 h", () => {
    const found = cheapestOver(k1({ kind: "count" }), rational(1n), rational(5_000n));
    expect(found.map(({ from, cheapest }) => [cheapest, from])).toEqual([
      ["alfa", rational(1n)],
      ["gamma", rational(4_000_000_000_000n, 900_000n * 2_160n)],
    ]);
  });

  test("[CMT18] a choice may come back, and a jump is a break-even", () => {
    const jump: Amount = (probe) => {
      const steep = { value: probe.x, slope: rational(1n) };
      const limit = { value: rational(10n), slope: rational(0n) };
      return probe.isBelow(steep, limit) ? steep : { value: rational(2n), slope: rational(1n) };
    };
    const flat: Amount = () => ({ value: rational(6n), slope: rational(0n) });
    const never: Amount = () => ({ value: rational(99n), slope: rational(-1n) });
    const found = cheapestOver(
      [
        { name: "jump", cost: jump },
        { name: "flat", cost: flat },
        { name: "never", cost: never },
      ],
      rational(0n),
      rational(20n),
    );
    expect(found.map(({ from, cheapest }) => [cheapest, Number(from.num)])).toEqual([
      ["jump", 0],
      ["flat", 6],
      ["jump", 10],
    ]);
  });

  test("[CMT18] at any price and count the cost is that of an award, but for parts of a unit", () => {
    const stack = [
      spend(1_500_000, { stackPriority: 2 }),
      spend(900_000, { id: "c2" as never, shortfallBp: 6_000 }, span("2027-02-10", "2027-06-01")),
    ];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6_000_000 }), fc.integer({ min: 1, max: 2_000 }), (price, count) => {
        const one = use(ALFA, price / 1_000_000, count);
        const exact = rational(BigInt(price) * BigInt(count) * 2_160n);
        const found = effectiveCost(stack, [{ ...one, exact, currency: USD }], USD);
        const varied = amount([use(ALFA, 1, count)], stack, { kind: "price", provider: ALFA })(
          new Probe(rational(BigInt(price))),
        );
        if (!found.ok) throw new Error("Broken belief: one currency");
        const { effective } = found.value.exact;
        const gap = varied.value.num * effective.den - effective.num * varied.value.den;
        // The second that fills a commitment counts whole in an award: at most its price, for each of two commitments.
        const tolerance =
          (2n * BigInt(price) * varied.value.den * effective.den) / 3_600n + varied.value.den * effective.den;
        expect(gap <= tolerance && -gap <= tolerance).toBe(true);
        const counted = amount([use(ALFA, price / 1_000_000)], stack, { kind: "count" })(
          new Probe(rational(BigInt(count))),
        );
        expect(compareRational(counted.value, varied.value)).toBe(0);
      }),
      { seed: 9, numRuns: 100 },
    );
  });

  test("[CMT19] where money and use are both committed, a price that varies makes a curve; a count does not", () => {
    const volume = spend(0, {
      id: "v" as never,
      type: "volume",
      price: { microsPerHour: 2_000_000n, currency: USD },
      schedule: [{ ...YEAR_2027, acceleratorSeconds: 10n ** 9n }],
    });
    const both = [spend(1_000), volume];
    expect(effectiveAmount([use(ALFA, 3)], both, { kind: "price", provider: ALFA })).toBeUndefined();
    expect(effectiveAmount([use(ALFA, 3)], both, { kind: "price", provider: GAMMA })).toBeDefined();
    expect(effectiveAmount([use(ALFA, 3)], both, { kind: "count" })).toBeDefined();
  });
});
