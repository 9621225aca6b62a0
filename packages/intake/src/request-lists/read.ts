import type { RequestRow } from "@offtake/wire/requests";
import type { Intake } from "../files/problem.ts";
import { accept, refuse } from "../files/problem.ts";
import { readTable, RECORD_CHARS_MAX, ROWS_MAX } from "../files/table.ts";
import type { NamedText } from "../files/text.ts";
import { checkText, readText } from "../files/text.ts";

/** A list of requests as it was read: what its columns mean is looked at by whoever reads the rows. */
export interface RequestTable {
  readonly columns: readonly string[];
  readonly rows: readonly RequestRow[];
}

/** Whether a path is that of a list, by its ending. */
export function isRequestList(path: string): boolean {
  return /\.(csv|ndjson|jsonl)$/i.test(path);
}

/** Reads separated values, or one JSON object a line, by the ending of the name. `name` is what problems call the file. */
export async function readRequestList(path: string, name = path): Promise<Intake<RequestTable>> {
  const text = await readText(path);
  if (!text.ok) return refuse(text.problem.code, name, text.problem.detail, text.problem.line);
  return readRequestTable({ name, text: text.value.text });
}

export function readRequestTable(file: NamedText): Intake<RequestTable> {
  return /\.csv$/i.test(file.name) ? fromSeparated(file) : fromLines(file);
}

function fromSeparated(file: NamedText): Intake<RequestTable> {
  const table = readTable(file);
  if (!table.ok) return table;
  const { columns, rows, ragged } = table.value;
  const [first] = ragged;
  if (first !== undefined)
    return refuse("malformed_csv", file.name, `the row has not ${columns.length} values`, first.line);
  return accept({
    columns,
    rows: rows.map((row) => ({ line: row.line, cells: filled(columns.map((column) => [column, row.get(column)])) })),
  });
}

function filled(cells: readonly (readonly [string, string])[]): Map<string, string> {
  return new Map(cells.filter(([, value]) => value !== ""));
}

function fromLines(file: NamedText): Intake<RequestTable> {
  const checked = checkText(file);
  if (!checked.ok) return checked;
  const columns = new Set<string>();
  const rows: RequestRow[] = [];
  const lines = file.text.split(/\r?\n/);
  if (lines.length > ROWS_MAX) return refuse("too_many_rows", file.name, `a list has at most ${ROWS_MAX} rows`);
  for (const [index, text] of lines.entries()) {
    if (text.trim() === "") continue;
    if (text.length > RECORD_CHARS_MAX)
      return refuse("record_too_long", file.name, `a row has at most ${RECORD_CHARS_MAX} characters`, index + 1);
    const cells = cellsOf(text);
    if (cells === undefined)
      return refuse("malformed_json", file.name, "the line is no JSON object of texts and numbers", index + 1);
    for (const column of cells.keys()) columns.add(column);
    rows.push({ line: index + 1, cells });
  }
  return accept({ columns: [...columns], rows });
}

/** Lists become words apart by blanks, objects `key: value` apart by semicolons, as they stand in a table. */
function cellsOf(text: string): Map<string, string> | undefined {
  const value = parsed(text);
  if (!isRecord(value)) return undefined;
  const cells: (readonly [string, string])[] = [];
  for (const [key, item] of Object.entries(value)) {
    const cell = cellOf(item);
    if (cell === undefined) return undefined;
    cells.push([key, cell]);
  }
  return filled(cells);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isPlain = (value: unknown): value is string | number => typeof value === "string" || typeof value === "number";

function cellOf(value: unknown): string | undefined {
  if (value === null) return "";
  if (isPlain(value)) return String(value).trim();
  if (Array.isArray(value)) return value.every(isPlain) ? value.join(" ") : undefined;
  if (!isRecord(value)) return undefined;
  const parts: string[] = [];
  for (const [key, item] of Object.entries(value)) {
    if (!isPlain(item)) return undefined;
    parts.push(`${key}: ${item}`);
  }
  return parts.join("; ");
}
