import type { Client } from "pg";

/** Everything that the migrations have made, as PostgreSQL sees it, one line each. */
export async function schemaOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ line: string }>(`
    select line from (
      select format('column %s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                    case when a.attnotnull then ' not null' else '' end,
                    coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      union all
      select format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
      union all
      select format('index %s', indexdef) from pg_indexes where schemaname = 'public'
      union all
      select format('trigger %s', pg_get_triggerdef(t.oid)) from pg_trigger t where not t.tgisinternal
      union all
      select format('rows of %s are ruled', relname) from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity
      union all
      select format('policy %s.%s for %s using %s', tablename, policyname, cmd, regexp_replace(qual, '[[:space:]]+', ' ', 'g'))
      from pg_policies where schemaname = 'public'
      union all
      select format('function %s(%s) returns %s', proname, pg_get_function_identity_arguments(oid), pg_get_function_result(oid))
      from pg_proc where pronamespace = 'public'::regnamespace
    ) all_of_it order by line collate "C"`);
  return `${rows.map(({ line }) => line).join("\n")}\n`;
}
