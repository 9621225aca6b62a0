import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Intake, IntakeProblem } from "../files/problem.ts";
import { refuse } from "../files/problem.ts";
import { readTable } from "../files/table.ts";
import type { NamedText } from "../files/text.ts";
import { readText, unreadable } from "../files/text.ts";
import type { ListOffer, PriceListReport } from "./offer.ts";
import { readPriceList } from "./read.ts";
import type { ListedRegion } from "./regions-list.ts";
import { isRegionList, readRegionList } from "./regions-list.ts";
import { readSourceNote } from "./source-note.ts";

/** One table of offers from many lists, with what became of each list. */
export interface PriceTable {
  readonly offers: readonly ListOffer[];
  readonly lists: readonly PriceListReport[];
  readonly regions: readonly ListedRegion[];
  /** Node types that some list names and no list prices, as `provider/type`. */
  readonly unpriced: readonly string[];
  readonly problems: readonly IntakeProblem[];
}

/** Reads one price list from a file, with the `source.json` beside it, or from text in memory. */
export async function importPriceList(input: string | NamedText): Promise<Intake<PriceListReport>> {
  if (typeof input !== "string") return readPriceList(input);
  const text = await readText(input);
  if (!text.ok) return text;
  const source = await readSourceNote(input, basename(input));
  return source.ok ? readPriceList(text.value, source.value) : source;
}

/**
 * Reads every `.csv` of a folder and of its folders, one level down, in order of their names. A file that is refused is told
 * among the problems and takes nothing away from the others.
 */
export async function importPriceFolder(folder: string): Promise<PriceTable> {
  const lists: PriceListReport[] = [];
  const regions: ListedRegion[] = [];
  const problems: IntakeProblem[] = [];
  const files = await listFiles(folder, 1);
  if (!files.ok) problems.push(files.problem);
  for (const path of files.ok ? files.value : []) {
    const found = await importRegions(path);
    if (found !== undefined) {
      regions.push(...found);
      continue;
    }
    const list = await importPriceList(path);
    if (list.ok) lists.push(list.value);
    else problems.push(list.problem);
  }
  return { offers: lists.flatMap(({ offers }) => offers), lists, regions, unpriced: unpricedOf(lists), problems };
}

async function importRegions(path: string): Promise<readonly ListedRegion[] | undefined> {
  const text = await readText(path);
  if (!text.ok) return undefined;
  const table = readTable(text.value);
  if (!table.ok || !isRegionList(table.value.columns)) return undefined;
  const list = readRegionList(text.value);
  return list.ok ? list.value.regions : undefined;
}

async function listFiles(folder: string, depth: number): Promise<Intake<string[]>> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const files: string[] = [];
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isFile() && entry.name.endsWith(".csv")) files.push(path);
      const inner = entry.isDirectory() && depth > 0 ? await listFiles(path, depth - 1) : undefined;
      if (inner?.ok === false) return inner;
      files.push(...(inner?.value ?? []));
    }
    return { ok: true, value: files };
  } catch (cause) {
    return cause instanceof Error ? unreadable(folder, cause) : refuse("file_unreadable", folder, String(cause));
  }
}

const STATES_NONE: ReadonlySet<string> = new Set(["states_no_price", "price_on_request", "missing_price"]);

function unpricedOf(lists: readonly PriceListReport[]): string[] {
  const priced = new Set<string>();
  const unpriced = new Set<string>();
  for (const { provider, offers, dropped } of lists) {
    for (const { instanceType } of offers) priced.add(`${provider}/${instanceType}`);
    for (const { instanceType, code } of dropped) {
      (STATES_NONE.has(code) ? unpriced : priced).add(`${provider}/${instanceType}`);
    }
  }
  return [...unpriced].filter((name) => !priced.has(name)).sort();
}
