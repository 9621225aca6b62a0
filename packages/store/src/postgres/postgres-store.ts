import type { Pool } from "pg";
import type { BookName, LogRecord } from "../log/record.ts";
import type { Snapshot } from "../log/snapshot.ts";
import { type BookTurn, type KeptChanges, type LogStore, type TurnOptions, UnknownBook } from "../log/store.ts";
import { GROWTH } from "./append.ts";
import { readChanges } from "./changes.ts";
import { Database, type DatabaseOptions } from "./database.ts";
import { LOG_COLUMNS, type LogRow, recordOf } from "./rows.ts";
import { putSnapshot, snapshotsOf } from "./snapshots.ts";
import { freeTurn, queuedTurn } from "./turns.ts";

/** Logs on PostgreSQL. Many nodes may serve the same books at once. */
export class PostgresStore implements LogStore {
  private readonly database: Database;
  private readonly pool: Pool;
  private readonly isOwner: boolean;

  /** Over a database that somebody else closes. */
  constructor(database: Database, isOwner = false) {
    this.database = database;
    this.pool = database.pool;
    this.isOwner = isOwner;
  }

  /**
   * Over a database of its own.
   *
   * @throws UnsafeDatabase, SchemaProblem, or what the driver says where there is no connection
   */
  static async open(options: DatabaseOptions): Promise<PostgresStore> {
    return new PostgresStore(await Database.open(options), true);
  }

  async createBook(book: BookName): Promise<boolean> {
    const made = await this.pool.query("insert into books (book) values ($1) on conflict do nothing", [book]);
    return made.rowCount === 1;
  }

  async books(): Promise<readonly BookName[]> {
    const { rows } = await this.pool.query<{ book: BookName }>('select book from books order by book collate "C"');
    return rows.map((row) => row.book);
  }

  takeTurn(book: BookName, from: number, { queued = false, form }: TurnOptions = {}): Promise<BookTurn> {
    return (queued ? queuedTurn : freeTurn)(this.pool, book, from, form);
  }

  readChanges(book: BookName, from: number, form: number, limit: number): Promise<readonly KeptChanges[]> {
    return readChanges(this.pool, book, from, form, limit);
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

  async dropChanges(book: BookName): Promise<void> {
    await this.pool.query("delete from log_changes where book = $1", [book]);
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

  putSnapshot(book: BookName, snapshot: Snapshot): Promise<void> {
    return putSnapshot(this.pool, book, snapshot);
  }

  snapshotsOf(book: BookName): AsyncIterable<Snapshot> {
    return snapshotsOf(this.pool, book);
  }

  onGrowth(heard: (book: BookName, length: number) => void): Promise<() => Promise<void>> {
    return this.database.listen(GROWTH, (payload) => {
      const [book = "", length] = payload.split(" ");
      heard(book as BookName, Number(length));
    });
  }

  async close(): Promise<void> {
    if (this.isOwner) await this.database.close();
  }

  private async isBook(book: BookName): Promise<boolean> {
    const found = await this.pool.query("select 1 from books where book = $1", [book]);
    return found.rowCount === 1;
  }
}
