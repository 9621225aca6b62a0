import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { start, type Started } from "./lib/cold-start.ts";
import { type PlanBook, writePlanBook } from "./lib/plan-book.ts";
import type { BenchOptions, Result } from "./lib/result.ts";

export const name = "plan";
export const summary =
  "From a cold start, a new process, to the printed plan with 200 agreements and 5,000 prices, beside node's own empty start";
export const options = {
  "--rounds N": "rounds; the median counts (7)",
};

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const OFFTAKE = join(ROOT, "bin/offtake.mjs");
const SECONDS_BAR = 1;
const WISH = ["--from", "2027-03-01", "--for", "180d", "--region", "us", "--purpose", "inference"];
const PLAN = ["plan", "H100:1024", "--block", "8", ...WISH, "--at", "2026-11-23T15:00:00Z"];
/** The same command from its sources, each translated as it is imported: how it started before it was built. */
const FROM_SOURCES = { OFFTAKE_CACHE: "off" };

interface Command {
  readonly name: string;
  readonly args: readonly string[];
  readonly inBook?: true;
}

const COMMANDS: readonly Command[] = [
  { name: "plan, 200 agreements and 5,000 prices", args: PLAN, inBook: true },
  { name: "validate, the same book", args: ["validate", "."], inBook: true },
  { name: "validate scenarios/aurora, 7 documents", args: ["validate", "scenarios/aurora"] },
  { name: "test, one case", args: ["test", "conformance/K1.yaml"] },
  { name: "--version", args: ["--version"] },
];

interface Measured {
  readonly command: Command;
  readonly built: readonly Started[];
  readonly sources: readonly Started[];
}

/**
 * Every start is a process of its own; the kinds take turns, so that what else the machine does weighs on all alike.
 *
 * Options: `--rounds N` (default 7).
 */
export async function run({ args, progress }: BenchOptions): Promise<readonly Result[]> {
  const rounds = roundsOf(args);
  const folder = mkdtempSync(join(tmpdir(), "offtake-plan-"));
  try {
    const book = writePlanBook(folder);
    const first = await start([OFFTAKE, "--version"], { env: { OFFTAKE_CACHE: join(folder, ".cache") } });
    const empty: Started[] = [];
    const all = COMMANDS.map((command) => ({ command, built: [] as Started[], sources: [] as Started[] }));
    for (let round = 0; round < rounds; round += 1) {
      empty.push(await start(["-e", "0"]));
      for (const { command, built, sources } of all) {
        const cwd = command.inBook === true ? folder : ROOT;
        built.push(await start([OFFTAKE, ...command.args], { cwd }));
        if (round < 3) sources.push(await start([OFFTAKE, ...command.args], { cwd, env: FROM_SOURCES }));
      }
      progress(`round ${round + 1} of ${rounds}: plan ${seconds(all[0]?.built.at(-1)?.wallMs ?? 0)} s`);
    }
    checkPlan(all[0]?.built ?? []);
    return [...sizes(book), ...all.flatMap((one) => resultsOf(one, empty)), ...startsOf(empty, first)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function roundsOf(args: readonly string[]): number {
  const at = args.indexOf("--rounds");
  const rounds = at < 0 ? 7 : Number(args[at + 1]);
  if (!Number.isSafeInteger(rounds) || rounds < 1) throw new Error("--rounds takes a whole number from 1");
  return rounds;
}

/** What was timed is a plan, and every round the same. */
function checkPlan(starts: readonly Started[]): void {
  const [first] = starts;
  if (first === undefined || !/^Plan: /m.test(first.out)) throw new Error("Broken belief: the plan was printed");
  if (starts.some(({ out }) => out !== first.out)) throw new Error("Broken belief: every start prints the same plan");
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(3);
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const wall = (starts: readonly Started[]): number => median(starts.map(({ wallMs }) => wallMs)) / 1_000;
const cpu = (starts: readonly Started[]): number => median(starts.map(({ cpuMs }) => cpuMs)) / 1_000;
const best = (starts: readonly Started[]): number => Math.min(...starts.map(({ wallMs }) => wallMs)) / 1_000;

function sizes({ agreements, clauses, prices }: PlanBook): Result[] {
  return [
    { name: "agreements", value: agreements, unit: "files" },
    { name: "clauses", value: clauses, unit: "clauses" },
    { name: "prices", value: prices, unit: "rows of 10 price lists" },
  ];
}

/** The middle of all rounds is held against the bar; the quickest says what the machine does when it is left alone. */
function resultsOf({ command, built, sources }: Measured, empty: readonly Started[]): Result[] {
  const isHeadline = command.args === PLAN;
  return [
    {
      name: `${command.name}: wall, median`,
      value: wall(built),
      unit: "s",
      beside: { name: "node -e 0", value: wall(empty), unit: "s" },
      ratio: wall(built) / wall(empty),
      ...(isHeadline ? { bar: `under ${SECONDS_BAR} s`, holds: wall(built) < SECONDS_BAR } : {}),
    },
    { name: `${command.name}: wall, quickest`, value: best(built), unit: "s" },
    {
      name: `${command.name}: processor time, median`,
      value: cpu(built),
      unit: "s",
      beside: { name: "from its sources", value: cpu(sources), unit: "s" },
      ratio: cpu(built) / cpu(sources),
    },
  ];
}

function startsOf(empty: readonly Started[], first: Started): Result[] {
  return [
    { name: "node -e 0: processor time, median", value: cpu(empty), unit: "s" },
    { name: "the first start, which builds: wall", value: first.wallMs / 1_000, unit: "s" },
  ];
}
