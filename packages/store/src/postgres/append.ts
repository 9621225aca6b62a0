import type { ClientBase, Pool } from "pg";
import type { BookName, NewRecord } from "../log/record.ts";
import { APPEND_BOUND_MS, type Appended, type StateChanges, type Tail } from "../log/store.ts";
import { changesColumns } from "./changes.ts";
import { columnsOf } from "./rows.ts";

/** The channel on which nodes hear that a book has grown: its name and its length. */
export const GROWTH = "offtake_growth";

/**
 * One statement: nothing is inserted unless the log still ends where it did and the stamp is not older than the bound. A place that
 * somebody else takes in the meantime is refused by the primary key.
 */
const APPEND = `
with head as (select coalesce(max(position) + 1, 0) as length from log where book = $1),
     clock as (select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now),
     inserted as (
       insert into log (book, position, at, received_at, key, fingerprint, actor, type, took, body, hash)
       select $1, r.* from head, clock,
         unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::boolean[], $12::text[], $13::bytea[]) r
       where head.length = $2::bigint and clock.now <= $3
       returning 1
     ),
     changed as (
       insert into log_changes (book, position, length, form, body, head_hash, hash)
       select $1, $2::bigint, $14::integer, $15::integer, $16::text, $17::bytea, $18::bytea
       where $15::integer is not null and exists (select from inserted)
     )
select head.length, clock.now <= $3 as in_time, (select count(*) from inserted) as inserted,
       case when $14::integer > 0 then pg_notify('${GROWTH}', $1 || ' ' || (head.length + $14::integer)) end as told
from head, clock`;

const UNIQUE_VIOLATION = "23505";

/** Appends behind the head of `tail`. Throws what the driver throws; whether the outcome is known then is the caller's to say. */
export async function append(
  client: Pool | ClientBase,
  book: BookName,
  { head, stamp }: Tail,
  records: readonly NewRecord[],
  changes?: StateChanges,
): Promise<Appended> {
  const columns = columnsOf(head, records);
  const bound = stamp + APPEND_BOUND_MS;
  try {
    const { rows } = await client.query<{ length: string; in_time: boolean; inserted: string }>({
      name: "append",
      text: APPEND,
      values: [
        book,
        head.length,
        bound,
        ...columns.values,
        records.length,
        ...changesColumns(head.length, columns.head, changes),
      ],
    });
    const [row] = rows;
    if (row === undefined || Number(row.length) !== head.length) return { outcome: "conflict" };
    return row.in_time ? { outcome: "appended", head: columns.head } : { outcome: "too_late" };
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) return { outcome: "conflict" };
    throw error;
  }
}
