import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "@offtake/store/embedded";
import { Database } from "@offtake/store/postgres";
import { afterAll, beforeAll } from "vitest";

/** A real database of one's own for a spec file; made before its tests and gone after them. */
export function ownDatabase(): {
  readonly get: () => Database;
  readonly another: () => Promise<Database>;
  readonly url: () => string;
} {
  let database: Database | undefined;
  let url = "";
  const opened: Database[] = [];
  let stop = async (): Promise<void> => {};
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "offtake-outbox-"));
    const server = await startEmbedded(folder);
    url = server.url;
    stop = async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    database = await Database.open({ url });
  }, 120_000);
  afterAll(async () => {
    for (const one of opened) await one.close();
    await database?.close();
    await stop();
  });
  return {
    url: () => url,
    get: () => {
      if (database === undefined) throw new Error("The database is there once a test runs.");
      return database;
    },
    another: async () => {
      const one = await Database.open({ url });
      opened.push(one);
      return one;
    },
  };
}
