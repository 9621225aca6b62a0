import { createHash } from "node:crypto";
import { type Readable, type Writable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { emptyHead } from "../log/chain.ts";
import type { BookName } from "../log/record.ts";
import { hash } from "../postgres/hash.ts";
import { type BackupContent, type BackupHeader, type Counting, rowsOf, type SavedBook } from "./format.ts";
import { quoted, type Table, tablesOf } from "./tables.ts";

/** What the file is compressed with: most of it is packed already, and a higher level takes longer than it saves. */
const LEVEL = 4;

/**
 * Writes everything that a broker keeps in a database, as of one instant, while brokers go on. Needs nothing but the connection.
 *
 * @param sink takes the compressed bytes; it is ended, also where something is thrown
 */
export async function writeBackup(url: string, sink: Writable, counted: Counting = () => {}): Promise<BackupContent> {
  const client = new Client({ connectionString: url, application_name: "offtake backup" });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read, read only");
    // A rule that hides rows must be told, not obeyed: half a backup is none.
    await client.query("set local row_security = off; set local idle_in_transaction_session_timeout = 0");
    const header = await headerOf(client);
    let sha256 = "";
    const lines = async function* (): AsyncGenerator<Buffer> {
      const sum = createHash("sha256");
      const first = Buffer.from(`${JSON.stringify(header)}\n`);
      sum.update(first);
      yield first;
      let done = 0;
      for (const { name, columns } of header.tables) {
        const text = `copy ${quoted(name)} (${columns.map(quoted).join(", ")}) to stdout`;
        for await (const chunk of client.query(copyTo(text)) as Readable) {
          sum.update(chunk as Buffer);
          yield chunk as Buffer;
          done += newlines(chunk as Buffer);
          counted(done, rowsOf(header), name);
        }
      }
      sha256 = sum.digest("hex");
      yield Buffer.from(`${JSON.stringify({ sha256 })}\n`);
    };
    await pipeline(lines, gathering(), createGzip({ level: LEVEL }), sink);
    await client.query("commit");
    return { ...header, sha256 };
  } catch (error) {
    sink.destroy();
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

async function headerOf(client: Client): Promise<BackupHeader> {
  const { rows: about } = await client.query<{ at: Date; postgres: string }>(
    "select now() as at, current_setting('server_version') as postgres",
  );
  const steps = await client.query<{ version: number; name: string; checksum: string }>(
    "select version, name, checksum from migrations order by version",
  );
  const tables = [];
  for (const table of await tablesOf(client)) tables.push({ ...table, rows: await countOf(client, table) });
  return {
    schema: "offtake/backup@1",
    madeAt: about[0]?.at.toISOString() ?? "",
    postgres: about[0]?.postgres ?? "",
    steps: steps.rows,
    tables,
    books: await booksOf(client),
  };
}

async function countOf(client: Client, { name }: Table): Promise<number> {
  const { rows } = await client.query<{ rows: string }>(`select count(*) as rows from ${quoted(name)}`);
  return Number(rows[0]?.rows);
}

async function booksOf(client: Client): Promise<readonly SavedBook[]> {
  const { rows } = await client.query<{ book: BookName; position: string | null; hash: Buffer | null }>(
    `select b.book, l.position, l.hash from books b
     left join lateral (select position, hash from log where log.book = b.book order by position desc limit 1) l on true
     order by b.book collate "C"`,
  );
  return rows.map(({ book, position, hash: link }) => ({
    book,
    ...(link === null ? emptyHead(book, hash) : { length: Number(position) + 1, hash: link.toString("hex") }),
  }));
}

/** Rows come in many small pieces: a compressor is quicker with large ones. */
function gathering(size = 256 * 1024): Transform {
  let held: Buffer[] = [];
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      held.push(chunk);
      bytes += chunk.length;
      if (bytes < size) return next();
      const all = Buffer.concat(held);
      held = [];
      bytes = 0;
      next(null, all);
    },
    flush(next) {
      next(null, Buffer.concat(held));
    },
  });
}

export function newlines(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count += 1;
  return count;
}
