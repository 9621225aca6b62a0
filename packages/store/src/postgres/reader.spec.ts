import type { PartyId } from "@offtake/core/kernel";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BookName } from "../log/record.ts";
import { Database } from "./database.ts";
import { PostgresFeedStore } from "./postgres-feeds.ts";
import { READER } from "./reader.ts";
import { embeddedServer, ordinaryPrograms, ordinaryServer, type TestServer } from "./servers.fixture.ts";

const BOOK = "ruled" as BookName;
const [LAB, RIVAL] = ["lab" as PartyId, "rival" as PartyId];

async function sql<Row extends object = object>(url: string, ...texts: string[]): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const text of texts) ({ rows } = await client.query<Row>(text));
    return rows;
  } finally {
    await client.end();
  }
}

function withUser(url: string, user: string, database?: string): string {
  const changed = new URL(url);
  changed.searchParams.set("user", user);
  if (database !== undefined) changed.pathname = `/${database}`;
  return changed.href;
}

const HASH = `decode(repeat('0', 64), 'hex')`;
const ROWS = [
  `insert into books (book) values ('${BOOK}')`,
  `insert into log (book, position, at, key, fingerprint, actor, type, took, body, hash)
   select '${BOOK}', n, 1, 'k' || n, 'f', 'lab', 't', true, 'body ' || n, ${HASH} from generate_series(0, 3) n`,
  // Record 0 is quoted to the lab, 1 to its rival, 2 told to the lab in other words, 3 told to nobody.
  `insert into feeds (book, party, position, count, record, disclosed_by, quotes, told, hash) values
   ('${BOOK}', 'lab', 0, 1, 0, 1, true, '[0]', ${HASH}), ('${BOOK}', 'lab', 1, 1, 2, 1, false, '["x"]', ${HASH}),
   ('${BOOK}', 'rival', 0, 1, 1, 1, true, '[0]', ${HASH})`,
  `insert into feed_objects (book, party, kind, id, status, created, version, updated_at, body)
   select '${BOOK}', p, 'bids', p || n, 'open', 0, n, 1, '"' || p || ' secret"'
   from unnest(array['lab', 'rival']) p cross join generate_series(1, 3) n`,
  `insert into file_contents (book, sha256, content) select '${BOOK}', decode(repeat(c, 32), 'hex'), c::bytea
   from unnest(array['aa', 'bb', 'cc']) c`,
  `insert into files (book, reference, sha256, salt, owner, readers, media_type, size, privileged) values
   ('${BOOK}', 'fil_own', decode(repeat('aa', 32), 'hex'), '\\x01', 'lab', '{}', 'text/plain', 1, true),
   ('${BOOK}', 'fil_shared', decode(repeat('bb', 32), 'hex'), '\\x01', 'rival', '{lab}', 'text/plain', 1, false),
   ('${BOOK}', 'fil_theirs', decode(repeat('cc', 32), 'hex'), '\\x01', 'rival', '{}', 'text/plain', 1, false)`,
  `insert into deliveries (id, book, party, kind, endpoint, key, body)
   select 'dlv_' || p, '${BOOK}', p, 'webhook', 'e', p, '{}' from unnest(array['lab', 'rival']) p`,
  `insert into delivery_attempts (delivery, number, outcome, detail) values ('dlv_lab', 1, 'sent', 'to lab'), ('dlv_rival', 1, 'sent', 'to rival')`,
  `insert into webhooks (book, id, party, url, types, keys) select '${BOOK}', 'whe_' || p, p, 'u', '{}', 'keys of ' || p
   from unnest(array['lab', 'rival']) p`,
  `insert into chat_channels (book, id, party, kind, url) select '${BOOK}', 'cht_' || p, p, 'slack', 'secret of ' || p
   from unnest(array['lab', 'rival']) p`,
  // The lab keeps the book: tasks of all providers are its to see.
  `insert into provider_tasks (book, id, party, award, line, body, keeper) values
   ('${BOOK}', 'tsk_own', 'lab', 'a', 0, '{}', 'lab'), ('${BOOK}', 'tsk_rival', 'rival', 'a', 1, '{}', 'lab')`,
];

/** Statements of somebody who forgot to say whose rows. */
const FORGETFUL = {
  feeds: "select party || position as x from feeds order by 1",
  objects: "select body as x from feed_objects",
  log: "select body as x from log order by 1",
  files: "select reference as x from files order by 1",
  contents: "select convert_from(content, 'UTF8') as x from file_contents order by 1",
  deliveries: "select id as x from deliveries",
  attempts: "select detail as x from delivery_attempts",
  webhooks: "select keys as x from webhooks",
  chats: "select id as x from chat_channels",
  tasks: "select id as x from provider_tasks order by 1",
} as const;

async function seen(database: Database, book: BookName, party: PartyId): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [name, text] of Object.entries(FORGETFUL)) {
    const { rows } = await database.reader.query<{ x: string }>(book, party, { text });
    found[name] = rows.map(({ x }) => x);
  }
  return found;
}

const NOTHING = Object.fromEntries(Object.keys(FORGETFUL).map((name) => [name, []]));

function holdsReaders(name: string, server: () => TestServer): void {
  async function userWith(role: string, rights: string): Promise<string> {
    await sql(server().url, `create role ${role} login ${rights}`, `create database ${role} owner ${role}`);
    return withUser(server().url, role, role);
  }

  // First, while there is no such role on the server: whoever makes it may use it.
  describe(`${name}: a user of the database`, () => {
    test("that may make roles is held to them", async () => {
      const database = await Database.open({ url: await userWith("may_make_roles", "createrole") });
      expect(database.reader.unheld).toBeUndefined();
      const { rows } = await database.reader.query(BOOK, LAB, { text: "select current_user as is" });
      expect(rows).toEqual([{ is: READER }]);
      await database.close();
    });
  });

  describe(`${name}: a statement that forgot whose rows it wants`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await Database.open({ url: server().url, connections: 2 });
      await sql(server().url, ...ROWS);
    });
    afterAll(() => database.close());

    test("is shown the rows of the party that it reads for, and the records that they quote", async () => {
      expect(database.reader.unheld).toBeUndefined();
      expect(await seen(database, BOOK, LAB)).toEqual({
        feeds: ["lab0", "lab1"],
        objects: Array.from({ length: 3 }, () => '"lab secret"'),
        log: ["body 0"],
        files: ["fil_own", "fil_shared"],
        contents: ["aa", "bb"],
        deliveries: ["dlv_lab"],
        attempts: ["to lab"],
        webhooks: ["keys of lab"],
        chats: ["cht_lab"],
        tasks: ["tsk_own", "tsk_rival"],
      });
      expect(await seen(database, BOOK, RIVAL)).toMatchObject({
        log: ["body 1"],
        files: ["fil_shared", "fil_theirs"],
        attempts: ["to rival"],
        tasks: ["tsk_rival"],
      });
    });

    test("is shown nothing of another book, for nobody, or for a name that is like one", async () => {
      expect(await seen(database, "other" as BookName, LAB)).toEqual(NOTHING);
      expect(await seen(database, BOOK, "" as PartyId)).toEqual(NOTHING);
      for (const name of ["Lab", "lab ", "%", "lab' or '1'='1", "lab\nrival"])
        expect(await seen(database, BOOK, name as PartyId)).toEqual(NOTHING);
    });

    test("is shown each party its own, however many read at once on few connections", async () => {
      const reads = Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? LAB : RIVAL));
      const found = await Promise.all(
        reads.map((party) =>
          database.reader.query<{ party: string }>(BOOK, party, { text: "select party from feeds" }),
        ),
      );
      expect(found.map(({ rows }) => new Set(rows.map(({ party }) => party)))).toEqual(
        reads.map((party) => new Set([party])),
      );
    });

    test("reads no other table, changes nothing, and does not get out of its role", async () => {
      const refused = (text: string): Promise<unknown> => database.reader.query(BOOK, LAB, { text });
      for (const table of ["members", "api_keys", "book_secrets", "snapshots", "sessions", "texts", "notice_links"])
        await expect(refused(`select * from ${table}`)).rejects.toThrow("permission denied");
      await expect(refused("select actor from log")).rejects.toThrow("permission denied");
      await expect(refused("select url from chat_channels")).rejects.toThrow("permission denied");
      await expect(refused("delete from feed_objects")).rejects.toThrow(/read-only|permission denied/);
      await expect(refused("select missing from feeds")).rejects.toThrow("missing");
      // A statement that failed leaves no connection behind that shows more.
      expect((await seen(database, BOOK, LAB))["feeds"]).toEqual(["lab0", "lab1"]);
    });

    test("does not hold up whoever owns the tables", async () => {
      expect((await database.pool.query("select 1 from feeds")).rowCount).toBe(3);
      expect(await new PostgresFeedStore(database).parties(BOOK)).toEqual([LAB, RIVAL]);
    });

    test("every table with rows of a party has rules", async () => {
      const { rows } = await database.pool.query(
        `select c.relname from pg_attribute a join pg_class c on c.oid = a.attrelid
         where a.attname in ('party', 'owner', 'secret') and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
           and not c.relrowsecurity`,
      );
      expect(rows).toEqual([]);
    });
  });

  describe(`${name}: a user of the database without all rights`, () => {
    test("that was given the role needs no other right", async () => {
      const url = await userWith("was_given_it", "");
      await sql(server().url, `grant ${READER} to was_given_it`);
      const database = await Database.open({ url });
      expect(database.reader.unheld).toBeUndefined();
      await database.close();
    });

    test("that may do neither reads on by its statements, and that is told", async () => {
      const database = await Database.open({ url: await userWith("may_do_neither", "") });
      expect(database.reader.unheld).toMatch(/permission denied|must have admin option|may not act/);
      const feeds = new PostgresFeedStore(database);
      expect(await feeds.readFeed(BOOK, LAB, 0, 10)).toEqual([]);
      await database.close();
    });

    test("that does not own the tables is refused, since it would see nothing", async () => {
      const url = await userWith("owns_nothing", "");
      await (await Database.open({ url })).close();
      await sql(
        withUser(url, new URL(server().url).searchParams.get("user") ?? "", "owns_nothing"),
        "create role guest login",
        "grant all on all tables in schema public to guest",
        "grant create on schema public to guest",
      );
      await expect(Database.open({ url: withUser(url, "guest") })).rejects.toThrow("The tables belong to owns_nothing");
    });
  });
}

describe("readers", () => {
  let embedded: TestServer;
  beforeAll(async () => {
    embedded = await embeddedServer();
  }, 120_000);
  afterAll(() => embedded.stop());
  holdsReaders("embedded PostgreSQL", () => embedded);
});

const programs = ordinaryPrograms();
describe.skipIf(programs === undefined)("readers of an ordinary server", () => {
  let ordinary: TestServer;
  beforeAll(() => {
    ordinary = ordinaryServer(programs ?? "");
  }, 120_000);
  afterAll(() => ordinary.stop());
  holdsReaders("ordinary PostgreSQL", () => ordinary);
});
