import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AZURE_SIZES, azureSize } from "./azure-sizes.ts";
import { GCP_MACHINE_TYPES } from "./gcp-machine-types.ts";
import type { NormalisedAccelerator } from "./normalise.ts";
import { normaliseAccelerator } from "./normalise.ts";
import { ACCELERATORS, acceleratorOf } from "./types.ts";

const typeOf = (result: NormalisedAccelerator): string => ("type" in result ? result.type : result.problem.code);
const noteOf = (result: NormalisedAccelerator): string | undefined => ("type" in result ? result.note : undefined);

describe("the table", () => {
  test("[ACC1] canonical ids resolve to themselves and need no note", () => {
    for (const { type } of ACCELERATORS) expect(normaliseAccelerator(type)).toEqual({ type });
    expect(new Set(ACCELERATORS.map(({ type }) => type)).size).toBe(ACCELERATORS.length);
    expect(acceleratorOf("h100-sxm-80gb")?.memoryGb).toBe(80);
    expect(acceleratorOf("H100")).toBeUndefined();
  });

  test("[ACC1] every alias means its own type and every family its own default", () => {
    for (const { type, aliases, family, isDefault } of ACCELERATORS) {
      for (const name of isDefault ? [family, ...aliases] : aliases) {
        expect([name, typeOf(normaliseAccelerator(name))]).toEqual([name, type]);
      }
    }
  });
});

describe("names as lists and people write them", () => {
  test.each([
    ["H100", "h100-sxm-80gb"],
    ["h100", "h100-sxm-80gb"],
    ["H100-80GB", "h100-sxm-80gb"],
    ["NVIDIA H100 80GB HBM3", "h100-sxm-80gb"],
    ["NVIDIA H100 PCIe", "h100-pcie-80gb"],
    ["NVIDIA H100 NVL", "h100-nvl-94gb"],
    ["H100SXM", "h100-sxm-80gb"],
    ["H100 (InfiniBand)", "h100-sxm-80gb"],
    ["GB200", "gb200-nvl72"],
    ["GB200 NVL72", "gb200-nvl72"],
    ["NVIDIA GB300", "gb300-nvl72"],
    ["B200", "b200-sxm-180gb"],
    ["H200 (InfiniBand)", "h200-sxm-141gb"],
    ["A100", "a100-sxm-80gb"],
    ["A100-40GB", "a100-sxm-40gb"],
    ["NVIDIA A100-SXM4-80GB", "a100-sxm-80gb"],
    ["A100SXM4 40 GB", "a100-sxm-40gb"],
    ["Tesla V100-SXM2-32GB", "v100-sxm-32gb"],
    ["AMD Instinct MI300X", "mi300x-192gb"],
    ["trainium", "trainium1"],
    ["Trainium2", "trainium2"],
    ["inferentia2", "inferentia2"],
    ["radeon-pro-v520", "radeon-pro-v520-8gb"],
    ["rtx-pro-server-6000", "rtx-pro-6000-96gb"],
    ["RTX Pro 6000 Blackwell Server Edition", "rtx-pro-6000-96gb"],
    ["L40S", "l40s-48gb"],
    ["L4", "l4-24gb"],
    ["T4G", "t4g-16gb"],
    ["TPU v5e", "tpu-v5e"],
  ])("[ACC2] %s is %s", (text, type) => {
    expect(typeOf(normaliseAccelerator(text))).toBe(type);
  });

  test("[ACC2] case, spacing and order of words do not matter", () => {
    const words = fc.shuffledSubarray(["NVIDIA", "A100", "SXM4", "40GB"], { minLength: 4 });
    const between = fc.constantFrom(" ", "-", "_", "  ", " - ");
    fc.assert(
      fc.property(words, between, fc.boolean(), (parts, joiner, lower) => {
        const text = parts.join(joiner);
        expect(typeOf(normaliseAccelerator(lower ? text.toLowerCase() : text))).toBe("a100-sxm-40gb");
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("[ACC3] a shared short name says what else it could have meant", () => {
    expect(noteOf(normaliseAccelerator("H100"))).toBe(
      "H100 is read as h100-sxm-80gb; it could also be h100-pcie-80gb, h100-nvl-94gb",
    );
    expect(noteOf(normaliseAccelerator("GB200"))).toBeUndefined();
    expect(noteOf(normaliseAccelerator("L40S"))).toBeUndefined();
  });

  test("[ACC4] a stated memory decides between the forms of a family", () => {
    expect(typeOf(normaliseAccelerator("a100", { memoryGib: 40 }))).toBe("a100-sxm-40gb");
    expect(typeOf(normaliseAccelerator("a100", { memoryGib: 80 }))).toBe("a100-sxm-80gb");
    expect(typeOf(normaliseAccelerator("v100", { memoryGib: 32 }))).toBe("v100-sxm-32gb");
    expect(typeOf(normaliseAccelerator("GB200", { memoryGib: 192 }))).toBe("gb200-nvl72");
    expect(typeOf(normaliseAccelerator("B300", { memoryGib: 262.5 }))).toBe("b300-sxm-288gb");
  });

  test("[ACC4] a memory that fits no type of the family is a problem", () => {
    expect(typeOf(normaliseAccelerator("h100", { memoryGib: 40 }))).toBe("no_such_variant");
    expect(typeOf(normaliseAccelerator("h100-sxm-80gb", { memoryGib: 141 }))).toBe("no_such_variant");
    expect(typeOf(normaliseAccelerator("h100-40gb"))).toBe("no_such_variant");
    expect(typeOf(normaliseAccelerator("mi300x pcie"))).toBe("no_such_variant");
  });
});

describe("nodes of providers", () => {
  test.each([
    ["Standard_ND96isr_H100_v5", "h100-sxm-80gb"],
    ["standard_nc40ads_h100_v5", "h100-nvl-94gb"],
    ["ND128isr_NDR_GB200_v6", "gb200-nvl72"],
    ["a4x-highgpu-4g", "gb200-nvl72"],
    ["Standard_NV6ads_A10_v5", "fractional_accelerator"],
    ["Standard_NP10s", "not_an_accelerator"],
    ["Standard_NC8ads_A10_v4", "unknown_accelerator_count"],
    ["g4-standard-6", "fractional_accelerator"],
  ])("[ACC5] %s is %s", (text, expected) => {
    expect(typeOf(normaliseAccelerator(text))).toBe(expected);
  });

  test("[ACC5] a size says how many its node holds, and on what ground", () => {
    expect(noteOf(normaliseAccelerator("Standard_ND96isr_H100_v5"))).toBe(
      "Standard_ND96isr_H100_v5 is a node with 8 of h100-sxm-80gb",
    );
    expect(azureSize("Standard_ND96isr_H100_v5")).toMatchObject({ count: 8, basis: "documented" });
    expect(azureSize("Standard_ND96is_noIB_H100_v5")).toMatchObject({ count: 8, basis: "naming" });
    expect(azureSize("Standard_D2_v2")).toBeUndefined();
  });

  test("[ACC7] every shape holds a known type, at least one of it", () => {
    const shapes = [...AZURE_SIZES.values(), ...GCP_MACHINE_TYPES.values()].filter((shape) => shape.kind === "whole");
    expect(shapes.length).toBeGreaterThan(100);
    for (const shape of shapes) {
      expect(acceleratorOf(shape.type)?.type).toBe(shape.type);
      expect(Number.isInteger(shape.count) && shape.count >= 1).toBe(true);
    }
  });
});

describe("what it does not know", () => {
  test("[ACC6] an unknown name comes with what is near, not as what is near", () => {
    const result = normaliseAccelerator("H10O");
    expect(result).toMatchObject({ problem: { code: "unknown_accelerator" } });
    expect("problem" in result && result.problem.didYouMean).toContain("h100-sxm-80gb");
    expect(typeOf(normaliseAccelerator("H100 turbo"))).toBe("unknown_accelerator");
    expect(typeOf(normaliseAccelerator("Standard_ND96isr_H100_v9"))).toBe("unknown_accelerator");
    expect(typeOf(normaliseAccelerator("__proto__"))).toBe("unknown_accelerator");
    expect(typeOf(normaliseAccelerator("constructor"))).toBe("unknown_accelerator");
  });

  test("[ACC6] nothing, several and endless names are problems of their own", () => {
    expect(typeOf(normaliseAccelerator("  "))).toBe("accelerator_missing");
    expect(typeOf(normaliseAccelerator("GB300|B300"))).toBe("several_accelerators");
    expect(typeOf(normaliseAccelerator("H100 A100"))).toBe("several_accelerators");
    expect(typeOf(normaliseAccelerator("H".repeat(129)))).toBe("accelerator_name_too_long");
  });

  test("[ACC6] any text gives a type of the table or a problem", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: "binary" }), (text) => {
        const result = normaliseAccelerator(text);
        const types = "type" in result ? [result.type] : result.problem.didYouMean;
        expect(types.length).toBeLessThanOrEqual(3);
        for (const type of types) expect(acceleratorOf(type)?.type).toBe(type);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
