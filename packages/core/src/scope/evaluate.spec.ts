import { describe, expect, test } from "vitest";
import { rational } from "../kernel/index.ts";
import { compileScope } from "./compile.ts";
import { evaluateScope, type ScopeEvaluation, type UndeclaredReading } from "./evaluate.ts";
import { declareFacts, type FactValue, withFacts } from "./facts.ts";
import type { Operator, Scope, ScopeTest, Verdict } from "./model.ts";

type Declared = Readonly<Record<string, FactValue | undefined>>;

const rule = (Dimension: string, Operator: Operator, ...Values: string[]): ScopeTest => ({
  Dimension,
  Operator,
  Values,
});

function read(scope: Scope, facts: Declared, undeclared: UndeclaredReading = "burdened"): ScopeEvaluation {
  return evaluateScope(compileScope(scope), declareFacts(facts), undeclared);
}

function verdictOf(tested: ScopeTest, value: FactValue | undefined): Verdict | undefined {
  return read({ Inclusions: [tested] }, { [tested.Dimension]: value }).tests[0]?.verdict;
}

describe("a test", () => {
  test("[SCP1] each operator compares without regard to case", () => {
    const cases: [Operator, string[], string, Verdict][] = [
      ["In", ["GB200", "H100"], "gb200", "yes"],
      ["In", ["GB200", "H100"], "gb2000", "no"],
      ["NotIn", ["GB200"], "gb200", "no"],
      ["NotIn", ["GB200"], "h100", "yes"],
      ["StartsWith", ["eu-", "US-"], "us-central", "yes"],
      ["StartsWith", ["us-"], "aus-east", "no"],
      ["NotStartsWith", ["test-"], "Test-1", "no"],
      ["NotStartsWith", ["test-", "dev-"], "prod-1", "yes"],
      ["Contains", ["base"], "DataBases", "yes"],
      ["Contains", ["base"], "storage", "no"],
      ["NotContains", ["sandbox"], "my-Sandbox-2", "no"],
      ["NotContains", ["sandbox"], "prod", "yes"],
      ["EndsWith", ["-TEMP"], "disk-temp", "yes"],
      ["EndsWith", ["-temp"], "temp-disk", "no"],
    ];
    for (const [operator, values, value, expected] of cases) {
      expect([operator, value, verdictOf(rule("ServiceName", operator, ...values), value)]).toEqual([
        operator,
        value,
        expected,
      ]);
    }
  });

  test("[SCP2] a star alone holds for every thing, known or not", () => {
    for (const value of ["anything", null, undefined, ["a", "b"]]) {
      expect(verdictOf(rule("RegionId", "In", "*"), value)).toBe("yes");
      expect(verdictOf(rule("RegionId", "Contains", "*"), value)).toBe("yes");
    }
  });

  test("[SCP2] a star in an exclusion takes out everything", () => {
    const scope: Scope = { IsGlobalScope: true, Exclusions: [rule("RegionId", "In", "*")] };
    expect(read(scope, {}).by).toBe("exclusion");
  });

  test("[SCP3] a value ending in a star means the beginning before it", () => {
    const regions = rule("RegionId", "In", "us-*", "eu-west");
    expect(verdictOf(regions, "US-central")).toBe("yes");
    expect(verdictOf(regions, "eu-west")).toBe("yes");
    expect(verdictOf(regions, "eu-west-2")).toBe("no");
    expect(verdictOf(rule("RegionId", "NotIn", "us-*"), "us-east")).toBe("no");
    expect(verdictOf(rule("RegionId", "NotIn", "us-*"), "eu-west")).toBe("yes");
  });

  test("[SCP4] an absent fact fits no value", () => {
    for (const operator of ["In", "StartsWith", "Contains", "EndsWith"] as const) {
      expect(verdictOf(rule("x_Channel", operator, "api"), null)).toBe("no");
    }
    for (const operator of ["NotIn", "NotStartsWith", "NotContains"] as const) {
      expect(verdictOf(rule("x_Channel", operator, "api"), null)).toBe("yes");
    }
    expect(verdictOf(rule("x_Channel", "Exists", "*"), null)).toBe("no");
    expect(verdictOf(rule("x_Channel", "DoesNotExist", "*"), null)).toBe("yes");
    expect(verdictOf(rule("x_Channel", "Exists", "*"), "api")).toBe("yes");
    expect(verdictOf(rule("x_Channel", "DoesNotExist", "*"), ["api", "chat"])).toBe("no");
  });

  test("[SCP5] a test of an undeclared fact is unknown, under every operator", () => {
    for (const operator of [
      "In",
      "NotIn",
      "StartsWith",
      "NotStartsWith",
      "Contains",
      "NotContains",
      "EndsWith",
    ] as const) {
      expect(verdictOf(rule("x_Purpose", operator, "training"), undefined)).toBe("unknown");
      expect(verdictOf(rule("x_Purpose", operator, "training"), [])).toBe("unknown");
    }
    expect(verdictOf(rule("x_Purpose", "Exists", "*"), undefined)).toBe("unknown");
    expect(verdictOf(rule("x_Purpose", "DoesNotExist", "*"), undefined)).toBe("unknown");
  });

  test("[SCP6] one of several values settles a test only where all agree", () => {
    const purpose = rule("x_Purpose", "In", "research", "training");
    expect(verdictOf(purpose, ["research", "training"])).toBe("yes");
    expect(verdictOf(purpose, ["Training", "training"])).toBe("yes");
    expect(verdictOf(purpose, ["training", "inference"])).toBe("unknown");
    expect(verdictOf(purpose, ["batch", "inference"])).toBe("no");
    expect(verdictOf(rule("x_Purpose", "NotIn", "training"), ["batch", "inference"])).toBe("yes");
  });

  test("[SCP5] facts can be declared anew without touching the first ones", () => {
    const first = declareFacts({ RegionId: "us-east", x_Purpose: "training" });
    const second = withFacts(first, { RegionId: "eu-west", x_Purpose: undefined });
    const scope = compileScope({ Inclusions: [rule("RegionId", "In", "us-*"), rule("x_Purpose", "In", "training")] });
    expect(evaluateScope(scope, first, "known").verdict).toBe("yes");
    expect(evaluateScope(scope, second, "known").tests.map((made) => made.verdict)).toEqual(["no", "unknown"]);
  });
});

describe("a scope", () => {
  const here = rule("RegionId", "In", "us-east");
  const chip = rule("x_AcceleratorClass", "In", "gb200");

  test("[SCP7] inclusions need all, exclusions need one, unless stated", () => {
    const all: Scope = { Inclusions: [here, chip] };
    expect(read(all, { RegionId: "us-east", x_AcceleratorClass: "h100" }).verdict).toBe("no");
    expect(read({ ...all, InclusionOperator: "Or" }, { RegionId: "us-east", x_AcceleratorClass: "h100" }).verdict).toBe(
      "yes",
    );
    const but: Scope = { IsGlobalScope: true, Exclusions: [here, chip] };
    expect(read(but, { RegionId: "us-east", x_AcceleratorClass: "h100" }).verdict).toBe("no");
    expect(
      read({ ...but, ExclusionOperator: "And" }, { RegionId: "us-east", x_AcceleratorClass: "h100" }).verdict,
    ).toBe("yes");
  });

  test("[SCP7] an unknown part matters only where the others leave it open", () => {
    expect(read({ Inclusions: [here, chip] }, { RegionId: "eu-west" }).verdict).toBe("no");
    expect(read({ Inclusions: [here, chip] }, { RegionId: "us-east" }).verdict).toBe("unknown");
    expect(read({ InclusionOperator: "Or", Inclusions: [here, chip] }, { RegionId: "us-east" }).verdict).toBe("yes");
    expect(read({ InclusionOperator: "Or", Inclusions: [here, chip] }, { RegionId: "eu-west" }).verdict).toBe(
      "unknown",
    );
  });

  test("[SCP7] a dimension no rule names is unrestricted", () => {
    expect(
      read({ Inclusions: [here] }, { RegionId: "us-east", x_Purpose: "inference", ServiceName: null }).verdict,
    ).toBe("yes");
  });

  test("[SCP8] two carve-outs of two conditions each", () => {
    const pair = (purpose: string, source: string) => ({
      GroupOperator: "And" as const,
      Rules: [rule("x_Purpose", "In", purpose), rule("x_SourceClass", "In", source)],
    });
    const scope: Scope = { IsGlobalScope: true, Exclusions: [pair("training", "own_build"), pair("grant", "market")] };
    expect(read(scope, { x_Purpose: "training", x_SourceClass: "own_build" })).toMatchObject({
      applies: false,
      excludedBy: 0,
    });
    expect(read(scope, { x_Purpose: "grant", x_SourceClass: "market" })).toMatchObject({
      applies: false,
      excludedBy: 1,
    });
    expect(read(scope, { x_Purpose: "training", x_SourceClass: "market" })).toMatchObject({
      applies: true,
      by: "global",
    });
  });

  test("[SCP9] the inclusions decide before the exclusions", () => {
    const scope: Scope = { Inclusions: [chip], Exclusions: [rule("ServiceName", "In", "spot"), here] };
    const outside = read(scope, { x_AcceleratorClass: "h100", RegionId: "us-east", ServiceName: "spot" });
    expect(outside).toMatchObject({ applies: false, by: "inclusions" });
    expect(outside.excludedBy).toBeUndefined();
    const excluded = read(scope, { x_AcceleratorClass: "gb200", RegionId: "us-east", ServiceName: "reserved" });
    expect(excluded).toMatchObject({ applies: false, by: "exclusion", excludedBy: 1 });
    const inside = read(scope, { x_AcceleratorClass: "gb200", RegionId: "eu-west", ServiceName: "reserved" });
    expect(inside).toMatchObject({ applies: true, by: "inclusions" });
  });

  test("[SCP9] exclusions joined by And take out together, and none is named", () => {
    const scope: Scope = { IsGlobalScope: true, ExclusionOperator: "And", Exclusions: [here, chip] };
    const answer = read(scope, { RegionId: "us-east", x_AcceleratorClass: "gb200" });
    expect(answer).toMatchObject({ applies: false, by: "exclusion" });
    expect("excludedBy" in answer).toBe(false);
  });

  test("[SCP10] read as a burden, the unknown is in scope", () => {
    expect(read({ Inclusions: [here] }, {}, "burdened")).toMatchObject({
      applies: true,
      verdict: "unknown",
      by: "undeclared",
    });
    const carved: Scope = { IsGlobalScope: true, Exclusions: [here] };
    expect(read(carved, {}, "burdened")).toMatchObject({ applies: true, verdict: "unknown", by: "undeclared" });
  });

  test("[SCP11] read as a benefit, the unknown is not", () => {
    expect(read({ Inclusions: [here] }, {}, "known")).toMatchObject({
      applies: false,
      verdict: "unknown",
      by: "undeclared",
    });
    const carved: Scope = { IsGlobalScope: true, Exclusions: [here] };
    expect(read(carved, {}, "known")).toMatchObject({ applies: false, verdict: "unknown" });
    expect(read(carved, { RegionId: "eu-west" }, "known")).toMatchObject({ applies: true, verdict: "yes" });
  });

  test("[SCP12] an unknown answer names what it rests on, and nothing else", () => {
    const scope: Scope = {
      Inclusions: [chip, { GroupOperator: "Or", Rules: [here, rule("x_Channel", "In", "api")] }],
      Exclusions: [rule("x_Purpose", "In", "training")],
    };
    const settledByRegion = read(scope, { RegionId: "us-east", x_AcceleratorClass: "gb200" });
    expect(settledByRegion.undeclared).toEqual(["x_Purpose"]);
    const open = read(scope, { x_AcceleratorClass: "gb200", x_Purpose: "inference" });
    expect(open.undeclared).toEqual(["RegionId", "x_Channel"]);
    expect(read(scope, { x_AcceleratorClass: "h100" }).undeclared).toEqual([]);
  });

  test("[SCP13] a global scope covers what its exclusions leave", () => {
    const scope: Scope = { IsGlobalScope: true, Exclusions: [here] };
    expect(read(scope, { RegionId: "eu-west" })).toMatchObject({ applies: true, by: "global" });
    expect(read(scope, { RegionId: "us-east" })).toMatchObject({ applies: false, by: "exclusion" });
    expect(read({ IsGlobalScope: true }, {})).toMatchObject({ applies: true, verdict: "yes" });
  });

  test("[SCP13] nobody can say what a complex scope covers, save what it excludes", () => {
    const scope: Scope = { IsComplexScope: true, Exclusions: [here] };
    expect(read(scope, { RegionId: "eu-west" }, "burdened")).toMatchObject({
      applies: true,
      verdict: "unknown",
      by: "complex",
    });
    expect(read(scope, { RegionId: "eu-west" }, "known")).toMatchObject({
      applies: false,
      verdict: "unknown",
      by: "complex",
    });
    expect(read(scope, { RegionId: "us-east" }, "burdened")).toMatchObject({ applies: false, by: "exclusion" });
  });

  test("[SCP14] the trace holds every test, the ones that did not matter too", () => {
    const scope: Scope = { Inclusions: [chip, here], Exclusions: [rule("x_Purpose", "NotIn", "inference")] };
    expect(read(scope, { x_AcceleratorClass: "H100", x_Purpose: ["batch", "inference"] }).tests).toEqual([
      { side: "inclusion", dimension: "x_AcceleratorClass", operator: "In", verdict: "no", fact: "H100" },
      { side: "inclusion", dimension: "RegionId", operator: "In", verdict: "unknown", fact: undefined },
      {
        side: "exclusion",
        dimension: "x_Purpose",
        operator: "NotIn",
        verdict: "unknown",
        fact: ["batch", "inference"],
      },
    ]);
  });

  test("[SCP13] a scope that is both global and complex is never built", () => {
    expect(() => compileScope({ IsGlobalScope: true, IsComplexScope: true })).toThrow("not both global and complex");
    expect(() => compileScope({})).toThrow("a scope has inclusions");
  });
});

describe("which part counts", () => {
  const tenth = rational(1n, 10n);
  const half = rational(1n, 2n);
  const whole = rational(1n);
  const none = rational(0n);

  test("[SCP15] the scope's own fractions, a missing key counting whole", () => {
    expect(read({ IsGlobalScope: true }, {}).fractions).toEqual({ cost: whole, usage: whole });
    expect(read({ IsGlobalScope: true, Applicability: { Cost: half } }, {}).fractions).toEqual({
      cost: half,
      usage: whole,
    });
  });

  test("[SCP15] a matching rule's fractions come before the scope's", () => {
    const scope: Scope = {
      Applicability: { Cost: half },
      Inclusions: [
        rule("RegionId", "In", "us-*"),
        { ...rule("ServiceName", "In", "market"), Applicability: { Cost: tenth } },
      ],
    };
    expect(read(scope, { RegionId: "us-east", ServiceName: "market" }).fractions).toEqual({
      cost: tenth,
      usage: whole,
    });
  });

  test("[SCP15] under Or the highest of the matching rules, for each metric", () => {
    const scope: Scope = {
      InclusionOperator: "Or",
      Applicability: { Cost: none, Usage: tenth },
      Inclusions: [
        { ...rule("RegionId", "In", "us-*"), Applicability: { Cost: half, Usage: none } },
        { ...rule("ServiceName", "In", "market"), Applicability: { Cost: tenth, Usage: half } },
        rule("x_Purpose", "In", "training"),
      ],
    };
    expect(read(scope, { RegionId: "us-east", ServiceName: "market", x_Purpose: "batch" }).fractions).toEqual({
      cost: half,
      usage: half,
    });
    expect(read(scope, { RegionId: "eu", ServiceName: "market", x_Purpose: "training" }).fractions).toEqual({
      cost: tenth,
      usage: half,
    });
    expect(read(scope, { RegionId: "eu", ServiceName: "spot", x_Purpose: "training" }).fractions).toEqual({
      cost: none,
      usage: tenth,
    });
  });

  test("[SCP15] an unknown rule counts for a burden and not for a benefit", () => {
    const scope: Scope = {
      InclusionOperator: "Or",
      Inclusions: [
        { ...rule("RegionId", "In", "us-*"), Applicability: { Cost: tenth } },
        { ...rule("ServiceName", "In", "market"), Applicability: { Cost: half } },
      ],
    };
    expect(read(scope, { RegionId: "us-east" }, "burdened").fractions.cost).toEqual(half);
    expect(read(scope, { RegionId: "us-east" }, "known").fractions.cost).toEqual(tenth);
  });

  test("[SCP15] what is out of scope counts nothing", () => {
    const scope: Scope = { Applicability: { Cost: half }, Inclusions: [rule("RegionId", "In", "us-*")] };
    expect(read(scope, { RegionId: "eu-west" }).fractions).toEqual({ cost: none, usage: none });
    expect(read(scope, {}, "known").fractions).toEqual({ cost: none, usage: none });
  });
});

describe("the carve-out for the buyer's own build", () => {
  const right: Scope = {
    Inclusions: [
      rule("x_AcceleratorClass", "In", "GB200"),
      rule("RegionId", "In", "us-*"),
      rule("x_NewCapacity", "In", "true"),
    ],
    ExclusionOperator: "And",
    Exclusions: [rule("x_Purpose", "In", "research", "training"), rule("x_SourceClass", "In", "own_build")],
  };
  const lot = { x_AcceleratorClass: "GB200", RegionId: "us-central", x_NewCapacity: "true" };

  test("[SCP26] case A2: training on own build is taken out", () => {
    expect(read(right, { ...lot, x_Purpose: "training", x_SourceClass: "own_build" })).toMatchObject({
      applies: false,
      by: "exclusion",
    });
  });

  test("[SCP26] case A3: training on the market's capacity is not", () => {
    expect(read(right, { ...lot, x_Purpose: "training", x_SourceClass: "market" })).toMatchObject({
      applies: true,
      by: "inclusions",
    });
  });

  test("[SCP26] case A4: a declared split is two lots, one out and one in", () => {
    const lots = ["training", "inference"].map((x_Purpose) =>
      read(right, { ...lot, x_Purpose, x_SourceClass: "own_build" }),
    );
    expect(lots.map((answer) => answer.applies)).toEqual([false, true]);
  });

  test("[SCP26] case A5: an undeclared split is read as the most burdened", () => {
    const mixed = read(right, { ...lot, x_Purpose: ["training", "inference"], x_SourceClass: "own_build" });
    expect(mixed).toMatchObject({ applies: true, verdict: "unknown", by: "undeclared", undeclared: ["x_Purpose"] });
    const unsaid = read(right, { ...lot, x_SourceClass: "own_build" });
    expect(unsaid).toMatchObject({ applies: true, by: "undeclared", undeclared: ["x_Purpose"] });
  });
});
