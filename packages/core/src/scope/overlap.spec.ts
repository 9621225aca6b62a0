import { describe, expect, test } from "vitest";
import { compileScope } from "./compile.ts";
import type { Operator, Scope, ScopeTest } from "./model.ts";
import { scopesOverlap } from "./overlap.ts";

const rule = (Dimension: string, Operator: Operator, ...Values: string[]): ScopeTest => ({
  Dimension,
  Operator,
  Values,
});
const overlap = (a: Scope, b: Scope) => scopesOverlap(compileScope(a), compileScope(b));

describe("overlap of two scopes", () => {
  test("[SCP23] case A14: two exclusivities that meet on one channel", () => {
    const api: Scope = { Inclusions: [rule("x_Channel", "In", "api"), rule("ServiceName", "In", "models")] };
    const frontier: Scope = {
      Inclusions: [rule("x_Channel", "In", "api", "agents"), rule("HostProviderName", "NotIn", "alfa")],
    };
    expect(overlap(api, frontier)).toEqual({
      overlap: "yes",
      example: { HostProviderName: "0", ServiceName: "models", x_Channel: "api" },
    });
  });

  test("[SCP24] different regions, and a carve-out that hands over exactly what the other takes", () => {
    const us: Scope = { Inclusions: [rule("RegionId", "In", "us-*")] };
    expect(overlap(us, { Inclusions: [rule("RegionId", "StartsWith", "eu-", "ap-")] })).toEqual({ overlap: "no" });
    const carved: Scope = { IsGlobalScope: true, Exclusions: [rule("x_Channel", "In", "api")] };
    expect(overlap(carved, { Inclusions: [rule("x_Channel", "In", "api")] })).toEqual({ overlap: "no" });
    expect(overlap(carved, { Inclusions: [rule("x_Channel", "In", "api", "chat")] }).overlap).toBe("yes");
  });

  test("[SCP24] beginnings, parts and endings are weighed together", () => {
    const shaped: Scope = {
      Inclusions: [rule("ServiceName", "StartsWith", "pre"), rule("ServiceName", "EndsWith", "fix")],
    };
    expect(overlap(shaped, { Inclusions: [rule("ServiceName", "Contains", "mid")] }).overlap).toBe("yes");
    expect(overlap(shaped, { Inclusions: [rule("ServiceName", "NotContains", "ref", "x")] })).toEqual({
      overlap: "no",
    });
    expect(overlap(shaped, { Inclusions: [rule("ServiceName", "In", "prefix")] }).overlap).toBe("yes");
    expect(overlap(shaped, { Inclusions: [rule("ServiceName", "DoesNotExist", "*")] })).toEqual({ overlap: "no" });
  });

  test("[SCP24] two scopes may meet in what has no such dimension", () => {
    const without: Scope = { Inclusions: [rule("x_Channel", "DoesNotExist", "*")] };
    expect(overlap(without, { Inclusions: [rule("x_Channel", "NotIn", "api")] })).toEqual({
      overlap: "yes",
      example: { x_Channel: null },
    });
    expect(overlap(without, { Inclusions: [rule("x_Channel", "Exists", "*")] })).toEqual({ overlap: "no" });
  });

  test("[SCP25] a complex scope may overlap anything its exclusions leave", () => {
    const complex: Scope = { IsComplexScope: true, Exclusions: [rule("RegionId", "In", "us-*")] };
    expect(overlap(complex, { Inclusions: [rule("RegionId", "In", "eu-west")] })).toEqual({ overlap: "unknown" });
    expect(overlap(complex, { Inclusions: [rule("RegionId", "In", "us-east")] })).toEqual({ overlap: "no" });
  });

  test("[SCP25] too many combinations are not tried to the end", () => {
    const letters = Array.from({ length: 20 }, (_, index) => String.fromCharCode(97 + index));
    const parts = letters.map((letter) => rule("ServiceName", "Contains", ...letters.map((other) => letter + other)));
    const none = rule("ServiceName", "NotContains", ...letters);
    expect(overlap({ Inclusions: [none] }, { Inclusions: parts })).toEqual({ overlap: "no" });
    const wide = letters.map((letter) => rule("ServiceName", "Contains", ...letters.map((other) => letter + other)));
    const last = rule("ServiceName", "NotContains", ...letters.map((letter) => `t${letter}`));
    expect(overlap({ Inclusions: [...wide] }, { Inclusions: [last] })).toEqual({ overlap: "unknown" });
  });
});
