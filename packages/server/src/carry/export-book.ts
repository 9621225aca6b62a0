import { createHash } from "node:crypto";
import type { PartyId } from "@offtake/core/kernel";
import { type BookName, emptyHead, type Head, type LogRecord } from "@offtake/store/log";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import { decodeRecord, encodeRecord, unpackRecord, unpackTelling } from "@offtake/wire/codecs";
import { unpackView } from "@offtake/wire/views";
import { Client } from "pg";
import { type CarriedFeed, type CarriedHeader, type CarriedLine, CarryProblem, ROW_TABLES } from "./lines.ts";

const PAGE = 500;

export interface ExportOptions {
  /** Whose privileged files are in it: the keeper's when absent. Those of others stay where they are. */
  readonly owner?: PartyId;
  readonly counted?: (done: number, total: number) => void;
}

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/**
 * A whole book as lines of JSON, without line ends: header, records with their events, what each party was told, agreements, files and what
 * else is kept for it, receipts, end. As of one instant; brokers go on meanwhile.
 *
 * @throws CarryProblem `unknown_book`
 */
export async function* exportBook(
  url: string,
  book: BookName,
  { owner, counted = () => {} }: ExportOptions = {},
): AsyncGenerator<string, void, void> {
  const client = new Client({ connectionString: url, application_name: "offtake export" });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read, read only");
    await client.query("set local row_security = off; set local idle_in_transaction_session_timeout = 0");
    const sum = createHash("sha256");
    for await (const line of linesOf(client, book, owner, counted)) {
      const text = JSON.stringify("end" in line ? { end: { ...line.end, sha256: sum.digest("hex") } } : line);
      if (!("end" in line)) sum.update(`${text}\n`);
      yield text;
    }
  } finally {
    await client.end().catch(() => {});
  }
}

async function* linesOf(
  client: Client,
  book: BookName,
  owner: PartyId | undefined,
  counted: (done: number, total: number) => void,
): AsyncGenerator<CarriedLine> {
  const header = await headerOf(client, book);
  yield header;
  const total = header.log.length + header.feeds.reduce((sum, { length }) => sum + length, 0);
  const log = new PostgresStore(Database.within(client));
  for (let at = 0; at < header.log.length; at += PAGE) {
    for (const record of await log.read(book, at, PAGE)) yield recordLine(record);
    counted(Math.min(at + PAGE, header.log.length), total);
  }
  let tellings = 0;
  let entries = 0;
  for (const { party } of header.feeds) {
    for await (const row of tellingsOf(client, book, party)) {
      tellings += 1;
      entries += row.telling.count;
      yield row;
    }
    counted(header.log.length + entries, total);
  }
  for (const agreement of await agreementsOf(client, book, header.keeper)) yield { agreement };
  const { rows, withheld } = yield* rowsOf(client, book, owner ?? header.keeper);
  yield { handles: await handlesOf(client, book) };
  for (const { party, length, hash } of header.feeds)
    yield { receipt: { schema: "offtake/receipt@1", book, party, length, hash } };
  yield { end: { records: header.log.length, tellings, rows, withheld, sha256: "" } };
}

async function headerOf(client: Client, book: BookName): Promise<CarriedHeader> {
  const { rows } = await client.query<{ at: Date; position: string | null; hash: Buffer | null; told: string }>(
    `select now() as at, l.position, l.hash, coalesce((select told_to from feed_progress where book = $1), 0) as told
     from books b left join lateral (
       select position, hash from log where log.book = b.book order by position desc limit 1
     ) l on true where b.book = $1`,
    [book],
  );
  const [row] = rows;
  if (row === undefined) throw new CarryProblem("unknown_book", `There is no book ${book}.`);
  const log: Head =
    row.hash === null ? emptyHead(book, sha256) : { length: Number(row.position) + 1, hash: row.hash.toString("hex") };
  const feeds = new PostgresFeedStore(Database.within(client));
  const carried: CarriedFeed[] = [];
  for (const party of await feeds.parties(book))
    carried.push({ party, ...(await feeds.head(book, party)), views: await viewsHash(client, book, party) });
  return {
    schema: "offtake/book-export@1",
    book,
    keeper: await keeperOf(client, book),
    madeAt: row.at.toISOString(),
    log,
    told: Number(row.told),
    feeds: carried,
  };
}

/** Who keeps the book, by its first record. */
async function keeperOf(client: Client, book: BookName): Promise<string> {
  const { rows } = await client.query<{ actor: string }>(
    "select actor from log where book = $1 order by position limit 1",
    [book],
  );
  return rows[0]?.actor ?? "";
}

/** What a row holds, however it is packed; a form that is not known is told as it stands. */
export function valueOf(body: string): unknown {
  const unpacked = unpackView(body);
  return unpacked.ok ? unpacked.value : body;
}

/** Over every object that a party sees, in order. */
export async function viewsHash(client: Pick<Client, "query">, book: string, party: string): Promise<string> {
  const sum = createHash("sha256");
  for (let after = ["", ""]; ; ) {
    const { rows } = await client.query<{ kind: string; id: string; line: string; body: string }>(
      `select kind, id, jsonb_build_array(kind, id, status, deadline, parent, agreement, created, version, updated_at)::text as line, body
       from feed_objects where book = $1 and party = $2 and (kind, id) > ($3, $4) order by kind, id limit ${PAGE}`,
      [book, party, ...after],
    );
    for (const { line, body } of rows) sum.update(`${line}\n${JSON.stringify(valueOf(body))}\n`);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return sum.digest("hex");
    after = [last.kind, last.id];
  }
}

function recordLine({
  body,
  position,
  key,
  fingerprint,
  actor,
  type,
  at,
  receivedAt,
  took,
  hash,
}: LogRecord): CarriedLine {
  const unpacked = unpackRecord(body);
  const decoded = decodeRecord(body);
  const record = {
    position,
    at,
    ...(receivedAt === undefined ? {} : { receivedAt }),
    key,
    fingerprint,
    actor,
    type,
    took,
    hash,
  };
  const isMadeAgain = decoded.ok && encodeRecord(decoded.value) === body;
  return { record, events: unpacked.ok ? unpacked.value : [], ...(isMadeAgain ? {} : { body }) };
}

interface TellingRow {
  readonly position: string;
  readonly count: number;
  readonly record: string;
  readonly disclosed_by: number;
  readonly quotes: boolean;
  readonly told: string;
  readonly hash: string;
}

async function* tellingsOf(client: Client, book: BookName, party: string) {
  for (let after = -1; ; ) {
    const { rows } = await client.query<TellingRow>(
      `select position, count, record, disclosed_by, quotes, told, encode(hash, 'hex') as hash from feeds
       where book = $1 and party = $2 and position > $3 order by position limit ${PAGE}`,
      [book, party, after],
    );
    for (const { position, count, record, disclosed_by: disclosedBy, quotes, told, hash } of rows) {
      after = Number(position);
      const telling = { party, position: after, count, record: Number(record), disclosedBy, quotes, hash };
      const entries = unpackTelling(told);
      yield { telling, told: entries.ok ? entries.value : (JSON.parse(told) as readonly unknown[]) };
    }
    if (rows.length < PAGE) return;
  }
}

async function agreementsOf(client: Client, book: BookName, keeper: string): Promise<readonly unknown[]> {
  const { rows } = await client.query<{ body: string }>(
    "select body from feed_objects where book = $1 and party = $2 and kind = 'agreements' order by id",
    [book, keeper],
  );
  return rows.map(({ body }) => valueOf(body));
}

/** Rows of the tables beside the log. Files that are nobody's but their owners' are left out, with their contents. */
async function* rowsOf(client: Client, book: BookName, owner: string) {
  let rows = 0;
  const others = "f.privileged and f.owner <> $2";
  for (const table of ROW_TABLES) {
    const where: Partial<Record<string, string>> = {
      files: `not (${others.replaceAll("f.", "t.")})`,
      file_contents: `exists (select 1 from files f where f.book = t.book and f.sha256 = t.sha256 and not (${others}))`,
    };
    const content = table === "file_contents" ? " || jsonb_build_object('content', encode(t.content, 'base64'))" : "";
    const found = await client.query<{ ctid: string }>(
      `select t.ctid::text as ctid from ${table} t where t.book = $1 and (${where[table] ?? "true"}) and $2::text is not null order by t.ctid`,
      [book, owner],
    );
    for (const { ctid } of found.rows) {
      const { rows: one } = await client.query<{ values: Record<string, unknown> }>(
        `select to_jsonb(t)${content} as values from ${table} t where t.ctid = $1::tid`,
        [ctid],
      );
      rows += 1;
      yield { row: table, values: one[0]?.values ?? {} };
    }
  }
  const { rows: left } = await client.query<{ withheld: string }>(
    `select count(*) as withheld from files f where f.book = $1 and f.erased_at is null and ${others}`,
    [book, owner],
  );
  return { rows, withheld: Number(left[0]?.withheld ?? 0) };
}

async function handlesOf(client: Client, book: BookName): Promise<string> {
  const { rows } = await client.query<{ secret: string }>(
    "select encode(secret, 'hex') as secret from book_secrets where book = $1",
    [book],
  );
  return rows[0]?.secret ?? "";
}
