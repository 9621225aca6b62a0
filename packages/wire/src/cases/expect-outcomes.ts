import { z } from "zod";
import {
  clauseRefText,
  idText,
  instantText,
  moneyText,
  quantityText,
  rateText,
  truth,
  wholeNumber,
} from "../scalars/index.ts";
import { strict } from "../shape/index.ts";
import { AWARD_BASES, BID_VERDICTS } from "../words/index.ts";
import { code, counts, lotLabel, texts, times } from "./expect-common.ts";

const awardKeys = {
  to: idText.optional().describe("The provider."),
  request: idText.optional(),
  lot: lotLabel.optional(),
  host: z.union([z.literal("none"), idText]).optional(),
  basis: z.enum(AWARD_BASES).optional(),
};

const bidWho = { by: idText.optional().describe("The bidder."), request: idText.optional(), lot: lotLabel.optional() };

/** What was held, put out, bid, compared and awarded. */
export const outcomeExpectations = {
  hold: strict(
    {
      by: idText.optional().describe("Whose capacity is held."),
      request: idText.optional(),
      lot: lotLabel.optional(),
      count: wholeNumber.optional(),
      blocks: counts.optional().describe("How much of which block."),
      released: truth.optional(),
    },
    "Capacity is held.",
  ),
  "no-hold": strict(
    { by: idText.optional(), request: idText.optional(), lot: lotLabel.optional(), block: idText.optional() },
    "No such capacity is held.",
  ),
  awarded: strict(
    {
      ...awardKeys,
      count: wholeNumber
        .optional()
        .describe("Of all lines that fit, added up; in the unit of the request's first accelerator."),
      offered: wholeNumber
        .optional()
        .describe("How many of the accelerator that was offered: what is delivered and paid."),
      extras: texts.optional().describe("What comes with it as part of a package."),
      price: rateText.optional(),
      cost: moneyText.optional().describe("In the currency of the price."),
      costReported: moneyText.optional().describe("In the reporting currency of the book."),
      start: instantText.optional().describe("Beginning of the window."),
      end: instantText.optional().describe("End of the window, which is outside."),
      blocks: counts.optional(),
      conditionalUntil: z.union([z.literal("none"), instantText]).optional(),
      status: z.enum(["issued", "held", "confirmed", "defaulted"]).optional(),
      issuedAt: instantText.optional(),
    },
    "An award line with all of these was issued.",
  ),
  "not-awarded": strict(
    { to: idText.optional(), request: idText.optional(), lot: lotLabel.optional(), basis: awardKeys.basis },
    "No such award was issued.",
  ),
  blocked: strict(
    { request: idText.optional(), lot: lotLabel.optional(), why: code.optional(), right: clauseRefText.optional() },
    "An award was stopped by a right.",
  ),
  tender: strict(
    {
      request: idText.optional(),
      openedAt: instantText.optional(),
      closesAt: instantText.optional(),
      count: wholeNumber.optional().describe("Accelerators put out, all lots together."),
      invited: z.array(idText).optional().describe("Exactly these, in any order."),
      round: wholeNumber.optional(),
      times,
    },
    "A tender was opened.",
  ),
  "no-tender": strict({ request: idText.optional() }, "No tender was opened."),
  bid: strict(
    {
      ...bidWho,
      verdict: z.enum(BID_VERDICTS).optional(),
      why: code.optional().describe("Why it was voided, or what the verdict names."),
      selected: wholeNumber.optional().describe("Accelerators taken of it; 0 for none."),
      standing: truth.optional(),
      validUntil: instantText.optional(),
      askedToExtendUntil: instantText.optional(),
    },
    "A bid with all of these was received.",
  ),
  evaluation: strict(
    {
      request: idText.optional(),
      value: moneyText.optional().describe("Incremental effective cost of the choice."),
      order: z.array(idText).optional().describe("Providers chosen, in the order of the choice."),
      incremental: z
        .record(z.string(), moneyText)
        .optional()
        .describe("Incremental effective cost by provider, chosen or not."),
      infeasible: z.record(z.string(), code).optional().describe("Why a provider's bid could not be taken."),
      runnerUp: strict({
        value: moneyText.optional(),
        provider: idText.optional(),
        count: wholeNumber.optional(),
      }).optional(),
      binding: texts.optional().describe("Constraints that decided; each of these is among them."),
    },
    "What the comparison of bids gave; the last one that fits.",
  ),
  commitment: strict(
    {
      clause: clauseRefText,
      request: idText.optional(),
      counted: quantityText.optional().describe("What the awards of the request count towards it."),
      avoided: moneyText.optional().describe("Shortfall that they avoid."),
      scenario: truth.optional().describe("Shown as a scenario only, not counted in the cost."),
    },
    "What a commitment counts.",
  ),
  capacity: strict({ block: idText, at: instantText, free: wholeNumber }, "What is free on a block at an instant."),
  supply: strict(
    {
      root: idText.describe("The block that stands for the machines themselves."),
      from: instantText,
      to: instantText.describe("The end, which is outside."),
      count: wholeNumber.optional().describe("Accelerators throughout, counted once whoever lists them."),
      free: wholeNumber.optional(),
      firmness: z.enum(["firm", "forecast"]).optional(),
      claims: counts.optional().describe("How many each party lists as its own to sell."),
    },
    "What a root block supplies, and who lists it.",
  ),
} as const;
