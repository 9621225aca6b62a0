import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Currency, Money } from "../kernel/index.ts";
import { allocatedPackagePrice, packageShares } from "./package-price.ts";

const usd = (micros: bigint): Money => ({ micros, currency: "USD" as Currency });

describe("the price of a part of a package", () => {
  test("[AWD24] by list price, extras included, half away from zero", () => {
    const lists = [usd(30n), usd(10n)];
    expect(allocatedPackagePrice(usd(20n), lists, 0)).toEqual(usd(15n));
    expect(allocatedPackagePrice(usd(20n), lists, 1)).toEqual(usd(5n));
    expect(allocatedPackagePrice(usd(10n), [usd(1n), usd(3n)], 0)).toEqual(usd(3n));
  });

  test("[AWD24] without all list prices there is none", () => {
    expect(allocatedPackagePrice(usd(20n), [usd(30n), undefined], 0)).toBeUndefined();
    expect(allocatedPackagePrice(usd(20n), [undefined, usd(30n)], 0)).toBeUndefined();
    expect(allocatedPackagePrice(usd(20n), [usd(0n), usd(0n)], 0)).toBeUndefined();
    expect(allocatedPackagePrice(usd(20n), [usd(1n), { micros: 1n, currency: "EUR" as Currency }], 0)).toBeUndefined();
    expect(allocatedPackagePrice(usd(20n), [], 0)).toBeUndefined();
  });

  test("[AWD24] a list in another currency than the price only weighs", () => {
    const euro = (micros: bigint): Money => ({ micros, currency: "EUR" as Currency });
    expect(allocatedPackagePrice(usd(20n), [euro(30n), euro(10n)], 1)).toEqual(usd(5n));
  });

  test("[AWD7] the lines of a package carry all of its price", () => {
    const lines = fc.array(
      fc.record({ list: fc.bigInt({ min: 0n, max: 99n }), seconds: fc.bigInt({ min: 1n, max: 99n }) }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), lines, (price, parts) => {
        const shares = packageShares(
          price,
          parts.map(({ list, seconds }) => ({ list: usd(list), seconds })),
        );
        expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(price);
        expect(shares.every((share) => share >= 0n)).toBe(true);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
