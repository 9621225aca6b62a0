import { randomBytes } from "node:crypto";
import type { PartyId } from "@offtake/core/kernel";
import type { Pool } from "pg";
import { emptyFeed } from "../feeds/chain.ts";
import { pageOf, plainOf, type PlainQuery } from "../feeds/cursor.ts";
import { pageByNext } from "../feeds/next.ts";
import type { FeedEntry, FeedHead, FeedObject, ObjectKey } from "../feeds/entry.ts";
import type { CountQuery, FeedStore, ObjectPage, ObjectQuery, Projection, Rows, SavedState } from "../feeds/store.ts";
import type { BookName } from "../log/record.ts";
import type { Database } from "./database.ts";
import { FEEDS, objectsAt, project, writeObjects } from "./feed-project.ts";
import { countStatement, pageStatement } from "./feed-query.ts";
import {
  entriesAfter,
  entriesOf,
  headOf,
  OBJECT_COLUMNS,
  objectOf,
  type ObjectRow,
  type TellingRow,
} from "./feed-rows.ts";
import { hash } from "./hash.ts";
import type { PartyReader } from "./reader.ts";

/** From the telling that holds a place, and the one before it, which it hangs on, up to the last that begins before another place. */
const READ = `
select f.position, f.count, f.told, f.hash, l.body as record_body
from feeds f left join log l on f.quotes and l.book = f.book and l.position = f.record
where f.book = $1 and f.party = $2 and f.position < $4 and f.position >= coalesce((
  select min(b.position) from (
    select position from feeds where book = $1 and party = $2 and position <= $3 order by position desc limit 2
  ) b), 0)
order by f.position`;

/** Which feeds go on behind where each was known to end. */
const GROWN = `
select k.party from unnest($2::text[], $3::bigint[]) k (party, length)
where exists (select 1 from feeds f where f.book = $1 and f.party = k.party and f.position >= k.length)`;

/** Some tellings of a feed from where it was known to end. */
const READ_ON = `
select f.position, f.count, f.told, f.hash, l.body as record_body
from feeds f left join log l on f.quotes and l.book = f.book and l.position = f.record
where f.book = $1 and f.party = $2 and f.position >= $3
order by f.position limit 200`;

/** Each party by a look into the index, however long the feeds are. */
const EACH_PARTY = `
with recursive p as (
  (select party from feeds where book = $1 order by party limit 1)
  union all
  select (select f.party from feeds f where f.book = $1 and f.party > p.party order by f.party limit 1) from p
  where p.party is not null
)`;
const PARTIES = `${EACH_PARTY} select party from p where party is not null`;
const LENGTHS = `${EACH_PARTY}
select p.party, l.position + l.count as length from p cross join lateral (
  select position, count from feeds where book = $1 and party = p.party order by position desc limit 1
) l`;

/** A row without an object where there is none, and without a head where nothing had been told. */
const HEAD_AND_OBJECT = `
select h.position as head_position, h.count as head_count, h.hash as head_hash, ${OBJECT_COLUMNS}
from (select 1) one
left join lateral (
  select position, count, hash from feeds where book = $1 and party = $2 and record < $3 order by record desc limit 1
) h on true
left join feed_objects o on o.book = $1 and o.party = $2 and o.kind = $4 and o.id = $5`;

interface HeadAndObjectRow extends Omit<ObjectRow, "id"> {
  readonly head_position: string | null;
  readonly head_count: number;
  readonly head_hash: Buffer;
  readonly id: string | null;
}

/** Feeds on PostgreSQL, beside the log that they tell of. Any number of nodes may project and read. */
export class PostgresFeedStore implements FeedStore {
  private readonly database: Database;
  private readonly pool: Pool;
  private readonly reader: PartyReader;

  /** @param reader by which parties' rows are read; that of the database when absent */
  constructor(database: Database, reader: PartyReader = database.reader) {
    this.database = database;
    this.pool = database.pool;
    this.reader = reader;
  }

  async projectedTo(book: BookName): Promise<number> {
    const { rows } = await this.pool.query<{ told_to: string }>({
      name: "projected_to",
      text: "select told_to from feed_progress where book = $1",
      values: [book],
    });
    return Number(rows[0]?.told_to ?? 0);
  }

  project(book: BookName, from: number, projection: Projection): Promise<boolean> {
    return project(this.pool, book, from, projection);
  }

  onFeedGrowth(heard: (book: BookName, projectedTo: number) => void): Promise<() => Promise<void>> {
    return this.database.listen(FEEDS, (payload) => {
      const [book, to] = payload.split(" ");
      heard(book as BookName, Number(to));
    });
  }

  async readFeed(book: BookName, party: PartyId, from: number, limit: number): Promise<readonly FeedEntry[]> {
    const { rows } = await this.reader.query<TellingRow>(book, party, {
      name: "read_feed",
      text: READ,
      values: [book, party, from, from + limit],
    });
    return entriesOf(book, party, rows, from, from + limit);
  }

  async head(book: BookName, party: PartyId, records = Number.MAX_SAFE_INTEGER): Promise<FeedHead> {
    const { rows } = await this.reader.query<TellingRow>(book, party, {
      name: "feed_head",
      text: `select position, count, hash from feeds where book = $1 and party = $2 and record < $3
        order by record desc limit 1`,
      values: [book, party, records],
    });
    return rows[0] === undefined ? emptyFeed(book, party, hash) : headOf(rows[0]);
  }

  async parties(book: BookName): Promise<readonly PartyId[]> {
    const { rows } = await this.pool.query<{ party: PartyId }>(PARTIES, [book]);
    return rows.map(({ party }) => party);
  }

  async lengths(book: BookName): Promise<ReadonlyMap<PartyId, number>> {
    const { rows } = await this.pool.query<{ party: PartyId; length: string }>({
      name: "feed_lengths",
      text: LENGTHS,
      values: [book],
    });
    return new Map(rows.map(({ party, length }) => [party, Number(length)]));
  }

  async getObject(book: BookName, party: PartyId, kind: string, id: string): Promise<FeedObject | undefined> {
    const { rows } = await this.reader.query<ObjectRow>(book, party, {
      name: "feed_object",
      text: `select ${OBJECT_COLUMNS} from feed_objects o where book = $1 and party = $2 and kind = $3 and id = $4`,
      values: [book, party, kind, id],
    });
    return rows[0] === undefined ? undefined : objectOf(rows[0]);
  }

  async getObjects(
    book: BookName,
    party: PartyId,
    kind: string,
    ids: readonly string[],
  ): Promise<readonly FeedObject[]> {
    const { rows } = await this.reader.query<ObjectRow>(book, party, {
      name: "feed_objects",
      text: `select ${OBJECT_COLUMNS} from feed_objects o where book = $1 and party = $2 and kind = $3 and id = any ($4::text[])`,
      values: [book, party, kind, ids],
    });
    return rows.map(objectOf);
  }

  async headAndObject(
    book: BookName,
    party: PartyId,
    records: number,
    kind: string,
    id: string,
  ): Promise<{ readonly head: FeedHead; readonly object: FeedObject | undefined }> {
    const { rows } = await this.reader.query<HeadAndObjectRow>(book, party, {
      name: "feed_head_and_object",
      text: HEAD_AND_OBJECT,
      values: [book, party, records, kind, id],
    });
    const [row] = rows;
    if (row === undefined) throw new Error("Broken belief: there is one row, whatever there is");
    const { head_position: position, head_count: count, head_hash: link } = row;
    return {
      head: position === null ? emptyFeed(book, party, hash) : headOf({ position, count, hash: link }),
      object: row.id === null ? undefined : objectOf({ ...row, id: row.id }),
    };
  }

  async listObjects(book: BookName, party: PartyId, query: ObjectQuery): Promise<ObjectPage> {
    if (query.status?.length === 0) return { objects: [] };
    const rowsOf = async (asked: PlainQuery): Promise<readonly FeedObject[]> => {
      const { rows } = await this.reader.query<ObjectRow>(book, party, pageStatement(book, party, asked));
      return rows.map(objectOf);
    };
    const plain = plainOf(query);
    if (plain === undefined) return pageByNext(query, rowsOf);
    // One row more than the page holds tells whether there is another.
    return pageOf(plain, await rowsOf({ ...plain, limit: plain.limit + 1 }));
  }

  async countObjects(book: BookName, party: PartyId, query: CountQuery): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.reader.query<{ status: string; count: string }>(
      book,
      party,
      countStatement(book, party, query),
    );
    return new Map(rows.map(({ status, count }) => [status, Number(count)]));
  }

  objectsAt(book: BookName, keys: readonly ObjectKey[]): Promise<readonly FeedObject[]> {
    return objectsAt(this.pool, book, keys);
  }

  refold(book: BookName, party: PartyId, feedLength: number, fold: (rows: Rows) => Promise<void>): Promise<boolean> {
    return this.database.transaction(async (client) => {
      // Folding goes on between the statements; projectors wait for as long as this row is held.
      await client.query("set local idle_in_transaction_session_timeout = '5min'");
      await client.query("select 1 from feed_progress where book = $1 for update", [book]);
      if ((await this.head(book, party)).length !== feedLength) return false;
      await client.query("delete from feed_objects where book = $1 and party = $2", [book, party]);
      await fold({
        read: (keys) => objectsAt(client, book, keys),
        write: (objects) => writeObjects(client, book, objects),
      });
      return true;
    });
  }

  /** Whose feeds have grown is asked once for all; what was told is read for each party on a connection that shows its rows alone. */
  async readOn(
    book: BookName,
    heads: ReadonlyMap<PartyId, FeedHead>,
  ): Promise<ReadonlyMap<PartyId, readonly FeedEntry[]>> {
    const { rows: grown } = await this.pool.query<{ party: PartyId }>({
      name: "grown",
      text: GROWN,
      values: [book, [...heads.keys()], [...heads.values()].map(({ length }) => length)],
    });
    const read = async (party: PartyId): Promise<readonly [PartyId, readonly FeedEntry[]]> => {
      const head = heads.get(party) ?? emptyFeed(book, party, hash);
      const { rows } = await this.reader.query<TellingRow>(book, party, {
        name: "read_on",
        text: READ_ON,
        values: [book, party, head.length],
      });
      return [party, entriesAfter(party, head, rows)];
    };
    const found = await Promise.all(grown.map(({ party }) => read(party)));
    return new Map(found.filter(([, entries]) => entries.length > 0));
  }

  async secret(book: BookName): Promise<string> {
    const known = await this.knownSecret(book);
    if (known !== undefined) return known;
    const made = randomBytes(32);
    await this.pool.query("insert into book_secrets (book, secret) values ($1, $2) on conflict do nothing", [
      book,
      made,
    ]);
    return (await this.knownSecret(book)) ?? made.toString("hex");
  }

  private async knownSecret(book: BookName): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ secret: Buffer }>("select secret from book_secrets where book = $1", [
      book,
    ]);
    return rows[0]?.secret.toString("hex");
  }

  async saveState(book: BookName, { length, version, body }: SavedState): Promise<void> {
    await this.pool.query(
      `insert into feed_states (book, version, length, body) values ($1, $2, $3, $4)
       on conflict (book, version) do update set length = excluded.length, body = excluded.body
       where feed_states.length < excluded.length`,
      [book, version, length, body],
    );
  }

  async newestState(book: BookName, version: number): Promise<SavedState | undefined> {
    const { rows } = await this.pool.query<{ length: string; body: string }>(
      "select length, body from feed_states where book = $1 and version = $2",
      [book, version],
    );
    const [row] = rows;
    return row === undefined ? undefined : { length: Number(row.length), version, body: row.body };
  }
}
