import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandBody } from "@offtake/core/book";
import { BookNode } from "@offtake/server/books";
import { startEmbedded } from "@offtake/store/embedded";
import type { BookName, LogRecord } from "@offtake/store/log";
import { PostgresStore } from "@offtake/store/postgres";
import { rawInserts } from "./lib/raw-inserts.ts";
import { benchRequest } from "./lib/resolve-requests.ts";
import { LAB, resolveWorld } from "./lib/resolve-world.ts";
import type { BenchOptions, Result } from "./lib/result.ts";

export const name = "durable";
export const summary =
  "Decisions acknowledged per second on the embedded PostgreSQL, 64 clients on one book, beside raw inserts of the same rows";

const BLOCKS = 1_000;
const CLIENTS = 64;
const SECONDS = 10;
const WARM_UP = 2_000;
const SHARE_BAR = 0.5;
const P99_BAR_MS = 50;
const BOOK = "bench" as BookName;

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** Options: `--seconds N` for how long the clients send; DATABASE_URL in the environment for a server of one's own. */
export async function run({ args, progress }: BenchOptions): Promise<readonly Result[]> {
  const at = args.indexOf("--seconds");
  const seconds = at < 0 ? SECONDS : Number(args[at + 1]);
  if (!(seconds > 0)) throw new Error("--seconds takes a number above 0");
  const own = process.env["DATABASE_URL"];
  const folder = mkdtempSync(join(tmpdir(), "offtake-bench-"));
  const database = own === undefined ? await startEmbedded(folder) : undefined;
  const url = own ?? database?.url ?? "";
  const store = await PostgresStore.open({ url });
  try {
    const figures = await sendFor(seconds, store, progress);
    const raw = await rawInserts(url, figures.records, progress);
    return resultsOf(figures, raw);
  } finally {
    await store.close();
    await database?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Figures {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly bytes: number;
  readonly records: readonly LogRecord[];
}

async function sendFor(seconds: number, store: PostgresStore, progress: (line: string) => void): Promise<Figures> {
  const book = `${BOOK}-${process.pid}` as BookName;
  await store.createBook(book);
  const node = new BookNode({ store, book, hash: sha256, nonce: randomUUID });
  const submit = async (body: CommandBody, key: string): Promise<void> => {
    const answer = await node.submit({ body, actor: LAB, key });
    if (answer.outcome === "rejected")
      throw new Error(`Broken belief: ${body.type} is accepted: ${answer.rejection.detail}`);
  };
  await Promise.all(resolveWorld(BLOCKS).map((body, index) => submit(body, `w${index}`)));
  let sent = 0;
  const client = async (isOver: () => boolean, latencies: number[]): Promise<void> => {
    while (!isOver()) {
      const index = sent;
      sent += 1;
      const begin = performance.now();
      await submit({ type: "submitRequest", request: benchRequest(index) }, `k${index}`);
      latencies.push(performance.now() - begin);
    }
  };
  const clients = (isOver: () => boolean, latencies: number[]) =>
    Promise.all(Array.from({ length: CLIENTS }, () => client(isOver, latencies)));
  await clients(() => sent >= WARM_UP, []);
  progress(`warm after ${sent} requests`);
  const from = node.length;
  const latencies: number[] = [];
  const begin = performance.now();
  await clients(() => performance.now() - begin > seconds * 1_000, latencies);
  const rate = latencies.length / ((performance.now() - begin) / 1_000);
  progress(`${latencies.length} decisions in ${seconds} s`);
  latencies.sort((a, b) => a - b);
  const records = await store.read(book, from, 5_000);
  const bytes = records.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0) / records.length;
  const quantile = (part: number): number => latencies[Math.floor(part * (latencies.length - 1))] ?? 0;
  await node.close();
  return { rate, p50: quantile(0.5), p99: quantile(0.99), bytes, records };
}

function resultsOf({ rate, p50, p99, bytes }: Figures, raw: number): Result[] {
  return [
    {
      name: `decisions acknowledged, ${CLIENTS} clients, one node`,
      value: rate,
      unit: "per second",
      beside: {
        name: "raw inserts of the same rows, best of 32, 128, 1,000 a statement",
        value: raw,
        unit: "per second",
      },
      ratio: rate / raw,
      bar: `at least ${SHARE_BAR} of the raw inserts`,
      holds: rate / raw >= SHARE_BAR,
    },
    { name: "  latency, median", value: p50, unit: "ms" },
    { name: "  latency, p99", value: p99, unit: "ms", bar: `under ${P99_BAR_MS} ms`, holds: p99 < P99_BAR_MS },
    { name: "  size of a row's events", value: bytes, unit: "bytes" },
  ];
}
