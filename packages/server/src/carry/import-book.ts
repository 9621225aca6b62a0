import { createHash } from "node:crypto";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { parseBookName } from "@offtake/store/log";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import { decodeEvent, encodeRecord, packTelling } from "@offtake/wire/codecs";
import type { BookEvent } from "@offtake/core/book";
import { Client } from "pg";
import { type VerifiedBook, verifyBook } from "../backup/index.ts";
import { rebuildObjects } from "../feeds/index.ts";
import { textReferenceOf } from "../texts/index.ts";
import { viewsHash } from "./export-book.ts";
import {
  type CarriedEnd,
  type CarriedHeader,
  type CarriedRecord,
  type CarriedRow,
  type CarriedTelling,
  CarryProblem,
  ROW_TABLES,
} from "./lines.ts";

/** Lines that are written at once. */
const BATCH = 200;

export interface Imported extends VerifiedBook {
  readonly keeper: PartyId;
  readonly rows: number;
  readonly withheld: number;
}

/**
 * Makes a book of an export: the same log, feeds, files and views, or nothing. It has the name that it had, since the name is what its chains
 * begin with. Everything is followed before anybody sees it.
 *
 * @param lines of the export, with or without line ends
 * @throws CarryProblem
 */
export async function importBook(
  url: string,
  lines: AsyncIterable<string>,
  counted: (done: number, total: number) => void = () => {},
): Promise<Imported> {
  const client = new Client({ connectionString: url, application_name: "offtake import" });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("begin");
    await client.query("set local idle_in_transaction_session_timeout = 0");
    const { header, end } = await write(client, lines, counted);
    const imported = await verified(client, header);
    await client.query("select pg_notify('offtake_growth', $1 || ' ' || $2)", [header.book, String(header.log.length)]);
    await client.query("commit");
    return { ...imported, keeper: header.keeper as PartyId, rows: end.end.rows, withheld: end.end.withheld };
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

type Line = Readonly<Record<string, unknown>>;

async function write(
  client: Client,
  lines: AsyncIterable<string>,
  counted: (done: number, total: number) => void,
): Promise<{ readonly header: CarriedHeader; readonly end: CarriedEnd }> {
  const sum = createHash("sha256");
  const writer = new Writer(client);
  let header: CarriedHeader | undefined;
  let end: CarriedEnd | undefined;
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() === "") continue;
    if (end !== undefined) throw damaged(number, "something follows its end");
    const line = parse(text, number);
    if (header === undefined) {
      header = headerOf(line);
      await writer.begin(header);
    } else if ("end" in line) {
      end = line as unknown as CarriedEnd;
      await writer.flush();
      if (end.end.sha256 !== sum.digest("hex")) throw damaged(number, "it is not what was written");
      continue;
    } else {
      await writer.take(line, number);
      counted(writer.taken, header.log.length);
    }
    sum.update(`${text}\n`);
  }
  if (header === undefined) throw new CarryProblem("export_unreadable", "The file is empty.");
  if (end === undefined) throw damaged(number, "it is cut off");
  return { header, end };
}

/** Takes lines and writes them in batches, each kind of them by itself. */
class Writer {
  taken = 0;
  private readonly client: Client;
  private readonly records: CarriedRecord[] = [];
  private readonly tellings: CarriedTelling[] = [];
  private book = "";

  constructor(client: Client) {
    this.client = client;
  }

  async begin({ book, told, feeds }: CarriedHeader): Promise<void> {
    const made = await this.client.query("insert into books (book) values ($1) on conflict do nothing", [book]);
    if (made.rowCount === 0)
      throw new CarryProblem("book_is_there", `There is a book ${book} already. It is imported where there is none.`);
    await this.client.query("insert into feed_progress (book, told_to) values ($1, $2)", [book, told]);
    // What followed from it was sent by the broker that it comes from, and is not sent again.
    for (const { party, length } of feeds)
      await this.client.query("insert into feed_followers (book, party, told_to) values ($1, $2, $3)", [
        book,
        party,
        length,
      ]);
    this.book = book;
  }

  async take(line: Line, number: number): Promise<void> {
    if ("record" in line) {
      this.taken += 1;
      this.records.push(line as unknown as CarriedRecord);
      if (this.records.length >= BATCH) await this.flush(number);
    } else if ("telling" in line) {
      this.tellings.push(line as unknown as CarriedTelling);
      if (this.tellings.length >= BATCH) await this.flush(number);
    } else if ("row" in line) await this.row(line as unknown as CarriedRow, number);
    else if ("handles" in line) {
      if (typeof line["handles"] === "string" && /^[0-9a-f]{64}$/.test(line["handles"]))
        await this.client.query("insert into book_secrets (book, secret) values ($1, decode($2, 'hex'))", [
          this.book,
          line["handles"],
        ]);
    } else if (!("agreement" in line) && !("receipt" in line)) throw damaged(number, "it is no line of an export");
  }

  async flush(number = 0): Promise<void> {
    try {
      if (this.records.length > 0) await this.writeRecords(this.records.splice(0));
      if (this.tellings.length > 0) await this.writeTellings(this.tellings.splice(0));
    } catch (error) {
      if (error instanceof CarryProblem) throw error;
      throw damaged(number, "what it holds cannot be written", error);
    }
  }

  private async writeRecords(lines: readonly CarriedRecord[]): Promise<void> {
    const rows = lines.map(({ record, ...rest }) => ({ ...record, body: bodyOf(record.position, rest) }));
    await this.client.query(
      `insert into log (book, position, at, received_at, key, fingerprint, actor, type, took, body, hash)
       select $1, position, at, "receivedAt", key, fingerprint, actor, type, took, body, decode(hash, 'hex')
       from jsonb_to_recordset($2::jsonb) r (position bigint, at bigint, "receivedAt" bigint, key text, fingerprint text,
         actor text, type text, took boolean, body text, hash text)`,
      [this.book, JSON.stringify(rows)],
    );
  }

  private async writeTellings(lines: readonly CarriedTelling[]): Promise<void> {
    const rows = lines.map(({ telling, told }) => ({ ...telling, told: packTelling(told) }));
    await this.client.query(
      `insert into feeds (book, party, position, count, record, disclosed_by, quotes, told, hash)
       select $1, party, position, count, record, "disclosedBy", quotes, told, decode(hash, 'hex')
       from jsonb_to_recordset($2::jsonb) r (party text, position bigint, count int, record bigint, "disclosedBy" int,
         quotes boolean, told text, hash text)`,
      [this.book, JSON.stringify(rows)],
    );
  }

  private async row({ row: table, values }: CarriedRow, number: number): Promise<void> {
    if (!(ROW_TABLES as readonly string[]).includes(table) || values["book"] !== this.book)
      throw damaged(number, "it is no row of this book");
    const more = table === "file_contents" ? { ...values, content: `\\x${bytesOf(values["content"])}` } : values;
    try {
      await this.client.query(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1::jsonb)`, [
        JSON.stringify(more),
      ]);
    } catch (error) {
      throw damaged(number, `a row of ${table} cannot be written`, error);
    }
  }
}

const bytesOf = (content: unknown): string =>
  typeof content === "string" ? Buffer.from(content, "base64").toString("hex") : "";

/** The text that the chain is made of: packed again from the events, or as it came. */
function bodyOf(position: number, { events, body }: Pick<CarriedRecord, "events" | "body">): string {
  if (body !== undefined) return body;
  const decoded: BookEvent[] = [];
  for (const json of events) {
    const event = decodeEvent(json);
    if (!event.ok)
      throw new CarryProblem("export_unsound", `Record ${position} cannot be read: ${event.problem.message}`);
    decoded.push(event.value);
  }
  return encodeRecord(decoded);
}

async function verified(client: Client, header: CarriedHeader): Promise<VerifiedBook> {
  const database = Database.within(client);
  const [log, feeds] = [new PostgresStore(database), new PostgresFeedStore(database)];
  const found = await verifyBook(header.book, { log, feeds }, header.log).catch((error: unknown) => {
    throw new CarryProblem("export_unsound", error instanceof Error ? error.message : String(error), error);
  });
  const wanted = new Map(header.feeds.map((feed) => [feed.party, feed]));
  for (const { party, length, hash } of found.feeds) {
    const feed = wanted.get(party);
    if (feed?.length !== length || feed.hash !== hash)
      throw unsound(header.book, `the feed of ${party} ends elsewhere`);
    await rebuildObjects(feeds, header.book, party);
    if ((await viewsHash(client, header.book, party)) !== feed.views)
      throw unsound(header.book, `what ${party} sees is not what follows from what it was told`);
  }
  if (found.feeds.length !== wanted.size) throw unsound(header.book, "feeds are missing");
  await assertContents(client, header.book);
  await assertTexts(client, header.book);
  return found;
}

async function assertTexts(client: Client, book: BookName): Promise<void> {
  const { rows } = await client.query<{ reference: string; content: string; salt: string }>(
    "select reference, content, encode(salt, 'hex') as salt from texts where book = $1 and erased_at is null",
    [book],
  );
  const other = rows.find(({ reference, content, salt }) => textReferenceOf(content, salt) !== reference);
  if (other !== undefined) throw unsound(book, `the words of ${other.reference} are other ones`);
}

async function assertContents(client: Client, book: BookName): Promise<void> {
  const { rows } = await client.query<{ reference: string }>(
    `select reference from files f join file_contents c on c.book = f.book and c.sha256 = f.sha256
     where f.book = $1 and sha256(c.content) <> c.sha256 limit 1`,
    [book],
  );
  if (rows[0] !== undefined) throw unsound(book, `the content of ${rows[0].reference} is another`);
}

const unsound = (book: string, what: string): CarryProblem =>
  new CarryProblem("export_unsound", `Book ${book}: ${what}.`);

const damaged = (line: number, what: string, cause?: unknown): CarryProblem =>
  new CarryProblem("export_damaged", `Line ${line}: ${what}.`, cause);

function headerOf(line: Line): CarriedHeader {
  const header = line as Partial<CarriedHeader>;
  const isHeader =
    header.schema === "offtake/book-export@1" &&
    typeof header.book === "string" &&
    parseBookName(header.book) !== undefined &&
    Array.isArray(header.feeds) &&
    Number.isSafeInteger(header.told) &&
    typeof header.log?.hash === "string";
  if (!isHeader) throw new CarryProblem("export_unreadable", "This is no export of a whole book.");
  return header as CarriedHeader;
}

function parse(text: string, number: number): Line {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Line;
  } catch (error) {
    if (number > 1) throw damaged(number, "it is cut off or changed", error);
  }
  if (number > 1) throw damaged(number, "it is no line of an export");
  throw new CarryProblem("export_unreadable", "This is no export of a book.");
}
