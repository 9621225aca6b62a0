import { CsvError, parse } from "csv-parse/sync";
import { type Cell, CELL_CHARS_MAX, COLUMNS_MAX, EMPTY, ROWS_MAX, type Sheet, type SheetRow } from "./cells.ts";
import { opened, type Opened, refuseFile } from "./codes.ts";
import { decodeText } from "./encoding.ts";

const SEPARATORS = [",", ";", "\t", "|"] as const;
type Separator = (typeof SEPARATORS)[number];

const NAMES: Readonly<Record<Separator, string>> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };

/** Lines that are looked at to find the separator. */
const SAMPLE_LINES = 30;
const SAMPLE_CHARS = 200_000;

/** Reads separated values: any of four separators, found by what splits the most lines alike, and any usual encoding. */
export function openSeparated(bytes: Uint8Array, name: string): Opened<Sheet> {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const { encoding } = decoded.value;
  const stated = /^\s*sep=(.)\r?\n/i.exec(decoded.value.text);
  const text = stated === null ? decoded.value.text : decoded.value.text.slice(stated[0].length);
  const separator = SEPARATORS.find((one) => one === stated?.[1]) ?? separatorOf(text);
  const records = recordsOf(text, separator);
  if (!records.ok) return records;
  const rows: SheetRow[] = [];
  const skipped = stated === null ? 0 : 1;
  for (const { record, info } of records.value) {
    const number = info.lines - linesWithin(record) + skipped;
    if (record.length > COLUMNS_MAX)
      return refuseFile(
        "too_many_columns",
        `row ${number} has ${record.length} values; at most ${COLUMNS_MAX} are read`,
        number,
      );
    if (record.some((value) => value.length > CELL_CHARS_MAX))
      return refuseFile("cell_too_long", `row ${number} has a value of more than ${CELL_CHARS_MAX} characters`, number);
    rows.push({ number, cells: record.map(cellOf) });
  }
  const notes = [`${encoding}, values apart by a ${NAMES[separator]}`];
  return opened({ name, rows, isHidden: false, notes, from1904: false });
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function recordsOf(text: string, delimiter: string): Opened<readonly CsvRecord[]> {
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: CELL_CHARS_MAX * 8,
      to: ROWS_MAX + 1,
    }) as unknown as readonly CsvRecord[];
    if (records.length > ROWS_MAX) return refuseFile("too_many_rows", `at most ${ROWS_MAX} rows are read`);
    return opened(records);
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line = typeof cause["lines"] === "number" ? cause["lines"] : undefined;
    if (cause.code === "CSV_MAX_RECORD_SIZE")
      return refuseFile("cell_too_long", "a row goes on and on; is a quote left open?", line);
    return refuseFile("malformed_csv", cause.message, line);
  }
}

/** A value with line breaks in it ends on a later line than it begins. */
function linesWithin(record: readonly string[]): number {
  return record.reduce((sum, value) => sum + value.split(/\r\n|\r|\n/).length - 1, 0);
}

/** The separator that splits the most lines into the same number of values, quotes respected; of equals the one with more. */
function separatorOf(text: string): Separator {
  const lines = outsideQuotes(text.slice(0, SAMPLE_CHARS))
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, SAMPLE_LINES);
  let best: { separator: Separator; score: number } = { separator: ",", score: 0 };
  for (const separator of SEPARATORS) {
    const counts = lines.map((line) => line.split(separator).length - 1);
    const most = Math.max(...counts.filter((count) => count > 0), 0);
    const alike = counts.filter((count) => count === most).length;
    const score = most === 0 ? 0 : alike * 1000 + most;
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}

/** A quoted value may hold separators and line breaks. */
const outsideQuotes = (text: string): string => text.replace(/"(?:[^"]|"")*"/g, "");

/** Errors that a spreadsheet program writes in the place of a value. */
const ERROR = /^#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|BEZUG!|WERT!|NV|NOMBRE!|VALEUR!)$/;

/** A text that a spreadsheet would run is marked as one; an apostrophe before such a text takes that meaning away. */
function cellOf(value: string): Cell {
  const text = value.trim();
  if (text === "") return EMPTY;
  if (ERROR.test(text)) return { kind: "text", text, flaw: "error" };
  if (/^=./.test(text)) return { kind: "text", text, flaw: "formula" };
  return { kind: "text", text: /^'+[=+\-@]/.test(text) ? text.slice(1) : text };
}
