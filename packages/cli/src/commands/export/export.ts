import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { csvText, exportTable, xlsxBytes } from "@offtake/intake/agreements";
import { shownPath } from "../../documents/files.ts";
import { importName } from "../../documents/list.ts";
import { writeInto } from "../../documents/staged.ts";
import { importsOf, keptMapping, openBookFolder } from "../../documents/target.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, done, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";

export interface ExportOptions {
  readonly csv?: string;
  readonly xlsx?: string;
  readonly as?: string;
  readonly force?: true;
  readonly json?: true;
}

/** Writes the agreements of a book as the rows of a list. */
export async function exportList(io: Io, path: string, options: ExportOptions): Promise<ExitCode> {
  const json = options.json === true;
  const exported = await exports(io, path, options);
  return exported.ok ? EXIT.ok : tellFailure(io, exported.failure, json);
}

async function exports(io: Io, path: string, options: ExportOptions): Promise<Outcome<undefined>> {
  const { csv, xlsx, as } = options;
  if (csv === undefined && xlsx === undefined && options.json !== true)
    return failed({
      code: "usage",
      message: "say where to: --csv FILE, --xlsx FILE, or --csv - for the terminal",
      exit: EXIT.usage,
    });
  const book = openBookFolder(path, io.cwd);
  if (!book.ok) return book;
  const { folder, main, files } = book.value;
  const names = importsOf(folder);
  const name = as === undefined ? (names.length === 1 ? names[0] : undefined) : importName(`${as}.csv`);
  if (as !== undefined && !names.includes(name ?? "")) {
    const known = names.length === 0 ? "; no list was imported" : `; there is ${names.join(", ")}`;
    return failed({
      code: "unknown_import",
      message: `the book has no import ${as.slice(0, 60)}${known}`,
      exit: EXIT.notFound,
    });
  }
  const mapping = name === undefined ? done(undefined) : keptMapping(folder, name, io.cwd);
  if (!mapping.ok) return mapping;
  const table = exportTable(main, files, mapping.value?.mapping);
  for (const target of [csv, xlsx]) {
    if (target === undefined || target === "-") continue;
    const content = target === csv ? csvText(table) : await xlsxBytes(table);
    const written = writeFile(io, target, content, options.force === true);
    if (!written.ok) return written;
  }
  if (csv === "-") io.out(csvText(table).replace(/^\ufeff/, ""));
  if (options.json === true) io.out(jsonText({ headers: table.headers, rows: table.rows, beyond: table.beyond }));
  for (const target of [csv, xlsx])
    if (target !== undefined && target !== "-") io.err(`offtake: ${countOf(table.rows.length, "row")} in ${target}\n`);
  const [first] = table.beyond;
  if (first !== undefined)
    io.err(
      `offtake: ${countOf(table.beyond.length, "agreement")} ${table.beyond.length === 1 ? "says" : "say"} more than a row can hold, such as ${first.name} (${countOf(first.values, "value")}); that stays in the book alone\n`,
    );
  return done(undefined);
}

function writeFile(io: Io, target: string, content: string | Uint8Array, force: boolean): Outcome<undefined> {
  const absolute = resolve(io.cwd, target);
  if (existsSync(absolute) && !force)
    return failed({
      code: "already_there",
      message: `${target} is there already; with --force it is replaced`,
      exit: EXIT.conflict,
    });
  return writeInto(dirname(absolute), shownPath(absolute, io.cwd), new Map([[basename(absolute), content]]));
}
