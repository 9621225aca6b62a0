import { describe, expect, test } from "vitest";
import { type AnswerFields, type AnswerRules, bodyOf, problemsOf, valueOf } from "./answer.ts";

const rules: AnswerRules = {
  asked: 4_096,
  block: 4,
  cap: { amount: "2.600000", currency: "USD", per: "accelerator-hour" },
  currency: "USD",
  span: { from: "2026-05-01T00:00:00Z", to: "2026-07-30T00:00:00Z" },
  passThrough: { allowed: true, maxShareBp: 4_000, hosts: ["corvid-cloud"] },
};
const fields: AnswerFields = {
  way: "part",
  own: 1_700,
  through: 800,
  host: "corvid-cloud",
  price: "2.55",
  reason: "",
  knowsOversold: false,
};

describe("an answer", () => {
  test("in whole blocks, with what the clause lets pass through, has nothing wrong with it", () => {
    expect(problemsOf(fields, rules)).toEqual([]);
    expect(bodyOf(fields, rules)).toEqual({
      type: "accept",
      count: 2_500,
      price: "2.55 USD/h",
      host: "corvid-cloud",
      hostCount: 800,
    });
  });

  test("comes to the contract's sum, to the cent", () => {
    expect(valueOf(fields, rules)).toEqual({ amount: "13770000.00", currency: "USD" });
  });

  test("that is no whole block is told the two nearest, less what is run by another", () => {
    const eight = { ...rules, block: 8 };
    expect(problemsOf(fields, eight)).toEqual([
      { field: "own", text: "2,500 is not a multiple of 8. Use 2,496 or 2,504.", instead: [1_696, 1_704] },
    ]);
    expect(problemsOf({ ...fields, own: 4_092, through: 0 }, eight)[0]?.instead).toEqual([4_088, 4_096]);
  });

  test("above what is asked, or above the share that may be passed through, is told so", () => {
    expect(problemsOf({ ...fields, own: 4_000 }, rules).map(({ field }) => field)).toEqual(["own"]);
    expect(problemsOf({ ...fields, own: 1_000, through: 1_000 }, rules)).toMatchObject([
      { field: "through", text: expect.stringContaining("40 %") },
    ]);
    expect(problemsOf({ ...fields, host: "other" }, rules)).toMatchObject([{ field: "host" }]);
  });

  test("above the cap is a counter-offer, and said to be one", () => {
    expect(problemsOf({ ...fields, price: "2.61" }, rules)).toMatchObject([
      { field: "price", text: expect.stringContaining("counter-offer") },
    ]);
    expect(problemsOf({ ...fields, price: "two" }, rules)).toMatchObject([
      { field: "price", text: "A price like 2.55." },
    ]);
  });

  test("that refuses says no more than that, and why where one says why", () => {
    expect(bodyOf({ ...fields, way: "refuse" }, rules)).toEqual({ type: "refuse" });
    expect(bodyOf({ ...fields, way: "refuse", reason: "no power" }, rules)).toEqual({
      type: "refuse",
      reason: "no power",
    });
    expect(problemsOf({ ...fields, way: "refuse", own: -1 }, rules)).toEqual([]);
  });
});
