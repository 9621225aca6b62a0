import { verify } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { DisclosedEvent } from "@offtake/core/disclosure";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { LAB, MERIDIAN, Stage } from "../letters/stage.fixture.ts";
import { ownDatabase } from "../outbox/database.fixture.ts";
import { Outbox, OUTBOX_CHANNEL, OutboxWorker } from "../outbox/index.ts";
import {
  type EgressRules,
  eventTypeOf,
  isPublicAddress,
  newSigningKey,
  payloadOf,
  postChecked,
  PUBLIC_ONLY,
  publicKeyOf,
  signedHeaders,
  urlProblem,
  webhookSender,
  Webhooks,
} from "./index.ts";

const BOOK = "aurora" as BookName;
/** The machine itself, as an operator would name a network of the house. */
const HOUSE: EgressRules = { networks: ["127.0.0.0/8", "::1/128"], ports: [443, 8443] };

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const got: Got[] = [];
let answer: { readonly status: number; readonly headers?: Readonly<Record<string, string>> } = { status: 200 };
let server: Server;
let port = 0;
let connections = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer.status, answer.headers).end("x".repeat(100_000));
    });
  });
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe("signatures", () => {
  const keys = { secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], signing: newSigningKey() };
  const at = new Date("2026-11-20T18:30:00.999Z");

  test("by HMAC are those of the specification's own library", () => {
    const headers = signedHeaders(keys, "msg_1", new Date(), '{"a":1}');
    expect(new Webhook(keys.secrets[0] ?? "").verify('{"a":1}', headers)).toEqual({ a: 1 });
    expect(() => new Webhook(keys.secrets[0] ?? "").verify('{"a":2}', headers)).toThrow("No matching signature");
  });

  test("by ed25519 are checked with the public key alone", () => {
    const { "webhook-signature": signature = "", "webhook-timestamp": seconds } = signedHeaders(
      keys,
      "msg_1",
      at,
      "{}",
    );
    const own =
      signature
        .split(" ")
        .find((one) => one.startsWith("v1a,"))
        ?.slice(4) ?? "";
    const isRight = (text: string): boolean =>
      verify(null, Buffer.from(text), publicKeyOf(keys.signing.public), Buffer.from(own, "base64"));
    expect(isRight(`msg_1.${seconds}.{}`)).toBe(true);
    expect(isRight(`msg_2.${seconds}.{}`)).toBe(false);
    expect(seconds).toBe("1795199400");
  });
});

describe("payloads", () => {
  test("say what happened and where to read it, and nothing else", () => {
    const stage = new Stage({ channels: "portal" });
    const notice = stage.ask();
    const feed = stage.feed(MERIDIAN);
    const position = feed.findIndex(({ type }) => type === "ownNoticeSent");
    expect(payloadOf(BOOK, MERIDIAN, position, feed[position] as DisclosedEvent)).toEqual({
      type: "notice.sent",
      timestamp: "2026-11-20T18:30:00Z",
      data: { book: BOOK, party: MERIDIAN, position, object: { kind: "notice", id: notice } },
    });
  });

  test("of everything that anybody is told hold no price, no count and nobody else", () => {
    const stage = new Stage({ channels: "portal" });
    stage.ask();
    stage.wait(24 * 20);
    for (const party of [LAB, MERIDIAN]) {
      const others = [LAB, MERIDIAN, "northlight" as PartyId].filter((one) => one !== party);
      for (const [position, event] of stage.feed(party).entries()) {
        // A party that was recorded is itself what the event is about.
        if (event.type === "partyRecorded" || event.type === "ownPartyRecorded") continue;
        const { type, data } = payloadOf(BOOK, party, position, event);
        const text = JSON.stringify({ ...data, type, party: undefined });
        for (const other of others) expect(text).not.toMatch(new RegExp(`"${other}"`));
        expect(text).not.toMatch(/price|micros|USD|count/i);
        expect(Object.keys(data).every((key) => ["book", "party", "position", "object"].includes(key))).toBe(true);
      }
    }
  });

  test.each([
    ["ownNoticeSent", "notice.sent"],
    ["awardHeldForDecision", "award.held_for_decision"],
    ["invited", "invited"],
  ] as const)("of %s are called %s", (type, name) => {
    expect(eventTypeOf(type)).toBe(name);
  });
});

/** Spellings of addresses inside, of machines' own services and of tunnels to them. */
const INSIDE = [
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "2130706433",
  "0x7f000001",
  "0x7f.1",
  "017700000001",
  "0177.0.0.1",
  "127.000.000.001",
  "0",
  "0.0.0.0",
  "0x0",
  "10.0.0.1",
  "10.255.255.255",
  "0xa.1",
  "172.16.0.1",
  "172.31.255.254",
  "192.168.0.1",
  "192.168.1.254",
  "3232235521",
  "169.254.169.254",
  "0xa9fea9fe",
  "2852039166",
  "169.254.0.1",
  "100.64.0.1",
  "100.127.255.254",
  "192.0.0.1",
  "192.0.2.1",
  "198.18.0.1",
  "198.19.255.254",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "192.88.99.1",
  "[::]",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::ffff:10.0.0.1]",
  "[::ffff:169.254.169.254]",
  "[::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b::10.0.0.1]",
  "[64:ff9b:1::1]",
  "[2002:7f00:1::]",
  "[2002:a00:1::]",
  "[2002:c0a8:1::1]",
  "[2001::1]",
  "[2001:0:7f00:1::]",
  "[2001:db8::1]",
  "[3fff::1]",
  "[fc00::1]",
  "[fd00::1]",
  "[fd00:ec2::254]",
  "[fe80::1]",
  "[fec0::1]",
  "[ff02::1]",
  "[100::1]",
  "[5f00::1]",
  "localhost",
  "LOCALHOST",
  "localhost.",
  "a.localhost",
  "127.0.0.1.",
  "①②⑦.⓪.⓪.①",
  "１２７.0.0.1",
  "127。0。0。1",
  "%31%32%37.0.0.1",
];

describe("where webhooks do not go", () => {
  const https = INSIDE.map((host) => `https://${host}/hook`);
  const withPort = INSIDE.slice(0, 40).map((host) => `https://${host}:8443/hook`);
  const odd = [
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "javascript:alert(1)",
    "//example.com/",
    "https://user:pass@example.com/",
    "https://example.com@127.0.0.1/",
    "https://example.com:22/",
    "https://example.com:25/",
    "https://example.com:6379/",
    "https://example.com:80/",
    "https://",
    "https:///hook",
    "",
    "hook",
    `https://example.com/${"x".repeat(2_000)}`,
    "https://127.0.0.1#@example.com/",
    "https://127.0.0.1\\@example.com/",
    "https:\\\\127.0.0.1\\hook",
  ];
  const all = [...https, ...withPort, ...odd];

  test(`is told by the text of an address alone: ${all.length} of them`, () => {
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter((url) => urlProblem(url, PUBLIC_ONLY) === undefined)).toEqual([]);
    expect(urlProblem("https://hooks.example.com/a", PUBLIC_ONLY)).toBeUndefined();
    expect(urlProblem("https://93.184.216.34:8443/a", PUBLIC_ONLY)).toBeUndefined();
    expect(urlProblem("https://[2606:2800:220:1:248:1893:25c8:1946]/a", PUBLIC_ONLY)).toBeUndefined();
  });

  test("is checked again at the connection, also where nobody looked at the text", async () => {
    connections = 0;
    const outcomes = await Promise.all(
      [
        `http://127.0.0.1:${port}/`,
        `http://localhost:${port}/`,
        `http://[::ffff:127.0.0.1]:${port}/`,
        `http://2130706433:${port}/`,
      ].map((url) =>
        postChecked(new URL(url), {}, "{}", { rules: PUBLIC_ONLY, timeoutMs: 2_000 }).then(
          () => "connected",
          (error: unknown) => (error as { code?: string }).code,
        ),
      ),
    );
    expect(outcomes).toEqual(["address_refused", "address_refused", "address_refused", "address_refused"]);
    expect(connections).toBe(0);
  });

  test("is where a name leads that said something else before: one resolution, and a connection to what was checked", async () => {
    connections = 0;
    let asked = 0;
    const rebinding = (
      _host: string,
      _options: object,
      callback: (error: Error | null, found: never) => void,
    ): void => {
      asked += 1;
      callback(null, [{ address: asked === 1 ? "127.0.0.1" : "93.184.216.34", family: 4 }] as never);
    };
    const one = postChecked(new URL(`http://rebinding.example:${port}/`), {}, "{}", {
      rules: { networks: [], ports: [port] },
      lookup: rebinding,
    });
    await expect(one).rejects.toMatchObject({ code: "address_refused" });
    expect(asked).toBe(1);
    const mixed = (_host: string, _options: object, callback: (error: Error | null, found: never) => void): void =>
      callback(null, [
        { address: "93.184.216.34", family: 4 },
        { address: "10.0.0.1", family: 4 },
      ] as never);
    await expect(
      postChecked(new URL(`http://mixed.example:${port}/`), {}, "{}", {
        rules: { networks: [], ports: [port] },
        lookup: mixed,
      }),
    ).rejects.toMatchObject({ code: "address_refused" });
    expect(connections).toBe(0);
  });

  test("is not every address", () => {
    for (const address of ["93.184.216.34", "8.8.8.8", "172.32.0.1", "2606:4700::1111"])
      expect(isPublicAddress(address)).toBe(true);
    for (const address of ["fe80::1%eth0", "nonsense", ""]) expect(isPublicAddress(address)).toBe(false);
  });
});

describe("endpoints", () => {
  const database = ownDatabase();
  const workers: OutboxWorker[] = [];
  let outbox: Outbox;
  let webhooks: Webhooks;

  async function started(): Promise<void> {
    outbox = new Outbox(database.get());
    webhooks = new Webhooks(database.get(), outbox, HOUSE);
    const sender = webhookSender(webhooks, { rules: HOUSE, timeoutMs: 1_000, now: () => new Date() });
    const worker = new OutboxWorker({
      outbox,
      senders: { webhook: { ...sender, schedule: [30, 30] } },
      listen: (heard) => database.get().listen(OUTBOX_CHANNEL, heard),
      random: () => 0.5,
      pollMs: 100,
    });
    workers.push(worker);
    await worker.start();
  }

  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.close();
    await database.get().pool.query("truncate deliveries cascade");
    await database.get().pool.query("truncate webhooks");
    got.length = 0;
    answer = { status: 200 };
  });

  const told = async (stage: Stage, from = 0): Promise<void> => {
    const entries = stage.feed(MERIDIAN).map((event, position) => ({ position, hash: "", type: event.type, event }));
    await outbox.add(await webhooks.consequences(BOOK, MERIDIAN, entries.slice(from)));
  };
  const url = (): string => `http://127.0.0.1:${port}/hook`;

  test("are told what they asked for, signed so that the specification's library takes it", async () => {
    await started();
    const { secret, endpoint } = await webhooks.create(BOOK, MERIDIAN, url(), ["notice.*"]);
    const stage = new Stage({ channels: "portal" });
    const notice = stage.ask();
    await told(stage);
    await expect.poll(() => got.length).toBe(2);
    const bodies = got.map(({ headers, body }) => new Webhook(secret).verify(body, headers as Record<string, string>));
    expect(bodies).toMatchObject([{ type: "notice.sent" }, { type: "notice.received" }]);
    expect(bodies[0]).toMatchObject({ data: { object: { kind: "notice", id: notice } } });
    expect(Buffer.byteLength(got[0]?.body ?? "")).toBeLessThan(20_000);
    expect(endpoint.publicKey).toMatch(/^whpk_/);
    expect(JSON.stringify(await webhooks.list(BOOK, MERIDIAN))).not.toContain(secret.slice(6));
    expect(await webhooks.list(BOOK, LAB)).toEqual([]);
  });

  test("are tried again, follow no redirect, and are turned off by 410", async () => {
    await started();
    const { endpoint } = await webhooks.create(BOOK, MERIDIAN, url(), ["notice.sent"]);
    answer = { status: 302, headers: { location: `http://127.0.0.1:${port}/other` } };
    const stage = new Stage({ channels: "portal" });
    stage.ask();
    await told(stage);
    await expect.poll(async () => (await outbox.list(BOOK, MERIDIAN, 1))[0]?.status).toBe("dead");
    expect(got).toHaveLength(3);
    expect(new Set(got.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    const [dead] = await outbox.list(BOOK, MERIDIAN, 1);
    answer = { status: 410 };
    await outbox.replay(BOOK, MERIDIAN, dead?.id ?? "");
    await expect.poll(async () => (await webhooks.find(BOOK, MERIDIAN, endpoint.id))?.status).toBe("off");
    expect(await webhooks.target(BOOK, endpoint.id)).toBeUndefined();
    expect(await webhooks.update(BOOK, MERIDIAN, endpoint.id, { status: "on" })).toBe(true);
    answer = { status: 200 };
    await outbox.replay(BOOK, MERIDIAN, dead?.id ?? "");
    expect((await webhooks.find(BOOK, MERIDIAN, endpoint.id))?.whyOff).toBeUndefined();
  });

  test("have an old secret beside a new one for a while", async () => {
    await started();
    const { endpoint, secret } = await webhooks.create(BOOK, MERIDIAN, url(), []);
    const fresh = await webhooks.rotate(BOOK, MERIDIAN, endpoint.id);
    expect((await webhooks.target(BOOK, endpoint.id))?.keys.secrets).toEqual([fresh, secret]);
    await database.get().pool.query("update webhooks set rotated_at = clock_timestamp() - interval '25 hours'");
    expect((await webhooks.target(BOOK, endpoint.id))?.keys.secrets).toEqual([fresh]);
    expect(await webhooks.rotate(BOOK, LAB, endpoint.id)).toBeUndefined();
  });

  test("are limited in number, and refused where they lead inside", async () => {
    await started();
    await expect(new Webhooks(database.get(), outbox, PUBLIC_ONLY).create(BOOK, LAB, url(), [])).rejects.toMatchObject({
      code: "not_https",
    });
    for (let n = 0; n < 20; n += 1) await webhooks.create(BOOK, LAB, `${url()}/${n}`, []);
    await expect(webhooks.create(BOOK, LAB, url(), [])).rejects.toMatchObject({ code: "too_many" });
    const [first] = await webhooks.list(BOOK, LAB);
    expect(await webhooks.remove(BOOK, MERIDIAN, first?.id ?? "")).toBe(false);
    expect(await webhooks.remove(BOOK, LAB, first?.id ?? "")).toBe(true);
  });
});
