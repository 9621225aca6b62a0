import type { RejectionCode } from "@offtake/core/book";
import { z } from "zod";
import { REJECTION_CODES } from "../problems/index.ts";
import {
  clauseRefText,
  freeText,
  idText,
  instantText,
  moneyText,
  monthText,
  quantityText,
  rateText,
  toleranceText,
  truth,
  wholeNumber,
} from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";
import {
  ANSWER_VERDICTS,
  AWARD_BASES,
  BID_VERDICTS,
  CLEARANCE_REASONS,
  CONFLICT_KINDS,
  EXTENSION_REASONS,
  NOTICE_KINDS,
  NOTICE_STATUSES,
  RIGHT_VERDICTS,
} from "../words/index.ts";

export const lotLabel = z
  .union([z.int().min(1), freeText])
  .transform(String)
  .meta({ id: "LotLabel", description: "A lot by its label, such as 1 or 1a." });
const times = wholeNumber.optional().describe("Exactly so many of them fit. Default: at least one.");
const code = freeText;
const texts = oneOrMany(freeText);
const counts = z.record(z.string(), wholeNumber);
const terms = z.record(z.string(), z.union([z.string(), z.number()]));

/** Keys that say which notice is meant. */
export const noticeKeys = {
  right: clauseRefText.optional().describe("The right that it is about."),
  holder: idText.optional().describe("To whom."),
  request: idText.optional(),
  lot: lotLabel.optional(),
  kind: z.enum(NOTICE_KINDS).optional().describe("What it asks for."),
  round: wholeNumber.optional().describe("0 for the first; re-offers count from 1."),
};

const noticeSubject = { ...noticeKeys, to: idText.optional().describe("To whom.") };
const { holder: _holder, ...noticeWho } = noticeSubject;

const clearanceKeys = {
  right: clauseRefText.optional(),
  holder: idText.optional(),
  request: idText.optional(),
  lot: lotLabel.optional(),
  reason: z.enum(CLEARANCE_REASONS).optional(),
  why: code
    .optional()
    .describe("What made it not applicable or suspended, such as carved_out; or the id of the carve-out."),
};

const awardKeys = {
  to: idText.optional().describe("The provider."),
  request: idText.optional(),
  lot: lotLabel.optional(),
  host: z.union([z.literal("none"), idText]).optional(),
  basis: z.enum(AWARD_BASES).optional(),
};

const bidWho = { by: idText.optional().describe("The bidder."), request: idText.optional(), lot: lotLabel.optional() };

/** Every kind of expectation by its name. */
export const expectationKinds = {
  notice: strict(
    {
      ...noticeWho,
      count: wholeNumber.optional().describe("Accelerators offered."),
      price: rateText.optional().describe("The price that it states."),
      sentAt: instantText.optional(),
      deliveredAt: instantText.optional(),
      receivedAt: instantText.optional().describe("When it counts as received."),
      respondBy: z
        .union([z.literal("none"), instantText])
        .optional()
        .describe("The last instant in time, inclusive; none while its clock does not run."),
      objectBy: instantText.optional(),
      status: z.enum(NOTICE_STATUSES).optional(),
      accepted: wholeNumber.optional().describe("Accelerators taken at its end."),
      contingent: truth.optional(),
      finalRound: truth.optional(),
      version: wholeNumber.optional().describe("Version of the agreement that it follows."),
      channel: freeText.optional(),
      shows: strict({
        price: rateText.optional(),
        count: wholeNumber.optional(),
        countMin: wholeNumber.optional(),
        start: instantText.optional(),
        end: instantText.optional(),
        terms: terms.optional(),
      })
        .optional()
        .describe("Terms of the third party that it shows."),
      identity: z
        .union([z.literal("hidden"), idText])
        .optional()
        .describe("Whether it tells who the third party is."),
      missing: texts.optional().describe("Terms that it lacks."),
      times,
    },
    "A notice with all of these was sent.",
  ),
  "no-notice": strict(noticeWho, "No notice with all of these was sent."),
  asked: strict(
    {
      request: idText.optional(),
      order: z.array(idText).min(1).describe("Holders in the order of their first notices."),
    },
    "Who was asked, in which order, and nobody else.",
  ),
  answer: strict(
    {
      by: idText.optional(),
      right: clauseRefText.optional(),
      request: idText.optional(),
      lot: lotLabel.optional(),
      kind: z.enum(NOTICE_KINDS).optional(),
      round: wholeNumber.optional(),
      verdict: z
        .enum(ANSWER_VERDICTS)
        .optional()
        .describe("What became of it; of several answers that fit, of one of them."),
      defects: z.array(code).optional().describe("Codes of what does not conform, all of them in order; [] for none."),
      count: wholeNumber.optional(),
      receivedAt: instantText.optional(),
      times,
    },
    "An answer with all of these was received.",
  ),
  "deadline-extended": strict(
    {
      ...noticeWho,
      until: instantText.optional().describe("The new last instant."),
      why: z.enum(EXTENSION_REASONS).optional(),
    },
    "A deadline was moved.",
  ),
  clearance: strict(
    {
      ...clearanceKeys,
      count: wholeNumber.optional(),
      until: z
        .union([z.literal("none"), instantText])
        .optional()
        .describe("First instant at which it no longer holds."),
      valid: truth.optional().describe("false: it was voided."),
      times,
    },
    "A right was recorded not to block.",
  ),
  "no-clearance": strict(clearanceKeys, "No such clearance was given."),
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
      count: wholeNumber.optional().describe("Of all lines that fit, added up."),
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
  request: strict(
    {
      id: idText.optional(),
      status: z
        .enum(["open", "awaiting_approval", "held", "awarded_full", "awarded_part", "unfilled", "withdrawn"])
        .optional(),
      why: code.optional().describe("The binding constraint."),
      asked: wholeNumber.optional(),
      awarded: wholeNumber.optional(),
      version: wholeNumber.optional(),
      lots: wholeNumber.optional().describe("How many lots it has."),
      approvals: texts.optional().describe("Approvals that it waits for."),
    },
    "How a request stands.",
  ),
  lot: strict(
    {
      lot: lotLabel.optional(),
      request: idText.optional(),
      count: wholeNumber.optional(),
      purposes: texts.optional(),
      status: z.enum(["open", "held", "awarded", "unfilled", "dropped"]).optional(),
      newCapacity: truth.optional(),
      times,
    },
    "A lot with all of these was formed.",
  ),
  assessment: strict(
    {
      right: clauseRefText,
      request: idText.optional(),
      lot: lotLabel.optional(),
      verdict: z.enum(RIGHT_VERDICTS).optional(),
      limit: wholeNumber.optional().describe("How much of the lot it reaches, where that is bounded."),
      undeclared: texts.optional(),
    },
    "How a right was read on a lot.",
  ),
  warning: strict(
    { request: idText.optional(), lot: lotLabel.optional(), code: code.optional() },
    "A lot carries a warning.",
  ),
  held: strict(
    { request: idText.optional(), lot: lotLabel.optional(), why: code.optional() },
    "A request waits for a human decision.",
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
  agreement: strict(
    {
      name: idText,
      status: z.enum(["draft", "signed", "active", "conflicted", "suspended", "expired", "terminated"]).optional(),
      version: wholeNumber.optional(),
    },
    "How an agreement stands.",
  ),
  conflict: strict(
    {
      between: z.array(clauseRefText).length(2).describe("The two clauses, in any order."),
      kind: z.enum(CONFLICT_KINDS).optional(),
      certain: truth.optional(),
      prevails: z.union([z.literal("undecided"), idText]).optional(),
    },
    "A conflict between two clauses was found.",
  ),
  "retro-review": strict(
    {
      agreement: idText,
      version: wholeNumber.optional(),
      requests: z.array(idText).optional().describe("Exactly these, in any order."),
    },
    "Past requests were listed for review.",
  ),
  "share-breach": strict(
    {
      request: idText.optional(),
      right: clauseRefText.optional(),
      month: monthText.optional(),
      measured: toleranceText.optional(),
      tolerance: toleranceText.optional(),
      excess: wholeNumber.optional().describe("Accelerators over the tolerance, in whole blocks."),
      newRequest: idText.optional(),
    },
    "A declared share of use was exceeded.",
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
  sees: strict(
    {
      party: idText,
      text: texts.optional().describe("Each of these stands somewhere in the party's feed."),
      event: freeText.optional().describe("An event of this type is in its feed."),
      with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
      times,
    },
    "What a party is told.",
  ),
  "never-sees": strict(
    {
      party: idText,
      text: texts.optional().describe("None of these stands anywhere in the party's feed."),
      event: freeText.optional().describe("No event of this type is in its feed."),
    },
    "What a party is not told.",
  ),
  explains: strict(
    {
      to: z.union([z.enum(["auditor"]), idText]).describe("Whose explanation: a party, or the auditor."),
      request: idText.optional(),
      contains: texts.describe("Each of these stands in it."),
    },
    "What the explanation says to its reader.",
  ),
  event: strict(
    {
      name: freeText.describe("Type of the event."),
      with: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
        .optional()
        .describe("Values by path inside the event, as documents write them."),
      times,
    },
    "An event of the log, where nothing else says it.",
  ),
  rejected: z
    .union([
      z.enum(Object.keys(REJECTION_CODES) as [RejectionCode, ...RejectionCode[]]),
      strict({ code: z.enum(Object.keys(REJECTION_CODES) as [RejectionCode, ...RejectionCode[]]) }),
    ])
    .describe("Only at a step: the broker says no to it, with this code."),
} as const;

export type ExpectationKind = keyof typeof expectationKinds;

type KindShape = { [Kind in ExpectationKind]: z.ZodOptional<(typeof expectationKinds)[Kind]> };

/** Each kind under its own name in the published schema, so that `not` needs no copy of them. */
function byKind(): KindShape {
  const named = Object.entries(expectationKinds).map(([kind, schema]) => {
    const id = `Expect-${kind}`;
    return [kind, (schema as z.ZodType).meta({ id }).optional()] as const;
  });
  return Object.fromEntries(named) as unknown as KindShape;
}

const kinds = byKind();
const positive = strict(kinds);

export const expectationDocument = strict({
  ...kinds,
  not: positive.optional().describe("The thing exists, and this does not hold of it."),
}).meta({ id: "Expectation", description: "Exactly one key: what is expected." });

export type ExpectationDocument = z.output<typeof expectationDocument>;
export type PositiveDocument = z.output<typeof positive>;
