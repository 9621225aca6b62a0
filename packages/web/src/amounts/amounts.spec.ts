import { describe, expect, test } from "vitest";
import { acceleratorHoursText, acceleratorSecondsOf, capacityText, countOf, percentText } from "./counts.ts";
import { blendedRate, moneyText, rateText, shortMoneyText, sumOf } from "./money.ts";

const usd = (amount: string) => ({ amount, currency: "USD" });

describe("money", () => {
  test.each([
    ["21894019.20", "USD", "$21,894,019.20"],
    ["-18360", "USD", "−$18,360.00"],
    ["-18360", "EUR", "−18,360.00 EUR"],
    ["500", "JPY", "500 JPY"],
    ["0.000001", "USD", "$0.000001"],
    // Beyond what a number of JavaScript holds exactly.
    ["500000000000.000001", "USD", "$500,000,000,000.000001"],
  ])("%s %s is %s", (amount, currency, text) => {
    expect(moneyText({ amount, currency })).toBe(text);
  });

  test.each([
    ["31400000", "$31.4M"],
    ["31449999.99", "$31.4M"],
    ["31450000", "$31.5M"],
    ["-2500000", "−$2.5M"],
    ["500000000000", "$500.0B"],
    ["999999.99", "$999,999.99"],
  ])("%s on a card is %s", (amount, text) => {
    expect(shortMoneyText(usd(amount))).toBe(text);
  });

  test("prices keep their digits", () => {
    expect(["2.5", "2.4746", "10"].map((amount) => rateText(usd(amount)))).toEqual([
      "$2.50/accelerator-h",
      "$2.4746/accelerator-h",
      "$10.00/accelerator-h",
    ]);
  });

  test("the award of the story adds up to the cent, and its blended price to the hundredth of one", () => {
    const total = sumOf(["9363600.00", "4406400.00", "5109350.40", "3014668.80"].map(usd));
    expect(total).toEqual(usd("21894019.20"));
    const window = { from: "2026-05-01T00:00:00Z", to: "2026-07-30T00:00:00Z" };
    const blended = blendedRate(usd("21894019.20"), acceleratorSecondsOf(4_096, window));
    expect(blended && rateText(blended)).toBe("$2.4746/accelerator-h");
    expect(blendedRate(usd("1"), 0n)).toBeUndefined();
  });

  test("two currencies are never added", () => {
    expect(sumOf([usd("1"), { amount: "1", currency: "EUR" }])).toBeUndefined();
    expect(sumOf([])).toBeUndefined();
  });
});

describe("counts", () => {
  test("are never abbreviated", () => {
    expect(capacityText(4_096, "h100-sxm-80gb")).toBe("4,096 × h100-sxm-80gb");
    expect(countOf(1, "notice")).toBe("1 notice");
    expect(countOf(1_200, "notice")).toBe("1,200 notices");
  });

  test("accelerator-hours are exact", () => {
    const window = { from: "2026-05-01T00:00:00Z", to: "2026-07-30T00:00:00Z" };
    expect(acceleratorHoursText(acceleratorSecondsOf(4_096, window))).toBe("8,847,360 accelerator-h");
    expect(acceleratorHoursText(5_400n)).toBe("1.5 accelerator-h");
  });

  test("parts of a whole have one digit", () => {
    expect(
      [
        [2_500, 4_096],
        [0, 4_096],
        [4_095, 4_096],
        [1, 0],
      ].map(([part, whole]) => percentText(part ?? 0, whole ?? 0)),
    ).toEqual(["61.0 %", "0.0 %", "100.0 %", "–"]);
  });
});
