import type { LogRecord } from "@offtake/store/log";
import { Client } from "pg";

const ROWS_A_STATEMENT = [32, 128, 1_000];
const EACH_MS = 3_000;

/**
 * The limit beside which durable decisions are measured: the same rows with the same indexes, inserted by one connection as fast as it
 * will, in statements of several sizes.
 *
 * @returns rows per second, of the best size
 */
export async function rawInserts(
  url: string,
  records: readonly LogRecord[],
  progress: (line: string) => void,
): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("create table raw_log (like log including defaults including indexes)");
    let best = 0;
    let position = 0;
    for (const size of ROWS_A_STATEMENT) {
      const begin = performance.now();
      let rows = 0;
      while (performance.now() - begin < EACH_MS) {
        await insert(client, records, position, size);
        position += size;
        rows += size;
      }
      const rate = rows / ((performance.now() - begin) / 1_000);
      progress(`raw, ${size} rows a statement: ${Math.round(rate)} rows per second`);
      best = Math.max(best, rate);
    }
    return best;
  } finally {
    await client.query("drop table if exists raw_log");
    await client.end();
  }
}

async function insert(client: Client, records: readonly LogRecord[], position: number, size: number): Promise<void> {
  const rows = Array.from({ length: size }, (_, index) => records[(position + index) % records.length] as LogRecord);
  await client.query({
    name: "raw",
    text: `insert into raw_log (book, position, at, received_at, key, fingerprint, actor, type, took, body, hash)
           select 'raw', r.* from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::text[], $10::bytea[]) r`,
    values: [
      rows.map((_, index) => position + index),
      rows.map(({ at }) => at),
      rows.map(({ receivedAt }) => receivedAt ?? null),
      rows.map(({ key }) => key),
      rows.map(({ fingerprint }) => fingerprint),
      rows.map(({ actor }) => actor),
      rows.map(({ type }) => type),
      rows.map(({ took }) => took),
      rows.map(({ body }) => body),
      rows.map(({ hash }) => Buffer.from(hash, "hex")),
    ],
  });
}
