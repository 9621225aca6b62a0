import { describe, expect, test } from "vitest";
import { only, toldTo } from "../gallery/told.ts";
import { factsOf } from "./facts.ts";
import { clausesOf, isUnconfirmed, linked } from "./outline.ts";
import { reasonOf, type StepTold, verdictOf } from "./verdicts.ts";

const step = (parts: Partial<StepTold>): StepTold => ({
  id: "1",
  code: "right_applies",
  rules: [],
  facts: [],
  text: "",
  utc: [],
  children: [],
  ...parts,
});

/** Steps as the API tells them: instants are texts there. */
const stepsTold = (steps: unknown): readonly StepTold[] => steps as readonly StepTold[];

describe("clauses of an explanation", () => {
  test("are all there, also those that did not apply, those that apply first", () => {
    const { explanations } = toldTo("openai", "2030-01-01T00:00:00Z", "stargate-2025");
    const rows = explanations.map(({ steps }) => clausesOf(stepsTold(steps)));
    const verdicts = new Set(rows.flat().map(({ verdict }) => verdict));
    expect(verdicts).toContain("applies");
    expect(verdicts).toContain("does not apply");
    for (const clauses of rows) {
      const applying = clauses.filter(({ verdict }) => verdict === "applies");
      expect(clauses.slice(0, applying.length)).toEqual(applying);
    }
  });

  test("name agreement and clause", () => {
    const { steps } = only(toldTo("aurora-labs", "2026-03-02T17:00:00Z").explanations);
    expect(clausesOf(stepsTold(steps)).map(({ agreement, clause, verdict }) => [agreement, clause, verdict])).toEqual([
      ["meridian-master", "right-of-first-refusal", "applies"],
    ]);
  });
});

test("a clause whose reading nobody has confirmed is marked, as the core says it, and no other", () => {
  const { explanations } = toldTo("openai", "2030-01-01T00:00:00Z", "stargate-2025");
  const caveats = explanations.flatMap((one) => one.caveats);
  const named = caveats.filter(({ code }) => code === "unconfirmed_reading");
  expect(named.length).toBeGreaterThan(0);
  const rows = explanations.flatMap(({ steps }) => clausesOf(stepsTold(steps)));
  // Each is found by its clause.
  for (const caveat of named) expect(rows.some((row) => isUnconfirmed(row, [caveat]))).toBe(true);
  const [first] = rows;
  expect(first !== undefined && isUnconfirmed({ ...first, clause: `${first.clause}-2` }, caveats)).toBe(false);
});

describe("a verdict", () => {
  test.each([
    ["out_of_scope", "does not apply", "it does not reach this"],
    ["not_live", "deferred", "it is not in force at that time"],
    ["yields", "overridden", "it yields to another right"],
    ["same_lineage", "overridden", "the same right stands in a newer agreement"],
  ])("%s is told as: %s", (verdict, word, reason) => {
    const one = step({ code: "right_does_not_apply", verdict });
    expect(verdictOf(one)).toBe(word);
    expect(reasonOf(one)).toBe(reason);
  });

  test("of a step that tests no clause is none", () => {
    expect(verdictOf(step({ code: "answer", verdict: "binding" }))).toBeUndefined();
  });
});

describe("facts", () => {
  test("have a check where the clause applies and a cross where it does not", () => {
    const facts = ["x_AcceleratorClass=h100-sxm-80gb", "RegionId=us-south", "spoken"];
    expect(factsOf(step({ facts }))).toEqual([
      { name: "accelerator", value: "h100-sxm-80gb", holds: true },
      { name: "region", value: "us-south", holds: true },
      { name: "", value: "spoken", holds: true },
    ]);
    expect(factsOf(step({ code: "right_does_not_apply", verdict: "out_of_scope", facts }))[0]?.holds).toBe(false);
    expect(factsOf(step({ code: "bid", facts: ["bid=bid_1"] }))).toEqual([{ name: "bid", value: "bid_1" }]);
  });
});

test("ids in a text are found, words are not", () => {
  expect(linked("Meridian was asked, by notice ntc_ywk7vxrkr9myx4r7g275: 4,096")).toEqual([
    { text: "Meridian was asked, by notice " },
    { text: "ntc_ywk7vxrkr9myx4r7g275", id: "ntc_ywk7vxrkr9myx4r7g275" },
    { text: ": 4,096" },
  ]);
  expect(linked("no id, bid_ alone is none")).toEqual([{ text: "no id, bid_ alone is none" }]);
});
