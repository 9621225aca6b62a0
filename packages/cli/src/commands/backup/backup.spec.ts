import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BookNode } from "@offtake/server/books";
import { Projector } from "@offtake/server/feeds";
import { type EmbeddedDatabase, startEmbedded } from "@offtake/store/embedded";
import type { BookName } from "@offtake/store/log";
import { sha256 } from "@offtake/store/memory";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import { parseBook, worldCommands } from "@offtake/wire/book";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BOOK, Desk } from "../../cli.fixture.ts";

const desk = new Desk();
const book = "mine" as BookName;
let length = 0;
const feeds = new Map<string, number>();

let embedded: EmbeddedDatabase;
let made = 0;

/** The environment with an empty database of its own. */
async function newDatabase(): Promise<{ readonly DATABASE_URL: string }> {
  const name = `restored_${(made += 1)}`;
  await query(embedded.url, `create database ${name}`);
  const url = new URL(embedded.url);
  url.pathname = `/${name}`;
  return { DATABASE_URL: url.href };
}

async function query(url: string, text: string): Promise<void> {
  const database = await Database.open({ url });
  try {
    await database.pool.query(text);
  } finally {
    await database.close();
  }
}

beforeAll(async () => {
  embedded = await startEmbedded(join(desk.folder, ".offtake"));
  const database = await Database.open({ url: embedded.url });
  const [log, store] = [new PostgresStore(database), new PostgresFeedStore(database)];
  await log.createBook(book);
  const node = new BookNode({ store: log, book, hash: sha256, nonce: randomUUID });
  const world = parseBook({ name: "book.yaml", text: BOOK });
  if (!world.ok) throw new Error(JSON.stringify(world.problems));
  for (const [index, { actor, body }] of worldCommands(world.value).entries()) {
    const answer = await node.submit({ actor, body, key: `world ${index}` });
    if (answer.outcome !== "accepted") throw new Error(JSON.stringify(answer));
  }
  await node.takeSnapshot();
  await node.close();
  length = await new Projector({ log, feeds: store, book, hash: sha256 }).catchUp();
  for (const party of await store.parties(book)) feeds.set(party, (await store.head(book, party)).length);
  await database.close();
}, 120_000);
afterAll(async () => {
  await embedded.stop();
  desk.clear();
});

test("says where there are no data, no file, and no backup", async () => {
  expect(await desk.run(["backup", "x", "--data", "nothing"])).toMatchObject({
    code: 5,
    err: "offtake: there is no broker's data in nothing: name its folder with --data, or set DATABASE_URL. [no_data]\n",
  });
  expect(await desk.run(["restore", "nothing"])).toMatchObject({
    code: 5,
    err: "offtake: nothing: there is no such file. [file_unreadable]\n",
  });
  desk.write("book.yaml", BOOK);
  expect(await desk.run(["restore", "book.yaml", "--data", "new"])).toMatchObject({
    code: 7,
    err: "offtake: book.yaml: This is no backup of Offtake. Nothing was restored. [backup_unreadable]\n",
  });
  expect(existsSync(join(desk.folder, "new"))).toBe(false);
});

test("a backup of a broker that runs can be tried, restored and read on", async () => {
  const first = await desk.run(["backup", "one.backup", "--json"]);
  const told = JSON.parse(first.out) as { sha256: string; books: unknown[] };
  expect(first.code).toBe(0);
  expect(told).toMatchObject({ file: "one.backup", books: [{ book, length }] });
  expect(statSync(join(desk.folder, "one.backup")).mode & 0o777).toBe(0o600);
  expect((await desk.run(["backup", "one.backup"])).code).toBe(6);
  expect((await desk.run(["backup", "one.backup", "--force"])).out).toContain(`  mine  ${length} records\n`);
  const tried = JSON.parse((await desk.run(["restore", "one.backup", "--check", "--json"])).out);
  expect(tried).toMatchObject({ restored: false, books: [{ book, log: { length } }] });
  const env = await newDatabase();
  const restored = await desk.run(["restore", "one.backup", "--json"], { env });
  expect(restored.code).toBe(0);
  const { books } = JSON.parse(restored.out) as { books: { feeds: { party: string; length: number }[] }[] };
  expect(books).toEqual(tried.books);
  expect(books[0]?.feeds.map((feed) => [feed.party, feed.length])).toEqual([...feeds]);
  const again = await desk.run(["restore", "one.backup"], { env });
  expect([again.code, again.err]).toEqual([6, expect.stringContaining("A backup is restored into an empty one.")]);
  const next = JSON.parse((await desk.run(["backup", "two.backup", "--json"], { env })).out);
  expect(next.books).toEqual(told.books);
});

test.each([
  ["log", "update log set actor = 'alfa' where position = 3", "Book mine: record 3 does not follow (hash)"],
  ["feed", "update feeds set told = '[]' where party = 'alfa'", "the feed of alfa does not follow from entry 0 on"],
  ["state", "update snapshots set canonical = '{}'", "the state that was kept at"],
])("what was changed in a %s is found, and nothing is restored", async (name, change, words) => {
  const [from, to] = [await newDatabase(), await newDatabase()];
  await desk.run(["restore", "one.backup"], { env: from });
  const unlocked = "alter table log disable trigger user; alter table feeds disable trigger user";
  await query(from.DATABASE_URL, `${unlocked}; ${change}`);
  expect((await desk.run(["backup", `${name}.backup`], { env: from })).code).toBe(0);
  const { code, err } = await desk.run(["restore", `${name}.backup`], { env: to });
  expect([code, err]).toEqual([7, expect.stringContaining(words)]);
  expect(err).toContain("Nothing was restored. [backup_unsound]");
  // It is as empty as it was.
  expect((await desk.run(["restore", "one.backup"], { env: to })).code).toBe(0);
});

test("a file that was changed on its way is told, with what it did not do", async () => {
  const bytes = readFileSync(join(desk.folder, "one.backup"));
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(join(desk.folder, "bad.backup"), bytes);
  expect(await desk.run(["restore", "bad.backup", "--check"])).toMatchObject({
    code: 7,
    err: "offtake: bad.backup: The backup is not what was written: it is cut off or changed. Nothing was restored. [backup_damaged]\n",
  });
});

test("a whole book can be taken away and imported where there is none of its name", async () => {
  const written = await desk.run(["export", "all", "mine", "--json"]);
  expect([written.code, written.err]).toEqual([0, ""]);
  expect(JSON.parse(written.out)).toMatchObject({ file: "mine.ndjson.gz", records: length, withheld: 0 });
  expect((await desk.run(["export", "all", "mine"])).code).toBe(6);
  const env = await newDatabase();
  const imported = await desk.run(["import", "all", "mine.ndjson.gz"], { env });
  expect([imported.code, imported.err]).toEqual([0, ""]);
  expect(imported.out).toContain(`${length} records`);
  const [here, there] = [
    await desk.run(["export", "all", "mine", "-"]),
    await desk.run(["export", "all", "mine", "-"], { env }),
  ];
  const bodyOf = (text: string): string[] => text.split("\n").slice(1, -2);
  expect(bodyOf(there.out)).toEqual(bodyOf(here.out));
  expect(bodyOf(here.out).length).toBeGreaterThan(length);
  expect(await desk.run(["import", "all", "mine.ndjson.gz"], { env })).toMatchObject({
    code: 6,
    err: expect.stringContaining("There is a book mine already."),
  });
  const bytes = readFileSync(join(desk.folder, "mine.ndjson.gz"));
  writeFileSync(join(desk.folder, "cut.ndjson.gz"), bytes.subarray(0, bytes.length - 9));
  expect(await desk.run(["import", "all", "cut.ndjson.gz"], { env: await newDatabase() })).toMatchObject({
    code: 7,
    err: "offtake: cut.ndjson.gz: The file is cut off or changed. Nothing was imported. [export_damaged]\n",
  });
  expect((await desk.run(["export", "all", "yours"])).err).toBe("offtake: There is no book yours. [unknown_book]\n");
});
