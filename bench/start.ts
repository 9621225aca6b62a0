import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandBody } from "@offtake/core/book";
import { BookNode, Books } from "@offtake/server/books";
import { startEmbedded } from "@offtake/store/embedded";
import type { BookName } from "@offtake/store/log";
import { PostgresStore } from "@offtake/store/postgres";
import { sha256 } from "./lib/on-database.ts";
import { benchRequest } from "./lib/resolve-requests.ts";
import { LAB, resolveWorld } from "./lib/resolve-world.ts";
import type { BenchOptions, Result } from "./lib/result.ts";

export const name = "start";
export const summary = "Time until a broker's node is ready on a book with 1,000 events and with 1,000,000";
export const options = {
  "--events N": "events of the long log (1,000,000)",
};

const BLOCKS = 1_000;
const SHORT = 1_000;
const LONG = 1_000_000;
const CLIENTS = 256;
const ROUNDS = 7;
const RATIO_BAR = 1.5;
const READY_BAR_MS = 3_000;
/** Records since the last snapshot of a broker that was killed: what a busy one may leave, some seconds of it. */
const TAIL = 5_000;

/** Options: `--events N` for how long the longer log is. */
export async function run({ args, progress }: BenchOptions): Promise<readonly Result[]> {
  const at = args.indexOf("--events");
  const long = at < 0 ? LONG : Number(args[at + 1]);
  if (!(long > SHORT)) throw new Error(`--events takes a number above ${SHORT}`);
  const folder = mkdtempSync(join(tmpdir(), "offtake-bench-"));
  try {
    const books = [
      { book: "short" as BookName, events: SHORT },
      { book: "long" as BookName, events: long },
    ];
    await prepare(folder, books, progress);
    // As it is left by a kill: no snapshot of the newest records.
    const killed = await timesOf(folder, books);
    progress(`after a kill: ${killed.map((ms) => `${Math.round(ms)} ms`).join(" and ")}`);
    await closeWell(folder, books);
    const closed = await timesOf(folder, books);
    return [...resultsOf("closed", closed, long), ...resultsOf("killed", killed, long)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type BookOfBench = { readonly book: BookName; readonly events: number };

/** The quickest start of each book, of several in turns: what else the machine does makes them longer, never shorter. */
async function timesOf(folder: string, books: readonly BookOfBench[]): Promise<readonly number[]> {
  const times = books.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { book }] of books.entries()) times[index]?.push(await readyAfter(folder, book));
  }
  return times.map((all) => Math.min(...all));
}

/** Opens the books and closes them again, as a broker does. */
async function closeWell(folder: string, books: readonly BookOfBench[]): Promise<void> {
  const database = await startEmbedded(folder);
  const store = await PostgresStore.open({ url: database.url });
  for (const { book } of books) {
    const node = new BookNode({ store, book, hash: sha256, nonce: randomUUID });
    await node.catchUp();
    await node.takeSnapshot();
    await node.close();
  }
  await store.close();
  await database.stop();
}

/** Makes the books: each with a snapshot as an idle broker leaves it, and the records that came after it. */
async function prepare(folder: string, books: readonly BookOfBench[], progress: (line: string) => void): Promise<void> {
  const database = await startEmbedded(folder);
  const store = await PostgresStore.open({ url: database.url });
  for (const { book, events } of books) {
    await store.createBook(book);
    const node = new BookNode({ store, book, hash: sha256, nonce: randomUUID });
    let made = 0;
    const submit = async (body: CommandBody, key: string): Promise<void> => {
      const answer = await node.submit({ body, actor: LAB, key });
      if (answer.outcome === "rejected") throw new Error(`Broken belief: ${body.type} is accepted`);
      made += answer.events.length;
    };
    let sent = 0;
    const client = async (until: () => boolean): Promise<void> => {
      while (!until()) {
        sent += 1;
        await submit({ type: "submitRequest", request: benchRequest(sent) }, `k${sent}`);
      }
    };
    const requestUntil = (until: () => boolean): Promise<unknown> =>
      Promise.all(Array.from({ length: CLIENTS }, () => client(until)));
    // The book as it was imported counts as events of its own; the requests fill what is left.
    await Promise.all(resolveWorld(BLOCKS).map((body, index) => submit(body, `w${index}`)));
    const each = 24;
    await requestUntil(() => made >= events - TAIL * each);
    progress(`${book}: ${made} events of ${sent} requests`);
    if (node.unsaved >= TAIL) await node.takeSnapshot();
    const { length } = node;
    await requestUntil(() => made >= events || node.length - length >= TAIL - CLIENTS);
    progress(`${book}: ${made} events, ${node.unsaved} records since its snapshot`);
    await node.close();
  }
  await store.close();
  await database.stop();
}

/** From nothing to a node that has decided a command: database, schema, snapshot, tail, turn. */
async function readyAfter(folder: string, book: BookName): Promise<number> {
  const begin = performance.now();
  const database = await startEmbedded(folder);
  const store = await PostgresStore.open({ url: database.url });
  try {
    const books = await Books.open({ store, hash: sha256, nonce: randomUUID });
    const node = await books.get(book);
    await node?.submit({ body: { type: "passTime" }, actor: LAB, key: randomUUID() });
    const ready = performance.now() - begin;
    // Not closed as a broker would: it is to be found again as it was left.
    await node?.close();
    return ready;
  } finally {
    await store.close();
    await database.stop();
  }
}

function resultsOf(left: "closed" | "killed", [short = 0, long = 0]: readonly number[], events: number): Result[] {
  const how =
    left === "closed" ? "after it was closed" : `after a kill, ${TAIL.toLocaleString("en-US")} records unsaved`;
  return [
    {
      name: `ready on a book of ${events.toLocaleString("en-US")} events, ${how}`,
      value: long,
      unit: "ms",
      beside: { name: `ready on a book of ${SHORT.toLocaleString("en-US")} events`, value: short, unit: "ms" },
      ratio: long / short,
      bar: `at most ${RATIO_BAR} of it, and under ${READY_BAR_MS} ms`,
      holds: long / short <= RATIO_BAR && long < READY_BAR_MS,
    },
  ];
}
