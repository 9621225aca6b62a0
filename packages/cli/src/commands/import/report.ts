import type { AgreementOutcome, Choice, ImportPlan, RowOutcome } from "@offtake/intake/agreements";
import { IMPORT_CODES } from "@offtake/intake/agreements";
import type { OpenList } from "../../documents/list.ts";
import { countOf } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { styleOf } from "../../terminal/style.ts";
import { tableText, wrapText } from "../../terminal/table.ts";

/** What an import did, or with `dryRun` would do. */
export interface ImportReport {
  readonly list: OpenList;
  readonly plan: ImportPlan;
  readonly dryRun: boolean;
  readonly book: string;
  readonly mappingFile: string;
}

/** Lines of each kind that are shown; machines get all of them. */
const LINES_MAX = 40;

const HOW: Readonly<Record<string, string>> = {
  mapping: "the mapping",
  named: "its header",
  known: "its header",
  part: "a word in its header",
  near: "nearly a known header",
  unknown: "not known",
};

export function countsOf({
  agreements,
  refused,
}: ImportPlan): Readonly<Record<RowOutcome | "refused" | "byHand", number>> {
  const of = (outcome: RowOutcome): number => agreements.filter((one) => one.outcome === outcome).length;
  const rows = new Set(refused.map(({ row }) => row)).size;
  const byHand = agreements.filter(({ overwritten }) => overwritten.length > 0).length;
  return {
    added: of("added"),
    changed: of("changed"),
    unchanged: of("unchanged"),
    gone: of("gone"),
    refused: rows,
    byHand,
  };
}

export function reportJson({ list, plan, dryRun, book, mappingFile }: ImportReport): unknown {
  const { sheet, headerRow, columns } = list.readable;
  return {
    list: list.name,
    sheet: sheet.name,
    headerRow,
    notes: sheet.notes,
    book,
    mapping: mappingFile,
    dryRun,
    counts: countsOf(plan),
    columns: columns.map(({ header, is, by, unit, index }) => ({
      column: header,
      is,
      by,
      ...(unit === undefined ? {} : { unit }),
      example: exampleOf(list, index),
    })),
    agreements: plan.agreements,
    refused: plan.refused,
    choices: plan.choices,
    parties: plan.parties,
    files: [...plan.writes.keys()],
  };
}

function exampleOf({ readable }: OpenList, index: number): string {
  for (const { cells } of readable.rows) {
    const cell = cells[index];
    if (cell === undefined || cell.kind === "empty") continue;
    const text = cell.kind === "text" ? cell.text.trim() : cell.kind === "date" ? cell.date : String(cell.value);
    if (text !== "") return text.length > 30 ? `${text.slice(0, 30)}...` : text.replace(/\s+/g, " ");
  }
  return "";
}

export function tellImport(io: Io, report: ImportReport): void {
  const { list, plan, dryRun, book, mappingFile } = report;
  const { sheet, headerRow } = list.readable;
  const style = styleOf(io);
  const where = list.isWorkbook ? `sheet ${sheet.name}, ` : "";
  io.out(
    `${style.strong(list.name)}: ${where}header in row ${headerRow}${sheet.notes.map((note) => `; ${note}`).join("")}\n\n`,
  );
  tellColumns(io, list);
  tellAgreements(io, plan);
  tellChoices(io, plan);
  tellRefused(io, plan);
  tellByHand(io, plan.agreements);
  const { added, changed, unchanged, gone, refused } = countsOf(plan);
  const parts = [
    `${added} added`,
    `${changed} changed`,
    `${unchanged} unchanged`,
    `${gone} gone from the list`,
    `${countOf(refused, "row")} refused`,
  ];
  io.out(`\n${style.strong(parts.join(", "))}\n`);
  if (gone > 0) io.out("What is gone from the list stays in the book: end it there, or take its file away.\n");
  if (dryRun) io.out("Nothing is written: this was a dry run.\n");
  else
    io.out(
      `Written to ${book}. How columns were read: ${mappingFile}; change it where something was guessed wrongly.\n`,
    );
}

function tellColumns(io: Io, list: OpenList): void {
  const titles = ["COLUMN", "READ AS", "BECAUSE OF", "EXAMPLE"].map((title) => ({ title }));
  const rows = list.readable.columns.map(({ header, is, by, unit, index }) => {
    const as =
      is === "keep" ? "kept as text" : is === "ignore" ? "not read" : unit === undefined ? is : `${is} (${unit})`;
    return [header.length > 34 ? `${header.slice(0, 34)}...` : header, as, HOW[by] ?? by, exampleOf(list, index)];
  });
  io.out(tableText(titles, rows));
}

const MARKS: Readonly<Record<RowOutcome, string>> = { added: "+", changed: "~", unchanged: "=", gone: "-" };

function tellAgreements(io: Io, { agreements }: ImportPlan): void {
  const shown = agreements.filter(({ outcome }) => outcome !== "unchanged");
  if (shown.length === 0) return;
  io.out("\n");
  for (const { name, version, outcome, row, file, changed } of shown.slice(0, LINES_MAX)) {
    const which = version === 1 ? name : `${name}, version ${version}`;
    const from = row === undefined ? "" : `  row ${row}`;
    const what =
      changed.length === 0
        ? ""
        : `: ${changed.slice(0, 5).join(", ")}${changed.length > 5 ? `, ${changed.length - 5} more` : ""}`;
    io.out(`${MARKS[outcome]} ${outcome} ${which}${from}  ${file}${what}\n`);
  }
  more(io, shown.length);
}

function tellChoices(io: Io, { choices }: ImportPlan): void {
  if (choices.length === 0) return;
  const alike = new Map<string, Choice[]>();
  for (const choice of choices) {
    const { column, value, taken, why } = choice;
    const key = [column, value, taken, why].join("\n");
    alike.set(key, [...(alike.get(key) ?? []), choice]);
  }
  io.out(`\nRead one way, though there was another (${choices.length})\n`);
  for (const group of [...alike.values()].slice(0, LINES_MAX))
    io.out(`${wrapText(choiceText(group), io.width - 2, "  ")}\n`);
  more(io, alike.size);
}

/** Rows that are named one by one; further ones are counted. */
const ROWS_NAMED = 4;

function choiceText(group: readonly Choice[]): string {
  const [first] = group;
  if (first === undefined) return "";
  const { column, value, taken, why } = first;
  const rows = group.flatMap(({ row }) => row ?? []);
  const rest = rows.length > ROWS_NAMED ? ` and ${rows.length - ROWS_NAMED} more` : "";
  const named =
    rows.length === 0 ? "" : `${rows.length === 1 ? "row" : "rows"} ${rows.slice(0, ROWS_NAMED).join(", ")}${rest}`;
  const where = [named, column].filter((part) => part !== "").join(" ");
  const what =
    value === undefined || value === "" ? "" : ` "${value.length > 40 ? `${value.slice(0, 40)}...` : value}"`;
  return `${where}${what}: ${taken}; ${why}`;
}

function tellRefused(io: Io, { refused }: ImportPlan): void {
  if (refused.length === 0) return;
  const style = styleOf(io);
  io.out(`\n${style.bad("Refused")}: nothing of these rows is in the book\n`);
  for (const { row, column, value, message, expected, code } of refused.slice(0, LINES_MAX)) {
    const where = column === "" ? `row ${row}` : `row ${row} ${column}`;
    const text =
      value === "" || message.includes(value) ? "" : ` "${value.length > 60 ? `${value.slice(0, 60)}...` : value}"`;
    const right = expected === undefined ? "" : `. Expected: ${expected}`;
    io.out(`${wrapText(`${where}${text}: ${message}${right} [${code}]`, io.width - 2, "  ")}\n`);
  }
  more(io, refused.length);
  const codes = [...new Set(refused.map(({ code }) => code))];
  for (const code of codes.slice(0, 8))
    io.out(`${wrapText(`${code}: ${IMPORT_CODES[code].whatToDo}`, io.width - 4, "    ")}\n`);
}

function tellByHand(io: Io, agreements: readonly AgreementOutcome[]): void {
  const touched = agreements.filter(({ overwritten }) => overwritten.length > 0);
  if (touched.length === 0) return;
  io.out("\nChanged in the list and by hand: the hand's value stays (with --prefer list the list's is written)\n");
  for (const { name, overwritten } of touched.slice(0, LINES_MAX))
    for (const { path, byHand, byList } of overwritten)
      io.out(`${wrapText(`${name} ${path}: ${byHand} stays; the list says ${byList}`, io.width - 2, "  ")}\n`);
  more(io, touched.length);
}

function more(io: Io, count: number): void {
  if (count > LINES_MAX) io.out(`  and ${count - LINES_MAX} more: --json shows all\n`);
}
