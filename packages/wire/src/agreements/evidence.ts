import type { Evidence, Reading } from "@offtake/core/agreements";
import { z } from "zod";
import { dateText, freeText, idText } from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";

export const evidenceDocument = strict({
  grade: z
    .enum(["company", "reported", "disputed", "assumed"])
    .describe(
      "company: a statement or filing of the company. reported: press. disputed: somebody says otherwise. assumed: the author of the book.",
    ),
  source: freeText.describe("Where it can be read."),
  date: dateText.optional().describe("Date of the source."),
}).meta({ id: "Evidence", description: "How well the fact is known." });

export const readingDocument = strict({
  by: freeText.describe("Who confirmed it."),
  at: dateText.describe("When."),
}).meta({
  id: "Reading",
  description:
    "Who confirmed that the fields say what the text says. Without it every answer that rests on the clause says that its reading is unconfirmed.",
});

/** Keys of every clause. */
export const clauseKeys = {
  id: idText.describe("The name by which reasons and cases refer to the clause."),
  text: freeText.optional().describe("The words of the contract."),
  reading: readingDocument.optional(),
  evidence: evidenceDocument.optional(),
  owner: freeText
    .optional()
    .describe(
      "Who looks after the clause in the house of the book's keeper. Default: who looks after the agreement. Nobody else is told.",
    ),
  assumed: oneOrMany(freeText)
    .optional()
    .describe(
      "Keys of this clause whose values are the author's assumption, because what they say is not public or not known. Every answer that rests on the clause says so.",
    ),
  lineage: freeText
    .optional()
    .describe(
      "Stays the same when an amended and restated agreement repeats the clause. Default: lineage of the agreement, a slash and the id.",
    ),
};

export interface ClauseHead {
  readonly id: string;
  readonly text?: string | undefined;
  readonly reading?: z.output<typeof readingDocument> | undefined;
  readonly evidence?: z.output<typeof evidenceDocument> | undefined;
  readonly owner?: string | undefined;
  readonly assumed?: readonly string[] | undefined;
  readonly lineage?: string | undefined;
}

export function readEvidence(document: z.output<typeof evidenceDocument>): Evidence {
  const { grade, source, date } = document;
  return { grade, source, ...(date === undefined ? {} : { date }) };
}

export function readReading(document: z.output<typeof readingDocument>): Reading {
  return { by: document.by, at: document.at };
}
