import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { Database } from "../postgres/database.ts";
import { applySteps, checksum } from "../postgres/migrate.ts";
import { MIGRATIONS } from "../postgres/migrations/index.ts";
import { type BackupContent, type BackupHeader, type Counting, rowsOf, type SavedTable } from "./format.ts";
import { BackupProblem } from "./problem.ts";
import { readBackup } from "./read.ts";
import { quoted, tablesOf } from "./tables.ts";
import { newlines } from "./write.ts";

export interface Restoring {
  readonly file: string;
  /** What `checkBackup` found in it. */
  readonly checked: BackupContent;
  /** Where to: a database that holds nothing of Offtake's, or only empty tables of the same schema. */
  readonly url: string;
  /**
   * Looks at what was restored before anybody else can see it. What it throws undoes all.
   *
   * @param database sees it; it queries and does nothing else
   */
  readonly verify?: (database: Database, content: BackupContent) => Promise<void>;
  /** While rows are written. */
  readonly restoring?: Counting;
}

/**
 * Restores a backup that was checked: all of it or nothing, in one step that others see whole.
 *
 * @throws BackupProblem, or what the driver says
 */
export async function restoreBackup({ file, checked, url, verify, restoring }: Restoring): Promise<BackupContent> {
  const steps = stepsOf(checked);
  const client = new Client({ connectionString: url, application_name: "offtake restore" });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("begin");
    await client.query("set local idle_in_transaction_session_timeout = 0");
    await prepare(client, steps);
    const content = await readBackup(file, writing(client, restoring ?? (() => {})));
    if (content.sha256 !== checked.sha256) throw new BackupProblem("backup_damaged", "The file was changed meanwhile.");
    await setCounters(client);
    await applySteps(client, MIGRATIONS);
    await client.query("analyze");
    await verify?.(Database.within(client), content);
    await client.query("commit");
    return content;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The steps of the schema that its tables were made by. */
function stepsOf({ steps }: BackupHeader): typeof MIGRATIONS {
  const newest = steps.at(-1)?.version ?? 0;
  const known = MIGRATIONS.filter(({ version }) => version <= newest);
  if (newest > (MIGRATIONS.at(-1)?.version ?? 0))
    throw new BackupProblem(
      "backup_newer",
      `The backup has schema ${newest}; this program knows ${MIGRATIONS.at(-1)?.version}. Restore it with the program that made it, or a newer one.`,
    );
  const isSame =
    known.length === steps.length && known.every((step, index) => checksum(step) === steps[index]?.checksum);
  if (!isSame)
    throw new BackupProblem("backup_schema", "The tables of the backup were made by steps that this program has not.");
  return known;
}

/** Makes the tables as they were, and makes sure that there is nothing in them. */
async function prepare(client: Client, steps: typeof MIGRATIONS): Promise<void> {
  const before = await tablesOf(client);
  await applySteps(client, steps).catch((error: unknown) => {
    if ((error as { code?: string }).code !== "schema_newer") throw error;
    throw new BackupProblem(
      "database_not_empty",
      "The database has newer tables than the backup. Make an empty database for it.",
      error,
    );
  });
  for (const { name } of before) {
    await client.query(`lock table ${quoted(name)} in exclusive mode`);
    const { rowCount } = await client.query(`select 1 from ${quoted(name)} limit 1`);
    if (rowCount !== 0)
      throw new BackupProblem(
        "database_not_empty",
        `There is something in the database already (table ${name}). A backup is restored into an empty one.`,
      );
  }
}

function writing(client: Client, counted: Counting) {
  let done = 0;
  return async ({ name, columns, rows }: SavedTable, lines: AsyncGenerator<Buffer>, header: BackupHeader) => {
    const total = rowsOf(header);
    const told = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of lines) {
        yield chunk;
        done += newlines(chunk);
        counted(done, total, name);
      }
    };
    const copy = client.query(copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(", ")}) from stdin`));
    await pipeline(Readable.from(told()), copy);
    if (copy.rowCount !== rows)
      throw new BackupProblem("backup_unsound", `${name} has ${copy.rowCount} rows and not ${rows}.`);
  };
}

/** What counts up by itself goes on behind what there is. */
async function setCounters(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string; attribute: string }>(
    `select c.relname as name, a.attname as attribute from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attidentity <> '' and c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace`,
  );
  for (const { name, attribute } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce((select max(${quoted(attribute)}) from ${quoted(name)}), 0) + 1, false)`,
      [quoted(name), attribute],
    );
}
