import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { BookNode } from "@offtake/server/books";
import { Projector } from "@offtake/server/feeds";
import { startEmbedded } from "@offtake/store/embedded";
import type { BookName } from "@offtake/store/log";
import { sha256 } from "@offtake/store/memory";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import { afterAll, expect, test } from "vitest";
import { Desk } from "../../cli.fixture.ts";

const desk = new Desk();
afterAll(() => desk.clear());

test("says that there is no data to work on", async () => {
  const { code, err } = await desk.run(["rebuild"]);
  expect([code, err]).toEqual([
    5,
    "offtake: there is no broker's data in .offtake: name its folder with --data, or set DATABASE_URL. [no_data]\n",
  ]);
});

test.each([["serve"], ["rebuild"], ["backup", "nightly.backup"]])(
  "%s takes no other database than PostgreSQL, and does not print what it was given",
  async (...args) => {
    for (const url of ["nonsense", "mysql://root:hunter2@db.example/offtake", "postgres:offtake"]) {
      const { code, err } = await desk.run(args, { env: { DATABASE_URL: url } });
      expect([code, err]).toEqual([3, expect.stringContaining("it begins with postgres://")]);
      expect(err).not.toContain("hunter2");
    }
  },
);

test("folds damaged rows again, and knows which books there are", async () => {
  const book = "mine" as BookName;
  const embedded = await startEmbedded(join(desk.folder, ".offtake"));
  try {
    const database = await Database.open({ url: embedded.url });
    const [log, feeds] = [new PostgresStore(database), new PostgresFeedStore(database)];
    await log.createBook(book);
    const node = new BookNode({ store: log, book, hash: sha256, nonce: randomUUID });
    const header = { keeper: "lab", kind: "buyer", currency: "USD", zone: "UTC" } as never;
    await node.submit({ actor: "lab" as never, key: "k", body: { type: "openBook", header } });
    await new Projector({ log, feeds, book, hash: sha256 }).catchUp();
    const before = await feeds.getObject(book, "lab" as never, "books", "book");
    await database.pool.query("update feed_objects set status = 'damaged'");
    const env = { DATABASE_URL: embedded.url };
    expect(await desk.run(["rebuild", "mine"], { env })).toMatchObject({ code: 0, out: "mine: lab, 1 entry\n" });
    expect(await feeds.getObject(book, "lab" as never, "books", "book")).toEqual(before);
    expect(JSON.parse((await desk.run(["rebuild", "--json"], { env })).out)).toEqual({
      rebuilt: [{ book: "mine", party: "lab", entries: 1 }],
    });
    expect(await desk.run(["rebuild", "mina"], { env })).toMatchObject({
      code: 5,
      err: 'offtake: there is no book mina. Did you mean "mine"? [unknown_book]\n',
    });
    await database.close();
  } finally {
    await embedded.stop();
  }
});
