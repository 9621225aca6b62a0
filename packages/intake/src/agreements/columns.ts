import type { ColumnMapping, Field, Mapping } from "@offtake/wire/mapping";
import { nearNames } from "@offtake/wire/problems";
import { type Cell, cellText, type Sheet, type SheetRow } from "./cells.ts";
import { type Choice, opened, type Opened, refuseFile } from "./codes.ts";
import { type Certainty, fieldOf, splitHeader } from "./headers.ts";

/** One column of a sheet and what is read from it. */
export interface Column {
  /** Position in the row, from 0. */
  readonly index: number;
  readonly header: string;
  readonly is: Field | "keep" | "ignore";
  /** Who says so: the mapping file, or a header that was recognised. */
  readonly by: "mapping" | Certainty | "unknown";
  readonly unit?: string;
  readonly settings?: ColumnMapping;
}

/** A sheet with its header found and its columns known. */
export interface ReadableSheet {
  readonly sheet: Sheet;
  readonly headerRow: number;
  readonly columns: readonly Column[];
  readonly rows: readonly SheetRow[];
  readonly choices: readonly Choice[];
}

/** Rows in which a header is looked for. */
const HEADER_ROWS = 30;
/** Fields that a header must name at least. */
const FIELDS_MIN = 2;
/** Without these there is no agreement. */
const NEEDED: readonly Field[] = ["counterparty", "start"];

/** Chooses the sheet, finds its header and says what each column holds: the mapping where it speaks, else the header's words. */
export function readColumns(
  sheets: readonly Sheet[],
  mapping: Mapping | undefined,
  wanted: string | undefined,
): Opened<ReadableSheet> {
  const name = wanted ?? mapping?.sheet;
  const candidates =
    name === undefined ? sheets.filter((sheet) => !sheet.isHidden) : sheets.filter((sheet) => sheet.name === name);
  if (candidates.length === 0) return noSheet(sheets, name);
  const scored = candidates.map((sheet) => ({ sheet, header: headerOf(sheet, mapping) }));
  const best = scored.reduce((a, b) => (b.header.score > a.header.score ? b : a));
  if (best.header.score < FIELDS_MIN) {
    const isEmpty = candidates.every(({ rows }) =>
      rows.every(({ cells }) => cells.every((cell) => cellText(cell) === "")),
    );
    if (isEmpty) return refuseFile("empty_file", "there is nothing in the file");
    return refuseFile("no_header", `no row of ${best.sheet.name} names columns such as counterparty, start and end`);
  }
  return columnsOf(best.sheet, best.header.index, mapping, sheets);
}

function noSheet(sheets: readonly Sheet[], name: string | undefined) {
  const names = sheets.map((sheet) => sheet.name);
  if (name === undefined) return refuseFile("no_such_sheet", `every sheet is hidden: ${names.join(", ")}; name one`);
  const near = nearNames(name, names);
  return refuseFile(
    "no_such_sheet",
    `there is no sheet ${name.slice(0, 60)}; there is ${(near.length > 0 ? near : names).slice(0, 12).join(", ")}`,
  );
}

/**
 * The row that the mapping names; where it lacks columns of the mapping, and one of the first rows has them all, that one: a list that
 * was exported begins with its headers. Without a mapping the row among the first that names the most fields, each counted once.
 */
function headerOf(sheet: Sheet, mapping: Mapping | undefined): { index: number; score: number } {
  if (
    mapping?.header === undefined ||
    holdsAll(
      sheet.rows.find(({ number }) => number === mapping.header),
      mapping,
    )
  )
    return likeliest(sheet, mapping);
  const index = sheet.rows.slice(0, HEADER_ROWS).findIndex((row) => holdsAll(row, mapping));
  return index < 0 ? likeliest(sheet, mapping) : { index, score: FIELDS_MIN };
}

function holdsAll(row: SheetRow | undefined, { columns }: Mapping): boolean {
  const texts = new Set((row?.cells ?? []).map(cellText));
  return columns.every(({ column, is }) => is === "ignore" || texts.has(column));
}

function likeliest({ rows }: Sheet, mapping: Mapping | undefined): { index: number; score: number } {
  const mapped = new Set(mapping?.columns.map(({ column }) => column));
  let best = { index: -1, score: 0 };
  for (const [index, row] of rows.slice(0, mapping?.header === undefined ? HEADER_ROWS : rows.length).entries()) {
    if (mapping?.header !== undefined && row.number !== mapping.header) continue;
    const texts = row.cells.filter((cell) => cell.kind === "text").map(cellText);
    const fields = new Set(
      texts.map((text) => (mapped.has(text) ? text : fieldOf(text)?.field)).filter((one) => one !== undefined),
    );
    const score = mapping?.header === undefined ? fields.size : Math.max(fields.size, FIELDS_MIN);
    if (score > best.score) best = { index, score };
  }
  return best;
}

function columnsOf(
  sheet: Sheet,
  headerIndex: number,
  mapping: Mapping | undefined,
  sheets: readonly Sheet[],
): Opened<ReadableSheet> {
  const header = sheet.rows[headerIndex] as SheetRow;
  const rows = sheet.rows.slice(headerIndex + 1);
  const width = Math.max(header.cells.length, ...rows.slice(0, 1000).map(({ cells }) => cells.length));
  const headers: string[] = [];
  for (let index = 0; index < width; index += 1) {
    const cell = header.cells[index];
    const text = cell?.flaw === "merged" ? "" : cellText(cell);
    if (text === "" && rows.every(({ cells }) => cellText(cells[index]) === "")) headers.push("");
    else headers.push(text === "" ? `column ${letters(index)}` : text);
  }
  const twice = headers.find((text, index) => text !== "" && headers.indexOf(text) !== index);
  if (twice !== undefined)
    return refuseFile("duplicate_column", `two columns are called ${twice.slice(0, 60)}`, header.number);
  const gone = mapping?.columns.find(({ column, is }) => is !== "ignore" && !headers.includes(column));
  if (gone !== undefined) {
    const near = nearNames(
      gone.column,
      headers.filter((text) => text !== ""),
    );
    const hint = near.length === 0 ? "" : `; there is ${near.join(", ")}`;
    return refuseFile(
      "column_missing",
      `the mapping names a column ${gone.column.slice(0, 60)}, and the list has none${hint}`,
      header.number,
    );
  }
  const { columns, choices } = assigned(headers, mapping);
  const missing = NEEDED.filter((field) => !columns.some(({ is }) => is === field));
  if (missing.length > 0)
    return refuseFile(
      "column_missing",
      `no column holds the ${missing.join(" and the ")}; say which in a mapping file`,
      header.number,
    );
  const hidden = sheets.filter((other) => other.isHidden && other !== sheet).map(({ name }) => name);
  const others = sheets.filter((other) => !other.isHidden && other !== sheet).map(({ name }) => name);
  const passed: Choice[] = [
    ...hidden.map((name) => ({ column: "", taken: "not read", why: `sheet ${name} is hidden` })),
    ...others.map((name) => ({ column: "", taken: "not read", why: `sheet ${name}: another sheet is read` })),
  ];
  const moved: Choice[] =
    mapping?.header === undefined || mapping.header === header.number
      ? []
      : [
          {
            column: "",
            taken: `row ${header.number}`,
            why: `the mapping says that the headers stand in row ${mapping.header}`,
          },
        ];
  return opened({ sheet, headerRow: header.number, columns, rows, choices: [...moved, ...passed, ...choices] });
}

/** Column letters as spreadsheets count them. */
function letters(index: number): string {
  const low = String.fromCharCode(65 + (index % 26));
  return index < 26 ? low : letters(Math.floor(index / 26) - 1) + low;
}

const SURENESS: readonly Certainty[] = ["named", "known", "part", "near"];

/** Fields go first to the column that names them most surely; of equals to the first. What is left is kept as text. */
function assigned(headers: readonly string[], mapping: Mapping | undefined): { columns: Column[]; choices: Choice[] } {
  const columns = new Map<number, Column>();
  const taken = new Map<Field, string>();
  for (const [index, header] of headers.entries()) {
    const settings = mapping?.columns.find(({ column }) => column === header && header !== "");
    if (settings === undefined) continue;
    const unit = settings.unit ?? splitHeader(header).unit;
    columns.set(index, {
      index,
      header,
      is: settings.is,
      by: "mapping",
      settings,
      ...(unit === undefined ? {} : { unit }),
    });
    if (settings.is !== "keep" && settings.is !== "ignore") taken.set(settings.is, header);
  }
  const choices: Choice[] = [];
  const guesses = headers.map((header, index) => ({ header, index, guess: fieldOf(header) }));
  for (const certainty of SURENESS) {
    for (const { header, index, guess } of guesses) {
      if (columns.has(index) || guess?.certainty !== certainty) continue;
      const other = taken.get(guess.field);
      const { unit } = splitHeader(header);
      const is = other === undefined ? guess.field : "keep";
      columns.set(index, { index, header, is, by: certainty, ...(unit === undefined ? {} : { unit }) });
      if (other !== undefined)
        choices.push({ column: header, taken: "kept as text", why: `${other} is read as ${guess.field} already` });
      else taken.set(guess.field, header);
      if (other === undefined && (certainty === "part" || certainty === "near"))
        choices.push({
          column: header,
          taken: guess.field,
          why: certainty === "near" ? "its header is nearly a known one" : "its header holds a known word",
        });
    }
  }
  for (const { header, index } of guesses) {
    if (columns.has(index) || header === "") continue;
    columns.set(index, { index, header, is: "keep", by: "unknown" });
    choices.push({ column: header, taken: "kept as text", why: "its header is not known" });
  }
  return { columns: [...columns.values()].sort((a, b) => a.index - b.index), choices };
}

/** All cells of a column that hold anything. */
export function* cellsOf(rows: readonly SheetRow[], { index }: Column): Generator<Cell> {
  for (const { cells } of rows) {
    const cell = cells[index];
    if (cell !== undefined && cell.kind !== "empty") yield cell;
  }
}
