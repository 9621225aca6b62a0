import { Client } from "pg";
import type { BookName } from "@offtake/store/log";

const RECORDS_A_TRANSACTION = [32, 128, 1_000];
const EACH_MS = 3_000;
/** Between two values of a column, and in place of none: no text of a row has either. */
const [NEXT, NONE] = ["\u0001", "\u0002"];

/** Of which record each row is: an object's is the one that changed it last. */
const TABLES: Readonly<Record<string, string>> = {
  log: "r.position",
  log_changes: "r.position",
  feeds: "r.record",
  feed_objects: `(select f.record from feeds f
    where f.book = r.book and f.party = r.party and f.position <= r.version order by f.position desc limit 1)`,
};

interface Table {
  readonly name: string;
  /** Without the book. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** The values of the rows of each record, as texts. */
  readonly rows: ReadonlyMap<number, readonly (readonly (string | null)[])[]>;
}

export interface RawTold {
  /** Records a second, of the best size. */
  readonly rate: number;
  /** Rows that a record has, of all tables together. */
  readonly rows: number;
}

/**
 * The limit beside which decisions with their feeds are measured: every row that was written for the newest records (of the log, of what their
 * appends changed, of feeds and of objects), into tables of the same columns, storage and indexes, by one connection as fast as it will.
 * Left out is what is one row for many records: how far a book is told, and saved states.
 */
export async function rawTold(
  url: string,
  book: BookName,
  records: number,
  progress: (line: string) => void,
): Promise<RawTold> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const head = await client.query<{ next: string }>("select told_to as next from feed_progress where book = $1", [
      book,
    ]);
    const to = Number(head.rows[0]?.next);
    const from = Math.max(0, to - records);
    const tables: Table[] = [];
    for (const [name, record] of Object.entries(TABLES))
      tables.push(await tableOf(client, name, record, book, from, to));
    let rate = 0;
    let place = 0;
    for (const size of RECORDS_A_TRANSACTION) {
      const begin = performance.now();
      let written = 0;
      while (performance.now() - begin < EACH_MS) {
        await write(client, tables, from, to - from, place, size);
        place += size;
        written += size;
      }
      const perSecond = written / ((performance.now() - begin) / 1_000);
      progress(
        `raw with all that was told, ${size} records a transaction: ${Math.round(perSecond)} records per second`,
      );
      rate = Math.max(rate, perSecond);
    }
    const all = tables.reduce(
      (sum, { rows }) => sum + [...rows.values()].reduce((count, one) => count + one.length, 0),
      0,
    );
    return { rate, rows: all / (to - from) };
  } finally {
    for (const name of Object.keys(TABLES)) await client.query(`drop table if exists raw_${name}`);
    await client.end();
  }
}

/** Makes the table beside the one it is like, and reads what that one has of some records. */
async function tableOf(
  client: Client,
  name: string,
  record: string,
  book: BookName,
  from: number,
  to: number,
): Promise<Table> {
  await client.query(`create table raw_${name} (like ${name} including defaults including indexes including storage)`);
  const set = await client.query<{ options: string | null }>(
    "select array_to_string(reloptions, ', ') as options from pg_class where oid = $1::regclass",
    [name],
  );
  const options = set.rows[0]?.options ?? null;
  if (options !== null) await client.query(`alter table raw_${name} set (${options})`);
  const { rows: columns } = await client.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname <> 'book' order by attnum`,
    [name],
  );
  const { rows } = await client.query<{ record: string; row: (string | null)[] }>(
    `select * from (select ${record} as record, array[${columns.map((one) => `r.${one.name}::text`).join(", ")}] as row
     from ${name} r where r.book = $1) all_rows where record >= $2 and record < $3`,
    [book, from, to],
  );
  const byRecord = new Map<number, (string | null)[][]>();
  for (const { record: position, row } of rows) {
    const list = byRecord.get(Number(position)) ?? [];
    byRecord.set(Number(position), list);
    list.push(row);
  }
  if (rows.length === 0) throw new Error(`Broken belief: ${name} has rows of the newest records`);
  return { name, columns, rows: byRecord };
}

/** The rows of so many records in one transaction, a statement for each table. Round the end they begin again, in another book. */
async function write(
  client: Client,
  tables: readonly Table[],
  from: number,
  records: number,
  place: number,
  size: number,
): Promise<void> {
  await client.query("begin");
  for (const { name, columns, rows } of tables) {
    const books: string[] = [];
    const all: (readonly (string | null)[])[] = [];
    for (let at = place; at < place + size; at += 1) {
      for (const row of rows.get(from + (at % records)) ?? []) {
        books.push(`raw${Math.floor(at / records)}`);
        all.push(row);
      }
    }
    if (all.length === 0) continue;
    const values = columns.map((_, column) => all.map((row) => row[column] ?? NONE).join(NEXT));
    const lists = columns.map(({ type }, index) => `string_to_array($${index + 2}, chr(1), chr(2))::${type}[]`);
    await client.query({
      name: `raw_${name}`,
      text: `insert into raw_${name} (book, ${columns.map((one) => one.name).join(", ")})
             select * from unnest(string_to_array($1, chr(1)), ${lists.join(", ")})`,
      values: [books.join(NEXT), ...values],
    });
  }
  await client.query("commit");
}
