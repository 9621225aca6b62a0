import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "@offtake/core/book";
import type { Instant, PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { afterAll, describe, expect, test } from "vitest";
import { smallWorld } from "../books/world.fixture.ts";
import { type Broker, type BrokerOptions, newLog, startBroker } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "offtake-broker-"));
const running: Broker[] = [];
afterAll(async () => {
  for (const broker of running) await broker.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(more: Partial<BrokerOptions> = {}): Promise<Broker> {
  const broker = await startBroker({
    data: { folder },
    listen: { host: "127.0.0.1", port: 0 },
    log: newLog("silent"),
    ...more,
  });
  running.push(broker);
  return broker;
}

/** A server that says one thing to everybody, as the protocol has it. */
async function saysOnly(code: string, message: string): Promise<{ readonly url: string; readonly server: Server }> {
  const fields = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.from("E\0\0\0\0");
  head.writeInt32BE(fields.length + 4, 1);
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(Buffer.concat([head, fields])));
  });
  await new Promise<void>((go) => server.listen(0, "127.0.0.1", go));
  return { url: `postgresql://offtake@127.0.0.1:${(server.address() as AddressInfo).port}/offtake`, server };
}

describe("a broker on a database of somebody else's", () => {
  test("says that there is a pooler where it meets one", async () => {
    const { url, server } = await saysOnly(
      "08P01",
      "unsupported startup parameter: idle_in_transaction_session_timeout",
    );
    await expect(start({ data: { url } })).rejects.toMatchObject({
      code: "database_unreachable",
      message: expect.stringContaining("connect to PostgreSQL directly"),
    });
    server.close();
  });
});

describe("a broker on a database of its own", () => {
  test("serves, tells others where it is, and can be started again where it was", async () => {
    const broker = await start();
    expect((await fetch(`${broker.address}/readyz`)).status).toBe(200);
    await expect(start()).rejects.toMatchObject({
      code: "embedded_in_use",
      message: expect.stringContaining(broker.address),
    });
    const port = Number(new URL(broker.address).port);
    const other = mkdtempSync(join(tmpdir(), "offtake-broker-"));
    await expect(start({ data: { folder: other }, listen: { host: "127.0.0.1", port } })).rejects.toMatchObject({
      code: "port_taken",
    });
    rmSync(other, { recursive: true, force: true });
    await broker.close();
    await expect(fetch(`${broker.address}/healthz`)).rejects.toThrow("fetch failed");
    expect((await fetch(`${(await start()).address}/healthz`)).status).toBe(200);
  });
});

describe("books", () => {
  const book = "small" as BookName;
  const first = smallWorld();

  test("are made once, told to their parties, and read by who has the first login", async () => {
    const broker = running.at(-1) as Broker;
    expect(await broker.makeBook(book, first)).toBe(true);
    expect(await broker.makeBook(book, first)).toBe(false);
    const seats = [{ book, party: "lab" as PartyId, roles: ["procurement" as const, "operator" as const] }];
    const { code } = (await broker.firstLogin("First", seats)) ?? { code: "" };
    const ask = async (path: string, init: RequestInit = {}, headers: Record<string, string> = {}) => {
      const response = await fetch(broker.address + path, {
        ...init,
        headers: { "content-type": "application/json", ...headers },
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const login = { method: "POST", body: JSON.stringify({ code }) };
    const { body } = await ask("/v1/login", login);
    expect((await ask("/v1/login", login)).body["code"]).toBe("login_refused");
    const known = { authorization: `Bearer ${String(body["token"])}` };
    expect((await ask("/v1/session", {}, known)).body).toMatchObject({
      data: { memberships: [{ book, party: "lab" }] },
    });
    const parties = await ask(`/v1/books/${book}/parties`, {}, known);
    expect(parties.body["data"]).toHaveLength(3);
    const wish = { accelerators: "H100", count: 8, regions: "us", window: { from: "2036-05-05", for: "7 days" } };
    const sent = { method: "POST", body: JSON.stringify(wish) };
    const made = await ask(`/v1/books/${book}/requests`, sent, { ...known, "idempotency-key": "k" });
    expect(made).toMatchObject({ status: 201, body: { receipt: { schema: "offtake/receipt@1", party: "lab" } } });
    const seen = await ask(`/v1/books/${book}/requests`, {}, known);
    expect(seen.body["data"]).toHaveLength(1);
    const figures = await fetch(`${broker.address}/metrics`, { headers: known });
    const text = await figures.text();
    expect(text).toMatch(/^offtake_books 1$/m);
    expect(text).toMatch(/^offtake_feed_lag_records 0$/m);
    expect(text).toMatch(/offtake_http_request_duration_seconds_count\{operation="requestSubmit",status="201"\} 1/);
    expect(text).not.toMatch(/\b(?:lab|meridian|northlight)\b/);
  });

  test("that do not fit together are not made", async () => {
    const broker = running.at(-1) as Broker;
    const other = "other" as BookName;
    await expect(broker.makeBook(other, first.slice(1))).rejects.toMatchObject({ code: "book_refused" });
    expect(await broker.books.names()).toEqual([book]);
  });

  test("have the past that they are made with, once it is over", async () => {
    const broker = running.at(-1) as Broker;
    const past = (at: Instant): Command[] =>
      first.map(({ actor, body }, index) => ({ ...body, actor, at, key: `p${index}`, nonce: `p${index}` }));
    const now = Date.UTC(2020, 0, 1) as Instant;
    expect(await broker.makeBookWithPast("past" as BookName, past(now))).toBe(true);
    expect((await broker.books.get("past" as BookName))?.view.now).toBe(now);
    const future = past(Date.UTC(9000, 0, 1) as Instant);
    await expect(broker.makeBookWithPast("future" as BookName, future)).rejects.toThrow("beyond the present");
  });
});

test("a database that is away is told with its place and without its password", async () => {
  const url = "postgres://somebody:hidden@127.0.0.1:1/offtake";
  const started = start({ data: { url } });
  await expect(started).rejects.toMatchObject({ code: "database_unreachable" });
  await expect(started).rejects.toThrow("127.0.0.1:1/offtake");
  await expect(started).rejects.not.toThrow("hidden");
});
