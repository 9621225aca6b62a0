import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PartyId } from "@offtake/core/kernel";
import { livingEmbedded } from "@offtake/store/embedded";
import type { BookName } from "@offtake/store/log";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Broker, newLog, startBroker } from "../broker/index.ts";
import { smallWorld } from "../books/world.fixture.ts";
import { exportBook } from "./index.ts";

/** A book that goes from one broker to another by the API. */
const BOOK = "small" as BookName;
const LAB = "lab" as PartyId;
const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), "offtake-carried-")));
const brokers: Broker[] = [];
const tokens: string[] = [];
let text = "";

async function loggedIn(broker: Broker, code: string): Promise<string> {
  const response = await fetch(`${broker.address}/v1/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code }),
  });
  return ((await response.json()) as { readonly token: string }).token;
}

async function send(broker: number, method: string, path: string, body?: string, party?: string) {
  const response = await fetch(`${brokers[broker]?.address}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${tokens[broker]}`,
      "idempotency-key": `${method} ${path}`,
      ...(body === undefined ? {} : { "content-type": "application/x-ndjson" }),
      ...(party === undefined ? {} : { "offtake-party": party }),
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

beforeAll(async () => {
  for (const [index, folder] of folders.entries()) {
    const broker = await startBroker({
      data: { folder },
      listen: { host: "127.0.0.1", port: 0 },
      log: newLog("silent"),
    });
    brokers.push(broker);
    const book = index === 0 ? BOOK : ("other" as BookName);
    await broker.makeBook(book, smallWorld());
    const login = await broker.firstLogin("First", [{ book, party: LAB, roles: ["admin", "procurement"] }]);
    tokens.push(await loggedIn(broker, login?.code ?? ""));
  }
  for await (const line of exportBook(livingEmbedded(folders[0] ?? "") ?? "", BOOK)) text += `${line}\n`;
}, 180_000);
afterAll(async () => {
  for (const broker of brokers) await broker.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.sequential("a book that is imported by the API", () => {
  test("is refused where it was changed, and nothing of it is there", async () => {
    const changed = text.replace('"recordParty"', '"recordPolicy"');
    expect(changed).not.toBe(text);
    expect(await send(1, "POST", "/v1/imports", changed)).toMatchObject({ status: 422, body: { code: "malformed" } });
    expect(await send(1, "POST", "/v1/imports", "hello\n")).toMatchObject({ status: 422 });
    expect(await send(1, "GET", `/v1/books/${BOOK}/parties`)).toMatchObject({ status: 404 });
  });

  test("is there with the same feeds and names, and its keeper's administrator logs in and goes on", async () => {
    const imported = await send(1, "POST", "/v1/imports", text);
    expect(imported).toMatchObject({ status: 201, body: { data: { book: BOOK, keeper: LAB, withheld: 0 } } });
    const { login } = imported.body["data"] as { readonly login: string };
    const [before] = tokens.splice(1, 1, await loggedIn(brokers[1] as Broker, login));
    const feed = (broker: number) => send(broker, "GET", `/v1/books/${BOOK}/feed?limit=1000`, undefined, `${BOOK}/lab`);
    expect(await feed(1)).toEqual(await feed(0));
    const parties = (broker: number) => send(broker, "GET", `/v1/books/${BOOK}/parties`, undefined, `${BOOK}/lab`);
    expect(await parties(1)).toEqual(await parties(0));
    tokens.splice(1, 1, before ?? "");
  });

  test("is imported once", async () => {
    expect(await send(1, "POST", "/v1/imports", text)).toMatchObject({ status: 409, body: { code: "duplicate_id" } });
  });
});
