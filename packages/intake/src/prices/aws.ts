import type { TableRow } from "../files/table.ts";
import type { PriceListFormat } from "./format.ts";
import { memoryPerAccelerator, statedNode, statedPrice } from "./format.ts";

/** On-demand prices of instances, joined with their attributes; a currency per row, since China is priced in CNY. */
export const AWS: PriceListFormat = {
  name: "aws-instances",
  provider: "aws",
  columns: [
    "region",
    "instance_type",
    "price_per_hour",
    "currency",
    "accelerator_count",
    "accelerator_name",
    "accelerator_manufacturer",
    "accelerator_memory_mib",
    "vcpus",
    "memory_mib",
  ],
  read: (row: TableRow) => ({
    instanceType: row.get("instance_type"),
    region: row.get("region"),
    node: statedNode(
      row.get("accelerator_name"),
      row.get("accelerator_count"),
      memoryPerAccelerator(row.get("accelerator_memory_mib"), "1"),
    ),
    prices: [{ kind: "on_demand", currency: row.get("currency"), price: statedPrice(row.get("price_per_hour")) }],
  }),
};
