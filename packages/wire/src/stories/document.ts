import { z } from "zod";
import { evidenceDocument } from "../agreements/index.ts";
import { bookKeys } from "../book/index.ts";
import { expectationDocument, stepDocument } from "../cases/index.ts";
import { clauseRefText, freeText, idText, moneyText } from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";

export const recordDocument = strict({
  id: idText.describe("The name by which elements refer to it."),
  about: freeText.describe("What is known, in a sentence or two."),
  parties: oneOrMany(idText).optional().describe("Whom it is about."),
  amount: moneyText.optional().describe("The amount that it is about, where there is one. It is added to nothing."),
  standing: z
    .enum(["announced", "ceiling", "pledged", "contracted", "paid"])
    .optional()
    .describe("How firm the amount is. ceiling: `up to`, which is no promise of any part of it."),
  evidence: evidenceDocument,
}).meta({
  id: "StoryRecord",
  description: "A fact of the story that nothing computes yet, with its grade and source.",
});

export const elementDocument = strict({
  quote: freeText.describe("The words of the news, the sentence or the part of it that is meant."),
  object: freeText.describe("What stands for it here."),
  shown: z
    .array(expectationDocument)
    .min(1)
    .max(50)
    .optional()
    .describe("It runs if all of these hold at the end of the story."),
  recorded: oneOrMany(clauseRefText)
    .optional()
    .describe(
      "It is recorded by these: records of the story by id, or clauses as agreement/clause. Each must have evidence.",
    ),
}).meta({
  id: "StoryElement",
  description:
    "One element of the news that the story tells. What became of it is found out by the run, never written down.",
});

export const storyFile = strict({
  schema: z.literal("offtake/story@1").describe("Says what kind of file this is."),
  id: idText.describe("Name of the story: that of its folder."),
  title: freeText,
  about: freeText.describe("What happens, for somebody who does not know it."),
  assumed: freeText
    .optional()
    .describe("What of it is not known and was made up, in plain words. It is printed with the story."),
  world: z
    .union([freeText, strict(bookKeys)])
    .describe("The book that the story begins with: a path from this file (a file or a folder), or the book in place."),
  script: z
    .array(stepDocument)
    .min(1)
    .max(2000)
    .describe("What happens, in order; each step says in its note what it means."),
  expect: z.array(expectationDocument).max(500).optional().describe("What holds at the end."),
  records: z.array(recordDocument).max(500).optional().describe("What is known and not computed here."),
  elements: z.array(elementDocument).max(200).optional().describe("The news, element by element."),
}).meta({ title: "Offtake story", description: "A book, what happens in it, and what of the news it shows." });

export type StoryFile = z.output<typeof storyFile>;
