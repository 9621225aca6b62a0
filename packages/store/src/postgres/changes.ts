import type { Pool } from "pg";
import type { BookName, Head } from "../log/record.ts";
import type { KeptChanges, StateChanges } from "../log/store.ts";
import { hash } from "./hash.ts";

/** Columns of kept changes, as digits and bytes. */
export interface ChangesRow {
  readonly changes_from: string;
  readonly changes_length: number;
  readonly changes_head: Buffer;
  readonly changes_form: number;
  readonly changes_body: string;
  readonly changes_hash: Buffer;
}

/** Form, text, head and hash of what an append changed; none where nothing is told. */
export function changesColumns(from: number, head: Head, changes: StateChanges | undefined): unknown[] {
  if (changes === undefined || head.length === from) return [null, null, null, null];
  const sum = Buffer.from(hashOf({ ...changes, from, head }), "hex");
  return [changes.form, changes.text, Buffer.from(head.hash, "hex"), sum];
}

/** Changes as they were kept; undefined where one is not what was written or does not begin where the one before ended. */
export function changesOf(rows: readonly ChangesRow[], from: number): readonly KeptChanges[] | undefined {
  let next = from;
  const found: KeptChanges[] = [];
  for (const row of rows) {
    const begin = Number(row.changes_from);
    const head = { length: begin + row.changes_length, hash: row.changes_head.toString("hex") };
    const kept = { from: begin, head, form: row.changes_form, text: row.changes_body };
    if (begin !== next || hashOf(kept) !== row.changes_hash.toString("hex")) return undefined;
    found.push(kept);
    next = head.length;
  }
  return found;
}

const hashOf = ({ from, head, form, text }: KeptChanges): string =>
  hash(`offtake changes ${form}\n${from} ${head.length}\n${head.hash}\n${text}`);

/** The changes of appends from a place on; none where the first is not there or one is damaged. */
export async function readChanges(
  pool: Pool,
  book: BookName,
  from: number,
  form: number,
  limit: number,
): Promise<readonly KeptChanges[]> {
  const { rows } = await pool.query<ChangesRow>({
    name: "read_changes",
    text: `select position as changes_from, length as changes_length, head_hash as changes_head, form as changes_form,
        body as changes_body, hash as changes_hash
      from log_changes where book = $1 and position >= $2 order by position limit $3`,
    values: [book, from, limit],
  });
  const gap = rows.findIndex((row, index) => {
    const before = rows[index - 1];
    const expected = before === undefined ? from : Number(before.changes_from) + before.changes_length;
    return Number(row.changes_from) !== expected || row.changes_form !== form;
  });
  return changesOf(gap < 0 ? rows : rows.slice(0, gap), from) ?? [];
}
