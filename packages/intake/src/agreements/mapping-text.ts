import type { Mapping } from "@offtake/wire/mapping";
import { documentText, type Edit, editedText, plainOf } from "@offtake/wire/writing";
import type { ReadableSheet } from "./columns.ts";

const HEAD = [
  "yaml-language-server: $schema=../schemas/mapping.v1.json",
  "How the columns of the list are read. The next import uses this file: change it where something was guessed wrongly.",
  "`is: keep` keeps the text of a column with its agreement, `is: ignore` leaves it out. Add where they are needed:",
  "dates: day-first or month-first; decimals: point or comma; unit: Mio EUR, days, %; words: { what is written: what is meant }.",
];

/** The text of a mapping file for what was read; one that is there keeps its words and gains the columns that are new. */
export function mappingText(
  { columns, sheet, headerRow }: ReadableSheet,
  isWorkbook: boolean,
  before?: string,
): string {
  const entries = columns.map(
    ({ header, is, settings, unit }) => settings ?? { column: header, is, ...(unit === undefined ? {} : { unit }) },
  );
  if (before === undefined) {
    const named = isWorkbook ? { sheet: sheet.name } : {};
    return documentText({ schema: "offtake/mapping@1", ...named, header: headerRow, columns: entries }, HEAD);
  }
  const listed = (plainOf(before) as Pick<Mapping, "columns">).columns;
  const added = entries.filter(({ column }) => !listed.some((one) => one.column === column));
  const edits: Edit[] = added.map((entry, index) => ({ path: ["columns", listed.length + index], value: entry }));
  return added.length === 0 ? before : editedText(before, edits);
}
