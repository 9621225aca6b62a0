import type { Pool } from "pg";

/** Fewer changed rows than this are planned well enough by what is known. */
const CHANGED_MIN = 1_000;

/** Tables of ours of which half has changed since they were looked at, or that never were. */
const GROWN = `
select c.relname as name from pg_stat_user_tables s join pg_class c on c.oid = s.relid
where s.schemaname = current_schema() and s.n_mod_since_analyze >= greatest($1::bigint, c.reltuples::bigint / 2)
order by c.relname`;

/**
 * Has the database look at the tables that have grown: it plans by what it knows, and a book that was imported, or filled within the minute in
 * which its own look is not due yet, has large tables of which it knows nothing. Nothing waits for it.
 *
 * @returns the names of the tables
 */
export async function analyzeGrown(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(GROWN, [CHANGED_MIN]);
  const names = rows.map(({ name }) => name);
  for (const name of names) await pool.query(`analyze "${name}"`);
  return names;
}
