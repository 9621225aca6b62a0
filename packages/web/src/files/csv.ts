import { parse } from "csv-parse/browser/esm/sync";

/** Rows as a sheet that any spreadsheet program opens. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A text that a spreadsheet would take for a formula is told to be a text. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A sheet as it comes back, head included, or what keeps it from being read. */
export function csvRows(text: string): readonly (readonly string[])[] | { readonly wrong: string } {
  try {
    return parse(text, {
      bom: true,
      delimiter: [",", ";", "\t"],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : "This is no CSV." };
  }
}

/** Where a sheet is wrong, and what would be right. Lines count from 1, the head included. */
export interface SheetProblem {
  readonly line: number;
  readonly text: string;
}
