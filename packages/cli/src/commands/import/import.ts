import { mappingText, planImport } from "@offtake/intake/agreements";
import { importName, openListFile, readMappingFile } from "../../documents/list.ts";
import { writeInto } from "../../documents/staged.ts";
import { IMPORTS, importsOf, keptMapping, keptRows, openBookFolder, writtenElsewhere } from "../../documents/target.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import { type Io, uninterrupted } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { countsOf, type ImportReport, reportJson, tellImport } from "./report.ts";

export interface ImportCommandOptions {
  readonly into: string;
  readonly as?: string;
  readonly mapping?: string;
  readonly sheet?: string;
  readonly prefer: string;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Imports a list of agreements into a book; 1 where a row is refused or a value stays as somebody wrote it. */
export async function importList(io: Io, path: string, options: ImportCommandOptions): Promise<ExitCode> {
  const json = options.json === true;
  const imported = await imports(io, path, options);
  if (!imported.ok) return tellFailure(io, imported.failure, json);
  const report = imported.value;
  if (json) io.out(jsonText(reportJson(report)));
  else {
    tellImport(io, report);
    if (!report.dryRun) io.out(`Next: offtake validate ${report.book}; then offtake agreement list ${report.book}\n`);
  }
  return exitOf(report);
}

/** A total and a row that stands there twice leave nothing undone. */
const HARMLESS: ReadonlySet<string> = new Set(["not_an_agreement", "duplicate_row"]);

export function exitOf({ plan }: ImportReport): ExitCode {
  const isUndone = plan.refused.some(({ code }) => !HARMLESS.has(code));
  return isUndone || countsOf(plan).byHand > 0 ? EXIT.failed : EXIT.ok;
}

async function imports(io: Io, path: string, options: ImportCommandOptions): Promise<Outcome<ImportReport>> {
  if (options.prefer !== "hand" && options.prefer !== "list")
    return failed({ code: "usage", message: `--prefer ${options.prefer} is neither hand nor list`, exit: EXIT.usage });
  const book = openBookFolder(options.into, io.cwd);
  if (!book.ok) return book;
  const { folder, shown, main, files } = book.value;
  const name = options.as === undefined ? importName(path) : importName(`${options.as}.csv`);
  const kept =
    options.mapping === undefined ? keptMapping(folder, name, io.cwd) : readMappingFile(options.mapping, io.cwd);
  if (!kept.ok) return kept;
  const remembered = keptRows(folder, name, io.cwd);
  if (!remembered.ok) return remembered;
  const mapping = kept.value?.mapping;
  const list = await openListFile(path, io.cwd, mapping, options.sheet);
  if (!list.ok) return list;
  tellOthers(io, folder, name, remembered.value !== undefined);
  const plan = uninterrupted(() =>
    planImport(
      list.value.readable,
      { main, files },
      {
        mapping,
        remembered: remembered.value,
        listWins: options.prefer === "list",
        list: list.value.name,
        folder: "agreements/",
      },
    ),
  );
  const mappingFile = `${IMPORTS}${name}.mapping.yaml`;
  const report: ImportReport = { list: list.value, plan, dryRun: options.dryRun === true, book: shown, mappingFile };
  const elsewhere = writtenElsewhere(shown, plan.writes.keys());
  if (elsewhere !== undefined) return failed(elsewhere);
  if (report.dryRun) return done(report);
  const written = writeInto(
    folder,
    shown,
    new Map([
      ...plan.writes,
      [mappingFile, mappingText(list.value.readable, list.value.isWorkbook, kept.value?.text)],
      [`${IMPORTS}${name}.rows.json`, jsonText(plan.remembered)],
    ]),
  );
  return written.ok ? done(report) : written;
}

/** Another name means another list: that is easily not meant. */
function tellOthers(io: Io, folder: string, name: string, isKnown: boolean): void {
  const others = importsOf(folder).filter((other) => other !== name);
  if (isKnown || others.length === 0) return;
  io.err(
    `offtake: ${name} is a list of its own here; to go on with an earlier one: --as ${others.join(" or --as ")}\n`,
  );
}
