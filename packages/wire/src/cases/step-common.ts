import { z } from "zod";
import { evidenceDocument } from "../agreements/index.ts";
import { freeText, idText, instantText } from "../scalars/index.ts";
import { expectationDocument } from "./expectation-document.ts";

/** Keys of every step. */
export const common = {
  at: instantText.describe("When the broker receives it."),
  by: idText.optional().describe("Who does it. Default: the keeper of the book, where it is the keeper's to do."),
  receivedAt: instantText
    .optional()
    .describe("Arrival at the broker, at most 5 s before `at`, where it waited in the queue."),
  senderClock: instantText.optional().describe("What the sender's clock said. The broker never reads it."),
  key: freeText.optional().describe("Retry key: two steps with the same key are one command."),
  note: freeText.optional().describe("For the reader."),
  evidence: evidenceDocument.optional().describe("How well it is known that it happened so."),
  expect: z
    .union([expectationDocument, z.array(expectationDocument).min(1)])
    .optional()
    .describe("What holds just after this step."),
};

export const request = idText.optional().describe("Which request. Default: the only one of the case.");
export const person = freeText.optional().describe("Name of the person. Default: the party.");
export const terms = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .optional()
  .describe("Stated terms that differ.");
