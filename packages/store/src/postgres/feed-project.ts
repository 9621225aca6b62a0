import type { ClientBase, Pool } from "pg";
import type { FeedObject, ObjectKey } from "../feeds/entry.ts";
import type { Projection } from "../feeds/store.ts";
import type { BookName } from "../log/record.ts";
import { OBJECT_COLUMNS, objectColumns, objectOf, type ObjectRow, tellingColumns } from "./feed-rows.ts";

/** The channel on which nodes hear that feeds have grown: the book, and how many of its records have been told. */
export const FEEDS = "offtake_feeds";

const OBJECTS =
  "unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::bigint[], string_to_array($11, chr(1)))";

/** Its parameters from `first` on: the book, and then the columns of objects. */
function upsertObjects(book: string, first: number, from = ""): string {
  const columns = OBJECTS.replaceAll(/\$(\d+)/g, (_, n: string) => `$${Number(n) + first - 1}`);
  return `insert into feed_objects (book, party, kind, id, status, deadline, parent, agreement, created, version, updated_at, body)
    select ${book}, c.* from ${from}${columns} c
    on conflict (book, party, kind, id) do update set
      status = excluded.status, deadline = excluded.deadline, parent = excluded.parent, agreement = excluded.agreement,
      created = excluded.created, version = excluded.version, updated_at = excluded.updated_at, body = excluded.body`;
}

/** One statement: nothing is written unless as much of the log has been told as the projector believes. */
const PROJECT = `
with moved as (update feed_progress set told_to = $3 where book = $1 and told_to = $2 returning 1),
     told as (
       insert into feeds (book, party, position, count, record, disclosed_by, quotes, told, hash)
       select $1, t.party, t.position, t.count, t.record, $4, t.quotes, t.told, t.hash
       from moved, unnest($5::text[], $6::bigint[], $7::int[], $8::bigint[], $9::boolean[], string_to_array($10, chr(1)), $11::bytea[])
         t (party, position, count, record, quotes, told, hash)
     ),
     changed as (${upsertObjects("$1", 12, "moved, ")})
select pg_notify('${FEEDS}', $1 || ' ' || $3::text) from moved`;

export async function project(pool: Pool, book: BookName, from: number, projection: Projection): Promise<boolean> {
  const { to, disclosedBy, tellings, objects } = projection;
  if (from === 0)
    await pool.query("insert into feed_progress (book, told_to) values ($1, 0) on conflict do nothing", [book]);
  const { rowCount } = await pool.query({
    name: "project",
    text: PROJECT,
    values: [book, from, to, disclosedBy, ...tellingColumns(tellings), ...objectColumns(objects)],
  });
  return rowCount === 1;
}

/** Writes objects again; they take the place of those with their keys. */
export async function writeObjects(client: ClientBase, book: BookName, objects: readonly FeedObject[]): Promise<void> {
  await client.query({
    name: "write_objects",
    text: upsertObjects("$1", 2),
    values: [book, ...objectColumns(objects)],
  });
}

/**
 * Those of the keys that there are. The first row from each key on, in the order of keys: only the primary key gives that order, so each is
 * one look into it, also while the database knows nothing of the table yet and takes other indexes, or none, for as good.
 */
export async function objectsAt(
  client: Pool | ClientBase,
  book: BookName,
  keys: readonly ObjectKey[],
): Promise<readonly FeedObject[]> {
  if (keys.length === 0) return [];
  const { rows } = await client.query<ObjectRow>({
    name: "feed_objects_at",
    text: `select ${OBJECT_COLUMNS} from unnest($2::text[], $3::text[], $4::text[]) k (party, kind, id)
      cross join lateral (
        select * from feed_objects f where (f.book, f.party, f.kind, f.id) >= ($1, k.party, k.kind, k.id)
        order by f.book, f.party, f.kind, f.id limit 1
      ) o where o.book = $1 and o.party = k.party and o.kind = k.kind and o.id = k.id`,
    values: [book, keys.map(({ party }) => party), keys.map(({ kind }) => kind), keys.map(({ id }) => id)],
  });
  return rows.map(objectOf);
}
