import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ANYWHERE, IN_NORTH_AMERICA, normaliseRegion, servesRegion } from "./index.ts";

const idOf = (provider: string, region: string): string => {
  const place = normaliseRegion(provider, region);
  return "problem" in place ? place.problem.code : place.regionId;
};

describe("ids of regions", () => {
  test.each([
    ["azure", "eastus", "us-eastus"],
    ["azure", "usgovvirginia", "usgov-usgovvirginia"],
    ["azure", "uksouth", "uk-uksouth"],
    ["azure", "swedencentral", "eu-swedencentral"],
    ["aws", "us-east-1", "us-east-1"],
    ["aws", "us-gov-west-1", "usgov-us-gov-west-1"],
    ["aws", "cn-north-1", "cn-north-1"],
    ["aws", "eu-west-2", "uk-eu-west-2"],
    ["aws", "eu-central-1", "eu-central-1"],
    ["gcp", "us-central1", "us-central1"],
    ["gcp", "europe-west4", "eu-europe-west4"],
    ["gcp", "europe-west2", "uk-europe-west2"],
    ["gcp", "europe-west6", "ch-europe-west6"],
    ["gcp", "northamerica-northeast1", "ca-northamerica-northeast1"],
    ["oci", "us-ashburn-1", "us-ashburn-1"],
    ["oci", "af-casablanca-1", "af-casablanca-1"],
    ["oci", "us-langley-1", "usgov-us-langley-1"],
    ["coreweave", "US-EAST-04", "us-east-04"],
    ["coreweave", "RNO2", "us-rno2"],
    ["nebius", "eu-north1", "eu-north1"],
    ["azure", "atlantis", "unknown_region"],
    ["azure", "", "unknown_region"],
    ["azure", "constructor", "unknown_region"],
    ["aws", "us-east-1\n", "us-east-1"],
    ["aws", `us-${"x".repeat(80)}`, "unknown_region"],
    ["lunarcloud", "us-east-1", "unknown_provider"],
    ["__proto__", "us-east-1", "unknown_provider"],
  ])("[INT20] %s %j is %s", (provider, region, expected) => {
    expect(idOf(provider, region)).toBe(expected);
  });

  test("[INT20] an id starts with its group, whatever the region is called", () => {
    const region = fc.stringMatching(/^(us|eu|ap|ca|me|af|us-gov|cn)-[a-z]{2,8}-\d$/);
    fc.assert(
      fc.property(region, (name) => {
        const place = normaliseRegion("aws", name);
        if ("problem" in place) throw new Error(place.problem.detail);
        expect(place.regionId.startsWith(`${place.regionGroups[0]}-`)).toBe(true);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe("which places serve a pattern", () => {
  const east = { regionId: "us-eastus", regionGroups: ["us"] } as const;
  const gov = { regionId: "usgov-us-gov-west-1", regionGroups: ["usgov"] } as const;
  test.each([
    [east, "*", true],
    [east, "us", true],
    [east, "us-*", true],
    [east, "us-east*", true],
    [east, "us-eastus", true],
    [east, "us-eastus2", false],
    [east, "us-west*", false],
    [east, "eu-*", false],
    [gov, "us-*", false],
    [gov, "usgov-*", true],
    [ANYWHERE, "us-eastus", true],
    [ANYWHERE, "usgov-*", false],
    [ANYWHERE, "cn-*", false],
    [IN_NORTH_AMERICA, "us-east-04", true],
    [IN_NORTH_AMERICA, "ca-*", true],
    [IN_NORTH_AMERICA, "eu-*", false],
  ] as const)("[INT21] %j and %s: %s", (place, pattern, expected) => {
    expect(servesRegion(place, pattern)).toBe(expected);
  });
});
