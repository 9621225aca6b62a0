import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileTest, testVerdict } from "./compiled-test.ts";
import { declareFacts, type FactValue } from "./facts.ts";
import type { Operator } from "./model.ts";

function verdict(operator: Operator, values: readonly string[], fact: FactValue) {
  const scopeTest = compileTest({ Dimension: "RegionId", Operator: operator, Values: values });
  return testVerdict(scopeTest, declareFacts({ RegionId: fact }).get("RegionId"));
}

describe("a fact of which only the beginning is known", () => {
  test.each<[Operator, string[], string, string]>([
    ["In", ["us-*"], "us-*", "yes"],
    ["In", ["us-*"], "US-East-*", "yes"],
    ["In", ["us-central"], "us-*", "unknown"],
    ["In", ["us-central-*"], "us-*", "unknown"],
    ["In", ["eu-*", "ap-south"], "us-*", "no"],
    ["In", ["us"], "us-*", "no"],
    ["In", ["*"], "us-*", "yes"],
    ["In", ["us-central"], "*", "unknown"],
    ["NotIn", ["us-*"], "us-*", "no"],
    ["NotIn", ["us-central"], "us-*", "unknown"],
    ["NotIn", ["eu-*"], "us-*", "yes"],
    ["StartsWith", ["us"], "us-*", "yes"],
    ["Contains", ["s-"], "us-*", "yes"],
    ["Contains", ["east"], "us-*", "unknown"],
    ["NotContains", ["east"], "us-*", "unknown"],
    ["EndsWith", ["east"], "us-*", "unknown"],
    ["Exists", ["*"], "us-*", "yes"],
    ["DoesNotExist", ["*"], "us-*", "no"],
  ])("[SCP27] %s %j of %s: %s", (operator, values, fact, expected) => {
    expect(verdict(operator, values, fact)).toBe(expected);
    expect(verdict(operator, values, [fact])).toBe(expected);
  });

  test("[SCP27] one of several, some of them known in full", () => {
    expect(verdict("In", ["us-*"], ["us-central", "us-e*"])).toBe("yes");
    expect(verdict("In", ["us-*"], ["eu-west", "us-e*"])).toBe("unknown");
    expect(verdict("In", ["us-*"], ["eu-west", "ap-*"])).toBe("no");
    expect(verdict("In", ["us-*"], ["eu-west", "*"])).toBe("unknown");
  });

  test("[SCP27] what is said of the beginning holds for every value that begins so", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 3 });
    const operator = fc.constantFrom<Operator>(
      "In",
      "NotIn",
      "StartsWith",
      "NotStartsWith",
      "Contains",
      "NotContains",
      "EndsWith",
    );
    const nonEmpty = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        operator,
        fc.array(nonEmpty, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        text,
        text,
        (op, values, starred, start, rest) => {
          const isList = op === "In" || op === "NotIn";
          const wanted = starred && isList ? values.map((value) => `${value}*`) : values;
          const said = verdict(op, wanted, `${start}*`);
          const full = verdict(op, wanted, start + rest);
          expect(said === "unknown" || said === full || start + rest === "").toBe(true);
        },
      ),
      { seed: 11, numRuns: 3_000 },
    );
  });
});
