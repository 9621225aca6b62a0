import { z } from "zod";
import { spanDocument } from "../requests/index.ts";
import { countNumber, freeText, idText, rateText, truth } from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";
import { noticeKeys } from "./expect-common.ts";
import { common, terms } from "./step-common.ts";

/** What holders and the channels do with notices. */
export const noticeSteps = {
  accept: strict(
    {
      do: z.literal("accept"),
      ...common,
      ...noticeKeys,
      count: countNumber.optional().describe("Default: all that was noticed."),
      orLess: truth.optional().describe("Less than that is taken too. Default: false."),
      price: rateText.optional().describe("Default: the noticed price."),
      window: spanDocument.optional(),
      terms,
      blocks: oneOrMany(idText).optional().describe("Root blocks that it would come from."),
      host: idText.optional().describe("Who would run it."),
      hostCount: countNumber.optional().describe("How many the host would run. Default: all."),
      signer: freeText.optional().describe("Who signed."),
      condition: freeText.optional().describe("A condition that the acceptance carries."),
    },
    "A holder takes what a notice offers, or a part of it.",
  ),
  refuse: strict(
    { do: z.literal("refuse"), ...common, ...noticeKeys, reason: freeText.optional(), signer: freeText.optional() },
    "A holder refuses.",
  ),
  object: strict(
    { do: z.literal("object"), ...common, ...noticeKeys, reason: freeText.optional(), signer: freeText.optional() },
    "A holder objects to a notice that leaves out terms.",
  ),
  ratify: strict(
    { do: z.literal("ratify"), ...common, ...noticeKeys, signer: freeText.describe("Who ratifies.") },
    "Somebody with authority ratifies an answer.",
  ),
  "waive-lateness": strict(
    { do: z.literal("waive-lateness"), ...common, ...noticeKeys },
    "The buyer lets a late acceptance count.",
  ),
  deliver: strict({ do: z.literal("deliver"), ...common, ...noticeKeys }, "A notice is reported delivered."),
  acknowledge: strict(
    { do: z.literal("acknowledge"), ...common, ...noticeKeys },
    "A notice is acknowledged by its holder.",
  ),
  bounce: strict({ do: z.literal("bounce"), ...common, ...noticeKeys }, "A notice could not be delivered."),
  "take-offer": strict(
    { do: z.literal("take-offer"), ...common, ...noticeKeys },
    "The buyer takes the terms that the holder of a first offer has named.",
  ),
  "decline-offer": strict(
    { do: z.literal("decline-offer"), ...common, ...noticeKeys },
    "The buyer declines them; others may then be taken only on better terms.",
  ),
} as const;
