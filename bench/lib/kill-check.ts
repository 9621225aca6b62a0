import { randomUUID } from "node:crypto";
import { audit } from "@offtake/core/audit";
import type { BookEvent } from "@offtake/core/book";
import { BookNode, recordedFrom } from "@offtake/server/books";
import { Projector } from "@offtake/server/feeds";
import { exportFeed, FeedVerifier } from "@offtake/store/feeds";
import { brokenLink, type BookName, emptyHead, type Head, type LogRecord } from "@offtake/store/log";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import type { Ack, Campaign } from "./kill-campaign.ts";
import { sha256 as hash } from "./on-database.ts";

const PAGE = 500;

/** What must hold after a campaign: each list says what does not. */
export interface Checked {
  readonly run: Campaign;
  readonly records: number;
  /** Acknowledged, and not in the log at its place. */
  readonly lost: readonly Ack[];
  /** Keys, requests and awards that are there more than once. */
  readonly twice: readonly string[];
  /** Breaks of the log's chain, findings of the audit, feeds that do not verify. */
  readonly wrong: readonly string[];
}

export async function checkAll(url: string, book: BookName, run: Campaign): Promise<Checked> {
  const database = await Database.open({ url });
  try {
    const store = new PostgresStore(database);
    const keys: string[] = [];
    const history: BookEvent[] = [];
    const wrong: string[] = [];
    let head: Head = emptyHead(book, hash);
    for (;;) {
      const records: readonly LogRecord[] = await store.read(book, head.length, PAGE);
      const broken = brokenLink(head, records, hash);
      if (broken !== undefined) wrong.push(`the chain breaks at ${broken.position}: ${broken.why}`);
      for (const record of records) {
        keys.push(record.took ? record.key : "");
        history.push(...recordedFrom(record).events);
      }
      const last = records.at(-1);
      if (last === undefined || broken !== undefined) break;
      head = { length: last.position + 1, hash: last.hash };
    }
    wrong.push(...audit(history).map(({ message }) => message));
    wrong.push(...(await wrongStates(store, book)), ...(await wrongFeeds(database, book, head.length)));
    const lost = run.acks.filter(({ key, position }) => keys[position] !== key);
    return { run, records: head.length, lost, twice: twiceIn(keys, history), wrong };
  } finally {
    await database.close();
  }
}

function twiceIn(keys: readonly string[], history: readonly BookEvent[]): string[] {
  const seen = new Set<string>();
  const twice: string[] = [];
  const once = (what: string): void => {
    if (seen.has(what)) twice.push(what);
    seen.add(what);
  };
  for (const key of keys) if (key !== "") once(`key ${key}`);
  for (const event of history) {
    if (event.type === "requestSubmitted") once(`request ${event.request.id}`);
    if (event.type === "awardIssued") once(`award of ${event.award.request}`);
  }
  return twice;
}

/** A node that starts on what nodes left, and one that takes a snapshot of it: both hold it against the log. */
async function wrongStates(store: PostgresStore, book: BookName): Promise<string[]> {
  const wrong: string[] = [];
  const warned = (problem: unknown): void => void wrong.push(JSON.stringify(problem));
  const node = new BookNode({ store, book, hash, nonce: randomUUID, warned });
  await node.catchUp();
  if (!(await node.takeSnapshot())) wrong.push("what nodes told each other is not what the log folds into");
  await node.close();
  return wrong;
}

/** What is left is told, and then every feed must verify and hold all of the log that its party was told. */
async function wrongFeeds(database: Database, book: BookName, length: number): Promise<string[]> {
  const feeds = new PostgresFeedStore(database);
  const to = await new Projector({ log: new PostgresStore(database), feeds, book, hash }).catchUp();
  const wrong = to === length ? [] : [`${to} of ${length} records were told`];
  for (const party of await feeds.parties(book)) {
    const verifier = new FeedVerifier(hash);
    for await (const line of exportFeed(feeds, book, party)) verifier.take(line);
    const { problems } = verifier.end();
    wrong.push(...problems.map(({ message }) => `${party}: ${message}`));
  }
  return wrong;
}
