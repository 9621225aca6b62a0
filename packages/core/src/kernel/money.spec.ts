import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  acceleratorSeconds,
  addMoney,
  type AcceleratorSeconds,
  costOf,
  type Currency,
  type CurrencyOf,
  divCeil,
  divFloor,
  divHalfAway,
  formatMicros,
  minorDigits,
  type Money,
  money,
  parseCurrency,
  parseMicros,
} from "./money.ts";

const PROPERTY = { seed: 1, numRuns: 2_000 };
const USD = "USD" as Currency;
const EUR = "EUR" as Currency;

const amounts = fc.bigInt({ min: -(10n ** 24n) + 1n, max: 10n ** 24n - 1n });

describe("amounts", () => {
  test.each([
    ["0", 0n],
    ["2.6", 2_600_000n],
    ["2.600001", 2_600_001n],
    ["-0.000001", -1n],
    ["-0", 0n],
    ["007.50", 7_500_000n],
    ["500000000000", 500_000_000_000_000_000n],
    ["999999999999999999.999999", 10n ** 24n - 1n],
  ])("[KER9] %s is %s millionths", (text, micros) => {
    expect(parseMicros(text)).toBe(micros);
  });

  test.each([
    ...["", "-", ".5", "5.", "1.0000001", "1e6", "+1", " 1", "1 ", "1,000", "1_000", "0x10", "NaN", "Infinity", "--1"],
    ...["1000000000000000000", "\u0661", "1.2.3", "USD 1"],
  ])('[KER9] "%s" is no amount', (text) => {
    expect(parseMicros(text)).toBeUndefined();
  });

  test.each([
    [2_600_000n, 2, "2.60"],
    [2_600_001n, 2, "2.600001"],
    [0n, 2, "0.00"],
    [-1n, 2, "-0.000001"],
    [-1_000_000n, 0, "-1"],
    [1_500_000n, 0, "1.5"],
    [100_000_000_000_000_000n, 2, "100000000000.00"],
  ])("[KER10] %s millionths with at least %i decimals is %s", (micros, digitsMin, text) => {
    expect(formatMicros(micros, digitsMin)).toBe(text);
  });

  test("[KER9 KER10] what was written is read back", () => {
    const digits = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(amounts, digits, (micros, digitsMin) => {
        expect(parseMicros(formatMicros(micros, digitsMin))).toBe(micros);
      }),
      PROPERTY,
    );
  });
});

describe("currencies", () => {
  test("[KER11] amounts of one currency add up, in any order and grouping", () => {
    expect(addMoney(money(1n, USD), money(2n, USD))).toEqual(money(3n, USD));
    fc.assert(
      fc.property(amounts, amounts, amounts, (a, b, c) => {
        const [x, y, z] = [money(a, USD), money(b, USD), money(c, USD)];
        expect(addMoney(x, addMoney(y, z))).toEqual(addMoney(addMoney(z, x), y));
      }),
      PROPERTY,
    );
  });

  test("[KER11] adding currencies that the compiler knows apart is a type error", () => {
    const dollars = money(1n, "USD" as CurrencyOf<"USD">);
    const euros = money(1n, "EUR" as CurrencyOf<"EUR">);
    const sum: Money<CurrencyOf<"USD">> = addMoney(dollars, dollars);
    expect(sum).toEqual(money(2n, USD));
    // @ts-expect-error euros are no dollars
    expect(() => addMoney(dollars, euros)).toThrow("EUR");
    // @ts-expect-error dollars are no euros
    const wrong: Money<CurrencyOf<"EUR">> = dollars;
    expect(wrong.currency).toBe("USD");
  });

  test("[KER11] dollars and euros are never added, not even none of them", () => {
    expect(() => addMoney(money(1n, USD), money(1n, EUR))).toThrow("Broken belief: USD and EUR are never added");
    expect(() => addMoney(money(0n, EUR), money(0n, USD))).toThrow("never added");
  });

  test("[KER12] the minor unit is that of ISO 4217", () => {
    const digits = ["USD", "EUR", "INR", "JPY", "KRW", "ISK", "KWD", "TND", "CLF"].map((code) =>
      minorDigits(code as Currency),
    );
    expect(digits).toEqual([2, 2, 2, 0, 0, 0, 3, 3, 4]);
  });

  test("[KER12] a currency is three capital letters", () => {
    expect(parseCurrency("USD")).toBe("USD");
    for (const none of ["", "usd", "US", "USDT", "U$D", "USD ", "\u0410\u0412\u0421"])
      expect(parseCurrency(none)).toBeUndefined();
  });
});

describe("charges", () => {
  test.each([
    // 4,096 accelerators for a quarter of 90 days at 2.60
    [2_600_000n, acceleratorSeconds(4_096, 90 * 86_400), 23_003_136_000_000n],
    // half a millionth, away from zero on both sides
    [1n, acceleratorSeconds(1, 1_800), 1n],
    [-1n, acceleratorSeconds(1, 1_800), -1n],
    [1n, acceleratorSeconds(1, 1_799), 0n],
    [-1n, acceleratorSeconds(1, 1_799), 0n],
    [2_600_000n, acceleratorSeconds(0, 3_600), 0n],
  ])("[KER13] at %s millionths an hour %s accelerator-seconds cost %s", (microsPerHour, held, micros) => {
    expect(costOf({ microsPerHour, currency: USD }, held)).toEqual(money(micros, USD));
  });

  test("[KER13] a charge is within half a millionth of the exact one", () => {
    const held = fc.bigInt({ min: 0n, max: 10n ** 15n }).map((seconds) => seconds as AcceleratorSeconds);
    fc.assert(
      fc.property(amounts, held, (microsPerHour, seconds) => {
        const error = costOf({ microsPerHour, currency: USD }, seconds).micros * 3_600n - microsPerHour * seconds;
        expect(error <= 1_800n && error >= -1_800n).toBe(true);
      }),
      PROPERTY,
    );
  });

  test("[KER13] a count or a length that is not whole is refused", () => {
    expect(() => acceleratorSeconds(1.5, 60)).toThrow(RangeError);
    expect(() => acceleratorSeconds(1, Number.NaN)).toThrow(RangeError);
  });
});

describe("quotients", () => {
  test.each([
    // dividend, divisor, half away, floor, ceil
    [7n, 2n, 4n, 3n, 4n],
    [-7n, 2n, -4n, -4n, -3n],
    [5n, 4n, 1n, 1n, 2n],
    [-5n, 4n, -1n, -2n, -1n],
    [8n, 4n, 2n, 2n, 2n],
    [-8n, 4n, -2n, -2n, -2n],
    [0n, 3n, 0n, 0n, 0n],
  ])("[KER14] %s / %s is %s, %s or %s", (dividend, divisor, half, floor, ceil) => {
    expect([divHalfAway(dividend, divisor), divFloor(dividend, divisor), divCeil(dividend, divisor)]).toEqual([
      half,
      floor,
      ceil,
    ]);
  });

  test("[KER14] each is the whole number that its name says, mirrored by the sign where it should be", () => {
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 1n, max: 10n ** 12n }), (a, b) => {
        const floor = divFloor(a, b);
        expect(floor * b <= a && a < (floor + 1n) * b).toBe(true);
        expect(divCeil(a, b)).toBe(a % b === 0n ? floor : floor + 1n);
        const absolute = a < 0n ? -a : a;
        const nearest = divFloor(2n * absolute + b, 2n * b);
        expect(divHalfAway(a, b)).toBe(a < 0n ? -nearest : nearest);
      }),
      PROPERTY,
    );
  });

  test("[KER14] a divisor of zero or below is refused", () => {
    for (const divide of [divHalfAway, divFloor, divCeil]) {
      for (const divisor of [0n, -3n]) expect(() => divide(7n, divisor)).toThrow("Broken belief");
    }
  });
});
