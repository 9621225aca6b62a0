import { describe, expect, test } from "vitest";
import { type BidFields, bidBody, bidProblems, type BidRules, type LineFields, valueOfBid } from "./bid.ts";

const MAY = { from: "2026-05-01T07:00:00Z", to: "2026-06-01T07:00:00Z" };
const JUNE = { from: "2026-06-01T07:00:00Z", to: "2026-07-01T07:00:00Z" };
const rules: BidRules = {
  lines: [{ line: 1, upTo: 1_596, block: 4, span: MAY, accelerators: ["h100-sxm-80gb"] }],
  currency: "USD",
  closesAt: "2026-03-13T00:00:00Z",
};
const line: LineFields = {
  isOffered: true,
  count: 1_024,
  min: 512,
  tiers: [{ from: 512, price: "2.31" }],
  accelerator: "",
  listPrice: "",
};
const fields: BidFields = { lines: { 1: line }, way: "each", packagePrice: "", validDays: 7 };
const withLine = (part: Partial<LineFields>): BidFields => ({ ...fields, lines: { 1: { ...line, ...part } } });

test("a bid is what was filled in, and stands so many days after the close", () => {
  expect(bidProblems(fields, rules).size).toBe(0);
  expect(bidBody(fields, rules)).toEqual({
    line: 1,
    count: 1_024,
    min: 512,
    price: "2.31 USD/h",
    validUntil: "2026-03-20T00:00:00Z",
  });
  const tiers = [...line.tiers, { from: 1_000, price: "2.25" }];
  expect(bidBody(withLine({ tiers, accelerator: "h100-sxm-80gb" }), rules)).toMatchObject({
    tiers: [
      { from: 512, price: "2.31 USD/h" },
      { from: 1_000, price: "2.25 USD/h" },
    ],
    accelerator: "h100-sxm-80gb",
  });
});

test("only what cannot be read is told: a bidder learns nothing of what would be enough", () => {
  expect([...bidProblems(withLine({ tiers: [{ from: 512, price: "99" }] }), rules)]).toEqual([]);
  expect([...bidProblems(withLine({ count: 1_023 }), rules).keys()]).toEqual(["1 count"]);
  expect([...bidProblems({ ...withLine({ count: 2_000, min: 0 }), validDays: 0 }, rules).keys()]).toEqual([
    "1 count",
    "1 min",
    "validDays",
  ]);
  const tiers = [
    { from: 8, price: "2" },
    { from: 8, price: "x" },
  ];
  expect([...bidProblems(withLine({ tiers }), rules).keys()]).toEqual(["1 price 1", "1 from 1"]);
  expect([
    ...bidProblems(
      withLine({
        tiers: [
          { from: 600, price: "2" },
          { from: 800, price: "1" },
        ],
      }),
      rules,
    ).keys(),
  ]).toEqual(["1 from 0"]);
});

describe("a bid for several lines", () => {
  const two: BidRules = { ...rules, lines: [...rules.lines, { ...rules.lines[0]!, line: 2, upTo: 800, span: JUNE }] };
  const second: LineFields = { ...line, count: 800, min: 800, tiers: [{ from: 800, price: "2.10" }] };
  const both: BidFields = { ...fields, lines: { 1: line, 2: second } };

  test("is each line by itself, or all of them or none", () => {
    const lines = [
      { line: 1, count: 1_024, min: 512, price: "2.31 USD/h" },
      { line: 2, count: 800, min: 800, price: "2.10 USD/h" },
    ];
    expect(bidBody(both, two)).toEqual({ lines, validUntil: "2026-03-20T00:00:00Z" });
    expect(bidBody({ ...both, way: "together" }, two)).toMatchObject({ lines, package: {} });
    // 1,024 during 744 hours at 2.31, 800 during 720 at 2.10.
    expect(valueOfBid(both, two)).toEqual({ amount: "2969487.36", currency: "USD" });
  });

  test("at one price needs none of its own for its lines, and divides it by list prices where there are any", () => {
    const empty = [{ from: 512, price: "" }];
    const one: BidFields = {
      ...both,
      way: "one-price",
      packagePrice: "2500000",
      lines: { 1: { ...line, tiers: empty, listPrice: "1800000" }, 2: { ...second, tiers: empty } },
    };
    expect(bidProblems(one, two).size).toBe(0);
    expect(bidBody(one, two)).toEqual({
      lines: [
        { line: 1, count: 1_024, min: 512 },
        { line: 2, count: 800, min: 800 },
      ],
      package: { price: "2500000 USD", listPrices: ["1800000 USD", "none"] },
      validUntil: "2026-03-20T00:00:00Z",
    });
    expect(valueOfBid(one, two)).toEqual({ amount: "2500000", currency: "USD" });
    expect([...bidProblems({ ...one, packagePrice: "" }, two).keys()]).toEqual(["packagePrice"]);
    // The same without one price lacks those of its lines.
    expect([...bidProblems({ ...one, way: "together" }, two).keys()]).toEqual(["1 price 0", "2 price 0"]);
  });

  test("leaves out what is not offered, whatever stands in it; nothing at all is no bid", () => {
    const onlySecond: BidFields = { ...both, lines: { 1: { ...line, isOffered: false, count: 0 }, 2: second } };
    expect(bidProblems(onlySecond, two).size).toBe(0);
    expect(bidBody(onlySecond, two)).toMatchObject({ line: 2, count: 800 });
    const none: BidFields = {
      ...both,
      lines: { 1: { ...line, isOffered: false }, 2: { ...second, isOffered: false } },
    };
    expect([...bidProblems(none, two).keys()]).toEqual(["lines"]);
  });
});
