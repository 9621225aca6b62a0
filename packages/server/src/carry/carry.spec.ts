import { createHash } from "node:crypto";
import type { NoticeId, PartyId } from "@offtake/core/kernel";
import { exportFeed, FeedVerifier } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { sha256 } from "@offtake/store/memory";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBook, projector, sendRequests } from "../feeds/feeds.fixture.ts";
import { Books } from "../books/index.ts";
import { Feeds } from "../feeds/index.ts";
import { FileStore } from "../files/index.ts";
import { Keeping, TextStore } from "../texts/index.ts";
import { submitRequest } from "../books/world.fixture.ts";
import { ownDatabase } from "../outbox/database.fixture.ts";
import { type CarriedLine, exportBook, exportParty, importBook } from "./index.ts";

const server = ownDatabase();
const BOOK = "carried" as BookName;
const [LAB, MERIDIAN] = ["lab" as PartyId, "meridian" as PartyId];
const opened: Database[] = [];
let lines: string[] = [];
let made = 0;
let own: string;
let theirs: string;
let shared: string;

async function another(): Promise<{ readonly url: string; readonly database: Database }> {
  const name = `carried_${(made += 1)}`;
  await server.get().pool.query(`create database ${name}`);
  const url = new URL(server.url());
  url.pathname = `/${name}`;
  const database = await Database.open({ url: url.href });
  opened.push(database);
  return { url: url.href, database };
}

const each = async function* (all: readonly string[]): AsyncGenerator<string> {
  yield* all;
};

async function exported(url: string, owner?: PartyId): Promise<string[]> {
  const found: string[] = [];
  for await (const line of exportBook(url, BOOK, owner === undefined ? {} : { owner })) found.push(line);
  return found;
}

async function feedBytes(database: Database): Promise<string[]> {
  const feeds = new PostgresFeedStore(database);
  const all: string[] = [];
  for (const party of await feeds.parties(BOOK))
    for await (const line of exportFeed(feeds, BOOK, party)) all.push(line);
  return all;
}

async function objectBytes({ pool }: Database): Promise<unknown[]> {
  return (await pool.query("select * from feed_objects order by book, party, kind, id")).rows as unknown[];
}

beforeAll(async () => {
  const database = server.get();
  const [log, feeds] = [new PostgresStore(database), new PostgresFeedStore(database)];
  const node = await openBook(log, BOOK);
  await sendRequests(node, 0, 6);
  await node.close();
  await projector(log, feeds, BOOK).catchUp();
  const files = new FileStore(database);
  const file = { mediaType: "text/plain", name: "a.txt", bytes: Buffer.from([1, 2, 0, 255]) };
  own = (await files.add(BOOK, { ...file, owner: LAB, privileged: true })).reference;
  theirs = (await files.add(BOOK, { ...file, owner: MERIDIAN, privileged: true, bytes: Buffer.from("theirs") }))
    .reference;
  shared = (await files.add(BOOK, { ...file, owner: MERIDIAN, readers: [LAB], bytes: Buffer.from("shared") }))
    .reference;
  const texts = new TextStore(database.pool, new Keeping(database.pool));
  await texts.hide(BOOK, { type: "ratifyAnswer", notice: "ntc_1" as NoticeId, signer: "Ada Park" }, LAB);
  lines = await exported(server.url());
}, 120_000);

afterAll(async () => {
  for (const one of opened) await one.close();
});

describe("a whole book, taken away", () => {
  test("gives the same log, feeds, views and files in an empty database, byte for byte", async () => {
    const { url, database } = await another();
    const imported = await importBook(url, each(lines));
    expect(imported).toMatchObject({ book: BOOK, keeper: LAB, withheld: 1 });
    expect(await feedBytes(database)).toEqual(await feedBytes(server.get()));
    expect(await objectBytes(database)).toEqual(await objectBytes(server.get()));
    const rows = "select * from log order by position";
    expect((await database.pool.query(rows)).rows).toEqual((await server.get().pool.query(rows)).rows);
    // Once more out of there: the same lines, but for the instant.
    const again = await exported(url);
    expect(again.slice(1, -1)).toEqual(lines.slice(1, -1));
    expect(again[0]?.replace(/"madeAt":"[^"]+"/, "")).toBe(lines[0]?.replace(/"madeAt":"[^"]+"/, ""));
  });

  test("goes on where it comes to: it decides and tells", async () => {
    const { url, database } = await another();
    await importBook(url, each(lines));
    const [log, store] = [new PostgresStore(database), new PostgresFeedStore(database)];
    const books = await Books.open({ store: log, hash: sha256, nonce: () => "n" });
    const feeds = await Feeds.start({ log, feeds: store, hash: sha256 });
    const node = await books.get(BOOK);
    const answer = await node?.submit({ actor: LAB, body: submitRequest("after", 40), key: "after" });
    expect(answer?.outcome).toBe("accepted");
    if (answer?.outcome === "accepted") await feeds.waitFor(BOOK, answer.position);
    expect(await store.getObject(BOOK, LAB, "requests", "after")).toMatchObject({ kind: "requests" });
    await feeds.close();
    await books.close();
  });

  test("holds privileged files of its owner, and nothing of those of others", async () => {
    const { url, database } = await another();
    await importBook(url, each(lines));
    const files = new FileStore(database);
    expect(await files.content(BOOK, LAB, own)).toEqual(Buffer.from([1, 2, 0, 255]));
    expect(await files.content(BOOK, LAB, shared)).toEqual(Buffer.from("shared"));
    expect(await files.find(BOOK, MERIDIAN, theirs)).toBeUndefined();
    const text = lines.join("\n");
    for (const secret of [theirs, Buffer.from("theirs").toString("base64"), sha256("theirs")])
      expect(text).not.toContain(secret);
    const forTheirs = (await exported(server.url(), MERIDIAN)).join("\n");
    expect(forTheirs).toContain(theirs);
    expect(forTheirs).not.toContain(own);
  });

  test("says what happened, in words that need no program of ours", () => {
    const parsed = lines.map((line) => JSON.parse(line) as CarriedLine);
    const types = parsed.flatMap((line) => ("record" in line ? line.events : [])) as { type: string }[];
    expect(types.filter(({ type }) => type === "requestSubmitted")).toHaveLength(6);
    expect(parsed.filter((line) => "agreement" in line)).toHaveLength(1);
    expect(parsed.flatMap((line) => ("receipt" in line ? line.receipt.party : []))).toEqual([
      LAB,
      MERIDIAN,
      "northlight",
    ]);
  });

  test("sends nothing again that was sent where it comes from", async () => {
    const { url, database } = await another();
    await importBook(url, each(lines));
    const { rows } = await database.pool.query<{ party: string; told_to: string }>(
      "select party, told_to from feed_followers where book = $1 order by party",
      [BOOK],
    );
    const feeds = new PostgresFeedStore(database);
    expect(rows.map(({ party }) => party)).toEqual([LAB, MERIDIAN, "northlight"]);
    for (const { party, told_to } of rows)
      expect(Number(told_to)).toBe((await feeds.head(BOOK, party as PartyId)).length);
  });

  test("is refused, and nothing is kept, wherever it was changed", async () => {
    const { url, database } = await another();
    const at = (start: string): number => lines.findIndex((line) => line.startsWith(`{"${start}":`));
    /** With an end that fits, as whoever forges one would write it. */
    const forged = (index: number, change: (line: string) => string): string[] => {
      const changed = lines.slice(0, -1).map((line, n) => (n === index ? change(line) : line));
      expect(changed[index]).not.toBe(lines[index]);
      const sum = createHash("sha256")
        .update(`${changed.join("\n")}\n`)
        .digest("hex");
      return [...changed, lines.at(-1)?.replace(/"sha256":"[^"]+"/, `"sha256":"${sum}"`) ?? ""];
    };
    const refused = async (all: readonly string[], code: string): Promise<void> => {
      await expect(importBook(url, each(all))).rejects.toMatchObject({ code });
    };
    await refused([], "export_unreadable");
    await refused(["hello"], "export_unreadable");
    await refused(lines.slice(0, -1), "export_damaged");
    await refused(lines.toSpliced(5, 1), "export_damaged");
    await refused([...lines, lines[3] ?? ""], "export_damaged");
    await refused(lines.toSpliced(4, 1, "{"), "export_damaged");
    await refused(
      forged(at("record") + 4, (line) => line.replace('"actor":"lab"', '"actor":"meridian"')),
      "export_unsound",
    );
    await refused(
      forged(
        lines.findIndex((line) => line.includes('"requestSubmitted"')),
        (line) => line.replace('"count":96', '"count":97'),
      ),
      "export_unsound",
    );
    await refused(
      forged(at("telling"), (line) => line.replace(/"told":.*/, '"told":[]}')),
      "export_unsound",
    );
    await refused(
      forged(0, (line) => line.replace(/"views":"\w+"/, `"views":"${"0".repeat(64)}"`)),
      "export_unsound",
    );
    await refused(
      forged(at("row"), (line) => line.replace(/"content": ?"[^"]*"/, '"content":"AAAA"')),
      "export_unsound",
    );
    await refused(
      forged(
        lines.findIndex((line) => line.includes('"row":"texts"')),
        (line) => line.replace("Ada Park", "Eve Park"),
      ),
      "export_unsound",
    );
    await refused(
      forged(0, (line) => line.replace('"book":"carried"', '"book":"another"')),
      "export_damaged",
    );
    for (const table of ["books", "log", "feeds", "feed_progress", "files", "file_contents", "feed_followers"])
      expect((await database.pool.query(`select 1 from ${table}`)).rowCount).toBe(0);
    await importBook(url, each(lines));
    await refused(lines, "book_is_there");
  });
});

describe("what one party has of a book", () => {
  const taken = async (party: PartyId): Promise<Record<string, unknown>[]> => {
    const found: Record<string, unknown>[] = [];
    const database = server.get();
    for await (const line of exportParty(
      new PostgresFeedStore(database),
      new FileStore(database),
      undefined,
      BOOK,
      party,
    ))
      found.push(JSON.parse(line) as Record<string, unknown>);
    return found;
  };

  test("is its own feed, which can be verified, its view, its files and its receipt", async () => {
    const all = await taken(MERIDIAN);
    const entries = all.flatMap((line) => ("entry" in line ? [line["entry"]] : []));
    const receipt = all.flatMap((line) => ("receipt" in line ? [line["receipt"]] : []))[0];
    const verifier = new FeedVerifier(sha256, [receipt as never]);
    verifier.take(JSON.stringify({ schema: "offtake/feed@1", book: BOOK, party: MERIDIAN }));
    for (const entry of entries) verifier.take(JSON.stringify(entry));
    expect(verifier.end()).toMatchObject({ receipts: 1, problems: [], head: { length: entries.length } });
    expect(all.at(-1)).toMatchObject({ end: { entries: entries.length, files: 2 } });
    const files = all.flatMap((line) => ("file" in line ? [line] : []));
    expect(files.map(({ content }) => Buffer.from(String(content), "base64").toString())).toEqual(["theirs", "shared"]);
  });

  test("holds no file, no entry and no name of a rival's", async () => {
    const text = JSON.stringify(await taken("northlight" as PartyId));
    for (const secret of [own, theirs, shared, "meridian", "takes-what-it-can"]) expect(text).not.toContain(secret);
    const lab = JSON.stringify(await taken(LAB));
    expect(lab).toContain(own);
    expect(lab).toContain(shared);
    expect(lab).not.toContain(theirs);
  });

  test("cannot be imported as a whole book", async () => {
    const all = (await taken(LAB)).map((line) => JSON.stringify(line));
    await expect(importBook(server.url(), each(all))).rejects.toMatchObject({ code: "export_unreadable" });
  });
});
