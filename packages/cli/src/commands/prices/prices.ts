import { statSync, writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseCivilDate } from "@offtake/core/calendar";
import type { AcceleratorType } from "@offtake/core/kernel";
import {
  comparePrices,
  importPriceFolder,
  importPriceList,
  type OfferKind,
  type PriceListReport,
} from "@offtake/intake/prices";
import { ACCELERATORS, normaliseAccelerator } from "@offtake/wire/accelerators";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, done, failed, type Failure, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { barTable } from "./bars.ts";
import { chartSvg } from "./chart.ts";
import { pageHtml } from "./page.ts";
import { type Comparison, rowsJson } from "./comparison.ts";

export interface PricesOptions {
  readonly region: string;
  readonly terms: string;
  readonly asOf?: string;
  readonly lists?: string;
  readonly html?: string;
  readonly svg?: string;
  readonly json?: true;
}

/** Compares list prices. Writes nothing but the files that it is asked for. */
export async function prices(io: Io, accelerator: string, options: PricesOptions): Promise<ExitCode> {
  const compared = await compare(io, accelerator, options);
  if (!compared.ok) return tellFailure(io, compared.failure, options.json === true);
  const comparison = compared.value;
  for (const [path, text] of [
    [options.html, () => pageHtml(comparison)],
    [options.svg, () => chartSvg(comparison)],
  ] as const) {
    const failure = path === undefined ? undefined : write(io, path, text());
    if (failure !== undefined) return tellFailure(io, failure, options.json === true);
  }
  io.out(options.json === true ? jsonText(rowsJson(comparison)) : barTable(comparison, io));
  for (const { file, line, detail } of comparison.problems)
    io.err(`offtake: ${file}${line === undefined ? "" : `:${line}`}: ${detail}; the list is left out\n`);
  return EXIT.ok;
}

async function compare(io: Io, accelerator: string, options: PricesOptions): Promise<Outcome<Comparison>> {
  const types = typesOf(accelerator);
  if (!types.ok) return types;
  const kinds = KINDS[options.terms];
  if (kinds === undefined)
    return failed(
      usage(`--terms ${options.terms}: the lists state prices on demand and spot`, ["on-demand", "spot", "all"]),
    );
  const { asOf, region } = options;
  if (asOf !== undefined && parseCivilDate(asOf) === undefined)
    return failed(usage(`--as-of ${asOf} is no date, such as 2026-09-14`));
  const read = await readLists(io, options.lists);
  if (!read.ok) return read;
  const { lists, problems } = read.value;
  const query = { acceleratorTypes: types.value, region, kinds, ...(asOf === undefined ? {} : { asOf }) };
  const rows = comparePrices(
    lists.flatMap(({ offers }) => offers),
    query,
  );
  if (rows.length === 0) return failed(nothingFound(accelerator, options, lists));
  return done({ accelerator, terms: options.terms, ...query, rows, lists, problems });
}

const KINDS: Readonly<Record<string, readonly OfferKind[]>> = {
  "on-demand": ["on_demand"],
  on_demand: ["on_demand"],
  spot: ["spot"],
  all: ["on_demand", "spot"],
};

const usage = (message: string, didYouMean: readonly string[] = []): Failure => ({
  code: "usage",
  message: didYouMean.length === 0 ? message : `${message}; say ${didYouMean.join(", ")}`,
  exit: EXIT.usage,
});

/** A family is all of its forms; a name that is more exact is itself. */
function typesOf(name: string): Outcome<readonly AcceleratorType[]> {
  const wanted = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  const family = ACCELERATORS.filter((one) => one.family === wanted).map(({ type }) => type);
  if (family.length > 0) return done(family);
  const found = normaliseAccelerator(name);
  if ("type" in found) return done([found.type]);
  const { detail, didYouMean } = found.problem;
  return failed({ code: "unknown_accelerator", message: detail, exit: EXIT.notFound, didYouMean });
}

const OWN_LISTS = fileURLToPath(new URL("../../../../../data/prices", import.meta.url));

type Lists = Pick<Comparison, "lists" | "problems">;

async function readLists(io: Io, path: string | undefined): Promise<Outcome<Lists>> {
  const target = path === undefined ? OWN_LISTS : resolve(io.cwd, path);
  const isFolder = statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder) {
    const { lists, problems } = await importPriceFolder(target);
    if (lists.length > 0) return done({ lists: lists.map((list) => shown(list, target)), problems });
  }
  const one = isFolder ? undefined : await importPriceList(target);
  if (one?.ok === true) return done({ lists: [one.value], problems: [] });
  const message =
    one === undefined ? `no price list stands in ${path ?? target}` : `${one.problem.file}: ${one.problem.detail}`;
  return failed({ code: one?.problem.code ?? "no_price_list", message, exit: EXIT.invalid });
}

/** A file by its place in the folder: what is shown is the same wherever the folder lies. */
function shown(list: PriceListReport, folder: string): PriceListReport {
  const short = (file: string): string => relative(folder, file).replaceAll("\\", "/");
  const offers = list.offers.map((offer) => ({
    ...offer,
    source: { ...offer.source, file: short(offer.source.file) },
  }));
  return { ...list, file: short(list.file), offers };
}

function nothingFound(
  accelerator: string,
  { region, terms, asOf }: PricesOptions,
  lists: readonly PriceListReport[],
): Failure {
  const where = region === "*" ? "" : ` in ${region}`;
  const when = asOf === undefined ? "" : ` as of ${asOf}`;
  const message = `none of ${countOf(lists.length, "list")} states a price of ${accelerator}${where}, ${terms}${when}`;
  return { code: "no_such_price", message, exit: EXIT.notFound };
}

function write(io: Io, path: string, text: string): Failure | undefined {
  try {
    writeFileSync(resolve(io.cwd, path), text);
    io.err(`written: ${path}\n`);
    return undefined;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    return { code: "file_unwritable", message: `${path}: it cannot be written (${code})`, exit: EXIT.invalid };
  }
}
