import { randomUUID } from "node:crypto";
import { type ClientBase, Pool, type PoolClient } from "pg";
import { analyzeGrown } from "./analyze.ts";
import { Listener } from "./listener.ts";
import { migrate } from "./migrate.ts";
import { PartyReader } from "./reader.ts";
import { assertOwner, assertSafe } from "./safety.ts";
import { inTransaction } from "./transaction.ts";

export interface DatabaseOptions {
  /** Such as `postgres://user:password@host/database`, or with a socket: `postgres:///offtake?host=/folder`. */
  readonly url: string;
  /** How many connections at most, and as many again that read for parties; 10 when absent. */
  readonly connections?: number;
  /** How long a transaction may do nothing before the database ends it, with the queue of a book that it may hold; 2 s when absent. */
  readonly queueHeldMs?: number;
  /** Starts also where a commit may be lost with the power (`fsync = off` and the like). */
  readonly allowUnsafe?: boolean;
  /** What its ear is called among the connections of the database, by which others see that it is there. */
  readonly name?: string;
}

/** The channel on which a node finds out whether it hears. */
const EAR = "offtake_ear";

/**
 * A node's way to the database: one pool of connections and one ear, for the log, the feeds and everything that a broker keeps beside
 * them. Whoever opens it closes it, after all that was made of it.
 */
export class Database {
  readonly pool: Pool;
  /** Reads what parties may see, held to it by the database. */
  readonly reader: PartyReader;
  private readonly listener: Listener | undefined;
  /** The connection of a transaction that all is done in. */
  private readonly client: PoolClient | undefined;

  private constructor(pool: Pool, reader: PartyReader, listener?: Listener, client?: PoolClient) {
    this.pool = pool;
    this.reader = reader;
    this.listener = listener;
    this.client = client;
  }

  /**
   * Connects, checks that commits are durable, and brings the schema up to date.
   *
   * @throws UnsafeDatabase, SchemaProblem, or what the driver says where there is no connection
   */
  static async open({
    url,
    connections = 10,
    queueHeldMs = 2_000,
    allowUnsafe = false,
    name,
  }: DatabaseOptions): Promise<Database> {
    const pool = new Pool({
      connectionString: url,
      max: connections,
      application_name: "offtake",
      idle_in_transaction_session_timeout: queueHeldMs,
    });
    // A connection that dies while it is idle is replaced by the pool; without a listener it would end the process.
    pool.on("error", () => {});
    try {
      await assertSafe(pool, allowUnsafe);
      await migrate(pool);
      await assertOwner(pool);
      return new Database(pool, await PartyReader.open(pool, { url, connections }), new Listener(url, name));
    } catch (error) {
      await pool.end();
      throw error;
    }
  }

  /** What is seen within a transaction that somebody else has begun and ends, on its connection: to query, and nothing else. */
  static within(client: ClientBase): Database {
    const pool = { query: client.query.bind(client) } as unknown as Pool;
    return new Database(pool, PartyReader.over(pool), undefined, client as PoolClient);
  }

  /** Runs what is done with the connection in one transaction: all of it, or nothing where it throws. */
  transaction<Value>(work: (client: PoolClient) => Promise<Value>): Promise<Value> {
    return this.client === undefined ? inTransaction(this.pool, work) : work(this.client);
  }

  /** Has the database look at tables that have grown, so that it plans well; gives their names. */
  analyzeGrown(): Promise<readonly string[]> {
    return analyzeGrown(this.pool);
  }

  /** Calls `heard` with whatever any node tells by NOTIFY on the channel. Returns the way to stop. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    if (this.listener === undefined) throw new Error("Broken belief: nobody listens within a transaction");
    return this.listener.listen(channel, heard);
  }

  /**
   * Whether what is told by NOTIFY is heard: not through a pooler that gives a connection to each transaction. Growth is then found only by
   * looking now and then, so readers are seconds behind.
   */
  async hears(timeoutMs = 2_000): Promise<boolean> {
    const token = randomUUID();
    let heard: () => void = ignore;
    const isHeard = new Promise<boolean>((resolve) => {
      heard = () => resolve(true);
    });
    const stop = await this.listen(EAR, (payload) => {
      if (payload === token) heard();
    });
    await this.pool.query("select pg_notify($1, $2)", [EAR, token]);
    let late: NodeJS.Timeout | undefined;
    const isLate = new Promise<boolean>((resolve) => {
      late = setTimeout(() => resolve(false), timeoutMs);
    });
    const answer = await Promise.race([isHeard, isLate]);
    clearTimeout(late);
    await stop();
    return answer;
  }

  async close(): Promise<void> {
    await this.listener?.close();
    await this.reader.close();
    if (!this.pool.ended) await this.pool.end();
  }
}

function ignore(): void {}
