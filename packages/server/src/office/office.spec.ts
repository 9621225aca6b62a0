import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { parseBook, worldCommands } from "@offtake/wire/book";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Broker, newLog, startBroker } from "../broker/index.ts";
import { evidenceDocument, type EvidenceDocument, verifyEvidence } from "../evidence/index.ts";
import { mailServer } from "../mail/server.fixture.ts";
import { livingEmbedded } from "@offtake/store/embedded";
import { Database } from "@offtake/store/postgres";

const BOOK = "served" as BookName;
const LAB = "lab" as PartyId;
/** Nobody of Meridian ever logs in. */
const WORLD = `
schema: offtake/book@1
keeper: lab
zone: America/Los_Angeles
parties:
  - { id: lab, name: Aurora Labs, roles: buyer }
  - { id: meridian, name: Meridian Cloud, roles: [provider, holder], notice: { channels: [mail, courier] }, signatories: [{ name: Ada Park }] }
  - { id: northlight, name: Northlight, roles: provider }
policy: { tenderWindow: 0 hours, tie: none, awardConfirmation: at-once }
agreements:
  - name: lab-meridian
    title: Master capacity agreement
    owner: Ruth Weiss
    parties: { buyer: lab, provider: meridian }
    effective: { from: 2026-01-01, to: 2040-12-31 }
    holidays: us-federal
    clauses:
      - { id: first, kind: first-refusal, scope: { accelerators: [H100] }, window: 5 business days, partial: { allowed: true, block: 8 }, delivery: { rule: delivered } }
capacity:
  - { id: m1, provider: meridian, accelerator: H100, region: us-west, count: 2048, window: { from: 2026-01-01, to: 2040-12-31 } }
  - { id: n1, provider: northlight, accelerator: H100, region: us-west, count: 4096, window: { from: 2026-01-01, to: 2040-12-31 } }
offers:
  - { id: list, provider: northlight, accelerator: H100, region: us-west, price: 2.40 USD/h, blocks: n1, standing: true }
`;
const WISH = {
  accelerators: "H100",
  count: 1024,
  regions: "us-west",
  window: { from: "2036-03-03", for: "28 days" },
  purpose: "inference",
  cap: "3 USD/h",
  unfilled: "close",
  project: "Orion",
  notes: "Before the board meets",
};
/** What stands beside the log: none of it is in the log, in feeds or in views. */
const HIDDEN = [
  "Ada Park",
  "Aurora Labs",
  "Meridian Cloud",
  "Master capacity agreement",
  "Ruth Weiss",
  "Orion",
  "board meets",
];

const folder = mkdtempSync(join(tmpdir(), "offtake-office-"));
let mail: Awaited<ReturnType<typeof mailServer>>;
let broker: Broker;
let token = "";
let keys = 0;

async function call(method: string, path: string, body?: unknown, type = "application/json") {
  const response = await fetch(`${broker.address}/v1/books/${BOOK}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      "idempotency-key": `k${(keys += 1)}`,
      ...(body === undefined ? {} : { "content-type": type }),
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /\bjson/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    text,
    body: (isJson && text !== "" ? JSON.parse(text) : {}) as Record<string, unknown>,
  };
}

async function listed(path: string): Promise<Record<string, unknown>[]> {
  const { status, body } = await call("GET", path);
  expect(status).toBe(200);
  return body["data"] as Record<string, unknown>[];
}

const plain = (source: string): string => source.replaceAll(/=\r?\n/g, "").replaceAll("=3D", "=");
const mailsOf = (what: string): string[] =>
  mail.mails.map(({ source }) => plain(source)).filter((text) => text.includes(what));

beforeAll(async () => {
  mail = await mailServer();
  const world = parseBook({ name: "book.yaml", text: WORLD });
  if (!world.ok) throw new Error(JSON.stringify(world.problems));
  broker = await startBroker({
    data: { folder },
    listen: { host: "127.0.0.1", port: 0 },
    log: newLog("silent"),
    mail: { url: mail.url, from: "notices@lab.example", accepted: "delivered" },
  });
  await broker.makeBook(BOOK, worldCommands(world.value));
  const roles = ["procurement", "legal", "provider-desk", "engineer"] as const;
  const login = await broker.firstLogin("Lab", [{ book: BOOK, party: LAB, roles }]);
  const answered = await fetch(`${broker.address}/v1/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: login?.code }),
  });
  ({ token } = (await answered.json()) as { token: string });
}, 120_000);

afterAll(async () => {
  await broker.close();
  await mail.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a party that never has an account", () => {
  let notice = "";
  let evidence: EvidenceDocument;

  test("is sent its notice by mail, as a letter, and the clock runs from its delivery", async () => {
    const form = {
      addressee: {
        name: "Meridian Cloud, General Counsel",
        lines: ["1 Main Street"],
        email: "counsel@meridian.example",
      },
    };
    expect((await call("PUT", "/parties/meridian/notice-form", form)).status).toBe(204);
    expect(await call("POST", "/requests", WISH)).toMatchObject({ status: 201 });
    await expect.poll(() => mailsOf("application/pdf").length).toBe(1);
    const [sent] = mail.mails;
    expect(sent?.to).toEqual(["counsel@meridian.example"]);
    const [one] = await listed("/notices");
    notice = String(one?.["id"]);
    await expect.poll(async () => JSON.stringify(await call("GET", `/notices/${notice}`))).toContain("respondBy");
    const letter = await call("GET", `/notices/${notice}/letter`);
    expect(letter.text.startsWith("%PDF-")).toBe(true);
  });

  test("answers by mail: the keeper records it with the file, and it binds as its signatory's", async () => {
    const file = await call(
      "POST",
      "/files?name=answer.eml&agreement=lab-meridian",
      "From: Ada Park\n\nWe take 512.",
      "message/rfc822",
    );
    expect(file.status).toBe(201);
    const reference = String((file.body["data"] as Record<string, string>)["reference"]);
    const recorded = await call("POST", `/notices/${notice}/recorded-answers`, {
      answer: { type: "accept", count: 512 },
      signer: "Ada Park",
      medium: "mail",
      file: reference,
    });
    expect(recorded).toMatchObject({ status: 200 });
    const told = JSON.stringify((await call("GET", `/notices/${notice}`)).body);
    expect(told).toContain('"binding"');
    expect(told).toContain("Ada Park");
    expect(told).not.toContain("txt_");
  });

  test("is awarded what it took, and its receipts are mailed to it when they are issued", async () => {
    await expect.poll(async () => (await listed("/awards")).length).toBe(1);
    await expect.poll(() => mailsOf("Subject: Receipt: answer to notice").length).toBe(1);
    const [receipt] = mailsOf("Subject: Receipt: answer to notice");
    expect(receipt).toContain("you accepted 512");
    expect(receipt).toContain("from a mail");
    expect(receipt).toMatch(/hash {6}[0-9a-f]{64}/);
    await expect.poll(() => mailsOf("Subject: Award").length).toBeGreaterThan(0);
    for (const { to, source } of mail.mails) {
      expect(to).toEqual(["counsel@meridian.example"]);
      expect(source).not.toContain("northlight");
    }
  });

  test("has its part set up by hand, with the provider's reservation id", async () => {
    await expect.poll(async () => (await listed("/tasks")).length).toBeGreaterThan(0);
    const [task] = await listed("/tasks");
    expect(task).toMatchObject({ provider: "meridian", status: "open", line: { count: 512, region: "us-west" } });
    const done = await call("POST", `/tasks/${String(task?.["id"])}/done`, {
      reservation: "res-77",
      fields: { cluster: "c4" },
    });
    expect(done.body["data"]).toMatchObject({ status: "done", reservation: "res-77", fields: { cluster: "c4" } });
    expect((await call("POST", "/tasks/tsk_none/done", { reservation: "x" })).status).toBe(404);
  });

  test("is proved by evidence that is decided again without the broker", async () => {
    const exported = await call("GET", `/notices/${notice}/evidence`);
    evidence = evidenceDocument.parse(JSON.parse(exported.text));
    const checks = verifyEvidence(evidence);
    expect(checks.filter(({ outcome }) => outcome !== "holds")).toEqual([]);
    const found = new Set(checks.map(({ check }) => check));
    for (const check of ["chain", "notice", "clause", "delivery", "deadline", "answer", "end", "file", "text"])
      expect([...found]).toContain(check);
    const said = checks.map((one) => one.text).join("\n");
    for (const known of ["Ada Park", "“Master capacity agreement”"]) expect(said).toContain(known);
    expect(evidence.texts.map(({ text }) => text)).toContain("Meridian Cloud");
    const tampered = { ...evidence, texts: evidence.texts.map((one) => ({ ...one, text: "Eve Park" })) };
    const failing = verifyEvidence(tampered).filter(({ outcome }) => outcome === "fails");
    expect(failing.map(({ check }) => check)).toEqual(evidence.texts.map(() => "text"));
  });
});

describe("the law on data", () => {
  const database = async <Value>(work: (opened: Database) => Promise<Value>): Promise<Value> => {
    const opened = await Database.open({ url: livingEmbedded(folder) ?? "" });
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  };
  const noticeId = async (): Promise<string> => String((await listed("/notices"))[0]?.["id"]);

  test("names, titles, projects and free words are nowhere in the log, in no feed and in no view", async () => {
    const rows = await database(async ({ pool }) => {
      const found = await pool.query<{ body: string }>(
        "select body from log union all select told from feeds union all select body from feed_objects",
      );
      return found.rows.map(({ body }) => body).join("\n");
    });
    expect(rows).toContain("txt_");
    for (const hidden of HIDDEN) expect(rows).not.toContain(hidden);
  });

  test("whoever was told them reads them: in lists, plans, dates, exports and letters", async () => {
    const told = await Promise.all(
      ["/parties", "/agreements", "/requests", "/export", "/feed/export?format=csv", "/dates"].map((path) =>
        call("GET", path),
      ),
    );
    const text = told.map((one) => one.text).join("\n");
    for (const hidden of HIDDEN) expect(text).toContain(hidden);
    const dates = async (owner: string): Promise<number> => {
      const { body } = await call("GET", `/dates?owner=${owner}&to=2042-01-01T00:00:00Z`);
      return (body["data"] as { dates: unknown[] }).dates.length;
    };
    expect(await dates("ruth%20weiss")).toBeGreaterThan(0);
    expect(await dates("ada%20park")).toBe(0);
    expect(mailsOf("Master capacity agreement").length).toBeGreaterThan(0);
    expect(mailsOf("txt_")).toEqual([]);
  });

  test("an agreement that is as it is on record is no change, and another owner is one", async () => {
    const file = (owner: string) => ({
      files: [
        {
          name: "a.yaml",
          text: `
schema: offtake/agreement@1
name: lab-meridian
title: Master capacity agreement
owner: ${owner}
parties: { buyer: lab, provider: meridian }
effective: { from: 2026-01-01, to: 2040-12-31 }
holidays: us-federal
clauses:
  - { id: first, kind: first-refusal, scope: { accelerators: [H100] }, window: 5 business days, partial: { allowed: true, block: 8 }, delivery: { rule: delivered } }
`,
        },
      ],
    });
    expect((await call("POST", "/agreements/plan", file("Ruth Weiss"))).body).toMatchObject({
      data: { agreements: [{ change: "none" }] },
    });
    expect((await call("POST", "/agreements/plan", file("Nobody Else"))).body).toMatchObject({
      data: { agreements: [{ change: "change", differs: ["owner"] }] },
    });
    expect(await listed("/texts?holding=nobody")).toEqual([]);
  });

  test("a hold keeps it, a rule of retention does not keep names", async () => {
    const [text] = await listed("/texts?holding=ada");
    expect(text).toMatchObject({ kind: "name", content: "Ada Park", writers: ["lab"] });
    const path = `/texts/${String(text?.["reference"])}`;
    expect((await call("PUT", "/keeping", { agreement: "lab-meridian", legalHold: "case 7" })).status).toBe(204);
    expect(await call("DELETE", path)).toMatchObject({ status: 409, body: { code: "file_kept" } });
    expect((await call("PUT", "/keeping", { agreement: "lab-meridian", keepDays: 3650 })).status).toBe(204);
    expect(await listed("/keeping")).toEqual([{ agreement: "lab-meridian", keepDays: 3650 }]);
    expect((await call("DELETE", "/texts/txt_none")).status).toBe(404);
    expect((await call("DELETE", path)).status).toBe(204);
    expect((await call("DELETE", path)).status).toBe(404);
    expect(await listed("/texts?holding=ada")).toEqual([]);
  });

  test("a file is kept by the rule of its agreement, and goes when that is lifted", async () => {
    const told = JSON.stringify((await call("GET", `/notices/${await noticeId()}`)).body);
    const reference = /fil_[0-9a-f]{40}/.exec(told)?.[0] ?? "";
    expect(await call("DELETE", `/files/${reference}`)).toMatchObject({ status: 409, body: { code: "file_kept" } });
    expect((await call("PUT", "/keeping", { agreement: "lab-meridian" })).status).toBe(204);
    expect((await call("DELETE", `/files/${reference}`)).status).toBe(204);
    expect((await call("GET", `/files/${reference}`)).status).toBe(404);
  });

  test("what was decided still verifies once name and file are erased", async () => {
    const id = await noticeId();
    const told = JSON.stringify((await call("GET", `/notices/${id}`)).body);
    expect(told).toContain("[erased]");
    expect(told).toContain('"binding"');
    const exported = await call("GET", `/notices/${id}/evidence`);
    expect(exported.text).not.toContain("Ada Park");
    const checks = verifyEvidence(evidenceDocument.parse(JSON.parse(exported.text)));
    expect(checks.filter(({ outcome }) => outcome === "fails")).toEqual([]);
    expect(checks.filter(({ outcome }) => outcome === "unknown").map(({ check }) => check)).toEqual(["text"]);
    expect(checks.filter(({ check }) => check === "answer").every(({ outcome }) => outcome === "holds")).toBe(true);
    const rows = await database(
      async ({ pool }) => (await pool.query("select * from texts where content like '%Ada%'")).rows,
    );
    expect(rows).toEqual([]);
  });
});
