import { expect, test } from "vitest";
import { bidBody, bidProblems } from "./bid.ts";

const rules = { upTo: 1_596, block: 4, currency: "USD", closesAt: "2026-03-13T00:00:00Z" };
const fields = { count: 1_024, min: 512, tiers: [{ from: 512, price: "2.31" }], validDays: 7 };

test("a bid is what was filled in, and stands so many days after the close", () => {
  expect(bidProblems(fields, rules).size).toBe(0);
  expect(bidBody(fields, rules, 0)).toEqual({
    line: 0,
    count: 1_024,
    min: 512,
    price: "2.31 USD/h",
    validUntil: "2026-03-20T00:00:00Z",
  });
  const tiers = [...fields.tiers, { from: 1_000, price: "2.25" }];
  expect(bidBody({ ...fields, tiers }, rules, 0)).toMatchObject({
    tiers: [
      { from: 512, price: "2.31 USD/h" },
      { from: 1_000, price: "2.25 USD/h" },
    ],
  });
});

test("only what cannot be read is told: a bidder learns nothing of what would be enough", () => {
  expect([...bidProblems({ ...fields, tiers: [{ from: 512, price: "99" }] }, rules)]).toEqual([]);
  expect([...bidProblems({ ...fields, count: 1_023 }, rules).keys()]).toEqual(["count"]);
  expect([...bidProblems({ ...fields, count: 2_000, min: 0, validDays: 0 }, rules).keys()]).toEqual([
    "count",
    "min",
    "validDays",
  ]);
  expect([
    ...bidProblems(
      {
        ...fields,
        tiers: [
          { from: 8, price: "2" },
          { from: 8, price: "x" },
        ],
      },
      rules,
    ).keys(),
  ]).toEqual(["price 1", "from 1"]);
});
