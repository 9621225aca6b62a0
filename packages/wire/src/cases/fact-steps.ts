import { z } from "zod";
import {
  blockDocument,
  calendarDocument,
  offerDocument,
  partyDocument,
  policyDocument,
  standingAnswerDocument,
} from "../book/index.ts";
import { currencyText, dateText, decimalText, freeText, idText, instantText, truth } from "../scalars/index.ts";
import { strict } from "../shape/index.ts";
import { common } from "./step-common.ts";

/** Facts of the book, and time. */
export const factSteps = {
  default: strict(
    { do: z.literal("default"), ...common, party: idText, agreement: idText },
    "A party is in default under an agreement.",
  ),
  cure: strict({ do: z.literal("cure"), ...common, party: idText, agreement: idText }, "The default is cured."),
  eligibility: strict(
    {
      do: z.literal("eligibility"),
      ...common,
      party: idText,
      eligible: truth,
      reason: freeText,
      from: instantText.optional().describe("Default: the time of the step."),
    },
    "A party becomes eligible or not.",
  ),
  outage: strict(
    { do: z.literal("outage"), ...common, from: instantText, to: instantText.describe("The end, which is outside.") },
    "An outage of the broker is recorded.",
  ),
  "record-rate": strict(
    {
      do: z.literal("record-rate"),
      ...common,
      from: currencyText,
      to: currencyText,
      rate: decimalText,
      source: freeText,
      agreement: idText.optional(),
    },
    "An exchange rate is recorded as of the step.",
  ),
  "record-index-value": strict(
    {
      do: z.literal("record-index-value"),
      ...common,
      index: idText,
      date: dateText.describe("The date that the value is published for."),
      value: decimalText,
      source: freeText,
    },
    "A published value of an index is recorded.",
  ),
  "record-block": strict(
    { do: z.literal("record-block"), ...common, block: blockDocument },
    "A capacity block is recorded, or recorded anew.",
  ),
  "withdraw-block": strict(
    { do: z.literal("withdraw-block"), ...common, block: idText },
    "A capacity block is withdrawn.",
  ),
  "list-offer": strict({ do: z.literal("list-offer"), ...common, offer: offerDocument }, "An offer is listed."),
  "withdraw-offer": strict({ do: z.literal("withdraw-offer"), ...common, offer: idText }, "An offer is withdrawn."),
  "record-calendar": strict(
    { do: z.literal("record-calendar"), ...common, calendar: calendarDocument },
    "A holiday calendar is recorded, or recorded anew.",
  ),
  "record-party": strict(
    { do: z.literal("record-party"), ...common, party: partyDocument },
    "A party is recorded, or recorded anew.",
  ),
  "set-policy": strict(
    { do: z.literal("set-policy"), ...common, policy: policyDocument },
    "The keeper changes its policy.",
  ),
  "standing-answer": strict(
    { do: z.literal("standing-answer"), ...common, answer: standingAnswerDocument },
    "A party answers in advance.",
  ),
  "revoke-standing-answer": strict(
    { do: z.literal("revoke-standing-answer"), ...common, answer: idText },
    "A party takes back an answer given in advance.",
  ),
  "consent-resale": strict(
    { do: z.literal("consent-resale"), ...common, host: idText, to: idText },
    "A party consents to its capacity being sold on.",
  ),
  wait: strict({ do: z.literal("wait"), ...common }, "Time passes."),
} as const;
