import { azureSize } from "@offtake/wire/accelerators";
import type { TableRow } from "../files/table.ts";
import type { PriceListFormat } from "./format.ts";
import { statedPrice, tabledNode } from "./format.ts";

/** On-demand prices of VM sizes. Neither model nor count is stated: both come from the table of sizes. */
export const AZURE: PriceListFormat = {
  name: "azure-sizes",
  provider: "azure",
  columns: ["region", "vm_size", "usd_per_hour"],
  read: (row: TableRow) => {
    const instanceType = row.get("vm_size");
    return {
      instanceType,
      region: row.get("region"),
      node: tabledNode(azureSize(instanceType), instanceType, "VM size"),
      prices: [{ kind: "on_demand", currency: "USD", price: statedPrice(row.get("usd_per_hour")) }],
    };
  },
};
