import { Client, Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { BookName } from "../log/record.ts";
import { OutcomeUnknown } from "../log/store.ts";
import { behavesAsLogStore, newBook, record } from "../log/suite.fixture.ts";
import { append } from "./append.ts";
import { Database } from "./database.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { schemaOf } from "./introspect.fixture.ts";
import { PostgresStore } from "./postgres-store.ts";
import { embeddedServer, ordinaryPrograms, ordinaryServer, type TestServer } from "./servers.fixture.ts";
import { inTransaction } from "./transaction.ts";

let server: TestServer;
let store: PostgresStore;
const extra: PostgresStore[] = [];

async function open(options: { readonly queueHeldMs?: number } = {}): Promise<PostgresStore> {
  const opened = await PostgresStore.open({ url: server.url, ...options });
  extra.push(opened);
  return opened;
}

async function sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  server = await embeddedServer();
  store = await PostgresStore.open({ url: server.url });
}, 120_000);

afterAll(async () => {
  for (const opened of extra) await opened.close();
  await store.close();
  await server.stop();
});

behavesAsLogStore("embedded PostgreSQL", async () => ({
  store: await PostgresStore.open({ url: server.url }),
  another: open,
}));

const programs = ordinaryPrograms();
describe.skipIf(programs === undefined)("an ordinary server, with the programs of this machine", () => {
  let ordinary: TestServer;
  beforeAll(() => {
    ordinary = ordinaryServer(programs ?? "");
  }, 120_000);
  afterAll(() => ordinary.stop());
  const openThere = () => PostgresStore.open({ url: ordinary.url });
  behavesAsLogStore("ordinary PostgreSQL", async () => ({ store: await openThere(), another: openThere }));

  test("has the schema that was agreed on", async () => {
    const there = await openThere();
    await there.close();
    await expect(await schemaAt(ordinary.url)).toMatchFileSnapshot("schema.golden.txt");
  });
});

async function schemaAt(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await schemaOf(client);
  } finally {
    await client.end();
  }
}

describe("the schema", () => {
  test("is the one that was agreed on", async () => {
    await expect(await schemaAt(server.url)).toMatchFileSnapshot("schema.golden.txt");
  });

  test("is made once, also by nodes that start at once", async () => {
    await Promise.all(Array.from({ length: 4 }, () => open()));
    expect(await sql("select version, name from migrations order by version")).toEqual(
      MIGRATIONS.map(({ version, name }) => ({ version, name })),
    );
  });

  test("of a newer program is refused", async () => {
    await sql("insert into migrations (version, name, checksum) values (999, 'later', 'x')");
    await expect(open()).rejects.toMatchObject({ code: "schema_newer" });
    await sql("delete from migrations where version = 999");
  });

  test("made by another text is refused", async () => {
    const [row] = await sql<{ checksum: string }>("select checksum from migrations where version = 1");
    await sql("update migrations set checksum = 'x' where version = 1");
    await expect(open()).rejects.toMatchObject({ code: "schema_differs" });
    await sql("update migrations set checksum = $1 where version = 1", [row?.checksum]);
    await open();
  });
});

describe("the log", () => {
  test("cannot be changed, not even by its owner", async () => {
    const book = await newBook(store);
    const turn = await store.takeTurn(book, 0);
    await turn.append([record(turn, "a")]);
    for (const text of ["update log set body = ''", "delete from log", "truncate log"])
      await expect(sql(text)).rejects.toThrow("append-only");
  });

  test("does not take a batch that slept longer than the bound", async () => {
    const book = await newBook(store);
    const turn = await store.takeTurn(book, 0);
    const slept = { ...turn.tail, stamp: (turn.tail.stamp - 60_000) as typeof turn.tail.stamp };
    const pool = new Pool({ connectionString: server.url });
    expect(await append(pool, book, slept, [record(turn, "late")])).toEqual({ outcome: "too_late" });
    await pool.end();
    expect(await store.read(book, 0, 10)).toEqual([]);
  });
});

describe("the queue of a book", () => {
  test("is free again when whoever holds it hangs; the late append is refused", async () => {
    const hanging = await open({ queueHeldMs: 200 });
    const book = await newBook(store);
    const turn = await hanging.takeTurn(book, 0, { queued: true });
    const begun = performance.now();
    const next = await store.takeTurn(book, 0, { queued: true });
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect((await next.append([record(next, "next")])).outcome).toBe("appended");
    await expect(turn.append([record(turn, "late")])).rejects.toThrow(/idle-in-transaction|terminated|not queryable/);
    expect((await store.read(book, 0, 10)).map(({ key }) => key)).toEqual(["next"]);
    // The store that hung goes on.
    await (await hanging.takeTurn(book, 0, { queued: true })).release();
  });

  test("is free again at once when the connection of whoever holds it is killed", async () => {
    const killed = await open();
    const book = await newBook(store);
    const turn = await killed.takeTurn(book, 0, { queued: true });
    await sql("select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction'");
    await (await store.takeTurn(book, 0, { queued: true })).release();
    await expect(turn.append([record(turn, "a")])).rejects.toThrow(/administrator|terminated|not queryable/);
    await turn.release().catch(() => {});
    expect(await killed.read(book, 0, 10)).toEqual([]);
  });
});

test("an append whose connection is lost on the way is of unknown outcome, and its key tells", async () => {
  const book = await newBook(store);
  const cut = await PostgresStore.open({ url: server.url, connections: 1 });
  const turn = await cut.takeTurn(book, 0);
  // A lock that the append waits for, so that the connection is lost while it is on its way.
  const blocker = new Client({ connectionString: server.url });
  await blocker.connect();
  await blocker.query("begin; lock table log in exclusive mode");
  const appending = turn.append([record(turn, "k")]).then(
    () => "appended",
    (error: unknown) => error,
  );
  await expect
    .poll(() => sql("select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into log%'"))
    .toHaveLength(1);
  await sql("select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'");
  expect(await appending).toBeInstanceOf(OutcomeUnknown);
  await blocker.query("rollback");
  await blocker.end();
  expect(await cut.findKey(book, "k")).toBeUndefined();
  await cut.close();
});

describe("a server that may lose what it acknowledged", () => {
  test("is refused unless told", async () => {
    await sql("alter system set fsync = off");
    await sql("select pg_reload_conf()");
    await expect.poll(() => sql("show fsync")).toEqual([{ fsync: "off" }]);
    await expect(open()).rejects.toMatchObject({ code: "unsafe_database" });
    const told = await PostgresStore.open({ url: server.url, allowUnsafe: true });
    expect(await told.books()).toBeInstanceOf(Array);
    await told.close();
    await sql("alter system reset fsync");
    await sql("select pg_reload_conf()");
    await expect.poll(() => sql("show fsync")).toEqual([{ fsync: "on" }]);
  });
});

test("a node finds out whether it hears what the database tells", async () => {
  const database = await Database.open({ url: server.url });
  expect(await database.hears()).toBe(true);
  // Through a pooler the ear is on a connection that others use as well: nothing comes of it.
  vi.spyOn(database, "listen").mockResolvedValue(() => Promise.resolve());
  expect(await database.hears(50)).toBe(false);
  await database.close();
});

test("a book's name is checked by the database as well", async () => {
  await expect(store.createBook("No Name" as BookName)).rejects.toThrow("books_book_check");
});

test("a transaction whose connection the database ends while nothing is asked fails, and takes nothing else down", async () => {
  const pool = new Pool({ connectionString: server.url, max: 1 });
  try {
    const ended = inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
      const isGone = new Promise((resolve) => client.once("end", resolve));
      await sql("select pg_terminate_backend($1)", [rows[0]?.pid]);
      await isGone;
      return (await client.query("select 1")).rowCount;
    });
    await expect(ended).rejects.toThrow(/not queryable|terminat/i);
    expect(await inTransaction(pool, async (client) => (await client.query("select 1")).rowCount)).toBe(1);
  } finally {
    await pool.end();
  }
});

test("tables that have grown are looked at, so that the database plans by what is in them, and those that have not are left", async () => {
  const database = await Database.open({ url: server.url });
  const known = async (): Promise<number> =>
    (
      await sql<{ rows: number }>(
        "select reltuples::integer as rows from pg_class where oid = 'feed_objects'::regclass",
      )
    )[0]?.rows ?? 0;
  // The database's own look would come in between now and then.
  await sql("alter table feed_objects set (autovacuum_enabled = false)");
  try {
    await sql(
      `insert into feed_objects (book, party, kind, id, status, created, version, updated_at, body)
       select 'grown', 'lab', 'requests', 'q' || n, 'open', n, n, n, '{}' from generate_series(1, 3000) n`,
    );
    // What a connection counts is seen by others once it has ended.
    await vi.waitFor(async () => expect(await database.analyzeGrown()).toContain("feed_objects"), { timeout: 20_000 });
    expect(await known()).toBeGreaterThanOrEqual(3_000);
    await sql("update feed_objects set status = 'closed' where book = 'grown' and created <= 1200");
    await vi.waitFor(
      async () => {
        const [row] = await sql<{ n: string }>(
          "select n_mod_since_analyze as n from pg_stat_user_tables where relname = 'feed_objects'",
        );
        expect(Number(row?.n)).toBeGreaterThanOrEqual(1_200);
      },
      { timeout: 20_000 },
    );
    expect(await database.analyzeGrown()).not.toContain("feed_objects");
  } finally {
    await sql("delete from feed_objects where book = 'grown'");
    await sql("alter table feed_objects reset (autovacuum_enabled)");
    await database.close();
  }
});
