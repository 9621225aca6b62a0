import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatInstant } from "@offtake/core/kernel";
import { fingerprintOf, recordOf } from "@offtake/server/books";
import { appendPast } from "@offtake/server/broker";
import { Feeds } from "@offtake/server/feeds";
import { inOrderOfTime, replaySteps, type TraceJob, type TraceOptions, type TraceReport } from "@offtake/sim/trace";
import { startEmbedded } from "@offtake/store/embedded";
import type { BookName, NewRecord } from "@offtake/store/log";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import type { WorldCommand } from "@offtake/wire/book";

const BOOK = "replay" as BookName;
/** Jobs between two appends. */
const STEP = 512;
const TOLD_WITHIN_MS = 3_600_000;

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** A log is of what has been: a trace that reaches further cannot be kept. */
export class NotOverYet extends Error {}

/** How a replay into a log came out. */
export interface DurableReplay {
  readonly report: TraceReport;
  readonly records: number;
  /** Milliseconds until the last decision was in the log, and until all of them were told and in everybody's views. */
  readonly decidedMs: number;
  readonly toldMs: number;
}

/**
 * Plays a trace into the log of a PostgreSQL of its own, each job at its own time, and tells it to everybody meanwhile; the database is thrown
 * away afterwards.
 *
 * @param goesOn asked between two steps; false ends it
 * @returns undefined where it was ended
 * @throws NotOverYet, WorldRejected, or what the database cannot do
 */
export async function replayDurably(
  jobs: readonly TraceJob[],
  world: readonly WorldCommand[],
  options: TraceOptions,
  goesOn: () => Promise<boolean>,
): Promise<DurableReplay | undefined> {
  const last = inOrderOfTime(jobs, options.startAt).at(-1)?.submittedAt;
  if (last !== undefined && last > Date.now()) throw new NotOverYet(formatInstant(last));
  const folder = mkdtempSync(join(tmpdir(), "offtake-replay-"));
  const server = await startEmbedded(folder);
  try {
    const database = await Database.open({ url: server.url });
    const store = new PostgresStore(database);
    await store.createBook(BOOK);
    const feeds = await Feeds.start({ log: store, feeds: new PostgresFeedStore(database), hash: sha256 });
    try {
      const begin = performance.now();
      const decided = await decideInto(store, BOOK, jobs, world, options, goesOn);
      if (decided === undefined) return undefined;
      const decidedMs = performance.now() - begin;
      await feeds.waitFor(BOOK, decided.records - 1, TOLD_WITHIN_MS);
      return { ...decided, decidedMs, toldMs: performance.now() - begin };
    } finally {
      await feeds.close();
      await database.close();
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Decides a trace and appends what follows to an empty book, step by step; undefined where `goesOn` ended it. */
export async function decideInto(
  store: PostgresStore,
  book: BookName,
  jobs: readonly TraceJob[],
  world: readonly WorldCommand[],
  options: TraceOptions,
  goesOn: () => Promise<boolean>,
): Promise<{ readonly report: TraceReport; readonly records: number } | undefined> {
  const waiting: NewRecord[] = [];
  const decided: TraceOptions["decided"] = (command, decision) => {
    const record = recordOf(command, fingerprintOf(command, sha256), decision);
    if (record !== undefined) waiting.push(record);
  };
  let records = 0;
  // The next jobs are decided while what was decided before is on its way.
  let appending: Promise<void> = Promise.resolve();
  const steps = replaySteps(jobs, world, { ...options, decided }, STEP);
  for (;;) {
    const { done, value } = steps.next();
    await appending;
    const batch = waiting.splice(0);
    const last = batch.at(-1)?.at;
    if (last !== undefined && last > Date.now()) throw new NotOverYet(formatInstant(last));
    appending = appendPast(store, book, records, batch);
    records += batch.length;
    if (done === true) {
      await appending;
      return { report: value, records };
    }
    if (!(await goesOn())) {
      await appending;
      return undefined;
    }
  }
}
