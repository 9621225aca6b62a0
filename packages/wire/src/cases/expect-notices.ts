import { z } from "zod";
import { clauseRefText, freeText, idText, instantText, rateText, truth, wholeNumber } from "../scalars/index.ts";
import { strict } from "../shape/index.ts";
import {
  ANSWER_VERDICTS,
  CLEARANCE_REASONS,
  EXTENSION_REASONS,
  NOTICE_KINDS,
  NOTICE_STATUSES,
} from "../words/index.ts";
import { code, lotLabel, noticeKeys, terms, texts, times } from "./expect-common.ts";

const { holder: _holder, ...noticeWho } = { ...noticeKeys, to: idText.optional().describe("To whom.") };

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

/** What holders were asked and what they answered. */
export const noticeExpectations = {
  notice: strict(
    {
      ...noticeWho,
      count: wholeNumber.optional().describe("Accelerators offered."),
      price: z
        .union([z.literal("none"), rateText])
        .optional()
        .describe("The price that it states."),
      product: freeText.optional().describe("The product whose launch it is about."),
      start: instantText.optional().describe("When the service that it asks for, or the launch, is to begin."),
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
      from: z
        .union([z.literal("none"), instantText])
        .optional()
        .describe("Of a product that ships first elsewhere: from when others may begin; none where it holds at once."),
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
} as const;
