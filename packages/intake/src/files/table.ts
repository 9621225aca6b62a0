import { CsvError, parse } from "csv-parse/sync";
import type { Intake } from "./problem.ts";
import { accept, refuse } from "./problem.ts";
import type { NamedText } from "./text.ts";
import { checkText } from "./text.ts";

export const COLUMNS_MAX = 64;
export const ROWS_MAX = 200_000;
export const RECORD_CHARS_MAX = 32_768;

/** One line of a table under its header. Values are without the blanks around them. */
export class TableRow {
  /** Of the file, counted from 1, where the record ends. */
  readonly line: number;
  /** As in the file, at most 200 characters: for reports. */
  readonly text: string;
  private readonly cells: ReadonlyMap<string, string>;

  constructor(line: number, columns: readonly string[], values: readonly string[], delimiter: string) {
    this.line = line;
    this.text = values.join(delimiter).slice(0, 200);
    this.cells = new Map(columns.map((column, index) => [column, values[index]?.trim() ?? ""]));
  }

  /** Blank where the row says nothing. Throws for a column that the header does not have: our mistake, never the file's. */
  get(column: string): string {
    const value = this.cells.get(column);
    if (value === undefined) throw new Error(`Broken belief: the table has a column ${column}`);
    return value;
  }
}

export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** Rows whose number of values is not that of the header. */
  readonly ragged: readonly TableRow[];
  /** How many values had blanks around them. */
  readonly trimmed: number;
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Reads separated values with a header: comma or semicolon, quotes, CRLF, a byte order mark and blank lines are all fine. */
export function readTable(file: NamedText): Intake<Table> {
  const checked = checkText(file);
  if (!checked.ok) return checked;
  const parsed = parseRecords(file);
  if (!parsed.ok) return parsed;
  const [header, ...body] = parsed.value.records;
  if (header === undefined) return refuse("empty_file", file.name, "the file is empty");
  const columns = header.record.map((column) => column.trim());
  const refused = refuseHeader(file.name, columns) ?? refuseSize(file.name, body.length);
  return refused ?? accept(toTable(file.name, columns, body, parsed.value.delimiter));
}

function parseRecords(file: NamedText): Intake<{ delimiter: string; records: readonly CsvRecord[] }> {
  const delimiter = delimiterOf(file.text);
  const plain = plainRecords(file.text, delimiter);
  if (plain !== undefined) return accept({ delimiter, records: plain });
  try {
    const records: unknown = parse(file.text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: RECORD_CHARS_MAX,
      to: ROWS_MAX + 2,
    });
    return accept({ delimiter, records: records as readonly CsvRecord[] });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line = typeof cause["lines"] === "number" ? cause["lines"] : undefined;
    if (cause.code === "CSV_MAX_RECORD_SIZE") {
      return refuse("record_too_long", file.name, `a row has at most ${RECORD_CHARS_MAX} characters`, line);
    }
    return refuse("malformed_csv", file.name, cause.message, line);
  }
}

/**
 * Records of a text in which nothing is quoted and lines end in a line feed: what most lists are, and what needs no parser. The same
 * as the parser gives, for a quarter of the time; undefined where the parser is to look.
 */
export function plainRecords(text: string, delimiter: string): CsvRecord[] | undefined {
  if (text.includes('"') || text.includes("\r") || !text.includes("\n")) return undefined;
  const records: CsvRecord[] = [];
  const lines = (text.startsWith("\uFEFF") ? text.slice(1) : text).split("\n");
  for (const [index, line] of lines.entries()) {
    if (line.length >= RECORD_CHARS_MAX) return undefined;
    if (line !== "") records.push({ record: line.split(delimiter), info: { lines: index + 1 } });
    if (records.length === ROWS_MAX + 2) break;
  }
  return records;
}

function delimiterOf(text: string): "," | ";" {
  const end = text.indexOf("\n");
  const header = end === -1 ? text : text.slice(0, end);
  return header.split(";").length > header.split(",").length ? ";" : ",";
}

function refuseHeader(name: string, columns: readonly string[]): ReturnType<typeof refuse> | undefined {
  if (columns.length > COLUMNS_MAX)
    return refuse("too_many_columns", name, `a list has at most ${COLUMNS_MAX} columns`, 1);
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  return twice === undefined ? undefined : refuse("duplicate_column", name, `the header names "${twice}" twice`, 1);
}

function refuseSize(name: string, rows: number): ReturnType<typeof refuse> | undefined {
  return rows > ROWS_MAX ? refuse("too_many_rows", name, `a list has at most ${ROWS_MAX} rows`) : undefined;
}

function toTable(name: string, columns: readonly string[], body: readonly CsvRecord[], delimiter: string): Table {
  const rows: TableRow[] = [];
  const ragged: TableRow[] = [];
  let trimmed = 0;
  for (const { record, info } of body) {
    const row = new TableRow(info.lines, columns, record, delimiter);
    (record.length === columns.length ? rows : ragged).push(row);
    trimmed += record.filter((value) => value !== value.trim()).length;
  }
  return { name, columns, rows, ragged, trimmed };
}
