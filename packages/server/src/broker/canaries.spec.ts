import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { smallWorld } from "../books/world.fixture.ts";
import { ROUTES } from "../http/index.ts";
import type { Role } from "../people/index.ts";
import { type Broker, startBroker } from "./index.ts";

/** What the lab keeps to itself, each in a place of its own: nothing of it may turn up where others look. */
const SECRET = {
  note: "canary-note-5153",
  price: "2.519301",
  file: "canary-file-5153",
  mail: "canary-5153@lab.example",
  smtp: "canary-smtp-5153",
  hook: "canary-hook-5153",
  chat: "canary-chat-5153",
  broken: "canary-broken-5153",
  bearer: "canary-bearer-5153",
  query: "canary-query-5153",
  key: "canary-key-5153",
} as const;

const book = "small" as BookName;
const folder = mkdtempSync(join(tmpdir(), "offtake-canaries-"));
const lines: string[] = [];
/** Tokens, codes, keys and secrets that the broker itself gave away. */
const given: string[] = [];
let broker: Broker;
let token = "";

beforeAll(async () => {
  broker = await startBroker({
    data: { folder },
    listen: { host: "127.0.0.1", port: 0 },
    log: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }),
    // Nobody answers there: every attempt fails, and is told of.
    mail: { url: `smtp://${SECRET.smtp}:${SECRET.smtp}@127.0.0.1:1`, from: "broker@lab.example", accepted: "sent" },
  });
  await broker.makeBook(book, smallWorld());
  const roles: Role[] = ["procurement", "admin", "operator", "legal", "provider-desk"];
  const seats = ["lab", "northlight"].map((party) => ({ book, party: party as PartyId, roles }));
  const { code } = (await broker.firstLogin("First", seats)) ?? { code: "" };
  const { text } = await send("nobody", "POST", "/v1/login", JSON.stringify({ code }));
  ({ token } = JSON.parse(text) as { readonly token: string });
  given.push(code, token);
}, 120_000);
afterAll(async () => {
  await broker.close();
  rmSync(folder, { recursive: true, force: true });
});

let sent = 0;
async function send(as: string, method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const response = await fetch(broker.address + path, {
    method,
    headers: {
      ...(as === "nobody" ? {} : { authorization: `Bearer ${token}`, "offtake-party": `${book}/${as}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      "idempotency-key": `k${(sent += 1)}`,
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

const at = (path: string): string => `/v1/books/${book}/${path}`;
const held = (text: string): readonly string[] =>
  [...Object.values(SECRET), ...given].filter((secret) => secret !== "" && text.includes(secret));

test("what is sent and what is given away turns up in no log, no metric, and nothing that others are answered", async () => {
  const wish = {
    accelerators: "H100",
    count: 96,
    regions: "us",
    window: { from: "2036-05-05", for: "7 days" },
    purpose: "inference",
    cap: `${SECRET.price} USD/h`,
    notes: SECRET.note,
  };
  const json = JSON.stringify;
  const taken = [
    await send("lab", "POST", at("webhooks"), json({ url: `https://hooks.invalid/${SECRET.hook}` })),
    await send(
      "lab",
      "POST",
      at("channels"),
      json({ kind: "slack", url: `https://hooks.slack.com/services/${SECRET.chat}` }),
    ),
    await send("lab", "POST", at("members"), json({ name: "Ada", email: SECRET.mail, roles: ["procurement"] })),
    await send("lab", "POST", at("files?name=a.pdf"), `%PDF-1.7 ${SECRET.file}`, { "content-type": "application/pdf" }),
    await send("lab", "POST", at("requests"), json(wish), { "idempotency-key": SECRET.key }),
  ];
  expect(taken.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
  given.push(...taken.flatMap(({ text }) => text.match(/whsec_[\w+/=-]+|offl_\w+/g) ?? []));
  expect(given.length).toBeGreaterThan(2);
  const refused = [
    await send("lab", "POST", at("requests"), `{"id": "${SECRET.broken}"`),
    await send("lab", "POST", at("requests"), json({ ...wish, [SECRET.broken]: SECRET.broken })),
    await send("lab", "GET", at(`requests?${SECRET.query}=1`)),
    await send("lab", "GET", at(`requests/${SECRET.query}`)),
    await send("nobody", "GET", at("requests"), undefined, { authorization: `Bearer ${SECRET.bearer}` }),
    await send("nobody", "POST", "/v1/login", json({ code: SECRET.bearer })),
  ];
  expect(refused.every(({ status }) => status >= 400 && status < 500)).toBe(true);
  // Everything that a rival can read, and what it is told when it errs.
  const read: string[] = [];
  for (const { operation } of ROUTES.filter(
    ({ operation: { method, id } }) => method === "get" && id !== "feedStream",
  )) {
    const path = operation.path.replace("{book}", book).replaceAll(/\{\w+\}/g, "lab");
    read.push((await send("northlight", "GET", path)).text);
  }
  read.push((await send("northlight", "PUT", at("blocks/m1"), json({ id: "m1", provider: "meridian" }))).text);
  expect(read.length).toBeGreaterThan(60);
  expect(read.flatMap(held)).toEqual([]);
  const metrics = await send("lab", "GET", "/metrics");
  expect(metrics.status).toBe(200);
  expect(held(metrics.text)).toEqual([]);
  // What is to be sent has been tried, and has failed.
  await expect.poll(async () => (await send("lab", "GET", at("deliveries"))).text).toMatch(/"tries":\[\{/);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.flatMap(held)).toEqual([]);
});

test("a support bundle holds figures and versions, and no name, price or secret", async () => {
  const { status, text } = await send("lab", "GET", "/v1/server/support-bundle");
  expect(status).toBe(200);
  expect(held(text)).toEqual([]);
  for (const name of ["northlight", "meridian", "small", "Ada", "First"]) expect(text).not.toContain(name);
  const bundle = JSON.parse(text) as Record<string, unknown>;
  expect(bundle).toMatchObject({
    schema: "offtake/support-bundle@1",
    settings: { mail: true, ownDatabase: true, readOnly: false },
    status: { isReadOnly: false, nodes: [{ isThis: true }], outbox: expect.anything() },
  });
  const rows = new Map((bundle["tables"] as { name: string; bytes: number }[]).map(({ name, bytes }) => [name, bytes]));
  expect(rows.get("log")).toBeGreaterThan(0);
  const told = await send("lab", "GET", "/v1/server/status");
  const { data } = JSON.parse(told.text) as { data: { node: string; nodes: { id: string }[] } };
  expect(data.nodes.map(({ id }) => id)).toEqual([data.node]);
  expect((await send("northlight", "GET", "/v1/server/status")).status).toBe(200);
  expect((await send("nobody", "GET", "/v1/server/support-bundle")).status).toBe(401);
});
