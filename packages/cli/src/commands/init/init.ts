import { existsSync, readdirSync, rmdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { mappingText, nameOf, planImport } from "@offtake/intake/agreements";
import { currencyText, zoneText } from "@offtake/wire/scalars";
import { publishedSchema, SCHEMA_NAMES } from "@offtake/wire/schemas";
import { importName, openListFile, readMappingFile } from "../../documents/list.ts";
import { makeFolder } from "../../documents/staged.ts";
import { IMPORTS } from "../../documents/target.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import { type Io, uninterrupted } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { exitOf } from "../import/import.ts";
import { type ImportReport, reportJson, tellImport } from "../import/report.ts";
import { emptyBook, EXAMPLE, IMPORTED_README, README } from "./example.ts";

export interface InitOptions {
  readonly from?: string;
  readonly keeper: string;
  readonly side: string;
  readonly currency: string;
  readonly zone: string;
  readonly mapping?: string;
  readonly sheet?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

/** Makes the folder of a new book: an example, or the agreements of a list. Never writes over anything. */
export async function init(io: Io, name: string, options: InitOptions): Promise<ExitCode> {
  const json = options.json === true;
  const folder = resolve(io.cwd, name);
  const free = checkFree(folder, name);
  if (!free.ok) return tellFailure(io, free.failure, json);
  if (options.from === undefined) return initExample(io, folder, name, options);
  const made = await initFrom(io, folder, name, options.from, options);
  if (!made.ok) return tellFailure(io, made.failure, json);
  if (json) io.out(jsonText(reportJson(made.value)));
  else {
    tellImport(io, made.value);
    if (options.dryRun !== true)
      io.out(`Next: cd ${name}; offtake validate .; offtake dates . --within 1y; offtake plan H100:1024\n`);
  }
  return exitOf(made.value);
}

/** An empty folder is as good as none. */
function checkFree(folder: string, name: string): Outcome<undefined> {
  const isEmpty = existsSync(folder) && statSync(folder).isDirectory() && readdirSync(folder).length === 0;
  if (!existsSync(folder) || isEmpty) return done(undefined);
  const message = `${name} is there already and not empty, and nothing is ever written over; choose another name, or add to it (offtake import LIST --into ${name})`;
  return failed({ code: "already_there", message, exit: EXIT.conflict });
}

function create(folder: string, name: string, writes: ReadonlyMap<string, string>): Outcome<undefined> {
  if (existsSync(folder)) rmdirSync(folder);
  return makeFolder(folder, name, writes);
}

function initExample(io: Io, folder: string, name: string, options: InitOptions): ExitCode {
  const writes = new Map([...EXAMPLE, ["README.md", README], ...schemas()]);
  if (options.dryRun !== true) {
    const made = create(folder, name, writes);
    if (!made.ok) return tellFailure(io, made.failure, options.json === true);
  }
  if (options.json === true)
    io.out(jsonText({ folder: name, files: [...writes.keys()], dryRun: options.dryRun === true }));
  else {
    io.out(
      `${options.dryRun === true ? "Would make" : "Made"} ${name}: an example with comments, to be changed line by line\n`,
    );
    for (const path of [...EXAMPLE.keys(), "README.md", "schemas/"]) io.out(`  ${name}/${path}\n`);
    if (options.dryRun !== true) io.out(`Next: cd ${name}; offtake validate .; offtake plan spring\n`);
  }
  return EXIT.ok;
}

function schemas(): [string, string][] {
  return SCHEMA_NAMES.map((name) => [`schemas/${name}.v1.json`, jsonText(publishedSchema(name))]);
}

async function initFrom(
  io: Io,
  folder: string,
  name: string,
  from: string,
  options: InitOptions,
): Promise<Outcome<ImportReport>> {
  const wrong = wrongOption(options);
  if (wrong !== undefined) return failed({ code: "usage", message: wrong, exit: EXIT.usage });
  const kept = options.mapping === undefined ? done(undefined) : readMappingFile(options.mapping, io.cwd);
  if (!kept.ok) return kept;
  const list = await openListFile(from, io.cwd, kept.value?.mapping, options.sheet);
  if (!list.ok) return list;
  const { keeper, side, currency, zone } = options;
  const text = emptyBook(
    nameOf(keeper.toLowerCase()) ?? "keeper",
    keeper,
    side as "buyer" | "provider",
    currency,
    zone,
  );
  const main = { name: "book.yaml", text };
  const how = {
    mapping: kept.value?.mapping,
    remembered: undefined,
    listWins: false,
    list: list.value.name,
    folder: "agreements/",
  };
  const plan = uninterrupted(() => planImport(list.value.readable, { main, files: [main] }, how));
  const as = importName(from);
  const mappingFile = `${IMPORTS}${as}.mapping.yaml`;
  const report: ImportReport = { list: list.value, plan, dryRun: options.dryRun === true, book: name, mappingFile };
  if (report.dryRun) return done(report);
  if (plan.agreements.length === 0) {
    const [first] = plan.refused;
    const why =
      first === undefined
        ? "there is no row below the header"
        : `the first: row ${first.row} ${first.column}: ${first.message} [${first.code}]`;
    return failed({
      code: "no_agreements",
      message: `no row of ${list.value.name} became an agreement, so no folder was made; ${why}. See all with --dry-run`,
      exit: EXIT.invalid,
    });
  }
  const made = create(
    folder,
    name,
    new Map([
      [main.name, text],
      ...plan.writes,
      [mappingFile, mappingText(list.value.readable, list.value.isWorkbook, kept.value?.text)],
      [`${IMPORTS}${as}.rows.json`, jsonText(plan.remembered)],
      ["README.md", IMPORTED_README],
      ...schemas(),
    ]),
  );
  return made.ok ? done(report) : made;
}

function wrongOption({ keeper, side, currency, zone }: InitOptions): string | undefined {
  if (keeper.trim() === "" || nameOf(keeper.toLowerCase()) === undefined)
    return `--keeper "${keeper}" has no letter in it`;
  if (side !== "buyer" && side !== "provider") return `--side ${side} is neither buyer nor provider`;
  if (!currencyText.safeParse(currency).success) return `--currency ${currency} is no currency code such as USD`;
  return zoneText.safeParse(zone).success ? undefined : `--zone ${zone} is no time zone such as America/Los_Angeles`;
}
