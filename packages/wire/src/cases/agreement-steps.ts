import { z } from "zod";
import { agreementDocument } from "../agreements/index.ts";
import { waiverKeys } from "../book/index.ts";
import { clauseRefText, freeText, idText, truth, whenText } from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";
import { editDocument } from "./edit-document.ts";
import { common, person } from "./step-common.ts";

/** What becomes of agreements and rights. */
export const agreementSteps = {
  sign: strict(
    {
      do: z.literal("sign"),
      ...common,
      // A file is put in its place before the step is read: only the published schema knows both.
      agreement: agreementDocument.meta({ description: "The agreement in place, or its file.", orFile: true }),
    },
    "An agreement is recorded.",
  ),
  activate: strict(
    { do: z.literal("activate"), ...common, agreement: idText, why: freeText.optional() },
    "A signed agreement comes into force.",
  ),
  suspend: strict(
    { do: z.literal("suspend"), ...common, agreement: idText, why: freeText },
    "An agreement is suspended.",
  ),
  amend: strict(
    {
      do: z.literal("amend"),
      ...common,
      agreement: idText,
      change: z
        .array(editDocument)
        .min(1)
        .max(100)
        .describe("Changes inside the agreement, such as clauses.r1.window."),
      effective: whenText.optional().describe("Default: the time of the step."),
      signed: whenText.optional().describe("Default: the time of the step."),
      appliesToOpenNotices: strict({ signedBy: oneOrMany(idText) })
        .optional()
        .describe("It reaches notices that are open."),
    },
    "A new version of an agreement is recorded.",
  ),
  terminate: strict(
    {
      do: z.literal("terminate"),
      ...common,
      agreement: idText,
      effective: whenText
        .optional()
        .describe("First instant at which it no longer is in force. Default: the time of the step."),
      accruedRightsSurvive: truth.optional().describe("Default: as the agreement says."),
      clauses: oneOrMany(idText).optional().describe("Only these clauses. Default: all of it."),
    },
    "An agreement, or some of its clauses, end.",
  ),
  "stop-renewal": strict(
    {
      do: z.literal("stop-renewal"),
      ...common,
      agreement: idText,
      by: idText.optional().describe("Who gives the notice. Default: who acts."),
      delivered: whenText
        .optional()
        .describe("When it was delivered, where that was before the step. Default: the time of the step."),
    },
    "Notice that an agreement is not to renew, or that it is to end.",
  ),
  assign: strict(
    {
      do: z.literal("assign"),
      ...common,
      agreement: idText,
      from: idText,
      to: idText,
      consented: truth.describe("Whether the other side has consented."),
    },
    "A party's place in an agreement passes to another.",
  ),
  "control-change": strict(
    {
      do: z.literal("control-change"),
      ...common,
      party: idText,
      effective: whenText.optional().describe("Default: the time of the step."),
    },
    "A party comes under other control.",
  ),
  "decide-conflict": strict(
    {
      do: z.literal("decide-conflict"),
      ...common,
      clause: clauseRefText,
      other: clauseRefText,
      prevails: idText.describe("The agreement that prevails."),
      person,
      reason: freeText,
    },
    "Somebody decides a conflict of agreements.",
  ),
  waive: strict(
    {
      do: z.literal("waive"),
      ...common,
      id: idText.optional().describe("Name of the waiver. Default: waiver and the number of the step."),
      ...waiverKeys,
    },
    "A holder waives a right.",
  ),
  "revoke-waiver": strict({ do: z.literal("revoke-waiver"), ...common, waiver: idText }, "A holder revokes a waiver."),
} as const;
