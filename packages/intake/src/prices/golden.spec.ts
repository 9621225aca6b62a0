import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { formatMicros } from "@offtake/core/kernel";
import { acceleratorOf } from "@offtake/wire/accelerators";
import { beforeAll, describe, expect, test } from "vitest";
import type { ListOffer, PriceListReport, PriceTable } from "./index.ts";
import { findOffers, importPriceFolder } from "./index.ts";

const FOLDER = fileURLToPath(new URL("../../../../data/prices", import.meta.url));
let table: PriceTable;
beforeAll(async () => {
  table = await importPriceFolder(FOLDER);
});

function list(format: string): PriceListReport {
  const found = table.lists.find((report) => report.format === format);
  if (found === undefined) throw new Error(`no list of the form ${format}`);
  return found;
}

function tally(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function offer(format: string, instanceType: string, region = "", kind = "on_demand"): ListOffer {
  const found = list(format).offers.find(
    (each) => each.instanceType === instanceType && each.region === region && each.kind === kind,
  );
  if (found === undefined) throw new Error(`no offer ${instanceType} ${region} ${kind}`);
  return found;
}

const unitPrice = (each: ListOffer): string =>
  `${formatMicros(each.unitPrice.microsPerHour)} ${each.unitPrice.currency}`;

describe("the lists that ship", () => {
  test.each([
    ["aws-instances", 190, 190, 143, { missing_accelerator_count: 42, fractional_accelerator: 5 }],
    [
      "azure-sizes",
      1421,
      1421,
      979,
      { fractional_accelerator: 212, unknown_accelerator_count: 200, not_an_accelerator: 30 },
    ],
    ["coreweave-plans", 10, 15, 13, { price_on_request: 1, several_accelerators: 1 }],
    ["gcp-machine-prices", 768, 768, 720, { fractional_accelerator: 48 }],
    ["gcp-machine-types", 48, 48, 0, { states_no_price: 48 }],
    ["nebius-presets", 21, 29, 29, {}],
    ["oci-shapes", 21, 25, 25, {}],
  ])("[INT1] %s: %i rows, %i prices, %i offers", (format, read, prices, offers, codes) => {
    const report = list(format);
    expect([report.read, report.prices, report.offers.length]).toEqual([read, prices, offers]);
    expect(tally(report.dropped.map(({ code }) => code))).toEqual(codes);
    expect(report.dropped.every(({ line, reason, text }) => line > 1 && reason !== "" && text !== "")).toBe(true);
  });

  test("[INT1] the table of counts in the rules says the same", () => {
    const spec = readFileSync(new URL("../../SPEC.md", import.meta.url), "utf8");
    const stated = [...spec.matchAll(/^\| [A-Z][^|]+\| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|/gm)].map((row) =>
      row.slice(1).map((text) => Number(text.replace(",", ""))),
    );
    expect(stated).toEqual(table.lists.map(({ read, prices, offers }) => [read, prices, offers.length]));
  });

  test("[INT2] every price became an offer or was dropped", () => {
    for (const report of table.lists) expect(report.offers.length + report.dropped.length).toBe(report.prices);
    expect(table.offers).toHaveLength(1909);
  });

  test("[INT1] every offer names a type of the table, a whole count, a price above zero and a place", () => {
    for (const each of table.offers) {
      expect(acceleratorOf(each.acceleratorType)?.type).toBe(each.acceleratorType);
      expect(Number.isInteger(each.acceleratorCount) && each.acceleratorCount >= 1).toBe(true);
      expect(each.unitPrice.microsPerHour > 0n && each.nodePrice.microsPerHour >= each.unitPrice.microsPerHour).toBe(
        true,
      );
      expect(each.regionId).toMatch(/^[a-z][a-z0-9-]+$/);
      expect(each.regionGroups.length).toBeGreaterThan(0);
    }
  });
});

describe("prices checked by hand against the files", () => {
  test.each([
    ["azure-sizes", "Standard_ND96isr_H100_v5", "eastus", "12.29 USD", 8], // 98.32 / 8
    ["azure-sizes", "Standard_ND128isr_NDR_GB200_v6", "eastus", "27.04 USD", 4], // 108.16 / 4
    ["oci-shapes", "BM.GPU.GB200.4", "", "16.00 USD", 4], // 64 / 4
    ["oci-shapes", "BM.GPU.H100.8", "", "10.00 USD", 8], // 80 / 8
    ["coreweave-plans", "NVIDIA HGX H100 (on-demand)", "", "6.155 USD", 8], // 49.24 / 8
    ["coreweave-plans", "NVIDIA GB200 NVL72 (on-demand, North America)", "", "10.50 USD", 4], // 42 / 4
    ["aws-instances", "p5.48xlarge", "us-east-1", "6.88 USD", 8], // 55.04 / 8
    ["gcp-machine-prices", "a3-highgpu-8g", "asia-east1", "12.794848 USD", 8], // 102.358780070575 / 8
    ["nebius-presets", "gpu-h100-sxm_8gpu-128vcpu-1600gb", "eu-north1", "2.95 USD", 8], // 23.60 / 8
  ])("[INT3] %s %s %s is %s", (format, instanceType, region, price, count) => {
    const found = offer(format, instanceType, region);
    expect([unitPrice(found), found.acceleratorCount]).toEqual([price, count]);
  });

  test("[INT7] China is priced in CNY and stays so", () => {
    expect(tally(table.offers.map(({ unitPrice: { currency } }) => currency))).toEqual({ USD: 1891, CNY: 18 });
    expect(
      table.offers
        .filter(({ regionGroups }) => regionGroups.includes("cn"))
        .every((each) => each.unitPrice.currency === "CNY"),
    ).toBe(true);
  });

  test("[INT5] the same short name is the type that the stated memory says", () => {
    expect(offer("oci-shapes", "BM.GPU4.8").acceleratorType).toBe("a100-sxm-40gb");
    expect(offer("oci-shapes", "BM.GPU.A100-v2.8").acceleratorType).toBe("a100-sxm-80gb");
    expect(offer("aws-instances", "p4d.24xlarge", "us-east-1").acceleratorType).toBe("a100-sxm-40gb");
    expect(offer("aws-instances", "p4de.24xlarge", "us-east-1").acceleratorType).toBe("a100-sxm-80gb");
    expect(offer("aws-instances", "p3dn.24xlarge", "us-east-1").acceleratorType).toBe("v100-sxm-32gb");
  });

  test("[INT5] counts by naming rule are noted, with how many offers rest on them", () => {
    expect(list("azure-sizes").notes).toContainEqual({
      text: "Standard_ND96is_H100_v5: 8 of h100-sxm-80gb by the naming rules of its provider, which has no page on it",
      count: 18,
    });
  });

  test("[INT8] list prices without a region serve the commercial regions, and the report says so", () => {
    expect(offer("oci-shapes", "BM.GPU.H100.8").regionId).toBe("any");
    expect(offer("oci-shapes", "BM.GPU.H100.8").regionGroups).not.toContain("usgov");
    expect(offer("coreweave-plans", "NVIDIA GB200 NVL72 (on-demand, North America)").regionGroups).toEqual([
      "us",
      "ca",
    ]);
    expect(offer("coreweave-plans", "NVIDIA HGX H100 (on-demand)", "", "spot").regionId).toBe("north-america");
    expect(list("oci-shapes").notes[0]?.text).toContain("without a region");
  });

  test("[INT9] an offer says where it comes from and of what date", () => {
    expect(offer("aws-instances", "p5.48xlarge", "us-east-1").asOf).toBe("2026-07-20");
    expect(offer("aws-instances", "g4dn.xlarge", "cn-north-1").asOf).toBe("2024-11-06");
    expect(offer("nebius-presets", "gpu-h100-sxm_1gpu-16vcpu-200gb", "eu-north1").asOf).toBeUndefined();
    const { source } = offer("coreweave-plans", "NVIDIA HGX H200 (on-demand)");
    expect(source).toMatchObject({ line: 5, origin: "https://www.coreweave.com/pricing" });
  });

  test("[INT9] what the importer is told about a list is what its SOURCE.md tells people", () => {
    for (const { file, origin, offers } of table.lists) {
      const source = readFileSync(file.replace(/[^/]+$/, "SOURCE.md"), "utf8");
      for (const part of origin.replace("github.com/", "").split("@")) expect(source).toContain(part);
      for (const date of new Set(offers.flatMap(({ asOf }) => asOf ?? []))) expect(source).toContain(date);
    }
  });

  test("[INT11] blanks around names are trimmed and counted", () => {
    expect(list("azure-sizes").notes).toContainEqual({ text: "blanks around a value were trimmed", count: 9 });
  });

  test("[INT12] node types that no list prices are named", () => {
    expect(table.problems).toEqual([]);
    expect(table.unpriced).toContain("gcp/a4-highgpu-8g");
    expect(table.unpriced).toContain("gcp/a3-ultragpu-8g");
    expect(table.unpriced).not.toContain("gcp/a3-highgpu-8g");
    expect(table.unpriced).toHaveLength(19);
  });
});

describe("asking the table", () => {
  const prices = (type: string, region: string, provider: string): string[] => {
    const acceleratorType = type as ListOffer["acceleratorType"];
    return findOffers(table.offers, { acceleratorType, region, provider }).map(unitPrice);
  };

  test("[INT21] us-* finds the United States in every list and leaves the government out", () => {
    expect(prices("gb200-nvl72", "us-*", "azure")).toHaveLength(6);
    expect(prices("gb200-nvl72", "us-*", "oci")).toEqual(["16.00 USD"]);
    expect(prices("gb200-nvl72", "us-*", "coreweave")).toEqual(["10.50 USD"]);
    expect(prices("h100-sxm-80gb", "us-*", "aws")).toEqual(["6.88 USD", "6.88 USD"]);
    expect(prices("gb200-nvl72", "eu-*", "coreweave")).toEqual([]);
    expect(prices("a10g-24gb", "us-*", "aws").length).toBeGreaterThan(0);
    const found = findOffers(table.offers, {
      acceleratorType: "t4-16gb" as ListOffer["acceleratorType"],
      region: "us-*",
    });
    expect(found.some(({ region }) => region === "us-east-1")).toBe(true);
    expect(found.some(({ region }) => region.startsWith("us-gov"))).toBe(false);
    expect(table.offers.some(({ region }) => region.startsWith("us-gov"))).toBe(true);
  });

  test("[INT22] the cheapest comes first, in one currency and of one kind", () => {
    const azure = prices("h200-sxm-141gb", "us-*", "azure");
    expect([azure[0], azure.at(-1)]).toEqual(["10.60 USD", "13.78 USD"]);
    const yuan = findOffers(table.offers, {
      acceleratorType: "t4-16gb" as ListOffer["acceleratorType"],
      currency: "CNY",
    });
    expect(yuan.length).toBeGreaterThan(0);
    expect(yuan.every(({ regionGroups }) => regionGroups.includes("cn"))).toBe(true);
  });

  test("[INT23] CoreWeave's regions say where it lists what", () => {
    expect(table.regions).toHaveLength(24);
    const east = table.regions.find(({ region }) => region === "US-EAST-01");
    expect(east).toMatchObject({ regionId: "us-east-01", access: "general", line: 4 });
    expect(east?.acceleratorTypes).toEqual(["gb200-nvl72", "h200-sxm-141gb", "h100-sxm-80gb", "rtx-pro-6000-96gb"]);
    expect(table.regions.find(({ region }) => region === "RNO2")?.regionId).toBe("us-rno2");
    expect(table.regions.filter(({ access }) => access === "dedicated")).toHaveLength(10);
  });
});
