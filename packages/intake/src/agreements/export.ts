import { textOf } from "./plain.ts";
import { type Field, FIELD_NAMES, FIELDS, type Mapping } from "@offtake/wire/mapping";
import type { SourceFile } from "@offtake/wire/source";
import { plainOf } from "@offtake/wire/writing";
import { writeCsv } from "hucre/csv";
import { writeXlsx } from "hucre/xlsx";
import type { Draft } from "./assemble.ts";
import type { Group } from "./document.ts";
import { splitHeader } from "./headers.ts";
import { PartyBook } from "./parties.ts";
import { rowOf } from "./row-of.ts";

/** A table of texts, as it is exported. */
export interface ExportTable {
  readonly headers: readonly string[];
  /** The field of each column; absent for columns that are kept as text. */
  readonly fields: readonly (Field | undefined)[];
  readonly rows: readonly (readonly string[])[];
  /** Values of agreements that no column can hold, by agreement. */
  readonly beyond: readonly { readonly name: string; readonly version: number; readonly values: number }[];
}

/** The agreements of a book as rows: the columns of the mapping first and under its headers, then whatever else is said. */
export function exportTable(main: SourceFile, files: readonly SourceFile[], mapping: Mapping | undefined): ExportTable {
  const book = plainOf(main.text) as Group;
  const keeperBuys = book["kind"] !== "provider";
  const known = files.flatMap(({ text }) => partiesIn(text));
  const parties = new PartyBook(known, {});
  const sides = {
    keeper: textOf(book["keeper"]),
    keeperBuys,
    idOf: (name: string) => parties.idOf(name),
    nameOf: (id: string) => parties.nameOf(id),
  };
  const documents = files.flatMap(({ text }) => agreementsIn(text)).sort((a, b) => versionOf(a) - versionOf(b));
  const ids = new Map<string, string>();
  const read = documents.map((document) => {
    const name = textOf(document["name"]);
    const row = rowOf(document, sides, ids.get(name));
    if (!ids.has(name)) ids.set(name, row.draft.fields.id ?? name);
    return row;
  });
  const beyond = read
    .filter(({ beyond: values }) => values > 0)
    .map(({ draft, beyond: values }) => ({ name: draft.name, version: draft.version, values }));
  return {
    ...tableOf(
      read.map(({ draft }) => draft),
      mapping,
    ),
    beyond,
  };
}

const versionOf = (document: Group): number => Number(document["version"] ?? 1);

function agreementsIn(text: string): Group[] {
  const value = plainOf(text) as Group;
  if (value["schema"] === "offtake/agreement@1") {
    const { schema: _, ...document } = value;
    return [document];
  }
  const { agreements } = value;
  return Array.isArray(agreements) ? (agreements as Group[]).filter((entry) => typeof entry["name"] === "string") : [];
}

function partiesIn(text: string): { id: string; name: string }[] {
  const { parties } = plainOf(text) as Group;
  return Array.isArray(parties)
    ? (parties as Group[]).map(({ id, name }) => ({ id: textOf(id), name: textOf(name ?? id) }))
    : [];
}

/** Puts drafts into columns. An amendment says `-` where it takes away what the version before had. */
export function tableOf(drafts: readonly Draft[], mapping: Mapping | undefined): Omit<ExportTable, "beyond"> {
  const ordered = drafts
    .map((draft, index) => ({ draft, index }))
    .sort((a, b) => a.draft.version - b.draft.version || a.index - b.index);
  const sorted = ordered.map(({ draft }) => draft);
  const before = new Map(sorted.map((draft) => [`${draft.name} ${draft.version + 1}`, draft]));
  const mapped = (mapping?.columns ?? []).filter(({ is }) => is !== "ignore");
  const isUsed = (field: Field): boolean => sorted.some(({ fields }) => fields[field] !== undefined);
  const listed = new Set(mapped.map(({ is }) => is as string));
  const more = FIELD_NAMES.filter(
    (field) => !listed.has(field) && (isUsed(field) || field === "counterparty" || field === "start" || field === "id"),
  );
  const names = new Set(mapped.map(({ column }) => column));
  const kept = [...new Set(sorted.flatMap((draft) => draft.kept.map(({ column }) => column)))].filter(
    (column) => !names.has(column),
  );
  const columns: { header: string; field?: Field; unit?: string }[] = [
    ...mapped.map(({ column, is, unit = splitHeader(column).unit }) =>
      is === "keep" || is === "ignore"
        ? { header: column }
        : { header: column, field: is, ...(unit === undefined ? {} : { unit }) },
    ),
    ...more.map((field) => ({ header: FIELDS[field].title as string, field })),
    ...kept.map((column) => ({ header: column })),
  ];
  const rows = sorted.map((draft) => {
    const old = before.get(`${draft.name} ${draft.version}`);
    return columns.map(({ header, field, unit }) => {
      // The words of a cell that a field was read out of, or none, say all of it again.
      const wordsOf = (one: Draft | undefined) => one?.kept.find(({ column }) => column === header)?.text;
      const words = wordsOf(draft);
      // What an amendment has taken over it need not say, and a field of it may say something else by now.
      if (field === undefined || (words !== undefined && words !== wordsOf(old))) return words ?? "";
      const bare = draft.fields[field];
      // Under a header in millions a bare amount would be read as so many millions.
      const isInUnits = field === "amount" && unit !== undefined && bare !== undefined;
      const value = isInUnits ? `${bare} ${draft.fields.currency ?? ""}`.trim() : bare;
      const isTakenAway =
        value === undefined && field !== "amends" && field !== "signed" && old?.fields[field] !== undefined;
      return value ?? (isTakenAway ? "-" : "");
    });
  });
  return { headers: columns.map(({ header }) => header), fields: columns.map(({ field }) => field), rows };
}

/** A text that a spreadsheet would run gets an apostrophe, which an import takes off again. */
const harmless = (text: string): string => (/^'*[=+\-@]./.test(text) || /^'+[=+\-@]$/.test(text) ? `'${text}` : text);

export function csvText({ headers, rows }: Pick<ExportTable, "headers" | "rows">): string {
  return writeCsv([[...headers], ...rows.map((row) => row.map(harmless))], { bom: true });
}

const DATES: ReadonlySet<Field | undefined> = new Set(["start", "end", "until", "signed", "confirmedAt", "sourceDate"]);
const NUMBERS: ReadonlySet<Field | undefined> = new Set(["amount", "count"]);

/** A workbook in which days are days and amounts are numbers, so that it can be sorted and added up. */
export async function xlsxBytes({
  headers,
  fields,
  rows,
}: Pick<ExportTable, "headers" | "fields" | "rows">): Promise<Uint8Array> {
  const columns = headers.map((header, index) => ({
    header,
    width: Math.min(
      60,
      Math.max(10, header.length + 2, ...rows.slice(0, 200).map((row) => (row[index] ?? "").length + 1)),
    ),
    ...(DATES.has(fields[index]) ? { numFmt: "yyyy-mm-dd" } : {}),
  }));
  const values = rows.map((row) => row.map((text, index) => typed(text, fields[index])));
  return writeXlsx({
    sheets: [{ name: "Agreements", columns, rows: [[...headers], ...values], freezePane: { rows: 1 } }],
    properties: { created: new Date(0), modified: new Date(0) },
  });
}

function typed(text: string, field: Field | undefined): string | number | Date | null {
  if (text === "") return null;
  if (DATES.has(field) && /^\d{4}-\d{2}-\d{2}$/.test(text)) return new Date(`${text}T00:00:00Z`);
  if (NUMBERS.has(field) && /^\d{1,15}(?:\.\d{1,6})?$/.test(text) && text.replace(".", "").length <= 15)
    return Number(text);
  return text;
}
