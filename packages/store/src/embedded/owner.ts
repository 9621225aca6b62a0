import { Client, type ClientConfig } from "pg";
import { ROLE } from "./cluster.ts";
import type { Folders } from "./folders.ts";
import { EmbeddedProblem } from "./problem.ts";

/** A session lock: held as long as the owner's connection lives, so a killed owner gives it back by dying. */
const LOCK = "hashtextextended('offtake owner', 0)";
/** PostgreSQL keeps 63 bytes of a connection's name; it is where the owner says who it is. */
const NAME = /^offtake owner (\d+)(?: (\S+))?$/;
const NAME_MAX = 63;

export function connectionOf(folders: Folders, database = "postgres"): ClientConfig {
  return { host: folders.socket, port: 5432, user: ROLE, database };
}

/** The mark of whoever owns an embedded database. */
export class Owner {
  private readonly client: Client;

  private constructor(client: Client) {
    this.client = client;
  }

  /**
   * Takes the mark.
   *
   * @throws EmbeddedProblem `embedded_in_use`, with who has it, where another process does; what the driver says where nobody answers
   */
  static async take(folders: Folders): Promise<Owner> {
    const client = new Client({ ...connectionOf(folders), application_name: ownName() });
    client.on("error", () => {});
    await client.connect();
    try {
      const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${LOCK}) as taken`);
      if (rows[0]?.taken !== true) throw inUse(folders, await holder(client));
      return new Owner(client);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
  }

  /** Says where the owner can be reached, for others that find the data taken. */
  async announce(address: string): Promise<void> {
    await this.client.query("select set_config('application_name', $1, false)", [ownName(address)]);
  }

  /** Calls back once when the connection is lost: the database is gone. */
  onLost(lost: () => void): void {
    this.client.once("end", lost);
  }

  async ensureDatabase(name: string): Promise<void> {
    const found = await this.client.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount === 0) await this.client.query(`create database ${this.client.escapeIdentifier(name)}`);
  }

  async giveBack(): Promise<void> {
    this.client.removeAllListeners("end");
    await this.client.end().catch(() => {});
  }
}

function ownName(address?: string): string {
  return `offtake owner ${process.pid}${address === undefined ? "" : ` ${address}`}`.slice(0, NAME_MAX);
}

async function holder(client: Client): Promise<EmbeddedProblem["owner"]> {
  const { rows } = await client.query<{ name: string }>(
    `select application_name as name from pg_stat_activity join pg_locks using (pid)
     where locktype = 'advisory' and granted and application_name like 'offtake owner %' and pid <> pg_backend_pid()`,
  );
  const parts = NAME.exec(rows[0]?.name ?? "");
  if (parts === null) return undefined;
  const [, pid, address] = parts;
  return { pid: Number(pid), ...(address === undefined ? {} : { address }) };
}

function inUse({ root }: Folders, owner: EmbeddedProblem["owner"]): EmbeddedProblem {
  const who = owner === undefined ? "another process" : `process ${owner.pid}`;
  const where = owner?.address === undefined ? "" : ` It answers at ${owner.address}.`;
  return new EmbeddedProblem("embedded_in_use", `The data in ${root} are in use by ${who}.${where}`, owner);
}
