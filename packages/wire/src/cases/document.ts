import { z } from "zod";
import { bookKeys } from "../book/index.ts";
import { freeText, idText } from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";
import { editDocument } from "./edit-document.ts";
import { expectationDocument } from "./expectation-document.ts";
import { stepDocument } from "./step-document.ts";

export const caseFile = strict({
  schema: z.literal("offtake/case@1").describe("Says what kind of file this is."),
  id: idText.describe("Name of the case; unique among the cases that run together."),
  title: freeText.describe("What happens, in a few words."),
  why: freeText.describe("The reason of the rule that the case is about."),
  tags: oneOrMany(freeText).optional().describe("For choosing which cases run."),
  world: z
    .union([freeText, strict(bookKeys)])
    .describe("The book that the case begins with: a path from this file (a file or a folder), or the book in place."),
  change: z.array(editDocument).max(200).optional().describe("Changes of the world before anything happens."),
  script: z.array(stepDocument).min(1).max(2000).describe("What happens, in order."),
  expect: z.array(expectationDocument).max(500).optional().describe("What holds at the end."),
}).meta({ title: "Offtake case", description: "Given a book, when these things happen, then this holds." });

export type CaseFile = z.output<typeof caseFile>;
