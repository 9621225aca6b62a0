import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Broker, newLog, startBroker } from "@offtake/server/broker";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BOOK, Desk, type Ran } from "../cli.fixture.ts";
import { readFiledBook } from "../commands/serve/book.ts";
import { processIo } from "../terminal/io.ts";

const ROLES = ["admin", "procurement", "finance", "engineer", "legal", "provider-desk", "signatory"] as const;
const data = mkdtempSync(join(tmpdir(), "offtake-client-"));
const desk = new Desk();
let broker: Broker;
let login = "";

beforeAll(async () => {
  desk.write("small.yaml", BOOK);
  const io = { ...processIo(new AbortController().signal), cwd: desk.folder };
  const book = await readFiledBook(io, "small.yaml");
  if (!book.ok) throw new Error(book.failure.message);
  broker = await startBroker({ data: { folder: data }, listen: { host: "127.0.0.1", port: 0 }, log: newLog("silent") });
  await broker.makeBook(book.value.name, book.value.first);
  const seats = ["lab", "alfa", "gamma"].map((party) => ({ book: book.value.name, party, roles: ROLES }));
  login = (await broker.firstLogin("First", seats as never))?.code ?? "";
}, 120_000);

afterAll(async () => {
  await broker.close();
  desk.clear();
  rmSync(data, { recursive: true, force: true });
});

/** With what `wait` ends for a request that has come to rest. */
const EXIT_OF: Readonly<Record<string, number>> = {
  awarded_full: 0,
  awarded_part: 8,
  unfilled: 8,
  withdrawn: 8,
  closed: 8,
};

const settings = (): string => join(desk.folder, "settings");

function run(...args: readonly string[]): Promise<Ran> {
  return desk.run(args, { env: { OFFTAKE_CONFIG: settings() } });
}

/** The ids that a list shows in its first column. */
const ids = ({ out }: Ran): readonly string[] =>
  out
    .split("\n")
    .slice(1)
    .flatMap((line) => (line === "" ? [] : [line.split(/\s+/)[0] ?? ""]));

describe.sequential("the command as a client", () => {
  test("says that nobody is logged in, and how to", async () => {
    expect(await run("queue")).toMatchObject({ code: 4, err: expect.stringContaining("offtake login ADDRESS") });
    expect(await run("party", "list")).toMatchObject({
      code: 0,
      out: "",
      err: expect.stringContaining("offtake login"),
    });
  });

  test("logs in once by a one-time login, keeps what is secret to its owner, and begins as the keeper", async () => {
    const again = { env: { OFFTAKE_CONFIG: settings(), OFFTAKE_TOKEN: login } };
    const first = await desk.run(["login", broker.address], again);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining("You act for lab in small") });
    expect(first.out + first.err).not.toContain(login);
    expect(statSync(join(settings(), "contexts.json")).mode & 0o777).toBe(0o600);
    const second = await desk.run(["login", broker.address], again);
    expect(second).toMatchObject({ code: 4, out: "" });
    const { out } = await run("party", "list", "--json");
    expect(out).not.toContain("offs_");
    expect((JSON.parse(out) as { contexts: { party: string }[] }).contexts.map(({ party }) => party).sort()).toEqual([
      "alfa",
      "gamma",
      "lab",
    ]);
  });

  test("sends a login to another machine only where nobody can read it on the way", async () => {
    const env = { env: { OFFTAKE_CONFIG: settings(), OFFTAKE_TOKEN: login } };
    expect(await desk.run(["login", "http://broker.example"], env)).toMatchObject({
      code: 3,
      err: expect.stringContaining("https:// only"),
    });
    expect(await desk.run(["login", "https://me:secret@broker.example"], env)).toMatchObject({ code: 3 });
  });

  test("submits a request, and the same one again under the same key", async () => {
    const args = [
      "request",
      "submit",
      "GB200:1024/8@us-central 2031-01-01..2031-12-31 inference <=3 USD/h",
      "--key",
      "k1",
    ];
    const first = await run(...args);
    expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/^Submitted req_\w+, open, receipt \d+ /) });
    expect((await run(...args)).out).toBe(first.out);
    const other = args.map((word) => word.replace("GB200:1024", "GB200:512"));
    expect(await run(...other)).toMatchObject({ code: 6, err: expect.stringContaining("[retry_differs]") });
    expect(ids(await run("request", "list"))).toHaveLength(1);
    // For programs: without the commas that are there for the eye, and a field that is not there is said.
    expect((await run("request", "list", "--format", "csv")).out).toContain(",1024 × gb200-nvl72,");
    const picked = await run("request", "list", "--json=id,nope");
    expect(JSON.parse(picked.out)).toEqual([{ id: expect.stringMatching(/^req_/), nope: null }]);
    expect(picked.err).toMatch(/^offtake: nothing here has nope; there is id, status, /);
    expect((await run("request", "list", "--json=id,status")).err).toBe("");
  });

  test("shows a holder what it is asked, and takes its answer", async () => {
    expect(await run("party", "use", "alfa")).toMatchObject({ code: 0 });
    const notices = await run("notices");
    const [notice = ""] = ids(notices);
    expect(notices.out).toContain("1,024 × gb200");
    expect(notices.out).toMatch(/^NOTICE +WITH +ASK +WHEN +PRICE/);
    expect(notices.out).toContain("  from Wed 1 Jan 2031 to Wed 31 Dec 2031  ");
    expect((await run("queue")).out).toMatch(/^Waits for you\n[^]*offtake notice accept /);
    expect((await run("queue", "--context", "lab")).out).toMatch(/^Waits for others\n[^]*offtake notice show /);
    expect((await run("notice", "show", notice)).out).toMatch(/answer by \w{3} \d+ \w{3} \d{4}/);
    expect(await run("notice", "accept", notice, "--count", "600")).toMatchObject({
      code: 3,
      err: expect.stringContaining("--yes"),
    });
    expect((await run("notice", "accept", notice, "--count", "600", "--dry-run")).out).toContain('"count": 600');
    // What does not fit the clause is on record and does not count; it can be mended until the deadline.
    expect(await run("notice", "accept", notice, "--count", "601", "--yes")).toMatchObject({
      code: 8,
      err: expect.stringContaining("as it is it does not count: "),
      out: expect.stringContaining("alfa accepted 601"),
    });
    const taken = await run("notice", "accept", notice, "--count", "600", "--yes");
    expect(taken).toMatchObject({ code: 0, out: expect.stringContaining("alfa accepted 600") });
  });

  test("tells a party nothing of what is another's, in the words for what is not there", async () => {
    const [request = ""] = ids(await run("request", "list", "--context", "lab"));
    const hidden = await run("request", "show", request, "--context", "gamma");
    const absent = await run("request", "show", request.replace(/.$/, "0"), "--context", "gamma");
    expect(hidden).toEqual(absent);
    expect(hidden).toMatchObject({
      code: 5,
      err: "offtake: There is no such thing, or it is not yours to see. Check the id. [not_found]\n",
    });
    expect(await run("explain", request)).toMatchObject({ code: 5, err: expect.stringContaining("add --broker") });
  });

  test("has a queue for each, a feed, and an explanation", async () => {
    await run("party", "use", "lab");
    const [request = ""] = ids(await run("request", "list"));
    expect((await run("request", "show", request)).out).toContain("alfa, first-refusal");
    expect((await run("queue", "--json")).out).toContain('"yours"');
    const feed = await run("feed", "--json");
    const places = feed.out
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { position: number }).position);
    expect(places).toEqual(places.map((_, index) => index));
    expect((await run("feed", "--from", "2", "--limit", "3")).out.split("\n")).toHaveLength(4);
    expect((await run("explain", request, "--broker")).out).toContain("first refusal");
    expect((await run("explain", request, "--broker", "--as", "alfa")).code).toBe(3);
    const waited = await run("wait", request, "--timeout", "1s", "--json");
    const { status } = JSON.parse(waited.out) as { status: string };
    expect({ status, code: waited.code }).toEqual({ status, code: EXIT_OF[status] ?? 124 });
  });

  test("writes a feed that is verified offline", async () => {
    expect(await run("feed", "--out", "feed.ndjson")).toMatchObject({ code: 0 });
    expect(await run("verify", "feed.ndjson")).toMatchObject({ code: 0 });
  });

  test("a feed is written to an ordinary file, in a folder that is there, or nothing is", async () => {
    expect(await run("feed", "--out", "none/feed.ndjson")).toMatchObject({
      code: 5,
      err: expect.stringContaining("none/feed.ndjson: it cannot be written (ENOENT)"),
    });
    expect(await run("feed", "--out", ".")).toMatchObject({
      code: 5,
      err: expect.stringContaining("it is no ordinary file, and stays what it is"),
    });
  });

  test("says what is wrong with what is typed before it asks anybody", async () => {
    expect(await run("request", "list", "--limit", "0")).toMatchObject({ code: 3 });
    expect(await run("request", "submit", "no-such-file.yaml")).toMatchObject({ code: 5 });
    expect(await run("request", "submit", "GB200")).toMatchObject({
      code: 5,
      err: expect.stringContaining("GB200:1024"),
    });
    expect(await run("request", "submit", "GB200:8", "--from", "yesterday", "--for", "9d")).toMatchObject({
      code: 3,
      err: "offtake: --from takes a day or an instant, such as 2027-03-01, not yesterday. [usage]\n",
    });
    expect(
      await run("bid", "place", "inv_1", "--price", "2", "--valid-until", "2026-12-31", "--count", "x"),
    ).toMatchObject({
      code: 3,
    });
    expect(await run("party", "use", "alfaa")).toMatchObject({ code: 5, err: expect.stringContaining('"alfa"') });
    expect(await run("notices", "--context", "nobody")).toMatchObject({ code: 5 });
    expect(await run("wait", "req_1", "--timeout", "soon")).toMatchObject({ code: 3 });
  });

  test("tells each thing that is wrong with what was sent once, at its place", async () => {
    const { code, err } = await run("request", "submit", "GB200:12/8@us", "--from", "2031-01-01", "--for", "9d");
    expect(code).toBe(7);
    expect(err.split("\n")).toEqual([
      expect.stringMatching(/^the document:1:1 \/count: 12 is not a multiple of the block, 8; .* \[invalid_count\]$/),
      "offtake: nothing of it was taken: 1 problem. [invalid_count]",
      "",
    ]);
  });

  test("says that a broker does not answer", async () => {
    const env = { OFFTAKE_ADDRESS: "http://127.0.0.1:1", OFFTAKE_TOKEN: "offs_x", OFFTAKE_PARTY: "small/lab" };
    expect(await desk.run(["queue"], { env })).toMatchObject({
      code: 1,
      err: expect.stringContaining("http://127.0.0.1:1 does not answer"),
    });
    // Half an address is none: nothing is sent anywhere.
    expect(await desk.run(["queue"], { env: { ...env, OFFTAKE_PARTY: "lab" } })).toMatchObject({ code: 3 });
  });

  test("invites, gives keys, and takes them back; a key acts for its party and no other", async () => {
    expect((await run("member", "list")).out).toContain("First");
    const invited = await run("member", "invite", "R. Weiss", "--roles", "procurement", "--json");
    expect(invited.code).toBe(0);
    const { data } = JSON.parse(invited.out) as { data: { person: string; login: { code: string } } };
    expect(await run("member", "invite", "Nobody", "--roles", "emperor")).toMatchObject({ code: 7 });
    const made = await run("key", "create", "pipeline", "--roles", "procurement");
    const secret = made.out.trim();
    expect(secret).toMatch(/^offk_/);
    expect(made.err).not.toContain(secret);
    const env = { OFFTAKE_ADDRESS: broker.address, OFFTAKE_TOKEN: secret, OFFTAKE_PARTY: "small/lab" };
    expect((await desk.run(["request", "list"], { env })).code).toBe(0);
    expect((await desk.run(["request", "list"], { env: { ...env, OFFTAKE_PARTY: "small/alfa" } })).code).toBe(4);
    const [key = ""] = ids(await run("key", "list"));
    expect(await run("key", "revoke", key)).toMatchObject({ code: 0 });
    expect((await desk.run(["request", "list"], { env })).code).toBe(4);
    expect(await run("member", "remove", data.person, "--yes")).toMatchObject({ code: 0 });
    expect((await run("approval", "list")).code).toBe(0);
  });

  test("logs out, here and there", async () => {
    expect(await run("logout")).toMatchObject({ code: 0 });
    expect(await run("queue")).toMatchObject({ code: 4 });
  });
});
