import { countTyped } from "../../files/counts.ts";
import { csvRows, csvText, type SheetProblem } from "../../files/csv.ts";
import { type Counts, keyOf, type Takeable } from "./by-hand.ts";

/** Columns of the sheet; `bid`, `line` and `count` are read back, the others are there for who fills it in. */
const COLUMNS = ["bid", "line", "provider", "lot", "at_least", "at_most", "multiple", "price", "count"] as const;

export type SheetRead =
  | { readonly ok: true; readonly counts: Counts }
  | { readonly ok: false; readonly problems: readonly SheetProblem[] };

/** A choice by hand as a sheet that any spreadsheet program opens: one row for each line of each bid. */
export function sheetOf(takeable: readonly Takeable[], counts: Counts): string {
  const rows = takeable.map(({ key, bid, line, provider, lot, min, max, multiple, price }) => [
    bid,
    line,
    provider,
    lot,
    min,
    max,
    multiple,
    price,
    counts[key] ?? 0,
  ]);
  return csvText([COLUMNS, ...rows]);
}

/** A sheet as it comes back. All of it is read or nothing: what is not named is none of that bid. */
export function readSheet(text: string, takeable: readonly Takeable[]): SheetRead {
  const rows = csvRows(text);
  if ("wrong" in rows) return { ok: false, problems: [{ line: 1, text: rows.wrong }] };
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
    const typed = countTyped(row[at.count] ?? "");
    const count = typed === "" ? 0 : typed;
    if (!known.has(key)) problems.push({ line, text: `There is no opened bid ${bid} with a line ${number} here.` });
    else if (count === undefined)
      problems.push({ line, text: `${row[at.count] ?? ""} is no whole number, such as 512.` });
    else if (key in counts) problems.push({ line, text: `Bid ${bid}, line ${number} stands twice.` });
    else counts[key] = count;
  });
  return problems.length === 0 ? { ok: true, counts } : { ok: false, problems };
}
