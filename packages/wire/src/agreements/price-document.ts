import { z } from "zod";
import {
  dateText,
  decimalText,
  freeText,
  idText,
  lengthText,
  percentText,
  quantityText,
  rateText,
  shareText,
  wholeNumber,
  whenText,
  wordText,
} from "../scalars/index.ts";
import { scopeDocument } from "../scope/index.ts";
import { strict } from "../shape/index.ts";
import { clauseKeys } from "./evidence.ts";

/** Entries of one price book, and tiers or steps of one price. */
const ENTRIES_MAX = 1_000;
const PARTS_MAX = 200;

const period = z.enum(["month", "quarter", "year"]);

const listDocument = strict({
  provider: idText.optional().describe("Whose price list. Default: the seller."),
  kind: wordText.optional().describe("Which of its prices: on_demand, spot, or a term such as 1y. Default: on_demand."),
  asOf: dateText
    .optional()
    .describe("The newest list of that date or before. Default: the newest known when the price is asked for."),
}).describe("The list that the discount is taken off. Default: the seller's newest list of on-demand prices.");

const indexDocument = strict({
  name: idText.describe("Name of the index; its values stand under `indexValues` of the book."),
  base: rateText.describe("The price at the base value."),
  baseValue: decimalText.describe("Value of the index at which the base price holds."),
  share: percentText.optional().describe("The part of the price that follows the index. Default: 100%."),
  floor: rateText.optional().describe("Never below."),
  cap: rateText.optional().describe("Never above."),
  reset: period
    .optional()
    .describe("How often it is fixed anew, in civil periods of the agreement's zone. Default: quarter."),
});

/** One price: exactly one of the first three. */
const plainKeys = {
  price: rateText.optional().describe("A fixed price,"),
  discount: shareText.optional().describe("or so much off a price list,"),
  index: indexDocument.optional().describe("or a price that follows a published index."),
  list: listDocument.optional(),
};

export const plainDocument = strict(plainKeys);

const volumeDocument = strict({
  mode: z
    .enum(["marginal", "retroactive"])
    .describe("marginal: each tier prices its own part. retroactive: the tier reached prices all of the period."),
  per: z
    .enum(["month", "quarter", "year", "term", "order"])
    .optional()
    .describe("What volume is counted over; `term` is the entry's or the agreement's. Default: year."),
  taken: z
    .array(strict({ from: whenText, to: whenText, volume: quantityText }))
    .max(PARTS_MAX)
    .optional()
    .describe("What was taken before. It counts in the period in which it began. Default: nothing."),
  tiers: z
    .array(strict({ from: quantityText.describe("The first one is from 0."), ...plainKeys }))
    .min(1)
    .max(PARTS_MAX)
    .describe("By accelerator-hours, or by money paid; all of one unit."),
});

export const priceEntryDocument = strict({
  id: idText,
  order: wholeNumber
    .optional()
    .describe("Where several entries are for the same use, the lowest prices it. Without one they are a conflict."),
  scope: scopeDocument
    .optional()
    .describe("Accelerators, regions, purposes, channels that it is for. Default: everything."),
  from: whenText.optional().describe("First day of use that it prices, or first instant. Default: open."),
  to: whenText.optional().describe("Last day, or first instant after it. Default: open."),
  term: strict({
    atLeast: lengthText.optional().describe("In days."),
    below: lengthText.optional().describe("In days."),
  })
    .optional()
    .describe("Only for uses of that length."),
  ...plainKeys,
  steps: z
    .array(strict({ from: whenText, ...plainKeys }))
    .min(1)
    .max(PARTS_MAX)
    .optional()
    .describe("In place of one price: another from each date on."),
  volume: volumeDocument.optional().describe("In place of one price: by volume."),
}).meta({ id: "PriceEntry", description: "One price and what it is for." });

export const priceBookDocument = strict({
  ...clauseKeys,
  kind: z.literal("price-book"),
  seller: idText.optional().describe("Who sells at these prices. Default: the provider."),
  entries: z.array(priceEntryDocument).min(1).max(ENTRIES_MAX),
}).meta({ id: "PriceBook", description: "What things cost under the agreement." });

/** One observed value of an index, in the book. */
export const indexValueDocument = strict({
  index: idText,
  date: dateText.describe("The date that the value is published for."),
  value: decimalText,
  source: freeText.describe("Where it was published."),
}).meta({ id: "IndexValue", description: "A published value of an index that prices follow." });
