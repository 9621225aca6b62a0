import { Pool } from "pg";
import type { BookName, LogRecord } from "../log/record.ts";
import { type BookTurn, type LogStore, UnknownBook } from "../log/store.ts";
import { GrowthListener } from "./growth.ts";
import { migrate } from "./migrate.ts";
import { LOG_COLUMNS, type LogRow, recordOf } from "./rows.ts";
import { assertSafe } from "./safety.ts";
import { freeTurn, queuedTurn } from "./turns.ts";

export interface PostgresOptions {
  /** Such as `postgres://user:password@host/database`, or with a socket: `postgres:///offtake?host=/folder`. */
  readonly url: string;
  /** How many connections at most; 10 when absent. */
  readonly connections?: number;
  /** How long a turn that holds a queue may do nothing before the database ends it; 2 s when absent. */
  readonly queueHeldMs?: number;
  /** Starts also where a commit may be lost with the power (`fsync = off` and the like). */
  readonly allowUnsafe?: boolean;
}

/** Logs on PostgreSQL. Many nodes may serve the same books at once. */
export class PostgresStore implements LogStore {
  private readonly pool: Pool;
  private readonly growth: GrowthListener;

  private constructor(pool: Pool, url: string) {
    this.pool = pool;
    this.growth = new GrowthListener(url);
  }

  /**
   * Connects, checks that commits are durable, and brings the schema up to date.
   *
   * @throws UnsafeDatabase, SchemaProblem, or what the driver says where there is no connection
   */
  static async open({ url, connections = 10, queueHeldMs = 2_000, allowUnsafe = false }: PostgresOptions) {
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
    } catch (error) {
      await pool.end();
      throw error;
    }
    return new PostgresStore(pool, url);
  }

  async createBook(book: BookName): Promise<boolean> {
    const made = await this.pool.query("insert into books (book) values ($1) on conflict do nothing", [book]);
    return made.rowCount === 1;
  }

  async books(): Promise<readonly BookName[]> {
    const { rows } = await this.pool.query<{ book: BookName }>('select book from books order by book collate "C"');
    return rows.map((row) => row.book);
  }

  takeTurn(book: BookName, from: number, { queued = false } = {}): Promise<BookTurn> {
    return queued ? queuedTurn(this.pool, book, from) : freeTurn(this.pool, book, from);
  }

  async read(book: BookName, from: number, limit: number): Promise<readonly LogRecord[]> {
    const { rows } = await this.pool.query<LogRow>({
      name: "read",
      text: `select ${LOG_COLUMNS} from log where book = $1 and position >= $2 and position < $3 order by position`,
      values: [book, from, from + limit],
    });
    if (rows.length === 0 && !(await this.isBook(book))) throw new UnknownBook(book);
    return rows.map(recordOf);
  }

  async findKey(book: BookName, key: string): Promise<LogRecord | undefined> {
    const { rows } = await this.pool.query<LogRow>({
      name: "find_key",
      text: `select ${LOG_COLUMNS} from log where book = $1 and key = $2 order by position desc limit 1`,
      values: [book, key],
    });
    const [row] = rows;
    if (row === undefined && !(await this.isBook(book))) throw new UnknownBook(book);
    return row === undefined ? undefined : recordOf(row);
  }

  onGrowth(heard: (book: BookName, length: number) => void): Promise<() => Promise<void>> {
    return this.growth.listen(heard);
  }

  async close(): Promise<void> {
    await this.growth.close();
    if (!this.pool.ended) await this.pool.end();
  }

  private async isBook(book: BookName): Promise<boolean> {
    const found = await this.pool.query("select 1 from books where book = $1", [book]);
    return found.rowCount === 1;
  }
}
