import { randomUUID } from "node:crypto";
import type { CommandBody } from "@offtake/core/book";
import type { PartyId } from "@offtake/core/kernel";
import { BookNode } from "@offtake/server/books";
import { Feeds } from "@offtake/server/feeds";
import type { BookName } from "@offtake/store/log";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import { keeperFacts, PARTIES, partyFact } from "./lib/feed-world.ts";
import { onDatabase, quantile, secondsOf, sha256 } from "./lib/on-database.ts";
import type { BenchOptions, Result } from "./lib/result.ts";

export const name = "feed";
export const summary =
  "From an event to its subscriber: 500 subscribers of 20 parties on two nodes, 200 events a second, on the embedded PostgreSQL";
export const options = {
  "--seconds N": "for how long events are sent (20)",
};

const SUBSCRIBERS = 500;
const EVENTS_A_SECOND = 200;
const SECONDS = 20;
const WARM_UP_SECONDS = 3;
const P99_BAR_MS = 250;
const BOOK = "bench" as BookName;
const LAB = PARTIES[0] as PartyId;

/** Options: `--seconds N` for how long events are sent. */
export async function run({ args, progress }: BenchOptions): Promise<readonly Result[]> {
  const seconds = secondsOf(args, SECONDS);
  return onDatabase(async (url) => {
    const databases = [await Database.open({ url }), await Database.open({ url })];
    try {
      return resultsOf(await measure(databases, seconds, progress));
    } finally {
      for (const database of databases) await database.close();
    }
  });
}

interface Figures {
  readonly sent: number;
  readonly delivered: number;
  readonly missing: number;
  readonly twice: number;
  readonly latencies: readonly number[];
}

async function measure(
  databases: readonly Database[],
  seconds: number,
  progress: (line: string) => void,
): Promise<Figures> {
  const [first, second] = databases as [Database, Database];
  const log = new PostgresStore(first);
  await log.createBook(BOOK);
  const node = new BookNode({ store: log, book: BOOK, hash: sha256, nonce: randomUUID });
  const submit = async (body: CommandBody, key: string): Promise<void> => {
    const answer = await node.submit({ body, actor: LAB, key });
    if (answer.outcome === "rejected") throw new Error(`Broken belief: it is accepted: ${answer.rejection.detail}`);
  };
  for (const [index, body] of keeperFacts().entries()) await submit(body, `w${index}`);
  const nodes = await Promise.all(
    [first, second].map((database) =>
      Feeds.start({ log: new PostgresStore(database), feeds: new PostgresFeedStore(database), hash: sha256 }),
    ),
  );
  const [teller] = nodes as [Feeds, Feeds];
  await teller.waitFor(BOOK, node.length - 1);
  const sentAt = new Map<string, number>();
  const subscribers = await subscribe(nodes, sentAt);
  progress(`${SUBSCRIBERS} subscribers of ${PARTIES.length} parties on two nodes`);
  const sent = await send(submit, WARM_UP_SECONDS + seconds, sentAt);
  progress(`${sent} events sent`);
  await teller.waitFor(BOOK, node.length - 1);
  const ends = new Map(
    await Promise.all(PARTIES.map(async (party) => [party, (await teller.store.head(BOOK, party)).length] as const)),
  );
  const all = (): boolean => subscribers.every((one) => one.next >= (ends.get(one.party) ?? 0));
  for (let waited = 0; waited < 10_000 && !all(); waited += 50) await new Promise((go) => setTimeout(go, 50));
  for (const one of subscribers) one.stop.abort();
  for (const one of nodes) await one.close();
  await node.close();
  return {
    sent,
    delivered: subscribers.reduce((sum, one) => sum + one.seen, 0),
    missing: subscribers.reduce((sum, one) => sum + (ends.get(one.party) ?? 0) - one.next + one.gaps, 0),
    twice: subscribers.reduce((sum, one) => sum + one.twice, 0),
    latencies: subscribers.flatMap((one) => one.latencies).sort((a, b) => a - b),
  };
}

interface Subscriber {
  readonly party: PartyId;
  next: number;
  seen: number;
  gaps: number;
  twice: number;
  readonly latencies: number[];
  readonly stop: AbortController;
}

/** An equal number of each party, half of them on each node. They begin where the feed ends. */
async function subscribe(nodes: readonly Feeds[], sentAt: ReadonlyMap<string, number>): Promise<readonly Subscriber[]> {
  return Promise.all(
    Array.from({ length: SUBSCRIBERS }, async (_, index) => {
      const party = PARTIES[index % PARTIES.length] as PartyId;
      const node = nodes[Math.floor(index / PARTIES.length) % nodes.length] as Feeds;
      const { length } = await node.store.head(BOOK, party);
      const one: Subscriber = {
        party,
        next: length,
        seen: 0,
        gaps: 0,
        twice: 0,
        latencies: [],
        stop: new AbortController(),
      };
      void follow(node, one, sentAt);
      return one;
    }),
  );
}

async function follow(node: Feeds, one: Subscriber, sentAt: ReadonlyMap<string, number>): Promise<void> {
  for await (const page of node.follow(BOOK, one.party, one.next, one.stop.signal)) {
    const now = performance.now();
    for (const { position, body } of page) {
      if (position < one.next) one.twice += 1;
      else one.gaps += position - one.next;
      one.next = Math.max(one.next, position + 1);
      one.seen += 1;
      const sent = sentAt.get(/"id":"(x\d+)"/.exec(body)?.[1] ?? "");
      if (sent !== undefined) one.latencies.push(now - sent);
    }
  }
}

/** Events at an even pace; those of the warm-up are not timed. */
async function send(
  submit: (body: CommandBody, key: string) => Promise<void>,
  seconds: number,
  sentAt: Map<string, number>,
): Promise<number> {
  const begin = performance.now();
  const pending: Promise<void>[] = [];
  let sent = 0;
  while (sent < seconds * EVENTS_A_SECOND) {
    const due = Math.min(seconds * EVENTS_A_SECOND, ((performance.now() - begin) / 1_000) * EVENTS_A_SECOND);
    for (; sent < due; sent += 1) {
      const { body, id } = partyFact(sent);
      if (sent >= WARM_UP_SECONDS * EVENTS_A_SECOND) sentAt.set(id, performance.now());
      pending.push(submit(body, id));
    }
    await new Promise((go) => setTimeout(go, 2));
  }
  await Promise.all(pending);
  return sent;
}

function resultsOf({ sent, delivered, missing, twice, latencies }: Figures): Result[] {
  const p99 = quantile(latencies, 0.99);
  return [
    {
      name: `from sending a command to its event at a subscriber, p99`,
      value: p99,
      unit: "ms",
      bar: `under ${P99_BAR_MS} ms`,
      holds: p99 < P99_BAR_MS,
    },
    { name: "  median", value: quantile(latencies, 0.5), unit: "ms" },
    { name: "  commands sent", value: sent, unit: "commands" },
    { name: "  deliveries", value: delivered, unit: "deliveries" },
    { name: "entries that a subscriber missed", value: missing, unit: "entries", bar: "none", holds: missing === 0 },
    {
      name: "entries that a subscriber was given twice",
      value: twice,
      unit: "entries",
      bar: "none",
      holds: twice === 0,
    },
  ];
}
