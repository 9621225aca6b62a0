import { expect, test } from "vitest";
import { catalogOf, cheapest, type OfferTold } from "./catalog.ts";

const rate = (amount: string, currency = "USD") => ({ amount, currency, per: "accelerator-hour" as const });

const offer = (id: string, amount: string, currency = "USD", withdrawn = false): OfferTold => ({
  id,
  status: "listed",
  updatedAt: "2026-01-01T00:00:00Z",
  view: {
    offer: {
      id,
      provider: "p",
      acceleratorType: "h100",
      region: "us",
      tiers: [
        { from: 1, rate: rate(amount, currency) },
        { from: 64, rate: rate("1.00", currency) },
      ],
      blockSize: 8,
      blocks: [],
      source: "a price list",
      standing: true,
    },
    withdrawn,
  },
});

test("the catalog has what is on offer, with its first price and where it gets cheaper", () => {
  const [row, ...others] = catalogOf([offer("a", "2.10"), offer("gone", "0.10", "USD", true)]);
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    id: "a",
    rate: rate("2.10"),
    tiers: [{ from: 64, rate: rate("1.00") }],
    source: "a price list",
  });
});

test("the cheapest is found by amount, and never across currencies", () => {
  expect([...cheapest(catalogOf([offer("a", "10.00"), offer("b", "9.50"), offer("c", "2.00", "EUR")]))]).toEqual([
    "b",
    "c",
  ]);
});
