import { expect, test } from "vitest";
import { awardTotals } from "./totals.ts";

const window = { from: "2026-05-01T00:00:00Z", to: "2026-07-30T00:00:00Z" };
const line = (provider: string, count: number, amount: string, currency = "USD") => ({
  provider,
  count,
  window,
  cost: { amount, currency },
});

test("an award adds up to the cent, with its blended price to the hundredth of a cent", () => {
  const lines = [
    line("meridian", 1_700, "9363600.00"),
    line("meridian", 800, "4406400.00"),
    line("ember", 1_024, "5109350.40"),
    line("northlight", 572, "3014668.80"),
  ];
  expect(awardTotals(lines)).toEqual({
    count: 4_096,
    providers: 3,
    cost: { amount: "21894019.20", currency: "USD" },
    blended: { amount: "2.4746", currency: "USD", per: "accelerator-hour" },
  });
});

test("two currencies are never added", () => {
  expect(awardTotals([line("a", 8, "1.00"), line("b", 8, "1.00", "EUR")])).toEqual({ count: 16, providers: 2 });
});
