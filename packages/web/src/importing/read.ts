import {
  type Choice,
  type Column,
  IMPORT_CODES,
  mappingText,
  planImport,
  readColumns,
  type RowRefusal,
} from "@offtake/intake/agreements";
import type { Field, Mapping } from "@offtake/wire/mapping";
import { documentText } from "@offtake/wire/writing";
import type { OpenSpreadsheet } from "./open.ts";

/** What somebody said of how the list is read; what is not said is guessed, and told. */
export interface ListChoices {
  readonly sheet?: string;
  /** By header: what the column holds. */
  readonly columns: Readonly<Record<string, Field | "keep" | "ignore">>;
  readonly dates?: "day-first" | "month-first";
  readonly decimals?: "point" | "comma";
  readonly formulas?: "cached";
  readonly merged?: "fill";
  readonly hidden?: "read";
}

/** The book into which it goes, as its keeper knows it. */
export interface BookOfList {
  readonly keeper: string;
  readonly kind: "buyer" | "provider";
  readonly currency: string;
  readonly zone: string;
  readonly parties: readonly { readonly id: string; readonly name: string }[];
}

export interface ReadColumn {
  readonly header: string;
  readonly is: Column["is"];
  readonly by: Column["by"];
  readonly example: string;
}

/** What became of one row: an agreement, or a reason at a cell. */
export type RowRead = {
  readonly row: number;
  /** What could have been read otherwise. */
  readonly choices: readonly Choice[];
} & (
  | {
      readonly kind: "read";
      readonly agreement: string;
      readonly version: number;
      readonly file: string;
      readonly text: string;
    }
  | { readonly kind: "refused"; readonly refusal: RowRefusal; readonly whatToDo: string }
);

export interface ListRead {
  readonly sheet: string;
  readonly headerRow: number;
  readonly columns: readonly ReadColumn[];
  readonly rows: readonly RowRead[];
  /** Choices about columns, of no row. */
  readonly choices: readonly Choice[];
  /** Counterparties that the book does not know yet. */
  readonly parties: readonly { readonly id: string; readonly name: string; readonly roles: "provider" | "buyer" }[];
  /** Agreement files, earlier versions before later ones. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** The same choices as a file, for the command line. */
  readonly mapping: string;
}

export type ReadOutcome =
  | { readonly ok: true; readonly value: ListRead }
  | { readonly ok: false; readonly message: string; readonly whatToDo: string };

/** Reads every row of a list, or says why it is none. */
export function readList(list: OpenSpreadsheet, book: BookOfList, choices: ListChoices): ReadOutcome {
  const mapping = mappingOf(choices);
  const found = readColumns(list.sheets, mapping, choices.sheet);
  if (!found.ok) {
    const { code, message, row } = found.refusal;
    return {
      ok: false,
      message: row === undefined ? message : `row ${row}: ${message}`,
      whatToDo: IMPORT_CODES[code].whatToDo,
    };
  }
  const readable = found.value;
  const main = { name: "book.yaml", text: bookText(book) };
  const plan = planImport(
    readable,
    { main, files: [main] },
    { mapping, remembered: undefined, listWins: false, list: list.name, folder: "agreements/" },
  );
  const choicesOf = (row: number): readonly Choice[] => plan.choices.filter((one) => one.row === row);
  const read = plan.agreements.flatMap(({ row, name, version, file }): RowRead[] =>
    row === undefined
      ? []
      : [
          {
            row,
            choices: choicesOf(row),
            kind: "read",
            agreement: name,
            version,
            file,
            text: plan.writes.get(file) ?? "",
          },
        ],
  );
  const refused = plan.refused.map(
    (refusal): RowRead => ({
      row: refusal.row,
      choices: choicesOf(refusal.row),
      kind: "refused",
      refusal,
      whatToDo: IMPORT_CODES[refusal.code].whatToDo,
    }),
  );
  const roles = book.kind === "buyer" ? "provider" : "buyer";
  return {
    ok: true,
    value: {
      sheet: readable.sheet.name,
      headerRow: readable.headerRow,
      columns: readable.columns.map((column) => ({
        header: column.header,
        is: column.is,
        by: column.by,
        example: exampleOf(column, list, readable.sheet.name, readable.headerRow),
      })),
      rows: [...read, ...refused].toSorted((a, b) => a.row - b.row),
      choices: plan.choices.filter(({ row }) => row === undefined),
      parties: plan.parties.map(({ id, name }) => ({ id, name, roles })),
      files: plan.agreements
        .toSorted((a, b) => a.version - b.version)
        .flatMap(({ file }) => {
          const text = plan.writes.get(file);
          return text === undefined ? [] : [{ name: file, text }];
        }),
      mapping: mappingText(readable, list.isWorkbook),
    },
  };
}

function mappingOf({ sheet: _, columns, ...rest }: ListChoices): Mapping | undefined {
  const named = Object.entries(columns).map(([column, is]) => ({ column, is }));
  return named.length === 0 && Object.keys(rest).length === 0 ? undefined : { ...rest, columns: named };
}

function bookText({ keeper, kind, currency, zone, parties }: BookOfList): string {
  const named = parties.map(({ id, name }) => ({ id, name, roles: id === keeper ? kind : "provider" }));
  return documentText({ schema: "offtake/book@1", keeper, kind, currency, zone, parties: named }, []);
}

const EXAMPLE_CHARS = 40;

/** The first text below the header: by it people know their column. */
function exampleOf({ index }: Column, { sheets }: OpenSpreadsheet, name: string, headerRow: number): string {
  const rows = sheets.find((sheet) => sheet.name === name)?.rows ?? [];
  for (const { number, cells } of rows) {
    const cell = cells[index];
    if (number <= headerRow || cell === undefined || cell.kind === "empty") continue;
    const text = cell.kind === "text" ? cell.text : cell.kind === "date" ? cell.date : String(cell.value);
    return text.length > EXAMPLE_CHARS ? `${text.slice(0, EXAMPLE_CHARS)}…` : text;
  }
  return "";
}
