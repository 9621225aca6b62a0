import { z } from "zod";
import {
  acceleratorText,
  clauseRefText,
  countNumber,
  decimalText,
  freeText,
  idText,
  instantText,
  lengthText,
  moneyText,
  rateText,
  regionText,
  truth,
  whenText,
  wordText,
  zoneText,
} from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";

/** A span of time: from, and either its end or its length. */
export const spanDocument = strict({
  from: whenText.describe("First day, or first instant."),
  to: whenText.optional().describe("Last day, or first instant after it."),
  for: lengthText.optional().describe("In place of `to`: how long, in days or hours."),
}).meta({ id: "Span", description: "A span of time with its beginning; it ends with `to` or after `for`." });

export type SpanDocument = z.output<typeof spanDocument>;

const alternative = z.union([
  acceleratorText,
  strict({
    type: acceleratorText,
    factor: decimalText.optional().describe("How many of it replace one of the first accelerator. Default: 1."),
  }),
]);

const terms = z.record(z.string(), z.union([z.string(), z.number()])).meta({
  id: "StatedTerms",
  description:
    "Terms beside price, count and window, by name: see the table of terms in the reference. Others may be added; a change of those counts in the supplier's favour whichever way it goes.",
});

const purposeShares = z.record(z.string(), countNumber);

/** What is wished; all keys may be given in the request itself where it has one line. */
export const lineKeys = {
  accelerators: oneOrMany(alternative).optional().describe("The accelerator; several are alternatives of each other."),
  count: countNumber.optional().describe("How many of the first accelerator."),
  block: countNumber.optional().describe("Every part is a multiple of it. Default: 1."),
  gangMin: countNumber.optional().describe("The smallest part that is of use, from one source. Default: the block."),
  divisible: truth.optional().describe("false: all of it or nothing. Default: true."),
  regions: oneOrMany(regionText).optional().describe("Regions; several are alternatives. Default: any."),
  window: spanDocument.optional().describe("When it is needed."),
  purpose: wordText
    .optional()
    .describe("Purpose of use. Left out: not declared, which is read in the holders' favour."),
  purposes: z
    .union([z.array(wordText).min(2), purposeShares])
    .optional()
    .describe("Several purposes, with their counts where the split is known."),
  channel: wordText.optional(),
  product: wordText
    .optional()
    .describe(
      "The product that it launches or serves; `none`: no product. Left out: not declared, which is read in the favour of whoever ships first.",
    ),
  sourceClass: wordText.optional().describe("Where it is to come from: market, own_build, or a word of your own."),
  sources: oneOrMany(idText).optional().describe("The parties that the source class stands for."),
  cap: rateText.optional().describe("Highest price, inclusive."),
  latestStart: whenText.optional().describe("Latest beginning; a date means 00:00 of that day."),
  terms: terms.optional(),
  under: clauseRefText.optional().describe("An entitlement that this calls or renews."),
  negotiated: truth.optional().describe("With `under`: on new terms, which makes it a new bargain. Default: false."),
  switchingCosts: z.record(z.string(), moneyText).optional().describe("Cost of moving to a provider, by provider."),
  incumbent: idText.optional().describe("The provider that runs it now."),
};

export const lineDocument = strict(lineKeys).meta({ id: "RequestLine" });

export const requestKeys = {
  id: idText.optional().describe("The name by which everything else refers to the request."),
  buyer: idText.optional().describe("Default: the keeper of the book."),
  project: freeText.optional(),
  zone: zoneText.optional().describe("Zone in which its dates are meant. Default: that of the book."),
  shorthand: freeText.optional().describe("The whole wish in one line; see the grammar in the reference."),
  lines: z
    .array(lineDocument)
    .min(1)
    .max(100)
    .optional()
    .describe("Several wishes under one request; a single one may be written without."),
  ...lineKeys,
  budget: moneyText.optional(),
  bidsCloseAt: instantText.optional().describe("When bids are opened. Default: by the policy of the book."),
  unfilled: z
    .enum(["keep", "close"])
    .optional()
    .describe("keep: what is not filled stays open while its clearances last. Default: keep."),
  approvals: z
    .array(freeText)
    .max(50)
    .optional()
    .describe("Approvals by name, to be given before a notice or an award. Default: none."),
  overrides: z
    .array(
      strict({
        clause: clauseRefText.describe("The commitment to a minimum share."),
        cost: moneyText.describe("What missing it costs; an award that misses it bears that."),
        by: freeText.describe("Who decided it."),
        reason: freeText,
      }),
    )
    .max(50)
    .optional()
    .describe(
      "Minimum shares that may be missed, by decision of the buyer. Not material: holders are not asked again.",
    ),
  notes: freeText.optional().describe("Not material: a change of it keeps notices and answers."),
  sale: strict({
    to: idText.describe("Who would buy."),
    price: rateText,
    blocks: oneOrMany(idText).optional().describe("Out of these blocks."),
  })
    .optional()
    .describe("In a provider's book: a sale out of its own capacity."),
  release: wordText
    .optional()
    .describe(
      "Announces the release of this product: what its lines plan is put to those on whom it ships first, and nothing is bought.",
    ),
};

export const requestDocument = strict(requestKeys).meta({ id: "Request" });

export const requestFile = strict({
  schema: z.literal("offtake/request@1").describe("Says what kind of file this is."),
  ...requestKeys,
}).meta({ title: "Offtake request", description: "One request for compute." });

export type LineDocument = z.output<typeof lineDocument>;
export type RequestDocument = z.output<typeof requestDocument>;
