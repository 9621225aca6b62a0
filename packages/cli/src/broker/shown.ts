import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../terminal/failures.ts";
import type { Io } from "../terminal/io.ts";
import { jsonText } from "../terminal/json.ts";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value at a dotted path, such as `view.notice.count`; undefined where there is none. */
const valueAt = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((at, step) => (isRecord(at) ? at[step] : undefined), value);

/**
 * What a person asked for of an answer: all of it, or of what it is about, or of each thing in a list, the fields named.
 *
 * @param fields names or dotted paths, separated by commas
 */
function jsonShown(answer: unknown, fields: string | undefined): string {
  if (fields === undefined) return jsonText(answer);
  const names = namesIn(fields);
  const picked = (one: unknown): unknown => Object.fromEntries(names.map((name) => [name, valueAt(one, name) ?? null]));
  const data = dataOf(answer);
  return jsonText(Array.isArray(data) ? data.map(picked) : picked(data));
}

const namesIn = (fields: string): readonly string[] => fields.split(",").filter((name) => name !== "");
const dataOf = (answer: unknown): unknown => (isRecord(answer) && "data" in answer ? answer["data"] : answer);

/**
 * Writes an answer as JSON. A field that nothing of it has is null there, since one that is left out now may be there tomorrow; on stderr it is
 * said, with the fields that there are.
 */
export function tellJson(io: Pick<Io, "out" | "err">, answer: unknown, fields: string | undefined): void {
  io.out(jsonShown(answer, fields));
  if (fields === undefined) return;
  const data = dataOf(answer);
  const items = (Array.isArray(data) ? data : [data]).filter(isRecord);
  const strange = namesIn(fields).filter((name) => items.every((one) => valueAt(one, name) === undefined));
  if (items.length === 0 || strange.length === 0) return;
  const known = [...new Set(items.flatMap((one) => Object.keys(one)))].join(", ");
  io.err(`offtake: nothing here has ${strange.join(", ").slice(0, 80)}; there is ${known}\n`);
}

const FORMATS = ["table", "csv", "ndjson", "ids"] as const;
export type ListFormat = (typeof FORMATS)[number];

export function formatOf(typed: string | undefined): Outcome<ListFormat> {
  const found = FORMATS.find((format) => format === (typed ?? "table"));
  if (found !== undefined) return done(found);
  return failed({
    code: "usage",
    message: `--format takes ${FORMATS.join(", ")}, not ${(typed ?? "").slice(0, 40)}`,
    exit: EXIT.usage,
  });
}

/** RFC 4180; a text that a spreadsheet would take for a formula is told as a text. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One object on each line. */
export const ndjsonText = (data: readonly unknown[]): string => data.map((one) => `${JSON.stringify(one)}\n`).join("");

/** The ids alone, one on each line: for other commands. */
export const idsText = (data: readonly unknown[]): string =>
  data.map((one) => (isRecord(one) && typeof one["id"] === "string" ? `${one["id"]}\n` : "")).join("");
