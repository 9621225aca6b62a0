import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { LAB, MERIDIAN, NORTHLIGHT, Stage } from "../letters/stage.fixture.ts";
import { serveLink } from "../links/index.ts";
import { mailServer } from "../mail/server.fixture.ts";
import { Outbox } from "../outbox/index.ts";
import { ownDatabase } from "../outbox/database.fixture.ts";
import { FeedFollower, noticeFormDocument, NoticeForms } from "./index.ts";
import { BOOK, MERIDIANS, post } from "./post.fixture.ts";

const database = ownDatabase();
let server: Awaited<ReturnType<typeof mailServer>>;
const opened: { readonly close: () => Promise<void> }[] = [];

beforeAll(async () => {
  server = await mailServer();
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await database.get().pool.query("truncate deliveries cascade");
  await database.get().pool.query("delete from feed_followers");
  server.mails.length = 0;
  server.away.value = false;
});
afterAll(() => server.close());

async function posted(stage: Stage, accepted: "sent" | "delivered", url = server.url) {
  const one = await post(database.get(), stage, { url, accepted });
  opened.push(one);
  return one;
}

/** Text of a mail, as a person reads it. */
const readable = (source: string): string =>
  source
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

describe("a party that never has an account", () => {
  test("is written to, answers by mail, is awarded, and has its receipts mailed", async () => {
    const stage = new Stage({ channels: "[mail, courier]" });
    const { follow, files, outbox } = await posted(stage, "delivered");
    const notice = stage.ask();
    await follow();
    await expect.poll(() => server.mails.length).toBe(1);
    const [letter] = server.mails;
    expect(letter?.to).toEqual(["legal@meridian.example", "copies@counsel.example"]);
    expect(letter?.source).toContain("Content-Type: application/pdf");
    expect(readable(letter?.source ?? "")).toContain("https://offtake.aurora.example/n/aurora.");
    // The clock follows the delivery rule, and says which event it counts from.
    await expect.poll(() => stage.state.notices.get(notice)?.respondBy).toBeDefined();
    expect(stage.history.find(({ type }) => type === "noticeReceived")).toMatchObject({
      basis: { event: "delivered", channel: "mail", reportedBy: "lab" },
    });

    // The answer comes as a PDF by mail; the buyer's desk puts it on record.
    const answered = await files.add(BOOK, {
      bytes: Buffer.from("%PDF-1.7 we take 512"),
      mediaType: "application/pdf",
      name: "answer.pdf",
      owner: LAB,
      readers: [MERIDIAN],
      addedBy: "mem_clerk",
    });
    stage.wait(24);
    stage.must(
      {
        type: "answerNotice",
        notice,
        answer: { type: "accept", count: 512, orLess: false, rootBlocks: [], signer: "Ada Park" },
        recorded: { medium: "mail", file: answered.reference },
      },
      LAB,
    );
    stage.wait(24 * 14);
    expect(stage.history.some(({ type }) => type === "awardIssued")).toBe(true);
    await follow();
    await expect.poll(() => server.mails.length).toBeGreaterThanOrEqual(3);
    await expect.poll(async () => (await outbox.depth()).waiting).toBe(0);
    const texts = server.mails.slice(1).map(({ source }) => readable(source));
    const receipt = texts.find((text) => text.includes(`Receipt: answer to notice ${notice}`)) ?? "";
    expect(receipt).toContain("you accepted 512");
    expect(receipt).toContain(`from a mail (file ${answered.reference})`);
    expect(receipt).toMatch(/hash {6}hash \d+/);
    expect(texts.join()).toContain("512 h100-sxm-80gb");
    // What the others were awarded is not in any of its mails.
    // As a figure of its own: in the link, which is drawn at random, such letters may stand by chance.
    for (const secret of [/northlight/i, /(?<![\w.])2\.40(?!\d)/, /req_autumn/])
      expect(texts.join()).not.toMatch(secret);
    expect(server.mails.every(({ to }) => to[0] === "legal@meridian.example")).toBe(true);
  });

  test("is not written to twice, whoever follows and however often", async () => {
    const stage = new Stage({ channels: "[mail]" });
    const [one, two] = [await posted(stage, "sent"), await posted(stage, "sent")];
    stage.ask();
    await Promise.all([one.follow(), two.follow(), one.follow()]);
    await one.follow();
    expect((await one.outbox.list(BOOK, MERIDIAN, 10)).length).toBe(1);
    await expect.poll(() => server.mails.length).toBe(1);
  });

  test("has no clock where the mail server only passes mail on", async () => {
    const stage = new Stage({ channels: "[mail, courier]" });
    const { follow, outbox } = await posted(stage, "sent");
    const notice = stage.ask();
    await follow();
    await expect.poll(async () => (await outbox.list(BOOK, MERIDIAN, 1))[0]?.status).toBe("sent");
    expect(stage.state.notices.get(notice)?.respondBy).toBeUndefined();
  });

  test("is sent a courier where its mail bounces", async () => {
    const refusing = await mailServer({ gone: ["legal@meridian.example"] });
    const stage = new Stage({ channels: "[mail, courier]" });
    const { follow, outbox } = await posted(stage, "delivered", refusing.url);
    const notice = stage.ask();
    await follow();
    await expect.poll(async () => (await outbox.list(BOOK, MERIDIAN, 1))[0]?.status).toBe("dead");
    expect(stage.state.notices.get(notice)).toMatchObject({ channel: "mail" });
    // The next channel is tried once the clause's fallback time is over; a bounce before that is no reason yet.
    stage.wait(24 * 5);
    await expect.poll(() => stage.state.notices.get(notice)?.channel).toBe("courier");
    await refusing.close();
  });

  test("gets the same letter after the mail server was away", async () => {
    server.away.value = true;
    const stage = new Stage({ channels: "[mail]" });
    const { follow, outbox } = await posted(stage, "sent");
    stage.ask();
    await follow();
    await expect.poll(async () => (await outbox.list(BOOK, MERIDIAN, 1))[0]?.lastError).toContain("try again later");
    server.away.value = false;
    await database.get().pool.query("update deliveries set due_at = clock_timestamp()");
    await expect.poll(() => server.mails.length).toBe(1);
  });
});

describe("a link to one notice", () => {
  const url = "https://offtake.aurora.example";
  const formOf = (
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): RequestInit => ({
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(fields).toString(),
  });

  async function linked() {
    const stage = new Stage();
    const notice = stage.ask();
    const { broker } = await posted(stage, "sent");
    const token = await broker.links.make(BOOK, notice, MERIDIAN);
    const call = (path = "", init?: RequestInit): Promise<Response> =>
      serveLink(broker, new Request(`${url}/n/${token}${path}`, init), `${token}${path}`);
    return { stage, notice, broker, token, call };
  }

  test("shows it, starts no period by being opened, and runs nothing", async () => {
    const { stage, notice, call } = await linked();
    const response = await call();
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text).toContain("Notice under your right of first refusal");
    expect(text).not.toMatch(/<script|onclick|https?:\/\//);
    expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(stage.state.notices.get(notice)?.respondBy).toBeUndefined();
    const pdf = await call("/letter.pdf");
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
  });

  test("takes the answer after it was shown once more, and takes it once", async () => {
    const { stage, notice, call } = await linked();
    await call("/acknowledge", formOf({}));
    expect(stage.state.notices.get(notice)?.respondBy).toBeDefined();
    const fields = { answer: "accept", count: "512", signer: "Ada Park", price: "", reason: "" };
    const confirm = await (await call("/answer", formOf(fields))).text();
    expect(confirm).toContain("we accept 512");
    expect(stage.history.some(({ type }) => type === "answerReceived")).toBe(false);
    const done = await call("/answer", formOf({ ...fields, confirmed: "yes" }));
    expect(await done.text()).toContain("Your answer is on record: we accept 512");
    expect(stage.history.filter(({ type }) => type === "answerReceived")).toMatchObject([
      { by: "meridian", answer: { answer: { count: 512, signer: "Ada Park" } } },
    ]);
  });

  test("says of a second answer that the first one stands, and keeps both on record", async () => {
    const { stage, call } = await linked();
    await call("/acknowledge", formOf({}));
    const fields = { answer: "accept", count: "512", signer: "Ada Park", price: "", reason: "", confirmed: "yes" };
    await call("/answer", formOf(fields));
    const second = await call("/answer", formOf({ ...fields, answer: "refuse", count: "" }));
    expect(second.status).toBe(409);
    const text = await second.text();
    expect(text).toContain("an answer stands already");
    expect(text).not.toContain("Your answer is on record");
    const verdicts = stage.history.flatMap((event) => (event.type === "answerReceived" ? [event.answer.verdict] : []));
    expect(verdicts).toEqual(["binding", "ignored"]);
  });

  test.each([
    [{ answer: "", signer: "Ada" }, "Say whether"],
    [{ answer: "accept", signer: "" }, "Say who signs"],
    [{ answer: "accept", signer: "Ada", count: "-1" }, "whole number"],
    [{ answer: "accept", signer: "Ada", price: "cheap" }, "such as 2.40 USD"],
  ])("says what is wrong with %o, and keeps what was filled in", async (fields, words) => {
    const { call } = await linked();
    const response = await call("/answer", formOf(fields));
    expect(response.status).toBe(422);
    const text = await response.text();
    expect(text).toContain(words);
    expect(text).toContain(`name="signer" required maxlength="200" autocomplete="name" value="${fields.signer}"`);
  });

  test("shows as text whatever is put into it", async () => {
    const { call } = await linked();
    const attack = '"><script>alert(1)</script>';
    const text = await (await call("/answer", formOf({ answer: "refuse", signer: attack, reason: attack }))).text();
    expect(text).not.toContain("<script>");
    expect(text).toContain("&lt;script&gt;");
  });

  test("takes no form that another site sends", async () => {
    const { stage, call } = await linked();
    const fields = { answer: "refuse", signer: "Ada", confirmed: "yes" };
    const response = await call("/answer", formOf(fields, { "sec-fetch-site": "cross-site" }));
    expect(response.status).toBe(403);
    expect(stage.history.some(({ type }) => type === "answerReceived")).toBe(false);
  });

  test("opens nothing where it was changed, revoked, has expired, or is of another's notice; all look alike", async () => {
    const { broker, notice, token, call } = await linked();
    const nothing: string[] = [];
    const look = async (given: string): Promise<void> => {
      const response = await serveLink(broker, new Request(`${url}/n/${given}`), given);
      expect(response.status).toBe(404);
      nothing.push(await response.text());
    };
    // The last letter has bits that stand for nothing: each other letter in its place is another link all the same.
    const last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".split("");
    for (const letter of last.filter((one) => !token.endsWith(one))) await look(token.slice(0, -1) + letter);
    await look(token.replace("aurora.", "borealis."));
    await look("nonsense");
    await look(`${token}/a/b`);
    await look(await broker.links.make(BOOK, notice, NORTHLIGHT));
    await look(await broker.links.make(BOOK, notice, MERIDIAN, -1));
    await broker.links.revoke(BOOK, notice);
    await look(token);
    expect(new Set(nothing).size).toBe(1);
    expect((await call()).status).toBe(404);
  });
});

describe("forms of notices", () => {
  test("are those of the agreement, else of the party, and can be erased", async () => {
    const forms = new NoticeForms(database.get().pool);
    expect(await forms.find(BOOK, MERIDIAN, "lab-meridian")).toBeUndefined();
    await forms.set(BOOK, MERIDIAN, undefined, MERIDIANS);
    await forms.set(BOOK, MERIDIAN, "lab-meridian", { ...MERIDIANS, method: "registered post" });
    expect((await forms.find(BOOK, MERIDIAN, "lab-meridian"))?.method).toBe("registered post");
    expect((await forms.find(BOOK, MERIDIAN, "other"))?.method).toBe(MERIDIANS.method);
    expect(await forms.find(BOOK, "zeta" as PartyId, "other")).toBeUndefined();
    await forms.erase(BOOK, MERIDIAN);
    expect(await forms.find(BOOK, MERIDIAN, "lab-meridian")).toBeUndefined();
  });

  test("in a language that letters are not written in are refused when they are put in", () => {
    const form = { addressee: { name: "Legal" }, language: "fr" };
    expect(noticeFormDocument.safeParse(form).success).toBe(false);
    expect(noticeFormDocument.parse({ addressee: { name: "Legal" } })).toEqual({
      addressee: { name: "Legal", lines: [] },
      copies: [],
      language: "en",
    });
  });
});

describe("a feed that grows all the time", () => {
  test("is followed in one go after each rest", async () => {
    let asked = 0;
    let heard: (book: BookName) => void = () => {};
    const follower = new FeedFollower({
      database: database.get(),
      outbox: new Outbox(database.get()),
      feeds: {
        books: () => Promise.resolve([BOOK]),
        // It has grown again whenever somebody looks.
        lengths: () => {
          asked += 1;
          heard(BOOK);
          return Promise.resolve(new Map());
        },
        read: () => Promise.resolve([]),
        onGrowth: (grown) => {
          heard = grown;
          return Promise.resolve(() => Promise.resolve());
        },
      },
      consequences: [],
      restMs: 60_000,
    });
    opened.push(follower);
    await follower.start();
    await expect.poll(() => asked).toBe(1);
    for (let times = 0; times < 20; times += 1) await database.get().pool.query("select 1");
    expect(asked).toBe(1);
  });
});
