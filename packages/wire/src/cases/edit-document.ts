import { z } from "zod";
import { freeText } from "../scalars/index.ts";
import { strict } from "../shape/index.ts";

const path = (what: string) =>
  freeText.describe(`${what}, such as agreements.lab-alfa.clauses.r1.partial; entries of lists by their id or name.`);

/** One change of a document: set a value, remove something, or add an entry to a list. */
export const editDocument = z
  .union([
    strict({ set: path("What is set"), to: z.unknown().describe("The new value.") }),
    strict({ remove: path("What is removed") }),
    strict({ add: path("The list that it is added to"), entry: z.unknown().describe("The new entry.") }),
  ])
  .meta({ id: "Edit", description: "One change of a document: set, remove, or add an entry to a list." });

export type EditDocument = z.output<typeof editDocument>;
