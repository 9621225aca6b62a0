import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BookNode } from "@offtake/server/books";
import { Projector } from "@offtake/server/feeds";
import { startEmbedded } from "@offtake/store/embedded";
import type { FeedStore, ObjectQuery } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { Database, PartyReader, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import { benchRequest } from "./lib/resolve-requests.ts";
import { LAB, resolveWorld } from "./lib/resolve-world.ts";
import type { BenchOptions, Result } from "./lib/result.ts";

export const name = "feed-page";
export const summary =
  "Pages of a buyer that was told 1,000,000 events: filtered, sorted, and deep inside, on the embedded PostgreSQL";
export const options = {
  "--events N": "events that the buyer was told (1,000,000)",
};

const EVENTS = 1_000_000;
const REQUESTS = 500;
const PAGE = 100;
const TIMES = 40;
const BAR_MS = 50;
const BOOK = "bench" as BookName;

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** Options: `--events N` for how many events the buyer was told. */
export async function run({ args, progress }: BenchOptions): Promise<readonly Result[]> {
  const at = args.indexOf("--events");
  const events = at < 0 ? EVENTS : Number(args[at + 1]);
  if (!(events > 0)) throw new Error("--events takes a number above 0");
  const folder = mkdtempSync(join(tmpdir(), "offtake-bench-"));
  const embedded = await startEmbedded(folder);
  const database = await Database.open({ url: embedded.url });
  try {
    const feeds = new PostgresFeedStore(database);
    const told = await tell(database, feeds, progress);
    const copies = Math.max(0, Math.ceil(events / told) - 1);
    await copyObjects(database, copies, told);
    progress(`as many objects as of ${((copies + 1) * told).toLocaleString("en-US")} events`);
    if (database.reader.unheld !== undefined) throw new Error(`Readers are not held: ${database.reader.unheld}`);
    const held = await measure(feeds, (copies + 1) * told);
    // The same statements by the owner of the tables, whom the rules of rows do not hold.
    const free = await measure(new PostgresFeedStore(database, PartyReader.over(database.pool)), (copies + 1) * told);
    return held.map((result, index) => beside(result, free[index]?.value ?? Infinity));
  } finally {
    await database.close();
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Some hundred requests, resolved and told. @returns how many events the buyer was told */
async function tell(database: Database, feeds: FeedStore, progress: (line: string) => void): Promise<number> {
  const log = new PostgresStore(database);
  await log.createBook(BOOK);
  const node = new BookNode({ store: log, book: BOOK, hash: sha256, nonce: randomUUID });
  const bodies = [
    ...resolveWorld(200),
    ...Array.from({ length: REQUESTS }, (_, index) => ({
      type: "submitRequest" as const,
      request: benchRequest(index),
    })),
  ];
  await Promise.all(bodies.map((body, index) => node.submit({ body, actor: LAB, key: `k${index}` })));
  await new Projector({ log, feeds, book: BOOK, hash: sha256 }).catchUp();
  await node.close();
  progress(`${REQUESTS} requests resolved and told`);
  return (await feeds.head(BOOK, LAB)).length;
}

/** The rest are copies of their rows under other names and further on in the feed: a million events take the broker its time to decide. */
async function copyObjects(database: Database, copies: number, told: number): Promise<void> {
  await database.pool.query(
    `insert into feed_objects (book, party, kind, id, status, deadline, parent, agreement, created, version, updated_at, body)
     select book, party, kind, id || '-' || n, status, deadline, parent || '-' || n, agreement,
            created + n * $3::bigint, version + n * $3::bigint, updated_at, body
     from feed_objects cross join generate_series(1, $2::int) n where book = $1 and party = 'lab'`,
    [BOOK, copies, told],
  );
  await database.pool.query("analyze feed_objects");
}

const PAGES: readonly (readonly [name: string, query: Omit<ObjectQuery, "limit">])[] = [
  ["requests that were awarded in part, the last changed first", { kind: "requests", status: ["awarded_part"] }],
  ["requests of two states, the last changed first", { kind: "requests", status: ["unfilled", "awarded_full"] }],
  ["notices of any state, the last changed first", { kind: "notices" }],
  ["notices that were refused, under one agreement", { kind: "notices", status: ["refused"], agreement: "" }],
  ["awards by what falls due next", { kind: "awards", order: "deadline" }],
  ["requests by what needs doing next", { kind: "requests", order: "next", waiting: ["open", "held"] }],
  [
    "notices under one agreement by what needs doing next",
    { kind: "notices", order: "next", waiting: ["sent", "open"], agreement: "" },
  ],
  ["awards by what needs doing next", { kind: "awards", order: "next", waiting: ["issued", "held"] }],
  ["requests by id", { kind: "requests", order: "id" }],
];

async function measure(feeds: FeedStore, events: number): Promise<Result[]> {
  const results: Result[] = [];
  const [notice] = (await feeds.listObjects(BOOK, LAB, { kind: "notices", limit: 1 })).objects;
  for (const [title, query] of PAGES) {
    const asked = "agreement" in query ? { ...query, agreement: notice?.agreement ?? "" } : query;
    results.push(...(await pagesOf(feeds, title, asked)));
  }
  const parent = notice?.parent ?? "";
  results.push(...(await pagesOf(feeds, "notices of one request", { kind: "notices", parent })));
  const one = await timed(() => feeds.getObject(BOOK, LAB, "notices", notice?.id ?? ""));
  const { length } = await feeds.head(BOOK, LAB);
  const entries = await timed(() => feeds.readFeed(BOOK, LAB, Math.floor(length / 2), 1_000));
  return [
    ...results,
    figure("one notice", one),
    {
      name: "1,000 entries from the middle of the feed, with the records that they quote, p95",
      value: entries,
      unit: "ms",
    },
    { name: "  events that the buyer was told", value: events, unit: "events" },
  ];
}

/** The first page, and one from the middle. */
async function pagesOf(feeds: FeedStore, title: string, query: Omit<ObjectQuery, "limit">): Promise<Result[]> {
  const first = await timed(() => feeds.listObjects(BOOK, LAB, { ...query, limit: PAGE }));
  let after: string | undefined;
  for (let page = 0; page < 30; page += 1) {
    const { next } = await feeds.listObjects(BOOK, LAB, {
      ...query,
      limit: 1_000,
      ...(after === undefined ? {} : { after }),
    });
    if (next === undefined) break;
    after = next;
  }
  if (after === undefined) return [figure(title, first)];
  const place = after;
  const deep = await timed(() => feeds.listObjects(BOOK, LAB, { ...query, limit: PAGE, after: place }));
  return [figure(title, first), figure(`${title}: far behind`, deep)];
}

async function timed(read: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < TIMES; round += 1) {
    const begin = performance.now();
    await read();
    times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(0.95 * (TIMES - 1))] ?? Infinity;
}

/** What the rules of rows cost: the same page without them, in the same run. */
function beside(result: Result, free: number): Result {
  if (result.unit !== "ms") return result;
  const of = { name: "without rules of rows", value: free, unit: "ms" };
  return { ...result, beside: of, ratio: result.value / free };
}

function figure(title: string, value: number): Result {
  return { name: `${title}, p95`, value, unit: "ms", bar: `under ${BAR_MS} ms`, holds: value < BAR_MS };
}
