import type { AcceleratorType, Rate } from "@offtake/core/kernel";
import type { AcceleratorProblemCode } from "@offtake/wire/accelerators";
import type { Place } from "../regions/index.ts";
import type { PriceRefusal } from "./decimal.ts";

export type OfferKind = "on_demand" | "spot";

/** What a provider publishes: one price for one accelerator during one hour, in one place. Not capacity, and not a contract. */
export interface ListOffer extends Place {
  readonly provider: string;
  readonly acceleratorType: AcceleratorType;
  /** Accelerators of one node: the block in which they are sold. At least 1. */
  readonly acceleratorCount: number;
  /** As the provider calls the node. */
  readonly instanceType: string;
  /** As the provider calls the region; blank where its list states none. */
  readonly region: string;
  /** Price of one accelerator-hour: the node's exact price divided by the count, rounded once to the micro-unit. */
  readonly unitPrice: Rate;
  /** Price of one node-hour, rounded to the micro-unit. */
  readonly nodePrice: Rate;
  readonly kind: OfferKind;
  /** ISO date of the list; absent where its source does not say. */
  readonly asOf?: string;
  readonly source: { readonly file: string; readonly line: number; readonly origin: string };
}

export type DropCode =
  | PriceRefusal
  | AcceleratorProblemCode
  | "states_no_price"
  | "price_mismatch"
  | "missing_accelerator_count"
  | "bad_accelerator_count"
  | "bad_memory"
  | "unknown_instance_type"
  | "unknown_region"
  | "bad_currency"
  | "bad_price_kind"
  | "column_count"
  | "repeated_price"
  | "conflicting_price";

/** A price that was read and not taken. */
export interface DroppedPrice {
  readonly line: number;
  /** As the row names the node; blank where it cannot be told. */
  readonly instanceType: string;
  readonly code: DropCode;
  readonly reason: string;
  /** The row as in the file, at most 200 characters. */
  readonly text: string;
}

/** Something that was assumed or changed, and how often. */
export interface IntakeNote {
  readonly text: string;
  readonly count: number;
}

/** What became of a list: `prices = offers.length + dropped.length`, always. */
export interface PriceListReport {
  readonly file: string;
  readonly provider: string;
  /** Name of the form that the header was recognised as. */
  readonly format: string;
  readonly origin: string;
  /** Rows under the header, blank ones left out. */
  readonly read: number;
  /** Prices that the rows state: two in a row that has an on-demand and a spot price. */
  readonly prices: number;
  readonly offers: readonly ListOffer[];
  readonly dropped: readonly DroppedPrice[];
  readonly notes: readonly IntakeNote[];
}
