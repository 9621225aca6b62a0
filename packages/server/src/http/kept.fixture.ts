import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "@offtake/store/embedded";
import type { BookName } from "@offtake/store/log";
import { Database, PostgresStore } from "@offtake/store/postgres";

/** A database for what is kept beside the log, gone once it is closed; nothing here is about what a commit survives. */
export async function openKept(...books: readonly string[]): Promise<{
  readonly database: Database;
  readonly close: () => Promise<void>;
}> {
  const folder = mkdtempSync(join(tmpdir(), "offtake-kept-"));
  const server = await startEmbedded(folder);
  const database = await Database.open({ url: server.url, allowUnsafe: true });
  await database.pool.query("alter system set synchronous_commit = off");
  await database.pool.query("select pg_reload_conf()");
  const store = new PostgresStore(database);
  for (const book of books) await store.createBook(book as BookName);
  return {
    database,
    close: async () => {
      await database.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
