import type { AcceleratorType } from "@offtake/core/kernel";
import type { InstanceShape } from "@offtake/wire/accelerators";
import { normaliseAccelerator } from "@offtake/wire/accelerators";
import type { TableRow } from "../files/table.ts";
import type { Place } from "../regions/index.ts";
import type { ExactPrice } from "./decimal.ts";
import { readPrice } from "./decimal.ts";
import type { DropCode, OfferKind } from "./offer.ts";

/** Why one price of a row is not taken. */
export interface Refusal {
  readonly code: DropCode;
  readonly reason: string;
}

export interface NodeContent {
  readonly type: AcceleratorType;
  readonly count: number;
  readonly note?: string;
}

export interface StatedPrice {
  readonly kind: OfferKind;
  readonly currency: string;
  readonly price: ExactPrice | Refusal;
  /** Where this price of the row counts, if not where the row stands. */
  readonly place?: Place;
}

/** What a row of a list says, before anything is decided about it. */
export interface StatedRow {
  readonly instanceType: string;
  readonly region: string;
  /** Set where the list says of its prices that they do not depend on the region. */
  readonly place?: Place;
  readonly node: NodeContent | Refusal;
  readonly prices: readonly StatedPrice[];
}

/** One form of price list: recognised by its columns, in any order. */
export interface PriceListFormat {
  readonly name: string;
  readonly provider: string;
  readonly columns: readonly string[];
  readonly read: (row: TableRow) => StatedRow;
  /** What holds for every price of such a list. */
  readonly note?: string;
}

const PRICE_REASONS: Readonly<Record<Exclude<ReturnType<typeof readPrice>, ExactPrice>, string>> = {
  missing_price: "no price is stated",
  price_on_request: "the price is on request",
  bad_price: "the price is not a plain decimal number",
  negative_price: "the price is below zero",
  zero_price: "the price is zero",
  price_out_of_range: "the price is above a million an hour",
};

export function statedPrice(text: string): ExactPrice | Refusal {
  const price = readPrice(text);
  return typeof price === "string" ? { code: price, reason: PRICE_REASONS[price] } : price;
}

/** What a price list with names and counts of its own says about a node. `memoryMib`: of one accelerator, blank if not stated. */
export function statedNode(name: string, countText: string, memoryMib: number | undefined): NodeContent | Refusal {
  const result = normaliseAccelerator(name, memoryMib === undefined ? {} : { memoryGib: memoryMib / 1024 });
  if (countText === "") {
    return { code: "missing_accelerator_count", reason: "the list states no number of accelerators" };
  }
  if (!/^\d{1,4}$/.test(countText)) {
    return { code: "bad_accelerator_count", reason: `"${countText.slice(0, 32)}" is not a number of accelerators` };
  }
  const count = Number(countText);
  if (count === 0) return { code: "fractional_accelerator", reason: "the node holds a part of one accelerator" };
  if ("problem" in result) return { code: result.problem.code, reason: result.problem.detail };
  return { type: result.type, count, ...(result.note === undefined ? {} : { note: result.note }) };
}

/** What our tables of nodes say; `what` names the kind of node in reasons. */
export function tabledNode(shape: InstanceShape | undefined, name: string, what: string): NodeContent | Refusal {
  if (shape === undefined)
    return { code: "unknown_instance_type", reason: `no ${what} ${name.slice(0, 64)} that we know` };
  if (shape.kind === "none") return { code: shape.code, reason: shape.detail };
  const { type, count } = shape;
  if (shape.basis === "documented") return { type, count };
  return {
    type,
    count,
    note: `${name}: ${count} of ${type} by the naming rules of its provider, which has no page on it`,
  };
}

/** Whole mebibytes of one accelerator from the total of a node; undefined where nothing usable is stated. */
export function memoryPerAccelerator(totalMib: string, count: string): number | undefined {
  if (!/^\d{1,9}$/.test(totalMib) || !/^[1-9]\d{0,3}$/.test(count)) return undefined;
  return Number(totalMib) / Number(count);
}
