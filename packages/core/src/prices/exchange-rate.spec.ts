import { describe, expect, test } from "vitest";
import {
  type Currency,
  type Instant,
  type Money,
  parseInstant,
  parseRational,
  type Rational,
} from "../kernel/index.ts";
import { conversionAt, convert, type ExchangeRate } from "./exchange-rate.ts";

const USD = "USD" as Currency;
const EUR = "EUR" as Currency;
const JPY = "JPY" as Currency;
const on = (text: string): Instant => parseInstant(`${text}T00:00:00Z`) as Instant;
const exact = (text: string): Rational => parseRational(text) as Rational;
const eur = (micros: bigint): Money => ({ micros, currency: EUR });

const rate = (text: string, day: string, more: Partial<ExchangeRate> = {}): ExchangeRate => ({
  from: EUR,
  to: USD,
  rate: exact(text),
  at: on(day),
  source: "ECB reference rate",
  ...more,
});

const converted = (amount: Money, to: Currency, rates: readonly ExchangeRate[], day: string, agreement?: string) => {
  const result = convert(amount, to, rates, on(day), agreement);
  return result.ok ? result.value.money.micros : result.problem.code;
};

describe("currencies", () => {
  const rates = [rate("1.09", "2026-09-28"), rate("1.08", "2026-10-05")];

  test("[PRC5 PRC8] domain row S13: a bid of EUR 2.40 is $2.616 at the common close, whatever comes later", () => {
    expect(converted(eur(2_400_000n), USD, rates, "2026-09-28")).toBe(2_616_000n);
    expect(converted(eur(2_400_000n), USD, rates, "2026-10-05")).toBe(2_592_000n);
  });

  test("[PRC5] the newest at or before the instant, in whatever order they were recorded", () => {
    expect(converted(eur(1_000_000n), USD, rates.toReversed(), "2026-10-04")).toBe(1_090_000n);
    expect(converted(eur(1_000_000n), USD, rates.toReversed(), "2026-10-05")).toBe(1_080_000n);
  });

  test("[PRC5] no rate is a typed problem", () => {
    expect(converted(eur(1n), USD, rates, "2026-09-27")).toBe("rate_missing");
    expect(converted(eur(1n), JPY, rates, "2026-10-05")).toBe("rate_missing");
    expect(converted(eur(7n), EUR, [], "2026-10-05")).toBe(7n);
  });

  test("[PRC6] a rate fixed by the agreement wins, also over newer ones, and for it alone", () => {
    const fixed = [...rates, rate("1.15", "2025-01-01", { agreement: "lab-gamma" })];
    expect(converted(eur(1_000_000n), USD, fixed, "2026-10-05", "lab-gamma")).toBe(1_150_000n);
    expect(converted(eur(1_000_000n), USD, fixed, "2026-10-05", "lab-beta")).toBe(1_080_000n);
    expect(converted(eur(1_000_000n), USD, fixed, "2026-10-05")).toBe(1_080_000n);
  });

  test("[PRC7] the opposite direction is its exact inverse", () => {
    const found = conversionAt(USD, EUR, rates, on("2026-10-05"));
    expect(found).toMatchObject({ ratio: { num: 25n, den: 27n }, inverse: true });
    expect(converted({ micros: 2_616_000n, currency: USD }, EUR, rates, "2026-09-30")).toBe(2_400_000n);
  });

  test("[PRC7] the newest wins whichever way it is stated; of one instant the direct one, then the later recorded", () => {
    const opposite = rate("0.5", "2026-10-05", { from: USD, to: EUR });
    const newer = rate("0.5", "2026-10-06", { from: USD, to: EUR });
    expect(converted(eur(1_000_000n), USD, [...rates, opposite], "2026-10-06")).toBe(1_080_000n);
    expect(converted(eur(1_000_000n), USD, [opposite, ...rates], "2026-10-06")).toBe(1_080_000n);
    expect(converted(eur(1_000_000n), USD, [newer, ...rates], "2026-10-06")).toBe(2_000_000n);
    expect(converted(eur(1_000_000n), USD, [...rates, rate("1.07", "2026-10-05")], "2026-10-06")).toBe(1_070_000n);
  });

  test("[PRC7] no detour over a third currency, and zero is no rate", () => {
    const detour = [...rates, rate("150", "2026-10-01", { from: USD, to: JPY })];
    expect(converted(eur(1n), JPY, detour, "2026-10-05")).toBe("rate_missing");
    expect(converted(eur(1_000_000n), USD, [...rates, rate("0", "2026-10-05")], "2026-10-05")).toBe(1_080_000n);
  });

  test("[PRC8] half away from zero, both ways", () => {
    const half = [rate("0.5", "2026-09-28")];
    expect(converted(eur(3n), USD, half, "2026-09-28")).toBe(2n);
    expect(converted(eur(-3n), USD, half, "2026-09-28")).toBe(-2n);
    expect(converted(eur(1n), USD, [rate("0.499999", "2026-09-28")], "2026-09-28")).toBe(0n);
  });
});
