import { z } from "zod";
import { clauseRefText, freeText, idText, wholeNumber } from "../scalars/index.ts";
import { oneOrMany } from "../shape/index.ts";
import { NOTICE_KINDS } from "../words/index.ts";

export const lotLabel = z
  .union([z.int().min(1), freeText])
  .transform(String)
  .meta({ id: "LotLabel", description: "A lot by its label, such as 1 or 1a." });
export const times = wholeNumber.optional().describe("Exactly so many of them fit. Default: at least one.");
/** A stable word of the broker, such as the reason of a rejection or of a clearance. */
export const code = freeText;
export const texts = oneOrMany(freeText);
export const counts = z.record(z.string(), wholeNumber);
export const terms = z.record(z.string(), z.union([z.string(), z.number()]));

/** Keys that say which notice is meant. */
export const noticeKeys = {
  right: clauseRefText.optional().describe("The right that it is about."),
  holder: idText.optional().describe("To whom."),
  request: idText.optional(),
  lot: lotLabel.optional(),
  kind: z.enum(NOTICE_KINDS).optional().describe("What it asks for."),
  round: wholeNumber.optional().describe("0 for the first; re-offers count from 1."),
};
