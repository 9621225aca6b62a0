import type { DateClause, RenewalTerm } from "@offtake/core/agreements";
import type { PartyId } from "@offtake/core/kernel";
import { z } from "zod";
import { freeText, idText, periodText, whenText } from "../scalars/index.ts";
import { type ReadingContext, strict } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import { Defaults } from "./defaults.ts";
import { clauseKeys } from "./evidence.ts";
import { type ClauseFrame, clauseBase, readParties } from "./frame.ts";

export const dateDocument = strict({
  ...clauseKeys,
  kind: z.literal("date"),
  subject: z
    .enum(["price-review", "milestone", "expansion", "termination", "payment", "other"])
    .optional()
    .describe("What it is about. Default: other."),
  by: whenText.describe("Last day, or first instant after it; of several, the first."),
  every: periodText
    .optional()
    .describe("It comes back so often while the agreement is in force, in days or months. Default: once."),
  notice: periodText.optional().describe("Who acts must have given notice so long before. Default: none is needed."),
  actor: idText.optional().describe("Who acts: the buyer or the provider. Default: the buyer."),
  silence: freeText
    .optional()
    .describe("What it means that nobody acts, in your own words: the prices stay as they are."),
}).meta({
  id: "DateClause",
  description:
    "A date that the agreement sets: a price review, a milestone, a break. It is told in time by `offtake dates`.",
});

export function readDate(
  document: z.output<typeof dateDocument>,
  path: Path,
  context: ReadingContext,
  frame: ClauseFrame,
): DateClause {
  const defaults = new Defaults();
  const { every, notice, silence } = document;
  readParties(document, ["actor"], path, context);
  if (document.actor !== undefined && document.actor !== frame.buyer && document.actor !== frame.provider) {
    context.report.add([...path, "actor"], "out_of_range", "only a side of the agreement can act under it", {
      expected: `${frame.buyer} or ${frame.provider}`,
    });
  }
  if (every?.unit === "business-days") {
    context.report.add([...path, "every"], "wrong_unit", "it comes back after days or months", {
      expected: "a length such as 12 months",
    });
  }
  return {
    ...clauseBase(document, frame),
    kind: "date",
    subject: defaults.take("subject", document.subject, "other"),
    by: context.until(document.by),
    ...(every === undefined ? {} : { every: every as RenewalTerm }),
    ...(notice === undefined ? {} : { notice }),
    actor: defaults.take("actor", document.actor, frame.buyer) as PartyId,
    ...(silence === undefined ? {} : { silence }),
    defaults: defaults.names,
  };
}
