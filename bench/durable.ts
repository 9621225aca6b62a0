import type { BookName, LogRecord } from "@offtake/store/log";
import { PostgresStore } from "@offtake/store/postgres";
import { CLIENTS, type Load, loadNode, makeBenchBook } from "./lib/durable-load.ts";
import { loadNodes } from "./lib/durable-nodes.ts";
import { loadOverHttp } from "./lib/http-load.ts";
import { onDatabase, quantile, secondsOf } from "./lib/on-database.ts";
import { pgbench } from "./lib/pgbench.ts";
import { rawInserts } from "./lib/raw-inserts.ts";
import { type RawTold, rawTold } from "./lib/raw-told.ts";
import type { BenchOptions, Result } from "./lib/result.ts";

export const name = "durable";
export const summary =
  "Decisions acknowledged per second, 64 clients a node on one book, one node and two, beside raw inserts of the same rows";
export const options = {
  "--seconds N": "for how long the clients send (10)",
  "--ordinary": "on the PostgreSQL that is installed, in place of the embedded one",
};

const SECONDS = 10;
const PGBENCH_CLIENTS = 32;
const PGBENCH_SECONDS = 5;
const ONE = { share: 0.5, p99: 50 };
const TWO = { share: 0.3, p99: 100, least: 0.4 };
const LAG_BAR_MS = 1_000;
/** Records whose rows are inserted beside it. */
const NEWEST = 2_000;

interface Figures {
  readonly http: Load;
  readonly one: Load;
  readonly two: readonly Load[];
  readonly raw: number;
  readonly told: RawTold;
  readonly single: number | undefined;
  readonly bytes: number;
}

/**
 * In process, and over HTTP to a broker that tells its feeds meanwhile.
 *
 * Options: `--seconds N` for how long the clients send; `--ordinary` for the PostgreSQL that is installed, or DATABASE_URL in the environment for a
 * server of one's own, instead of the embedded one.
 */
export async function run({ args, progress }: BenchOptions): Promise<readonly Result[]> {
  const seconds = secondsOf(args, SECONDS);
  return onDatabase(async (url) => {
    const http = await loadOverHttp(url, seconds);
    progress(`over HTTP: ${Math.round(http.rate)} a second`);
    const book = await makeBenchBook(url, "one");
    const one = await loadNode({
      url,
      book,
      place: 0,
      nodes: 1,
      seconds,
      feeds: false,
      begin: () => Promise.resolve(),
    });
    progress(`one node: ${Math.round(one.rate)} a second`);
    const toldBook = await makeBenchBook(url, "two");
    const two = await loadNodes(url, toldBook, 2, seconds);
    progress(`two nodes: ${two.map(({ rate }) => Math.round(rate)).join(" and ")} a second`);
    const records = await newest(url, book);
    const raw = await rawInserts(url, records, progress);
    const told = await rawTold(url, toldBook, NEWEST, progress);
    const single = await pgbench(url, PGBENCH_CLIENTS, PGBENCH_SECONDS);
    const bytes = records.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0) / records.length;
    return resultsOf({ http, one, two, raw, told, single, bytes });
  }, args);
}

async function newest(url: string, book: BookName): Promise<readonly LogRecord[]> {
  const store = await PostgresStore.open({ url });
  const turn = await store.takeTurn(book, Number.MAX_SAFE_INTEGER);
  await turn.release();
  const records = await store.read(book, Math.max(0, turn.tail.head.length - NEWEST), NEWEST);
  await store.close();
  return records;
}

function resultsOf({ http, one, two, raw, told, single, bytes }: Figures): Result[] {
  const beside = {
    name: "raw inserts of the same rows, best of 32, 128, 1,000 a statement",
    value: raw,
    unit: "per second",
  };
  const together = two.reduce((sum, { rate }) => sum + rate, 0);
  const least = Math.min(...two.map(({ rate }) => rate)) / together;
  const lag = Math.max(...two.map(({ lagMs = 0 }) => lagMs));
  return [
    {
      name: `decisions acknowledged, ${CLIENTS} clients, one node`,
      value: one.rate,
      unit: "per second",
      beside,
      ratio: one.rate / raw,
      bar: `at least ${ONE.share} of the raw inserts`,
      holds: one.rate / raw >= ONE.share,
    },
    ...latenciesOf(one.latencies, ONE.p99),
    {
      name: `decisions acknowledged, two nodes with ${CLIENTS} clients each, feeds told`,
      value: together,
      unit: "per second",
      beside,
      ratio: together / raw,
      bar: `at least ${TWO.share} of the raw inserts`,
      holds: together / raw >= TWO.share,
    },
    {
      name: "  the same, beside all rows that were written for its records",
      value: together,
      unit: "per second",
      beside: {
        name: `raw inserts of the same rows of log, changes, feeds and objects (${told.rows.toFixed(1)} a record), best of 32, 128, 1,000 records a transaction`,
        value: told.rate,
        unit: "records per second",
      },
      ratio: together / told.rate,
    },
    {
      name: "  share of the one with less",
      value: least,
      unit: "",
      bar: `at least ${TWO.least}`,
      holds: least >= TWO.least,
    },
    ...latenciesOf(
      two.flatMap(({ latencies }) => latencies).sort((a, b) => a - b),
      TWO.p99,
    ),
    {
      name: "  feeds behind, at most",
      value: lag,
      unit: "ms",
      bar: `at most ${LAG_BAR_MS} ms`,
      holds: lag <= LAG_BAR_MS,
    },
    {
      name: `the same over HTTP, ${CLIENTS} clients, one node, feeds told`,
      value: http.rate,
      unit: "per second",
      beside: { name: "one node, in process", value: one.rate, unit: "per second" },
      ratio: http.rate / one.rate,
    },
    { name: "  latency, median", value: quantile(http.latencies, 0.5), unit: "ms" },
    { name: "  latency, p99", value: quantile(http.latencies, 0.99), unit: "ms" },
    ...(single === undefined
      ? []
      : [{ name: `single inserts by pgbench, ${PGBENCH_CLIENTS} clients`, value: single, unit: "per second" }]),
    { name: "size of a row's events", value: bytes, unit: "bytes" },
  ];
}

const latenciesOf = (sorted: readonly number[], bar: number): Result[] => [
  { name: "  latency, median", value: quantile(sorted, 0.5), unit: "ms" },
  {
    name: "  latency, p99",
    value: quantile(sorted, 0.99),
    unit: "ms",
    bar: `under ${bar} ms`,
    holds: quantile(sorted, 0.99) < bar,
  },
];
