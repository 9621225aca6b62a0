import { parse } from "csv-parse/browser/esm/sync";
import { type Counts, keyOf, type Takeable } from "./by-hand.ts";

/** Columns of the sheet; `bid`, `line` and `count` are read back, the others are there for who fills it in. */
const COLUMNS = ["bid", "line", "provider", "lot", "at_least", "at_most", "multiple", "price", "count"] as const;

/** Where a sheet is wrong, and what would be right. Lines count from 1, the head included. */
export interface SheetProblem {
  readonly line: number;
  readonly text: string;
}

export type SheetRead =
  | { readonly ok: true; readonly counts: Counts }
  | { readonly ok: false; readonly problems: readonly SheetProblem[] };

/** A choice by hand as a sheet that any spreadsheet program opens: one row for each line of each bid. */
export function sheetOf(takeable: readonly Takeable[], counts: Counts): string {
  const rows = takeable.map(({ key, bid, line, provider, lot, min, max, multiple, price }) =>
    [bid, line, provider, lot, min, max, multiple, price, counts[key] ?? 0].map(cell).join(","),
  );
  return `${[COLUMNS.join(","), ...rows].join("\r\n")}\r\n`;
}

/** A text that a spreadsheet would take for a formula is told to be a text. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A sheet as it comes back. All of it is read or nothing: what is not named is none of that bid. */
export function readSheet(text: string, takeable: readonly Takeable[]): SheetRead {
  let rows: readonly (readonly string[])[];
  try {
    rows = parse(text, {
      bom: true,
      delimiter: [",", ";", "\t"],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    return { ok: false, problems: [{ line: 1, text: error instanceof Error ? error.message : "This is no CSV." }] };
  }
  const [head = [], ...body] = rows;
  const names = head.map((name) => name.toLowerCase());
  const at = { bid: names.indexOf("bid"), line: names.indexOf("line"), count: names.indexOf("count") };
  if (at.bid < 0 || at.count < 0)
    return { ok: false, problems: [{ line: 1, text: "The first row must name the columns bid and count." }] };
  const known = new Map(takeable.map((one) => [one.key, one]));
  const problems: SheetProblem[] = [];
  const counts: Record<string, number> = {};
  body.forEach((row, index) => {
    const line = index + 2;
    const bid = row[at.bid] ?? "";
    const number = at.line < 0 ? "1" : (row[at.line] ?? "1");
    const key = keyOf(bid, Number(number));
    const typed = (row[at.count] ?? "").replaceAll(/[\s,']/g, "");
    const count = typed === "" ? 0 : Number(typed);
    if (!known.has(key)) problems.push({ line, text: `There is no opened bid ${bid} with a line ${number} here.` });
    else if (!Number.isSafeInteger(count) || count < 0)
      problems.push({ line, text: `${row[at.count] ?? ""} is no whole number, such as 512.` });
    else if (key in counts) problems.push({ line, text: `Bid ${bid}, line ${number} stands twice.` });
    else counts[key] = count;
  });
  return problems.length === 0 ? { ok: true, counts } : { ok: false, problems };
}
