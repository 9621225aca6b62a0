import { type AcceleratorType, type PartyId, parseInstant } from "@offtake/core/kernel";
import { listPriceOf, plainRate } from "@offtake/core/prices";
import { describe, expect, test } from "vitest";
import { comparePrices } from "./compare.ts";
import { listPricesOf } from "./list-prices.ts";
import { readPriceList } from "./read.ts";

const HEADER =
  "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,Region,TotalGpuMemoryInMiB,SpotPrice";
const row = (vcpus: number, price: string, region: string): string =>
  `gpu-h100-sxm_8gpu-${vcpus}vcpu-1600gb,H100,8,${vcpus},1600,${price},${region},655360,`;
const H100 = "h100-sxm-80gb" as AcceleratorType;

function offersOf(...rows: string[]) {
  const list = readPriceList(
    { name: "nebius.csv", text: [HEADER, ...rows, ""].join("\n") },
    { origin: "x", asOf: "2026-06-01" },
  );
  if (!list.ok) throw new Error(JSON.stringify(list.problem));
  return list.value.offers;
}

describe("imported prices", () => {
  test("[INT14] are compared by the cheapest node of a region, regions of one price together", () => {
    const offers = offersOf(row(1, "24", "eu-north1"), row(2, "16", "eu-north1"), row(2, "16", "us-central1"));
    const query = { acceleratorTypes: [H100], region: "*", kinds: ["on_demand"] } as const;
    expect(comparePrices(offers, query)).toMatchObject([
      {
        instanceType: "gpu-h100-sxm_8gpu-2vcpu-1600gb",
        regions: ["eu-north1", "us-central1"],
        unitPrice: { microsPerHour: 2_000_000n },
        asOf: "2026-06-01",
      },
    ]);
    expect(comparePrices(offers, { ...query, region: "us" })).toMatchObject([{ regions: ["us-central1"] }]);
    expect(comparePrices(offers, { ...query, asOf: "2026-05-31" })).toEqual([]);
  });

  test("[INT14] are the lists that a price book refers to", () => {
    const lists = listPricesOf(offersOf(row(1, "24", "eu-north1"), row(2, "16", "us-central1")), () => "alfa");
    const query = { provider: "alfa", acceleratorType: H100, kind: "on_demand" };
    expect(listPriceOf(lists, { ...query, region: "eu-north1" })?.rate.microsPerHour).toBe(3_000_000n);
    expect(listPriceOf(lists, { ...query, region: "us-*" })).toMatchObject({
      source: "nebius.csv:3 (gpu-h100-sxm_8gpu-2vcpu-1600gb)",
      asOf: "2026-06-01",
    });
    expect(listPriceOf(lists, { ...query, provider: "nebius" })).toBeUndefined();
    const at = parseInstant("2026-09-14T00:00:00Z");
    const price = { form: "list", provider: "alfa" as PartyId, kind: "on_demand", discountBp: 2_000 } as const;
    if (at === undefined) throw new Error("Broken belief: this is an instant");
    expect(
      plainRate(price, at, { acceleratorType: H100, region: "eu-north1", at }, { lists, indexValues: [] }),
    ).toMatchObject({
      rate: { microsPerHour: 2_400_000n },
    });
  });
});
