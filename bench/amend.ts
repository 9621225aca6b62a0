import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { start } from "./lib/cold-start.ts";
import { pastRequests } from "./lib/past-requests.ts";
import { writePlanBook } from "./lib/plan-book.ts";
import type { BenchOptions, Result } from "./lib/result.ts";

export const name = "amend";
export const summary =
  "10,000 past requests under the agreements as they are and as they would be, from a cold start to the printed comparison";
export const options = {
  "--rounds N": "rounds; the quickest counts (3)",
  "--requests N": "requests of the book (10,000)",
};

const OFFTAKE = fileURLToPath(new URL("../bin/offtake.mjs", import.meta.url));
const REQUESTS = 10_000;
const SECONDS_BAR = 5;

interface Compared {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly out: string;
}

/**
 * The whole command in a process of its own: reading 200 agreements, 5,000 prices and the list, resolving every request twice,
 * comparing, printing. Beside it the same command with one request: what is not the requests.
 *
 * Options: `--rounds N` (default 3); `--requests N`.
 */
export async function run({ args, progress }: BenchOptions): Promise<readonly Result[]> {
  const rounds = optionOf(args, "--rounds", 3);
  const count = optionOf(args, "--requests", REQUESTS);
  const folder = mkdtempSync(join(tmpdir(), "offtake-amend-"));
  try {
    const book = writePlanBook(join(folder, "book"));
    writeFileSync(join(folder, "past.csv"), pastRequests(count));
    writeFileSync(join(folder, "one.csv"), pastRequests(1));
    writeFileSync(join(folder, "new.yaml"), amended(join(folder, "book/agreements")));
    const all: Compared[] = [];
    const one: Compared[] = [];
    for (let round = 0; round < rounds; round += 1) {
      one.push(await compare(folder, "one.csv"));
      all.push(await compare(folder, "past.csv"));
      progress(`round ${round + 1} of ${rounds}: ${((all.at(-1)?.wallMs ?? 0) / 1_000).toFixed(2)} s`);
    }
    return resultsOf(best(all), best(one), count, book.agreements);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function optionOf(args: readonly string[], option: string, otherwise: number): number {
  const at = args.indexOf(option);
  const value = at < 0 ? otherwise : Number(args[at + 1]);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${option} takes a whole number from 1`);
  return value;
}

/** The first agreement with a right: its holder gets two weeks, and nothing of inference. */
function amended(folder: string): string {
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, file), "utf8");
    if (!text.includes("kind: first-refusal")) continue;
    return text
      .replace(/window: \d+ business days/, "window: 14 business days")
      .replace("purposes: { except: [academic] }", "purposes: { except: [academic, inference] }");
  }
  throw new Error("Broken belief: some agreement gives a right");
}

async function compare(folder: string, list: string): Promise<Compared> {
  const args = ["plan", "book", "--amend", "new.yaml", "--requests", list, "--at", "2028-01-01T00:00:00Z"];
  const { wallMs, cpuMs, out } = await start([OFFTAKE, ...args], { cwd: folder });
  if (!/^Plan: /m.test(out)) throw new Error("Broken belief: the comparison was printed");
  return { wallMs, cpuMs, out };
}

const best = (runs: readonly Compared[]): Compared =>
  runs.reduce((quickest, one) => (one.wallMs < quickest.wallMs ? one : quickest));

function resultsOf(all: Compared, one: Compared, count: number, agreements: number): Result[] {
  const seconds = all.wallMs / 1_000;
  const [, changed = "0"] = /^Plan: ([\d,]+) requests? change/m.exec(all.out) ?? [];
  const resolved = (all.cpuMs - one.cpuMs) / 1_000;
  if (Number(changed.replaceAll(",", "")) === 0 && count > 100)
    throw new Error("Broken belief: the amendment changes requests");
  return [
    { name: "agreements", value: agreements, unit: "files" },
    { name: "requests that change", value: Number(changed.replaceAll(",", "")), unit: `of ${count}` },
    {
      name: `${count} past requests under both versions: wall, quickest`,
      value: seconds,
      unit: "s",
      beside: { name: "the same with one request", value: one.wallMs / 1_000, unit: "s" },
      ratio: all.wallMs / one.wallMs,
      ...(count === REQUESTS ? { bar: `under ${SECONDS_BAR} s`, holds: seconds < SECONDS_BAR } : {}),
    },
    { name: "processor time of it", value: all.cpuMs / 1_000, unit: "s" },
    {
      name: "resolved, reading and printing aside",
      value: (2 * count) / resolved,
      unit: "per second of processor time",
    },
  ];
}
