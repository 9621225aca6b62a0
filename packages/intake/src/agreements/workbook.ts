import { readXlsx } from "hucre/xlsx";
import type { Cell as BookCell, Sheet as BookSheet } from "hucre/xlsx";
import { type Cell, CELL_CHARS_MAX, COLUMNS_MAX, EMPTY, ROWS_MAX, type Sheet, type SheetRow } from "./cells.ts";
import { opened, type Opened, refuseFile } from "./codes.ts";
import { checkArchive } from "./zip.ts";

/** Reads the sheets of an XLSX workbook. Formulas, errors and merged cells keep a mark; nothing is computed. */
export async function openWorkbook(bytes: Uint8Array): Promise<Opened<readonly Sheet[]>> {
  const archive = await checkArchive(bytes);
  if (!archive.ok) return archive;
  if (!archive.value.includes("[Content_Types].xml") || !archive.value.some((name) => name.startsWith("xl/workbook.")))
    return refuseFile("not_a_list", otherArchive(archive.value));
  if (archive.value.includes("xl/workbook.bin"))
    return refuseFile("not_a_list", "this is a binary workbook (.xlsb); save it as .xlsx");
  let workbook: Awaited<ReturnType<typeof readXlsx>>;
  try {
    workbook = await readXlsx(bytes, { readStyles: true });
  } catch (cause) {
    return unreadable((cause as Error).message);
  }
  const sheets: Sheet[] = [];
  for (const sheet of workbook.sheets) {
    const read = sheetOf(sheet, workbook.dateSystem === "1904");
    if (!read.ok) return read;
    sheets.push(read.value);
  }
  return opened(sheets);
}

/** The library bounds the cells of a sheet, also of one with two cells that are far apart. */
function unreadable(message: string) {
  const [, spans] = /(spans \d+ rows x \d+ columns)/.exec(message) ?? [];
  if (spans !== undefined) return refuseFile("too_many_rows", `a sheet ${spans}, far more than a list of agreements`);
  return refuseFile("corrupt_file", `the workbook cannot be read: ${message.slice(0, 160)}`);
}

function otherArchive(names: readonly string[]): string {
  if (names.includes("content.xml")) return "this is an OpenDocument file (.ods); save it as .xlsx or .csv";
  if (names.some((name) => name.startsWith("word/"))) return "this is a text document (.docx), and no workbook";
  return "this is a ZIP archive, and no workbook";
}

function sheetOf(sheet: BookSheet, from1904: boolean): Opened<Sheet> {
  const { name } = sheet;
  if (sheet.rows.length > ROWS_MAX)
    return refuseFile("too_many_rows", `sheet ${name} has ${sheet.rows.length} rows; at most ${ROWS_MAX} are read`);
  const width = Math.max(0, ...sheet.rows.map((row) => row.length));
  if (width > COLUMNS_MAX)
    return refuseFile("too_many_columns", `sheet ${name} has ${width} columns; at most ${COLUMNS_MAX} are read`);
  const merged = mergedCells(sheet);
  const rows: SheetRow[] = [];
  for (const [index, values] of sheet.rows.entries()) {
    const cells = values.map((value, column): Cell => {
      const key = `${index},${column}`;
      const cell = cellOf(sheet.cells?.get(key), value);
      const first = merged.get(key);
      if (first === undefined) return cell;
      const [row = 0, at = 0] = first.split(",").map(Number);
      return { ...cellOf(sheet.cells?.get(first), sheet.rows[row]?.[at] ?? null), flaw: "merged" };
    });
    if (cells.some((cell) => cell.kind === "text" && cell.text.length > CELL_CHARS_MAX))
      return refuseFile(
        "cell_too_long",
        `row ${index + 1} of sheet ${name} has a cell of more than ${CELL_CHARS_MAX} characters`,
        index + 1,
      );
    const isHidden = sheet.rowDefs?.get(index)?.hidden === true;
    rows.push({ number: index + 1, cells, ...(isHidden ? { isHidden } : {}) });
  }
  const isHidden = sheet.hidden === true || sheet.veryHidden === true;
  const notes = from1904 ? ["the workbook counts its days from 1904"] : [];
  return opened({ name, rows, isHidden, notes, from1904 });
}

/** Every cell of a merged range but its first, with the key of the first. Ranges may be large: only cells that have rows count. */
function mergedCells(sheet: BookSheet): ReadonlyMap<string, string> {
  const covered = new Map<string, string>();
  for (const { startRow, startCol, endRow, endCol } of sheet.merges ?? []) {
    const lastRow = Math.min(endRow, sheet.rows.length - 1);
    for (let row = startRow; row <= lastRow; row += 1) {
      const lastColumn = Math.min(endCol, COLUMNS_MAX);
      for (let column = startCol; column <= lastColumn; column += 1)
        if (row !== startRow || column !== startCol) covered.set(`${row},${column}`, `${startRow},${startCol}`);
    }
  }
  return covered;
}

function cellOf(cell: BookCell | undefined, value: BookCell["value"]): Cell {
  if (cell?.type === "error") return { kind: "text", text: String(cell.value ?? value ?? "#ERROR"), flaw: "error" };
  const isFormula = cell?.formula !== undefined || cell?.type === "formula";
  const shown = isFormula ? (cell.formulaResult ?? value) : (cell?.value ?? value);
  const plain = valueOf(shown, cell?.style?.numFmt ?? "");
  if (!isFormula) return plain;
  const isError = plain.kind === "text" && /^#[A-Z/0]+[!?A]?$/.test(plain.text);
  return { ...plain, flaw: isError ? "error" : "formula" };
}

function valueOf(value: BookCell["value"], format: string): Cell {
  if (value === null || value === "") return EMPTY;
  if (typeof value === "string") return value.trim() === "" ? EMPTY : { kind: "text", text: value };
  if (typeof value === "boolean") return { kind: "truth", value };
  if (typeof value === "number") {
    const isPercent = format.replace(/"[^"]*"|\\./g, "").includes("%");
    return { kind: "number", value, ...(isPercent ? { isPercent } : {}) };
  }
  if (Number.isNaN(value.getTime())) return { kind: "text", text: "no such date" };
  const iso = value.toISOString();
  const [date = "", time = ""] = iso.split("T");
  return { kind: "date", date, hasTime: !time.startsWith("00:00:00") };
}
