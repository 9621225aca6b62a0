import type { ClientBase } from "pg";

export interface Table {
  readonly name: string;
  /** Those that are not computed from others. */
  readonly columns: readonly string[];
}

/** The steps of the schema are in the header; whoever restores makes them anew. */
const NOT_SAVED = "migrations";

/** All tables of the schema, each behind those that it refers to: also those that a later step of the schema brings. */
export async function tablesOf(client: ClientBase): Promise<readonly Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] }>(`
    select c.relname as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      coalesce((select array_agg(distinct r.relname::text) from pg_constraint k join pg_class r on r.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid), '{}') as needs
    from pg_class c
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    order by c.relname collate "C"`);
  const left = new Map(rows.filter(({ name }) => name !== NOT_SAVED).map((row) => [row.name, row]));
  const ordered: Table[] = [];
  while (left.size > 0) {
    const next = [...left.values()].find(({ needs }) => needs.every((need) => !left.has(need)));
    if (next === undefined) throw new Error("Broken belief: tables refer to one another in one direction");
    left.delete(next.name);
    ordered.push({ name: next.name, columns: next.columns });
  }
  return ordered;
}

/** A name as it stands in a statement. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
