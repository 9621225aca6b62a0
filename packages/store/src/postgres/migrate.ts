import { createHash } from "node:crypto";
import type { ClientBase, Pool } from "pg";
import { MIGRATIONS, type Migration } from "./migrations/index.ts";
import { inTransaction } from "./transaction.ts";

/** Nodes that start at once take turns. */
const LOCK = "select pg_advisory_xact_lock(hashtextextended('offtake migrations', 0))";

/** The database was migrated by a newer Offtake, or a step that was applied has another text since. */
export class SchemaProblem extends Error {
  readonly code: "schema_newer" | "schema_differs";

  constructor(code: SchemaProblem["code"], message: string) {
    super(message);
    this.name = "SchemaProblem";
    this.code = code;
  }
}

/**
 * Brings the schema up to date: all missing steps or none.
 *
 * @returns the steps applied now, in order
 * @throws SchemaProblem where the database is ahead of this program, or was made by other texts
 */
export function migrate(pool: Pool, steps: readonly Migration[] = MIGRATIONS): Promise<readonly Migration[]> {
  return inTransaction(pool, (client) => applySteps(client, steps));
}

/** The same within a transaction that somebody else has begun, and ends. */
export async function applySteps(client: ClientBase, steps: readonly Migration[]): Promise<readonly Migration[]> {
  await client.query(LOCK);
  const missing = await missingSteps(client, steps);
  for (const step of missing) {
    await client.query(step.sql);
    await client.query("insert into migrations (version, name, checksum) values ($1, $2, $3)", [
      step.version,
      step.name,
      checksum(step),
    ]);
  }
  return missing;
}

async function missingSteps(client: ClientBase, steps: readonly Migration[]): Promise<readonly Migration[]> {
  await client.query(`create table if not exists migrations (
    version integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default clock_timestamp()
  )`);
  const { rows } = await client.query<{ version: number; checksum: string }>(
    "select version, checksum from migrations order by version",
  );
  const applied = new Map(rows.map((row) => [row.version, row.checksum]));
  const newest = steps.at(-1)?.version ?? 0;
  for (const { version } of rows) {
    if (version > newest)
      throw new SchemaProblem("schema_newer", `The database has schema ${version}; this program knows ${newest}.`);
  }
  for (const step of steps) {
    const known = applied.get(step.version);
    if (known !== undefined && known !== checksum(step))
      throw new SchemaProblem("schema_differs", `Step ${step.version} (${step.name}) was applied with another text.`);
  }
  return steps.filter((step) => !applied.has(step.version));
}

/** A step that was applied is known again by its text. */
export function checksum({ sql }: Migration): string {
  return createHash("sha256").update(sql).digest("hex");
}
