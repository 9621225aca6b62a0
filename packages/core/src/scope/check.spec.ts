import { describe, expect, test } from "vitest";
import { rational } from "../kernel/index.ts";
import { checkScope } from "./check.ts";
import { GROUP_DEPTH_MAX, TESTS_MAX, VALUE_LENGTH_MAX, VALUES_MAX } from "./check-rule.ts";

const us = { Dimension: "RegionId", Operator: "In", Values: ["us-*"] };

/** Each fault as its code and its place. */
function faults(value: unknown): string[] {
  const result = checkScope(value);
  return result.ok ? [] : result.problems.map((problem) => `${problem.code} ${problem.path.join(".")}`.trim());
}

function warnings(value: unknown): string[] {
  const result = checkScope(value);
  if (!result.ok) throw new Error(`Refused: ${faults(value).join(", ")}`);
  return result.warnings.map((warning) => `${warning.code} ${warning.path.join(".")} ${warning.expected ?? ""}`.trim());
}

describe("what is read", () => {
  test("[SCP18] a sound scope comes back with its defaults stated", () => {
    const result = checkScope({
      Inclusions: [us],
      Exclusions: [{ Dimension: "x_Purpose", Operator: "In", Values: ["grant"] }],
    });
    expect(result).toEqual({
      ok: true,
      warnings: [],
      scope: {
        InclusionOperator: "And",
        Inclusions: [us],
        ExclusionOperator: "Or",
        Exclusions: [{ Dimension: "x_Purpose", Operator: "In", Values: ["grant"] }],
      },
    });
  });

  test("[SCP18] the example of the FOCUS specification is read as it stands", () => {
    const example = {
      IsGlobalScope: true,
      ExclusionOperator: "And",
      Exclusions: [
        { Dimension: "BillingAccountId", Operator: "In", Values: ["123456789012"] },
        { Dimension: "ServiceCategory", Operator: "In", Values: ["Database"] },
      ],
    };
    expect(checkScope(example)).toEqual({ ok: true, warnings: [], scope: example });
  });

  test("[SCP20] fractions are read exactly, from numbers and from decimal text", () => {
    const result = checkScope({ IsGlobalScope: true, Applicability: { Cost: 0.1, Usage: "0.35" } });
    expect(result.ok && result.scope.Applicability).toEqual({ Cost: rational(1n, 10n), Usage: rational(7n, 20n) });
  });
});

describe("what is refused", () => {
  test("[SCP18] shapes", () => {
    expect(faults("us")).toEqual(["scope_not_object"]);
    expect(faults([us])).toEqual(["scope_not_object"]);
    expect(faults({})).toEqual(["inclusions_missing Inclusions"]);
    expect(faults({ Inclusions: [] })).toEqual(["rules_empty Inclusions"]);
    expect(faults({ Inclusions: us })).toEqual(["rules_not_list Inclusions"]);
    expect(faults({ Inclusions: ["us"] })).toEqual(["rule_not_object Inclusions.0"]);
    expect(faults({ Inclusions: [us], Exclusions: [] })).toEqual(["rules_empty Exclusions"]);
    expect(faults({ Inclusions: [us], Region: "us" })).toEqual(["unknown_key Region"]);
    expect(faults({ Inclusions: [{ ...us, Value: "us" }] })).toEqual(["unknown_key Inclusions.0.Value"]);
    expect(faults({ IsGlobalScope: "yes", Inclusions: [us] })).toEqual(["bad_flag IsGlobalScope"]);
  });

  test("[SCP18] a scope both global and complex, and inclusions beside either", () => {
    expect(faults({ IsGlobalScope: true, IsComplexScope: true })).toEqual(["global_and_complex IsComplexScope"]);
    expect(faults({ IsGlobalScope: true, Inclusions: [us] })).toEqual(["inclusions_with_open_scope Inclusions"]);
    expect(faults({ IsComplexScope: true, Inclusions: [us] })).toEqual(["inclusions_with_open_scope Inclusions"]);
    expect(faults({ IsGlobalScope: true, IsComplexScope: false, Inclusions: [] })).toEqual([]);
  });

  test("[SCP18] words that mean nothing, each with what would have been right", () => {
    expect(faults({ Inclusions: [{ ...us, Operator: "Equals" }] })).toEqual(["unknown_operator Inclusions.0.Operator"]);
    expect(faults({ Inclusions: [us], InclusionOperator: "XOR" })).toEqual(["bad_junction InclusionOperator"]);
    expect(faults({ Inclusions: [{ GroupOperator: "and", Rules: [us] }] })).toEqual([
      "bad_junction Inclusions.0.GroupOperator",
    ]);
    expect(faults({ Inclusions: [{ Rules: [us] }] })).toEqual(["bad_junction Inclusions.0.GroupOperator"]);
    expect(faults({ Inclusions: [{ ...us, Dimension: "region_id" }] })).toEqual([
      "bad_dimension Inclusions.0.Dimension",
    ]);
    const result = checkScope({ inclusions: [us], Inclusions: [{ ...us, Dimension: "purpose" }] });
    expect(!result.ok && result.problems.map((problem) => problem.expected)).toEqual(["Inclusions", "x_Purpose"]);
  });

  test("[SCP18] lists without values", () => {
    expect(faults({ Inclusions: [{ ...us, Values: [] }] })).toEqual(["values_empty Inclusions.0.Values"]);
    expect(faults({ Inclusions: [{ ...us, Values: "us" }] })).toEqual(["values_empty Inclusions.0.Values"]);
    expect(faults({ Inclusions: [{ ...us, Values: ["us", 7] }] })).toEqual(["values_not_text Inclusions.0.Values.1"]);
    expect(faults({ Inclusions: [{ ...us, Values: [""] }] })).toEqual(["values_not_text Inclusions.0.Values.0"]);
  });

  test("[SCP18] every fault is reported, in the order of the document", () => {
    expect(
      faults({
        Inclusions: [{ Dimension: 3, Operator: "Is", Values: [] }, us],
        Exclusions: [{ GroupOperator: "Xor", Rules: [] }],
      }),
    ).toEqual([
      "bad_dimension Inclusions.0.Dimension",
      "unknown_operator Inclusions.0.Operator",
      "values_empty Inclusions.0.Values",
      "bad_junction Exclusions.0.GroupOperator",
      "rules_empty Exclusions.0.Rules",
    ]);
  });

  test("[SCP19] wildcards where they mean nothing", () => {
    const withTest = (Operator: string, ...Values: string[]) =>
      faults({ Inclusions: [{ Dimension: "RegionId", Operator, Values }] });
    expect(withTest("In", "*", "us")).toEqual(["wildcard_not_alone Inclusions.0.Values"]);
    expect(withTest("NotIn", "*")).toEqual(["wildcard_operator Inclusions.0.Values"]);
    expect(withTest("StartsWith", "*")).toEqual(["wildcard_operator Inclusions.0.Values"]);
    expect(withTest("In", "us-*-1")).toEqual(["wildcard_misplaced Inclusions.0.Values.0"]);
    expect(withTest("In", "ok", "us-**")).toEqual(["wildcard_misplaced Inclusions.0.Values.1"]);
    expect(withTest("StartsWith", "us-*")).toEqual(["wildcard_misplaced Inclusions.0.Values.0"]);
    expect(withTest("Exists", "us")).toEqual(["existence_values Inclusions.0.Values"]);
    expect(withTest("DoesNotExist", "*", "*")).toEqual(["existence_values Inclusions.0.Values"]);
    for (const sound of ["In", "Contains", "Exists", "DoesNotExist"]) expect(withTest(sound, "*")).toEqual([]);
  });

  test("[SCP20] fractions out of place or out of range", () => {
    for (const Cost of [-0.1, 1.01, "one", true, Number.NaN, null]) {
      expect(faults({ IsGlobalScope: true, Applicability: { Cost } })).toEqual([
        "bad_applicability Applicability.Cost",
      ]);
    }
    expect(faults({ IsGlobalScope: true, Applicability: 0.5 })).toEqual(["bad_applicability Applicability"]);
    expect(faults({ IsGlobalScope: true, Applicability: { Spend: 0.5 } })).toEqual(["unknown_key Applicability.Spend"]);
    const part = { ...us, Applicability: { Cost: 0.5 } };
    expect(faults({ Inclusions: [{ GroupOperator: "Or", Rules: [part] }] })).toEqual([
      "applicability_misplaced Inclusions.0.Rules.0.Applicability",
    ]);
    expect(faults({ Inclusions: [part, us, part] })).toEqual(["applicability_ambiguous Inclusions.2.Applicability"]);
    expect(faults({ InclusionOperator: "Or", Inclusions: [part, us, part] })).toEqual([]);
  });

  test("[SCP21] what exceeds the bounds", () => {
    const many = (count: number) => ({ Inclusions: Array.from({ length: count }, () => us) });
    expect(faults(many(TESTS_MAX))).toEqual([]);
    expect(faults(many(TESTS_MAX + 1))).toEqual(["scope_too_large Inclusions"]);
    const halves = { ...many(TESTS_MAX), Exclusions: [us] };
    expect(faults(halves)).toEqual(["scope_too_large Exclusions.0"]);
    const values = (count: number) => ({
      Inclusions: [{ ...us, Values: Array.from({ length: count }, (_, i) => `r${i}`) }],
    });
    expect(faults(values(VALUES_MAX))).toEqual([]);
    expect(faults(values(VALUES_MAX + 1))).toEqual(["scope_too_large Inclusions.0.Values"]);
    const long = (length: number) => ({ Inclusions: [{ ...us, Values: ["a".repeat(length)] }] });
    expect(faults(long(VALUE_LENGTH_MAX))).toEqual([]);
    expect(faults(long(VALUE_LENGTH_MAX + 1))).toEqual(["values_not_text Inclusions.0.Values.0"]);
    let nested: unknown = us;
    for (let depth = 0; depth < GROUP_DEPTH_MAX; depth += 1) nested = { GroupOperator: "And", Rules: [nested] };
    expect(faults({ Inclusions: [nested] })).toEqual([]);
    expect(faults({ Inclusions: [{ GroupOperator: "And", Rules: [nested] }] })).toEqual([
      `scope_too_large Inclusions.0${".Rules.0".repeat(GROUP_DEPTH_MAX)}`,
    ]);
  });

  test("[SCP22] what is let through is shown", () => {
    expect(warnings({ Inclusions: [{ ...us, Dimension: "x_purpose".replace("p", "P") }] })).toEqual([]);
    expect(warnings({ Inclusions: [{ ...us, Dimension: "Purpose" }] })).toEqual([
      "unknown_dimension Inclusions.0.Dimension x_Purpose",
    ]);
    expect(warnings({ Inclusions: [{ ...us, Dimension: "x_Wafer" }] })).toEqual([
      "unknown_dimension Inclusions.0.Dimension",
    ]);
    expect(warnings({ Inclusions: [us], x_Note: "as agreed" })).toEqual(["custom_property_ignored x_Note"]);
    const carved = { IsGlobalScope: true, Exclusions: [{ ...us, Applicability: { Cost: 0.5 } }] };
    expect(warnings(carved)).toEqual(["applicability_ignored Exclusions.0.Applicability"]);
    const result = checkScope(carved);
    expect(result.ok && result.scope.Exclusions).toEqual([us]);
  });
});
