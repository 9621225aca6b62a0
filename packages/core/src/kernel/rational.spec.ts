import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addRational,
  compareRational,
  divRational,
  formatRational,
  mulRational,
  parseRational,
  rational,
  subRational,
} from "./rational.ts";

const PROPERTY = { seed: 1, numRuns: 1_000 };

const whole = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
const fractions = fc
  .tuple(
    whole,
    whole.filter((den) => den !== 0n),
  )
  .map(([num, den]) => rational(num, den));

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b);
}

describe("fractions", () => {
  test.each([
    [6n, 4n, { num: 3n, den: 2n }],
    [6n, -4n, { num: -3n, den: 2n }],
    [-6n, -4n, { num: 3n, den: 2n }],
    [0n, -5n, { num: 0n, den: 1n }],
  ])("[KER15] %s / %s is reduced", (num, den, expected) => {
    expect(rational(num, den)).toEqual(expected);
  });

  test("[KER15] every fraction is reduced, above zero below the line, and equal when its multiple is", () => {
    fc.assert(
      fc.property(
        whole,
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (num, den, by) => {
          const one = rational(num, den);
          expect(one.den > 0n && gcd(one.num, one.den) === 1n).toBe(true);
          expect(rational(-num * by, -den * by)).toEqual(one);
        },
      ),
      PROPERTY,
    );
  });

  test("[KER15] a fraction without a denominator is refused", () => {
    expect(() => rational(1n, 0n)).toThrow("Broken belief: a fraction has a denominator");
    expect(() => divRational(rational(1n), rational(0n))).toThrow("Broken belief");
  });

  test("[KER16] a third and a sixth are a half", () => {
    expect(addRational(rational(1n, 3n), rational(1n, 6n))).toEqual(rational(1n, 2n));
    expect(subRational(rational(1n, 2n), rational(1n, 6n))).toEqual(rational(1n, 3n));
    expect(mulRational(rational(2n, 3n), rational(3n, 4n))).toEqual(rational(1n, 2n));
    expect(divRational(rational(1n, 2n), rational(1n, 4n))).toEqual(rational(2n));
  });

  test("[KER16] arithmetic is exact: what is added can be taken away, what is multiplied divided", () => {
    fc.assert(
      fc.property(fractions, fractions, fractions, (a, b, c) => {
        expect(subRational(addRational(a, b), b)).toEqual(a);
        expect(mulRational(a, addRational(b, c))).toEqual(addRational(mulRational(a, b), mulRational(a, c)));
        const divisor = b.num === 0n ? rational(1n, 7n) : b;
        expect(divRational(mulRational(a, divisor), divisor)).toEqual(a);
      }),
      PROPERTY,
    );
  });

  test("[KER16] comparing is by value, exactly", () => {
    expect(compareRational(rational(1n, 3n), rational(333_333_333n, 1_000_000_000n))).toBe(1);
    fc.assert(
      fc.property(fractions, fractions, (a, b) => {
        const difference = subRational(a, b).num;
        expect(compareRational(a, b)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
      }),
      PROPERTY,
    );
  });

  test.each([
    ["0.01", 1n, 100n],
    ["-2.50", -5n, 2n],
    ["3", 3n, 1n],
    ["0.000000000001", 1n, 10n ** 12n],
  ])("[KER17] %s is %s / %s", (text, num, den) => {
    expect(parseRational(text)).toEqual(rational(num, den));
  });

  test.each(["", "1/3", ".1", "1.", "1e3", "+1", " 1", "0.0000000000001", "1000000000000000000", "NaN"])(
    '[KER17] "%s" is no decimal',
    (text) => {
      expect(parseRational(text)).toBeUndefined();
    },
  );

  test.each([
    [1n, 3n, 2, "0.33"],
    [2n, 3n, 2, "0.67"],
    [1n, 8n, 2, "0.13"],
    [-1n, 8n, 2, "-0.13"],
    [-1n, 1_000n, 2, "0.00"],
    [5n, 2n, 0, "3"],
    [-5n, 2n, 0, "-3"],
    [999n, 1_000n, 2, "1.00"],
  ])("[KER17] %s / %s with %i decimals is %s", (num, den, digits, text) => {
    expect(formatRational(rational(num, den), digits)).toBe(text);
  });

  test("[KER17] a decimal that was read is written back", () => {
    const decimals = fc.tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(decimals, ([scaled, digits]) => {
        const text = formatRational(rational(BigInt(scaled), 10n ** BigInt(digits)), digits);
        expect(parseRational(text)).toEqual(rational(BigInt(scaled), 10n ** BigInt(digits)));
      }),
      PROPERTY,
    );
  });
});
