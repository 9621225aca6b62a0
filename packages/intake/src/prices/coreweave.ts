import type { TableRow } from "../files/table.ts";
import { ANYWHERE, IN_NORTH_AMERICA } from "../regions/index.ts";
import type { ExactPrice } from "./decimal.ts";
import type { PriceListFormat, Refusal, StatedPrice } from "./format.ts";
import { statedNode, statedPrice } from "./format.ts";

/** The price stands twice, as quoted and as a number: both must say the same. */
function onDemandPrice(quoted: string, number: string): ExactPrice | Refusal {
  const price = statedPrice(number === "" && !quoted.startsWith("$") ? quoted : number);
  if ("code" in price || !quoted.startsWith("$")) return price;
  const again = statedPrice(quoted.slice(1).replace(/,/g, ""));
  if ("code" in again || again.digits * 10n ** BigInt(price.scale) !== price.digits * 10n ** BigInt(again.scale)) {
    return {
      code: "price_mismatch",
      reason: `the price is quoted as ${quoted.slice(0, 32)} and written as ${number.slice(0, 32)}`,
    };
  }
  return price;
}

function pricesOf(row: TableRow): StatedPrice[] {
  const place = /\bNorth America\b/i.test(row.get("plan_name")) ? IN_NORTH_AMERICA : ANYWHERE;
  const spot = row.get("spot_usd_per_hour_na");
  const onDemand = onDemandPrice(row.get("price_text"), row.get("usd_per_hour"));
  return [
    { kind: "on_demand" as const, currency: "USD", price: onDemand, place },
    ...(spot === ""
      ? []
      : [{ kind: "spot" as const, currency: "USD", price: statedPrice(spot), place: IN_NORTH_AMERICA }]),
  ];
}

/** List prices of instances. Only one row and the spot column name a place: North America. */
export const COREWEAVE: PriceListFormat = {
  name: "coreweave-plans",
  provider: "coreweave",
  columns: ["plan_name", "accelerator", "accelerator_count", "price_text", "usd_per_hour", "spot_usd_per_hour_na"],
  note: "on-demand prices name no region but one, for North America; spot prices are for North America",
  read: (row: TableRow) => {
    const accelerator = row.get("accelerator");
    const several = accelerator.includes("|");
    const node: StatedNode = several
      ? { code: "several_accelerators", reason: `${accelerator.slice(0, 64)}: the row is about several accelerators` }
      : statedNode(accelerator, row.get("accelerator_count"), undefined);
    return { instanceType: row.get("plan_name"), region: "", node, prices: pricesOf(row) };
  },
};

type StatedNode = ReturnType<typeof statedNode>;
