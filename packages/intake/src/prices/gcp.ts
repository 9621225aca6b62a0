import { gcpMachineType } from "@offtake/wire/accelerators";
import type { TableRow } from "../files/table.ts";
import type { PriceListFormat, Refusal, StatedPrice } from "./format.ts";
import { statedPrice, tabledNode } from "./format.ts";

const nodeOf = (machineType: string) => tabledNode(gcpMachineType(machineType), machineType, "machine type");

function kindOf(text: string): StatedPrice["kind"] | undefined {
  return text === "on_demand" || text === "spot" ? text : undefined;
}

/** On-demand and spot prices of machine types, one per row. */
export const GCP: PriceListFormat = {
  name: "gcp-machine-prices",
  provider: "gcp",
  columns: ["region", "price_kind", "machine_type", "usd_per_hour"],
  read: (row: TableRow) => {
    const instanceType = row.get("machine_type");
    const kind = kindOf(row.get("price_kind"));
    const price = kind === undefined ? badKind(row.get("price_kind")) : statedPrice(row.get("usd_per_hour"));
    return {
      instanceType,
      region: row.get("region"),
      node: nodeOf(instanceType),
      prices: [{ kind: kind ?? "on_demand", currency: "USD", price }],
    };
  },
};

function badKind(text: string): Refusal {
  return { code: "bad_price_kind", reason: `"${text.slice(0, 32)}" is neither on_demand nor spot` };
}

/** The list of machine types: it says which exist and states no price for any. */
export const GCP_TYPES: PriceListFormat = {
  name: "gcp-machine-types",
  provider: "gcp",
  columns: ["NAME", "CPUS", "SHARED_CPU", "MEMORY_GB", "DEPRECATED", "ZONE"],
  read: (row: TableRow) => ({
    instanceType: row.get("NAME"),
    region: "",
    node: nodeOf(row.get("NAME")),
    prices: [
      {
        kind: "on_demand",
        currency: "USD",
        price: { code: "states_no_price", reason: "this list says which machine types there are, not what they cost" },
      },
    ],
  }),
};
