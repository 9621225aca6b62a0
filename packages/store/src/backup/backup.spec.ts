import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { PartyId } from "@offtake/core/kernel";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { record } from "../log/suite.fixture.ts";
import type { BookName } from "../log/record.ts";
import { PostgresStore } from "../postgres/postgres-store.ts";
import { embeddedServer, ordinaryPrograms, ordinaryServer, type TestServer } from "../postgres/servers.fixture.ts";
import { checkBackup, restoreBackup, writeBackup } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "offtake-backup-"));
const LAB = "lab" as PartyId;
const BOOK = "kept" as BookName;
let server: TestServer;
let store: PostgresStore;
let made = 0;

beforeAll(async () => {
  server = await embeddedServer();
  store = await PostgresStore.open({ url: server.url });
  await fill(store, BOOK, 40);
  await query(server.url, [
    "insert into file_contents (book, sha256, content) values ('kept', decode(repeat('ab', 32), 'hex'), '\\x00ff0a5c09')",
    `insert into files (book, reference, sha256, salt, owner, name, media_type, size)
     values ('kept', 'fil_1', decode(repeat('ab', 32), 'hex'), decode(repeat('01', 32), 'hex'), 'lab', E'a\\tb\\nc\\\\.é', 'text/plain', 5)`,
    "insert into logins (login, made_at) values ('log_1', 1)",
    "insert into members (book, party, person, login, name, roles, invited_at) values ('kept', 'lab', 'p1', 'log_1', 'Anna', '{admin,legal}', 1)",
    `insert into access_log (book, party, at, person, via, operation, outcome) select 'kept', 'lab', n, 'p1', 'key', 'feedRead', 'read'
     from generate_series(1, 7) n`,
  ]);
}, 120_000);

afterAll(async () => {
  await store.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function fill(into: PostgresStore, book: BookName, records: number): Promise<void> {
  await into.createBook(book);
  for (let n = 0; n < records; n += 1) {
    const turn = await into.takeTurn(book, n);
    await turn.append([record(turn, `k${n}`, { actor: LAB, body: `["line\\n\\t\\\\ é 漢 ${"x".repeat(n * 50)}"]` })]);
  }
}

async function query(url: string, texts: readonly string[]): Promise<unknown[][]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const found: unknown[][] = [];
    for (const text of texts) found.push((await client.query({ text, rowMode: "array" })).rows as unknown[]);
    return found;
  } finally {
    await client.end();
  }
}

/** An empty database beside the others on a server. */
async function newDatabase(base: string): Promise<string> {
  const name = `restored_${(made += 1)}`;
  await query(base, [`create database ${name}`]);
  const url = new URL(base);
  url.pathname = `/${name}`;
  return url.href;
}

async function backUp(name: string, url = server.url): Promise<string> {
  const file = join(folder, name);
  await writeBackup(url, createWriteStream(file));
  return file;
}

async function restoreInto(url: string, file: string): Promise<void> {
  await restoreBackup({ file, checked: await checkBackup(file), url });
}

const ALL = [
  "select * from log order by book, position",
  "select * from file_contents",
  "select * from files",
  "select * from members",
  "select * from access_log order by entry",
  "select version, name, checksum from migrations order by version",
];

test("gives back every row as it was, byte for byte, and counts on behind them", async () => {
  const file = await backUp("whole");
  const url = await newDatabase(server.url);
  await restoreInto(url, file);
  const [there, here] = [await query(url, ALL), await query(server.url, ALL)];
  expect(there).toEqual(here);
  expect(there.map((rows) => rows.length)).toEqual([40, 1, 1, 1, 7, here[5]?.length]);
  const [[entry]] = (await query(url, [
    "insert into access_log (book, party, at, person, via, operation, outcome) values ('kept', 'lab', 9, 'p1', 'key', 'feedRead', 'read') returning entry",
  ])) as [[[string]]];
  expect(entry).toEqual(["8"]);
  await expect(query(url, ["update log set body = ''"])).rejects.toThrow("append-only");
});

const programs = ordinaryPrograms();
test.skipIf(programs === undefined)("goes to another PostgreSQL and back", async () => {
  const ordinary = ordinaryServer(programs ?? "");
  try {
    const there = await newDatabase(ordinary.url);
    await restoreInto(there, await backUp("to-ordinary"));
    const back = await newDatabase(server.url);
    await restoreInto(back, await backUp("from-ordinary", there));
    expect(await query(back, ALL)).toEqual(await query(server.url, ALL));
  } finally {
    await ordinary.stop();
  }
});

test("is of one instant, however much is written meanwhile", async () => {
  const busy = "busy" as BookName;
  await store.createBook(busy);
  let isWriting = true;
  let written = 0;
  const writing = (async () => {
    while (isWriting) {
      const turn = await store.takeTurn(busy, written);
      await turn.append([record(turn, `b${written}`)]);
      written += 1;
    }
  })();
  await expect.poll(() => written).toBeGreaterThan(20);
  const file = await backUp("busy");
  isWriting = false;
  await writing;
  const content = await checkBackup(file);
  const saved = content.books.find(({ book }) => book === busy);
  const rows = gunzipSync(readFileSync(file))
    .toString()
    .split("\n")
    .filter((line) => line.startsWith("busy\t"));
  expect(saved?.length).toBeGreaterThan(0);
  expect(rows.filter((line) => /^busy\t\d+\t\d+/.test(line))).toHaveLength(saved?.length ?? -1);
  const url = await newDatabase(server.url);
  await restoreInto(url, file);
  const [[last]] = (await query(url, [
    "select position, encode(hash, 'hex') from log where book = 'busy' order by position desc limit 1",
  ])) as [[[string, string]]];
  expect(last).toEqual([String((saved?.length ?? 0) - 1), saved?.hash]);
});

describe("a backup that is not what was written", () => {
  let file: string;
  let url: string;
  beforeAll(async () => {
    file = await backUp("good");
    url = await newDatabase(server.url);
  });
  const nothingIsThere = async (): Promise<void> => {
    expect(await query(url, ["select tablename from pg_tables where schemaname = 'public'"])).toEqual([[]]);
  };
  const damaged = (bytes: Uint8Array): string => {
    const path = join(folder, "damaged");
    writeFileSync(path, bytes);
    return path;
  };

  test("is found out wherever it was changed or cut off, and nothing is restored", async () => {
    const good = readFileSync(file);
    for (let at = 12; at < good.length; at += Math.ceil(good.length / 60)) {
      const changed = Buffer.from(good);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      await expect(restoreInto(url, damaged(changed)), `byte ${at}`).rejects.toMatchObject({
        code: expect.stringMatching(/^backup_(damaged|unreadable)$/),
      });
      await expect(restoreInto(url, damaged(good.subarray(0, at))), `cut at ${at}`).rejects.toMatchObject({
        code: expect.stringMatching(/^backup_(damaged|unreadable)$/),
      });
    }
    await nothingIsThere();
  });

  test("is found out also where it was packed again", async () => {
    const text = gunzipSync(readFileSync(file)).toString();
    for (const changed of [
      text.replace("Anna", "Emma"),
      text.replace(/\nkept\t5\t.*/, ""),
      `${text}more\n`,
      text.replace('"rows":7', '"rows":6'),
    ]) {
      expect(changed).not.toBe(text);
      await expect(restoreInto(url, damaged(gzipSync(changed)))).rejects.toMatchObject({ code: "backup_damaged" });
    }
    await nothingIsThere();
  });

  test("is told apart from what never was one", async () => {
    await expect(checkBackup(damaged(Buffer.from("")))).rejects.toMatchObject({ code: "backup_damaged" });
    for (const bytes of [Buffer.from("hello"), gzipSync("{}\n"), gzipSync("x".repeat(1000))])
      await expect(checkBackup(damaged(bytes))).rejects.toMatchObject({ code: "backup_unreadable" });
  });

  test("of a newer program is refused, and one of other steps", async () => {
    const checked = await checkBackup(file);
    const newer = { ...checked, steps: [...checked.steps, { version: 999, name: "later", checksum: "x" }] };
    await expect(restoreBackup({ file, checked: newer, url })).rejects.toMatchObject({ code: "backup_newer" });
    const other = { ...checked, steps: checked.steps.map((step) => ({ ...step, checksum: "x" })) };
    await expect(restoreBackup({ file, checked: other, url })).rejects.toMatchObject({ code: "backup_schema" });
    await nothingIsThere();
  });

  test("is undone whole where what was restored is found unsound", async () => {
    const checked = await checkBackup(file);
    const verify = async (): Promise<void> => {
      throw new Error("unsound");
    };
    await expect(restoreBackup({ file, checked, url, verify })).rejects.toThrow("unsound");
    await nothingIsThere();
  });

  test("goes into no database in which there is something, and into one with empty tables", async () => {
    await expect(restoreInto(server.url, file)).rejects.toMatchObject({ code: "database_not_empty" });
    const empty = await PostgresStore.open({ url });
    await empty.close();
    await restoreInto(url, file);
    await expect(restoreInto(url, file)).rejects.toMatchObject({ code: "database_not_empty" });
  });
});
