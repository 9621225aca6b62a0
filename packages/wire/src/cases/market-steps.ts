import { z } from "zod";
import { tierDocument } from "../book/index.ts";
import { spanDocument } from "../requests/index.ts";
import {
  acceleratorText,
  countNumber,
  freeText,
  idText,
  instantText,
  moneyText,
  rateText,
  regionText,
  truth,
  whenText,
} from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";
import { lotLabel } from "./expect-common.ts";
import { common, person, request, terms } from "./step-common.ts";

/** Keys of one part of a bid. */
export const bidPartKeys = {
  lot: lotLabel.optional().describe("Default: the only lot of the tender."),
  count: countNumber.optional().describe("At most so many. Default: all of the lot."),
  min: countNumber.optional().describe("At least so many. Default: one multiple."),
  multiple: countNumber.optional().describe("Default: 1."),
  price: rateText.optional(),
  tiers: z.array(tierDocument).min(1).max(50).optional().describe("In place of `price`: by count."),
  tierMode: z
    .enum(["all-units", "marginal"])
    .optional()
    .describe("all-units: the tier reached prices everything. marginal: each tier its own part. Default: all-units."),
  window: spanDocument.optional().describe("Where another time is offered."),
  terms,
  blocks: oneOrMany(idText).optional().describe("Root blocks that it would come from."),
  host: idText.optional().describe("Who would run it."),
  region: regionText.optional(),
  accelerator: acceleratorText.optional(),
};

/** Keys of one part of an award that somebody proposes. */
export const proposalKeys = {
  lot: lotLabel.optional().describe("Default: the only lot."),
  to: idText.optional().describe("The provider."),
  host: idText.optional(),
  count: countNumber.optional(),
  price: rateText.optional(),
  window: spanDocument.optional(),
  terms,
  blocks: oneOrMany(idText).optional(),
};

/** Keys of a bid beside its parts. */
export const bidKeys = {
  package: strict({
    price: moneyText.optional().describe("One price for all of it."),
    extras: oneOrMany(freeText).optional().describe("What else is in it."),
    listPrices: z
      .array(z.union([z.literal("none"), moneyText]))
      .optional()
      .describe("List price of each line, in order."),
  }).optional(),
  contingency: strict({ party: idText.optional(), until: instantText })
    .optional()
    .describe("Another's right that weighs on what is offered, and until when."),
  discloseIdentity: truth
    .optional()
    .describe("Consents to its name being told where a clause demands it. Default: true."),
};

const bidHandle = {
  request: idText.optional(),
  lot: lotLabel.optional(),
  bidder: idText.optional().describe("Whose bid. Default: who does it."),
};

/** Tenders, bids and awards. */
export const marketSteps = {
  "open-tender": strict(
    {
      do: z.literal("open-tender"),
      ...common,
      request,
      lots: oneOrMany(lotLabel).optional().describe("Default: all that are cleared."),
    },
    "The buyer puts lots out again.",
  ),
  bid: strict(
    {
      do: z.literal("bid"),
      ...common,
      request,
      ...bidPartKeys,
      lines: z
        .array(strict(bidPartKeys))
        .min(1)
        .max(50)
        .optional()
        .describe("Several lots in one bid, taken together or not at all. Not beside the keys of one lot."),
      ...bidKeys,
      validUntil: whenText
        .optional()
        .describe("Last day, or first instant at which it no longer stands. Default: 60 days after the step."),
    },
    "A provider makes a sealed bid.",
  ),
  "withdraw-bid": strict({ do: z.literal("withdraw-bid"), ...common, ...bidHandle }, "A bidder withdraws its bid."),
  "extend-bid": strict(
    {
      do: z.literal("extend-bid"),
      ...common,
      ...bidHandle,
      until: whenText.describe("Last day, or first instant at which it no longer stands."),
    },
    "A bidder lets its bid stand longer.",
  ),
  propose: strict(
    {
      do: z.literal("propose"),
      ...common,
      request,
      ...proposalKeys,
      lines: z
        .array(strict(proposalKeys))
        .min(1)
        .max(100)
        .optional()
        .describe("Several parts. Not beside the keys of one part."),
    },
    "The buyer proposes an award itself.",
  ),
  "decide-award": strict(
    {
      do: z.literal("decide-award"),
      ...common,
      request,
      to: idText.optional().describe("Provider of the award."),
      confirm: truth,
      person,
    },
    "Somebody confirms an award, or lets it go.",
  ),
  "report-default": strict(
    { do: z.literal("report-default"), ...common, request, provider: idText, why: freeText },
    "A provider fails to provide what it was awarded.",
  ),
} as const;
