import { z } from "zod";
import { clauseRefText, idText, instantText, monthText, toleranceText, truth, wholeNumber } from "../scalars/index.ts";
import { strict } from "../shape/index.ts";
import { CONFLICT_KINDS, RIGHT_VERDICTS } from "../words/index.ts";
import { code, lotLabel, texts, times } from "./expect-common.ts";

/** How requests, lots, rights and agreements stand. */
export const recordExpectations = {
  request: strict(
    {
      id: idText.optional(),
      status: z
        .enum([
          "open",
          "awaiting_approval",
          "held",
          "awarded_full",
          "awarded_part",
          "unfilled",
          "withdrawn",
          "announced",
        ])
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
  agreement: strict(
    {
      name: idText,
      status: z.enum(["draft", "signed", "active", "conflicted", "suspended", "expired", "terminated"]).optional(),
      version: wholeNumber.optional().describe("The version in force."),
      renewals: wholeNumber.optional().describe("How often it has renewed so far."),
      until: z
        .union([z.literal("none"), instantText])
        .optional()
        .describe("First instant after the term that runs, or the end that a notice brings; none where it runs on."),
    },
    "How an agreement stands.",
  ),
  "renewal-notice": strict(
    {
      agreement: idText,
      by: idText.optional(),
      received: instantText.optional().describe("When it counts as received."),
      ends: z
        .union([z.literal("none"), instantText])
        .optional()
        .describe("First instant after the end it brings; none: it counts for nothing."),
      late: truth.optional().describe("Whether it missed the end that was next."),
    },
    "A notice that an agreement is not to renew, or to end, was given.",
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
} as const;
