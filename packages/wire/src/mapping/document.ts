import { z } from "zod";
import { freeText, idText } from "../scalars/index.ts";
import { strict } from "../shape/index.ts";
import { FIELD_NAMES } from "./fields.ts";

const dates = z
  .enum(["day-first", "month-first"])
  .describe("How 03/04/2027 is meant. Without it a column decides by a date that can be read in one way only.");
const decimals = z
  .enum(["point", "comma"])
  .describe(
    "Which mark stands before the decimals. Without it a column decides by a number that can be read in one way only.",
  );

/** The words of a list, and what each stands for. */
const words = z.record(z.string().min(1).max(200), freeText);

const columnDocument = strict({
  column: z.string().max(1000).describe("The header of the column, word for word; `column F` where it has none."),
  is: z
    .enum([...FIELD_NAMES, "keep", "ignore"])
    .describe("What the column holds. keep: its text is kept with the agreement. ignore: it is not read."),
  dates: dates.optional(),
  decimals: decimals.optional(),
  unit: freeText
    .optional()
    .describe("What its numbers are in, where a cell does not say: `EUR`, `Mio EUR`, `days`, `business days`, `%`."),
  words: words.optional().describe("Words of this column, and what to read for them."),
});

export const mappingFile = strict({
  schema: z.literal("offtake/mapping@1").describe("Says what kind of file this is."),
  sheet: freeText
    .optional()
    .describe("Which sheet of a workbook. Default: the first that is shown and has such columns."),
  header: z.int().min(1).max(1000).optional().describe("Row in which the headers stand. Default: looked for."),
  dates: dates.optional().describe("For every column that says nothing else."),
  decimals: decimals.optional().describe("For every column that says nothing else."),
  signs: words.optional().describe("Signs of currencies, and the currency of each: `{ $: CAD }`."),
  parties: z
    .record(z.string().min(1).max(1000), idText)
    .optional()
    .describe("Names of counterparties, and the party of the book that each is."),
  formulas: z
    .enum(["refuse", "cached"])
    .optional()
    .describe(
      "cached: a cell with a formula is read as the value that was last computed, and this is told. Default: refuse.",
    ),
  merged: z
    .enum(["refuse", "fill"])
    .optional()
    .describe("fill: merged cells all have the value of the first, and this is told. Default: refuse."),
  hidden: z
    .enum(["refuse", "read"])
    .optional()
    .describe("read: hidden rows are read, and this is told. Default: refuse."),
  columns: z
    .array(columnDocument)
    .max(500)
    .describe("What each column holds. A column that is not named here is guessed."),
}).meta({
  title: "Offtake column mapping",
  description: "How a list of agreements (CSV or XLSX) is read. The first import writes it; every later one uses it.",
});

type MappingDocument = z.output<typeof mappingFile>;

/** How the columns of a list are read. */
export type Mapping = Omit<MappingDocument, "schema">;
export type ColumnMapping = Mapping["columns"][number];
