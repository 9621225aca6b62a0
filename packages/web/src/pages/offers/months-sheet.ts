import { countTyped } from "../../files/counts.ts";
import { csvRows, csvText, type SheetProblem } from "../../files/csv.ts";
import type { MonthAsked, MonthCounts } from "./months.ts";

/** The columns that `offtake notice months --sheet` writes too; `notice` and `count` are read back. */
const COLUMNS = ["month", "notice", "from", "to", "asked", "count"] as const;

export type MonthsRead =
  | { readonly ok: true; readonly counts: MonthCounts }
  | { readonly ok: false; readonly problems: readonly SheetProblem[] };

/** The months with what is filled in, to go on in a spreadsheet. */
export function monthsSheet(months: readonly MonthAsked[], counts: MonthCounts): string {
  const rows = months.map(({ name, notice: { id, view } }) => {
    const { window } = view.notice.terms;
    return [name, id, window.from, window.to, view.notice.count, counts[id] ?? ""];
  });
  return csvText([COLUMNS, ...rows]);
}

/** A sheet as it comes back, all of it or nothing: a row without a count leaves its month open, 0 refuses. */
export function readMonthsSheet(text: string, months: readonly MonthAsked[]): MonthsRead {
  const rows = csvRows(text);
  if ("wrong" in rows) return { ok: false, problems: [{ line: 1, text: rows.wrong }] };
  const [head = [], ...body] = rows;
  const names = head.map((name) => name.toLowerCase());
  const [notice, count] = [names.indexOf("notice"), names.indexOf("count")];
  if (notice < 0 || count < 0)
    return { ok: false, problems: [{ line: 1, text: "The first row must name the columns notice and count." }] };
  return read(
    body.map((row, index) => ({ line: index + 2, name: row[notice] ?? "", count: row[count] ?? "" })),
    months,
  );
}

/**
 * What was copied from a spreadsheet. A single column fills the months downwards from the one where it was pasted; of several columns the first
 * names the month or the notice, and the last is the count. A head is passed over.
 */
export function pastedMonths(text: string, months: readonly MonthAsked[], from: number): MonthsRead {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const cells = lines.map((line) => line.split("\t").map((cell) => cell.trim()));
  if (cells.every((row) => row.length === 1)) {
    const fit = months.slice(from);
    if (cells.length > fit.length)
      return {
        ok: false,
        problems: [{ line: fit.length + 1, text: `${cells.length} rows for ${fit.length} months from here on.` }],
      };
    const rows = cells.map(([count = ""], index) => ({ line: index + 1, name: fit[index]?.notice.id ?? "", count }));
    return read(rows, months);
  }
  const rows = cells.map((row, index) => ({ line: index + 1, name: row[0] ?? "", count: row.at(-1) ?? "" }));
  const [head, ...rest] = rows;
  const hasHead = head !== undefined && find(head.name, months) === undefined && countTyped(head.count) === undefined;
  return read(hasHead ? rest : rows, months);
}

const find = (name: string, months: readonly MonthAsked[]): MonthAsked | undefined =>
  months.find((one) => one.notice.id === name.replace(/^'/, "") || one.name === name);

interface Line {
  readonly line: number;
  readonly name: string;
  readonly count: string;
}

function read(lines: readonly Line[], months: readonly MonthAsked[]): MonthsRead {
  const problems: SheetProblem[] = [];
  const counts: Record<string, number> = {};
  const seen = new Set<string>();
  for (const { line, name, count } of lines) {
    const month = find(name, months);
    const typed = countTyped(count);
    if (month === undefined) problems.push({ line, text: `${name} does not wait for an answer.` });
    else if (typed === undefined) problems.push({ line, text: `${count} is no whole number, such as 512.` });
    else if (seen.has(month.notice.id)) problems.push({ line, text: `${month.name} stands twice.` });
    else if (typed !== "") counts[month.notice.id] = typed;
    if (month !== undefined) seen.add(month.notice.id);
  }
  return problems.length === 0 ? { ok: true, counts } : { ok: false, problems };
}
