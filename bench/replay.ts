import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { BookEvent } from "@offtake/core/book";
import type { AcceleratorType } from "@offtake/core/kernel";
import { readTrace } from "@offtake/intake/traces";
import { replayTrace, type TraceReport } from "@offtake/sim/trace";
import { type Book, parseBook, worldCommands } from "@offtake/wire/book";
import { EventSink } from "./lib/event-sink.ts";
import { replayDurable } from "./lib/replay-durable.ts";
import type { BenchOptions, Result } from "./lib/result.ts";

export const name = "replay";
export const summary =
  "The Philly trace, 82,247 jobs, through rights and awards in memory: reading, deciding and report";
export const options = {
  "--rounds N": "rounds; the quickest counts (3)",
  "--durable": "once, into a log on PostgreSQL, until everybody has been told",
};

const TRACE = fileURLToPath(new URL("../data/traces/philly-2017.csv", import.meta.url));
const BOOK = new URL("../scenarios/philly-2017/book.yaml", import.meta.url);
const SECONDS_BAR = 5;
const DURABLE_BAR = 30;

interface Round {
  readonly report: TraceReport;
  readonly readSeconds: number;
  readonly seconds: number;
  readonly checksum: number;
  readonly heapMiB: number;
}

/**
 * Options: `--rounds N` (default 3); the quickest counts. Each round reads the file and the book anew and ends with its report. `--durable`:
 * once, into a log on PostgreSQL, until everybody has been told.
 */
export async function run({ args, progress }: BenchOptions): Promise<readonly Result[]> {
  if (args.includes("--durable")) return durably(progress);
  const rounds: Round[] = [];
  for (let round = 1; round <= roundsOf(args); round += 1) {
    const done = await replay((jobs) => {
      if (jobs % 32_768 === 0) progress(`round ${round}: ${jobs} jobs`);
    });
    progress(`round ${round}: ${done.seconds.toFixed(2)} s`);
    rounds.push(done);
  }
  if (new Set(rounds.map((one) => one.checksum)).size > 1)
    throw new Error("Broken belief: every round gives the same events");
  const best = rounds.reduce((quickest, one) => (one.seconds < quickest.seconds ? one : quickest));
  const [first] = rounds;
  const cold: Result[] =
    first === undefined ? [] : [{ name: "the same, the first time in its process", value: first.seconds, unit: "s" }];
  return [...timesOf(best), ...cold, ...figuresOf(best.report)];
}

async function durably(progress: (line: string) => void): Promise<readonly Result[]> {
  const book = readBook();
  const trace = await readTrace(TRACE);
  if (!trace.ok) throw new Error(trace.problem.detail);
  const { rows, report: file } = trace.value;
  const options = { buyer: book.header.keeper, ...placeOf(book) };
  const { report, decided, told, records } = await replayDurable(rows, worldCommands(book), options, progress);
  checkReport(report, file.acceleratorSeconds);
  return [
    {
      name: "the whole trace in the log, and in the feeds and views of everybody",
      value: told,
      unit: "s",
      bar: `under ${DURABLE_BAR} s`,
      holds: told < DURABLE_BAR,
    },
    { name: "  of which until the last decision was in the log", value: decided, unit: "s" },
    { name: "records", value: records, unit: "" },
    { name: "events", value: report.events, unit: "" },
  ];
}

function roundsOf(args: readonly string[]): number {
  const at = args.indexOf("--rounds");
  const rounds = at < 0 ? 3 : Number(args[at + 1]);
  if (!Number.isSafeInteger(rounds) || rounds < 1) throw new Error("--rounds takes a whole number from 1");
  return rounds;
}

async function replay(onProgress: (jobs: number) => void): Promise<Round> {
  const begin = performance.now();
  const book = readBook();
  const trace = await readTrace(TRACE);
  if (!trace.ok) throw new Error(trace.problem.detail);
  const read = performance.now();
  const sink = new EventSink();
  const report = replayTrace(trace.value.rows, worldCommands(book), {
    buyer: book.header.keeper,
    ...placeOf(book),
    sink: (event: BookEvent) => sink.take(event),
    progress: onProgress,
  });
  const end = performance.now();
  checkReport(report, trace.value.report.acceleratorSeconds);
  return {
    report,
    readSeconds: (read - begin) / 1_000,
    seconds: (end - begin) / 1_000,
    checksum: sink.checksum,
    heapMiB: process.memoryUsage().heapUsed / 2 ** 20,
  };
}

function readBook(): Book {
  const parsed = parseBook({ name: "book.yaml", text: readFileSync(BOOK, "utf8") });
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => problem.message).join("\n"));
  return parsed.value;
}

/** The one kind of accelerator, in the one region, that the book has: the trace does not say on what its jobs ran. */
function placeOf({ blocks }: Book): { acceleratorType: AcceleratorType; regions: string[] } {
  const [block] = blocks;
  if (block === undefined) throw new Error("Broken belief: the book has capacity");
  return { acceleratorType: block.acceleratorType, regions: [block.region] };
}

/** All jobs are accounted for: what was asked is what the file holds, and every request has ended. */
function checkReport(report: TraceReport, inFile: bigint): void {
  const { asked, awarded, unfilled, outcomes } = report;
  const ended = outcomes.awarded_full + outcomes.awarded_part + outcomes.unfilled;
  const holds =
    asked.acceleratorSeconds === inFile &&
    awarded.acceleratorSeconds + unfilled.acceleratorSeconds === asked.acceleratorSeconds &&
    ended === report.jobs &&
    outcomes.open === 0 &&
    outcomes.awarded_full > report.jobs / 2 &&
    report.holders.length > 0;
  if (!holds) throw new Error("Broken belief: every job is awarded or unfilled, and nothing is lost");
}

function timesOf({ report, readSeconds, seconds, heapMiB }: Round): Result[] {
  return [
    {
      name: "the whole trace, from the file to the report",
      value: seconds,
      unit: "s",
      bar: `under ${SECONDS_BAR} s`,
      holds: seconds < SECONDS_BAR,
    },
    { name: "  of which reading", value: readSeconds, unit: "s" },
    { name: "jobs resolved", value: report.jobs / (seconds - readSeconds), unit: "per second" },
    { name: "events", value: report.events, unit: "" },
    { name: "heap afterwards", value: heapMiB, unit: "MiB" },
  ];
}

function figuresOf({ asked, holders, awarded, unfilled, outcomes, cost }: TraceReport): Result[] {
  const hours = (seconds: bigint): number => Number(seconds / 3_600n);
  return [
    { name: "jobs asked for", value: asked.count, unit: "requests" },
    ...holders.flatMap(({ holder, asked: put, taken, refused }): Result[] => [
      { name: `put to ${holder}`, value: put.count, unit: "notices" },
      { name: `  taken by ${holder}`, value: taken.count, unit: "notices" },
      { name: `  refused by ${holder}`, value: refused.count, unit: "notices" },
    ]),
    { name: "awarded in full", value: outcomes.awarded_full, unit: "requests" },
    { name: "awarded in part", value: outcomes.awarded_part, unit: "requests" },
    { name: "unfilled", value: outcomes.unfilled, unit: "requests" },
    { name: "asked for", value: hours(asked.acceleratorSeconds), unit: "accelerator-hours" },
    { name: "awarded", value: hours(awarded.acceleratorSeconds), unit: "accelerator-hours" },
    { name: "unfilled use", value: hours(unfilled.acceleratorSeconds), unit: "accelerator-hours" },
    ...cost.map(
      ({ micros, currency }): Result => ({
        name: "cost of what came from price lists",
        value: Number(micros / 1_000_000n),
        unit: currency,
      }),
    ),
  ];
}
