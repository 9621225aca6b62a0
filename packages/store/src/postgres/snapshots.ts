import type { Pool } from "pg";
import type { BookName } from "../log/record.ts";
import { type Snapshot, SNAPSHOTS_KEPT } from "../log/snapshot.ts";

interface SnapshotRow {
  readonly position: string;
  readonly head_hash: Buffer;
  readonly form: number;
  readonly canonical: string;
  readonly beside: string;
  readonly hash: string;
}

/** Keeps a snapshot, and drops what is older than those that are kept. */
export async function putSnapshot(pool: Pool, book: BookName, snapshot: Snapshot): Promise<void> {
  const { head, form, canonical, beside, hash } = snapshot;
  await pool.query(
    `insert into snapshots (book, position, head_hash, form, canonical, beside, hash) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (book, position) do update set head_hash = excluded.head_hash, form = excluded.form,
       canonical = excluded.canonical, beside = excluded.beside, hash = excluded.hash`,
    [book, head.length, Buffer.from(head.hash, "hex"), form, canonical, beside, hash],
  );
  await pool.query(
    `delete from snapshots where book = $1 and position not in
       (select position from snapshots where book = $1 order by position desc limit $2)`,
    [book, SNAPSHOTS_KEPT],
  );
  await pool.query(
    "delete from log_changes where book = $1 and position < (select min(position) from snapshots where book = $1)",
    [book],
  );
}

/** The snapshots of a book, one after the other from the newest: most often the first will do. */
export async function* snapshotsOf(pool: Pool, book: BookName): AsyncGenerator<Snapshot> {
  let before = "9223372036854775807";
  for (;;) {
    const { rows } = await pool.query<SnapshotRow>(
      `select position, head_hash, form, canonical, beside, hash from snapshots
       where book = $1 and position < $2 order by position desc limit 1`,
      [book, before],
    );
    const [row] = rows;
    if (row === undefined) return;
    const { position, head_hash, ...rest } = row;
    yield { head: { length: Number(position), hash: head_hash.toString("hex") }, ...rest };
    before = position;
  }
}
