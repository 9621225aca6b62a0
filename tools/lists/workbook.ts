import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Cell, writeXlsx } from "hucre/xlsx";
import { openList } from "../../packages/intake/src/agreements/index.ts";
import { ROOT } from "../sources.ts";

export const LIST = "data/agreements/openai-2026.csv";
export const WORKBOOK = "data/agreements/openai-2026.xlsx";

type Value = string | number | Date | null;

/** Row of the title, of the header, and of the row that is hidden: the one that stands there twice. Counted from 0. */
const [TITLE, HEADER, TWICE] = [0, 2, 15];

/**
 * The list as somebody would have it in a workbook: a title over merged cells, days as days and one as a bare number, a row hidden,
 * a sum by formula, a hidden sheet. The same cells as the CSV otherwise, so that both mean the same.
 */
export async function workbookBytes(): Promise<Uint8Array> {
  const opened = await openList(readFileSync(join(ROOT, LIST)), LIST);
  if (!opened.ok) throw new Error(`${LIST}: ${opened.refusal.message}`);
  const rows = (opened.value[0]?.rows ?? []).map(({ cells }) =>
    cells.map((cell) => (cell.kind === "text" ? cell.text : "")),
  );
  const width = rows[HEADER]?.length ?? 0;
  const starts = rows[HEADER]?.indexOf("Start") ?? -1;
  const amounts = rows[HEADER]?.indexOf("Amount") ?? -1;
  const last = rows.length - 1;
  const values = rows.map((row, index) =>
    row.map((text, column) => (index > HEADER && column === starts ? dayOf(text) : text === "" ? null : text)),
  );
  const days = values.flatMap((row, index) => (row[starts] instanceof Date ? [index] : []));
  const style = { numFmt: "dd.mm.yyyy" };
  return writeXlsx({
    sheets: [
      {
        name: "Agreements",
        rows: values,
        merges: [{ startRow: TITLE, endRow: TITLE, startCol: 0, endCol: width - 1 }],
        rowDefs: new Map([[TWICE, { hidden: true }]]),
        cells: new Map<string, Partial<Cell>>([
          ...days.map(
            (row) => [`${row},${starts}`, { value: values[row]?.[starts] ?? null, type: "date", style }] as const,
          ),
          [`${last},${amounts}`, { value: 0, type: "formula", formula: `SUM(I4:I${last})`, formulaResult: 0 }],
        ]),
      },
      { name: "Sources", rows: [["See SOURCE.md"]], hidden: true },
    ],
    properties: { created: new Date(0), modified: new Date(0) },
  });
}

/** A day where the text is one with dots and four digits of year; 2025-03-07 becomes the bare number that stands for it. */
function dayOf(text: string): Value {
  if (text === "2025-03-07") return 45_723;
  const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text) ?? [];
  if (day !== undefined) return new Date(`${year}-${month}-${day}T00:00:00Z`);
  return text === "" ? null : text;
}
