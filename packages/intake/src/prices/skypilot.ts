import type { TableRow } from "../files/table.ts";
import { ANYWHERE } from "../regions/index.ts";
import type { NodeContent, PriceListFormat, Refusal, StatedPrice } from "./format.ts";
import { memoryPerAccelerator, statedNode, statedPrice } from "./format.ts";

const COLUMNS = [
  "InstanceType",
  "AcceleratorName",
  "AcceleratorCount",
  "vCPUs",
  "MemoryGiB",
  "Price",
  "Region",
  "TotalGpuMemoryInMiB",
  "SpotPrice",
] as const;

/** A blank spot price says that there is no such offer; a blank on-demand price is a price that is missing. */
function pricesOf(row: TableRow): StatedPrice[] {
  const spot = row.get("SpotPrice");
  return [
    { kind: "on_demand" as const, currency: "USD", price: statedPrice(row.get("Price")) },
    ...(spot === "" ? [] : [{ kind: "spot" as const, currency: "USD", price: statedPrice(spot) }]),
  ];
}

function nodeOf(row: TableRow, names: RegExp, provider: string): NodeContent | Refusal {
  const instanceType = row.get("InstanceType");
  if (!names.test(instanceType)) {
    return {
      code: "unknown_instance_type",
      reason: `${instanceType.slice(0, 64)} is not how ${provider} names its nodes`,
    };
  }
  const count = row.get("AcceleratorCount");
  return statedNode(row.get("AcceleratorName"), count, memoryPerAccelerator(row.get("TotalGpuMemoryInMiB"), count));
}

export const NEBIUS: PriceListFormat = {
  name: "nebius-presets",
  provider: "nebius",
  columns: COLUMNS,
  read: (row: TableRow) => ({
    instanceType: row.get("InstanceType"),
    region: row.get("Region"),
    node: nodeOf(row, /^gpu-/, "Nebius"),
    prices: pricesOf(row),
  }),
};

/**
 * OCI's list repeats one price per shape for every region and availability domain: its prices are list prices without a region.
 * Repetitions are dropped as such, and two prices of one shape are a conflict.
 */
export const OCI: PriceListFormat = {
  name: "oci-shapes",
  provider: "oci",
  columns: [...COLUMNS, "AvailabilityZone"],
  note: "the list repeats the same prices for every region: they are taken as prices without a region",
  read: (row: TableRow) => ({
    instanceType: row.get("InstanceType"),
    region: "",
    place: ANYWHERE,
    node: nodeOf(row, /^(BM|VM)\./, "OCI"),
    prices: pricesOf(row),
  }),
};
