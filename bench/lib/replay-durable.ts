import { fork } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { TraceJob, TraceOptions, TraceReport } from "@offtake/sim/trace";
import type { BookName } from "@offtake/store/log";
import { decideInto } from "../../packages/cli/src/commands/replay/durable.ts";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import type { WorldCommand } from "@offtake/wire/book";
import { onDatabase } from "./on-database.ts";

const TELLER = fileURLToPath(new URL("teller-child.ts", import.meta.url));
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
      const done = await decideInto(store, book, jobs, world, options, () => Promise.resolve(true));
      if (done === undefined) throw new Error("Broken belief: nobody ends it");
      const { report, records } = done;
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
