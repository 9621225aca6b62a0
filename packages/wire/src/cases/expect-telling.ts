import type { RejectionCode } from "@offtake/core/book";
import { z } from "zod";
import { REJECTION_CODES } from "../problems/index.ts";
import { freeText, idText } from "../scalars/index.ts";
import { strict } from "../shape/index.ts";
import { texts, times } from "./expect-common.ts";

/** What parties are told, what the log holds, what is rejected. */
export const tellingExpectations = {
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
