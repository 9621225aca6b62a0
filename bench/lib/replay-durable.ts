import { fork } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { fingerprintOf, recordOf } from "@offtake/server/books";
import { appendPast } from "@offtake/server/broker";
import { replaySteps, type TraceJob, type TraceOptions, type TraceReport } from "@offtake/sim/trace";
import type { BookName, NewRecord } from "@offtake/store/log";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import type { WorldCommand } from "@offtake/wire/book";
import { onDatabase, sha256 } from "./on-database.ts";

const TELLER = fileURLToPath(new URL("teller-child.ts", import.meta.url));
/** Jobs between two appends. */
const STEP = 512;
const LOOK_MS = 20;

export interface DurableReplay {
  readonly report: TraceReport;
  /** Seconds until the last decision was in the log, and until all of them were told and in everybody's views. */
  readonly decided: number;
  readonly told: number;
  readonly records: number;
}

/** Plays a trace into a log on PostgreSQL, each job at its own time, while another process tells it to everybody. */
export function replayDurable(
  jobs: readonly TraceJob[],
  world: readonly WorldCommand[],
  options: TraceOptions,
  progress: (line: string) => void,
): Promise<DurableReplay> {
  return onDatabase(async (url) => {
    const database = await Database.open({ url });
    const store = new PostgresStore(database);
    const book = `replay-${process.pid}` as BookName;
    await store.createBook(book);
    const teller = fork(TELLER, [url], {
      execArgv: ["--max-semi-space-size=64", "--import", "tsx"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    try {
      await new Promise((resolve) => teller.once("message", resolve));
      const begin = performance.now();
      const seconds = (): number => (performance.now() - begin) / 1_000;
      const { report, records } = await decideAll(store, book, jobs, world, options);
      const decided = seconds();
      progress(`${records} records in the log after ${decided.toFixed(1)} s`);
      const feeds = new PostgresFeedStore(database);
      while ((await feeds.projectedTo(book)) < records) await sleep(LOOK_MS);
      return { report, decided, told: seconds(), records };
    } finally {
      teller.kill("SIGKILL");
      await database.close();
    }
  });
}

async function decideAll(
  store: PostgresStore,
  book: BookName,
  jobs: readonly TraceJob[],
  world: readonly WorldCommand[],
  options: TraceOptions,
): Promise<{ readonly report: TraceReport; readonly records: number }> {
  const waiting: NewRecord[] = [];
  const decided: TraceOptions["decided"] = (command, decision) => {
    const record = recordOf(command, fingerprintOf(command, sha256), decision);
    if (record !== undefined) waiting.push(record);
  };
  let records = 0;
  // The next jobs are decided while what was decided before is on its way.
  let appending: Promise<void> = Promise.resolve();
  const append = async (): Promise<void> => {
    await appending;
    const batch = waiting.splice(0);
    const at = records;
    records += batch.length;
    appending = appendPast(store, book, at, batch);
  };
  const steps = replaySteps(jobs, world, { ...options, decided }, STEP);
  for (;;) {
    const { done, value } = steps.next();
    await append();
    if (done !== true) continue;
    await appending;
    return { report: value, records };
  }
}
