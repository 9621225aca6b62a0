import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { behavesAsFeedStore, type OpenedFeeds } from "../feeds/suite.fixture.ts";
import { Database } from "./database.ts";
import { PostgresFeedStore } from "./postgres-feeds.ts";
import { PostgresStore } from "./postgres-store.ts";
import { embeddedServer, ordinaryPrograms, ordinaryServer, type TestServer } from "./servers.fixture.ts";

let server: TestServer;
beforeAll(async () => {
  server = await embeddedServer();
}, 120_000);
afterAll(() => server.stop());

async function opened(url: string): Promise<OpenedFeeds> {
  const [one, two] = [await Database.open({ url }), await Database.open({ url })];
  return {
    log: new PostgresStore(one),
    feeds: new PostgresFeedStore(one),
    another: new PostgresFeedStore(two),
    close: async () => {
      await one.close();
      await two.close();
    },
  };
}

behavesAsFeedStore("embedded PostgreSQL", () => opened(server.url));

const programs = ordinaryPrograms();
describe.skipIf(programs === undefined)("an ordinary server, with the programs of this machine", () => {
  let ordinary: TestServer;
  beforeAll(() => {
    ordinary = ordinaryServer(programs ?? "");
  }, 120_000);
  afterAll(() => ordinary.stop());
  behavesAsFeedStore("ordinary PostgreSQL", () => opened(ordinary.url));
});

test("what was told cannot be changed, not even by the owner of the database", async () => {
  const database = await Database.open({ url: server.url });
  await database.pool.query(
    "insert into feeds values ('b', 'lab', 0, 1, 0, 1, false, '[{}]', decode(repeat('00', 32), 'hex'))",
  );
  for (const text of ["update feeds set told = '[]'", "delete from feeds", "truncate feeds"])
    await expect(database.pool.query(text)).rejects.toThrow("what was told is not changed");
  await database.close();
});
