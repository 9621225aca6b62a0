import type { PartyId } from "@offtake/core/kernel";
import { Pool, type PoolClient, type QueryConfig, type QueryResult, type QueryResultRow } from "pg";
import type { BookName } from "../log/record.ts";
import { inTransaction } from "./transaction.ts";

/** The role that reads for parties: no owner, no administrator, and held by the rules of the tables. It cannot log in. */
export const READER = "offtake_reader";

/** What it may look at; in each table the rules say which rows. */
const TABLES = [
  "feeds",
  "feed_objects",
  "files",
  "file_contents",
  "deliveries",
  "delivery_attempts",
  "webhooks",
  "provider_tasks",
];
/** Of the log the bodies that feeds quote; of chats not the addresses, which are secrets. */
const COLUMNS = { log: ["book", "position", "body"], chat_channels: ["book", "party", "id", "kind", "created_at"] };

const GRANTS = [
  `grant select on ${TABLES.join(", ")} to ${READER}`,
  ...Object.entries(COLUMNS).map(([table, columns]) => `grant select (${columns.join(", ")}) on ${table} to ${READER}`),
].join("; ");

const GRANTED = `select ${[
  ...TABLES.map((table) => `has_table_privilege('${READER}', '${table}', 'select')`),
  ...Object.entries(COLUMNS).flatMap(([table, columns]) =>
    columns.map((column) => `has_column_privilege('${READER}', '${table}', '${column}', 'select')`),
  ),
].join(" and ")} as done`;

/** Nodes that start at once take turns. */
const LOCK = "select pg_advisory_xact_lock(hashtextextended('offtake readers', 0))";

/** Reads for one party at a time, on connections that show nothing but what that party may see, whatever a statement forgets to ask. */
export class PartyReader {
  /** Why the database does not hold readers to its rules; undefined where it does. */
  readonly unheld: string | undefined;
  private readonly pool: Pool;
  /** What each connection is set to. */
  private readonly scopes = new WeakMap<PoolClient, string>();

  private constructor(pool: Pool, unheld: string | undefined) {
    this.pool = pool;
    this.unheld = unheld;
  }

  /**
   * Makes the role where it is not there yet, which takes the right to make roles, and connections of its own. Where the database does not let
   * it, reading goes on by the predicates of statements alone, and `unheld` says why.
   */
  static async open(
    owner: Pool,
    options: { readonly url: string; readonly connections: number },
  ): Promise<PartyReader> {
    const pool = new Pool({
      connectionString: options.url,
      max: options.connections,
      application_name: "offtake reader",
    });
    pool.on("error", () => {});
    try {
      await prepareRole(owner);
      const reader = new PartyReader(pool, undefined);
      await reader.query("" as BookName, "" as PartyId, { text: "select 1" });
      return reader;
    } catch (error) {
      await pool.end();
      if (!NOT_ALLOWED.has((error as { code?: string }).code ?? "")) throw error;
      return new PartyReader(owner, (error as Error).message);
    }
  }

  /** Over connections that are somebody else's, held to nothing. */
  static over(pool: Pool): PartyReader {
    return new PartyReader(pool, "It reads within somebody else's transaction");
  }

  /** Runs a statement that reads. Rows of other parties are not there. */
  async query<Row extends QueryResultRow>(
    book: BookName,
    party: PartyId,
    statement: QueryConfig,
  ): Promise<QueryResult<Row>> {
    if (this.unheld !== undefined) return this.pool.query<Row>(statement);
    const client = await this.pool.connect();
    try {
      await this.setTo(client, book, party);
      const result = await client.query<Row>(statement);
      client.release();
      return result;
    } catch (error) {
      // What such a connection is set to is not known: it is not used again.
      client.release(true);
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.unheld === undefined && !this.pool.ended) await this.pool.end();
  }

  private async setTo(client: PoolClient, book: BookName, party: PartyId): Promise<void> {
    const scope = `${book}\n${party}`;
    const before = this.scopes.get(client);
    if (before === scope) return;
    this.scopes.delete(client);
    if (before === undefined) {
      client.on("error", () => {});
      await client.query(`set role ${READER}; set session characteristics as transaction read only`);
    }
    await client.query({
      name: "set_party",
      text: "select set_config('offtake.book', $1, false), set_config('offtake.party', $2, false)",
      values: [book, party],
    });
    this.scopes.set(client, scope);
  }
}

/** insufficient_privilege; the role is not there and cannot be made; it is none that holds. */
const NOT_ALLOWED: ReadonlySet<string> = new Set(["42501", "42704", "reader_unheld"]);

async function prepareRole(owner: Pool): Promise<void> {
  await inTransaction(owner, async (client) => {
    await client.query(LOCK);
    await makeRole(client);
    await joinRole(client);
    const { rows } = await client.query<{ done: boolean }>(GRANTED);
    if (rows[0]?.done !== true) await client.query(GRANTS);
  });
}

/** Roles belong to the whole server: brokers on other databases of it may be making the same one. */
async function makeRole(client: PoolClient): Promise<void> {
  const about = "select rolsuper or rolbypassrls as unheld from pg_roles where rolname = $1";
  const before = await client.query<{ unheld: boolean }>(about, [READER]);
  if (before.rowCount === 0) await trying(client, `create role ${READER} nologin`, new Set(["42710", "23505"]));
  if (before.rows[0]?.unheld === true)
    throw Object.assign(new Error(`the role ${READER} goes around the rules of rows`), { code: "reader_unheld" });
}

async function joinRole(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
  const isFine = Number(rows[0]?.version) >= 160_000;
  const asked = `select pg_has_role(current_user, '${READER}', '${isFine ? "SET" : "MEMBER"}') as may`;
  const may = async (): Promise<boolean> => (await client.query<{ may: boolean }>(asked)).rows[0]?.may === true;
  if (await may()) return;
  const grant = `grant ${READER} to current_user${isFine ? " with set true, inherit false" : ""}`;
  await trying(client, grant, new Set(["XX000", "23505"]));
  if (!(await may()))
    throw Object.assign(new Error(`the user of DATABASE_URL may not act as ${READER}`), { code: "reader_unheld" });
}

/** Somebody else may do the same at the same time: then it is done. */
async function trying(client: PoolClient, text: string, sameTime: ReadonlySet<string>): Promise<void> {
  await client.query("savepoint trying");
  try {
    await client.query(text);
    await client.query("release savepoint trying");
  } catch (error) {
    await client.query("rollback to savepoint trying");
    if (!sameTime.has((error as { code?: string }).code ?? "")) throw error;
  }
}
