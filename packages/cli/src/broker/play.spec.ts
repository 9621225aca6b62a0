import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Broker, newLog, startBroker } from "@offtake/server/broker";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Desk, type Ran } from "../cli.fixture.ts";
import { readFiledBook } from "../commands/serve/book.ts";
import { processIo } from "../terminal/io.ts";

/** The page that plays a request as every party, command by command, against a broker; and the commands that it does not show. */

const pageOf = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../docs/how-to/${name}.md`, import.meta.url)), "utf8");
const PAGE = pageOf("play-every-party");
const blocksOf = (language: string, page = PAGE): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "g"))].map(([, text = ""]) => text);
const ROLES = [
  "operator",
  "admin",
  "procurement",
  "finance",
  "engineer",
  "legal",
  "provider-desk",
  "signatory",
] as const;
const PARTIES = ["aurora", "meridian", "ember", "northlight"];

const data = mkdtempSync(join(tmpdir(), "offtake-play-"));
const desk = new Desk();
let broker: Broker;
const variables = new Map<string, string>();

const env = () => ({ OFFTAKE_CONFIG: join(desk.folder, "settings") });
const run = (...args: readonly string[]): Promise<Ran> => desk.run(args, { env: env() });
const named = (name: string): string => variables.get(name) ?? "";

beforeAll(async () => {
  const [book = "", ember = ""] = blocksOf("yaml");
  desk.write("book/book.yaml", book);
  desk.write("ember.yaml", ember);
  const io = { ...processIo(new AbortController().signal), cwd: desk.folder };
  const filed = await readFiledBook(io, "book");
  if (!filed.ok) throw new Error(filed.failure.message);
  broker = await startBroker({ data: { folder: data }, listen: { host: "127.0.0.1", port: 0 }, log: newLog("silent") });
  await broker.makeBook(filed.value.name, filed.value.first);
  const seats = PARTIES.map((party) => ({ book: filed.value.name, party, roles: ROLES }));
  const login = await broker.firstLogin("First", seats as never);
  await desk.run(["login", broker.address], { env: { ...env(), OFFTAKE_TOKEN: login?.code ?? "" } });
}, 120_000);
afterAll(async () => {
  await broker.close();
  desk.clear();
  rmSync(data, { recursive: true, force: true });
});

const linesOf = (page: string): string[] =>
  blocksOf("sh", page)
    .join("")
    .split("\n")
    .filter((line) => line !== "" && !/offtake (?:serve|login) /.test(line));

/** A line of the page: `NAME=$(npx offtake ...)` keeps what is printed. */
async function play(line: string): Promise<Ran> {
  const [, name, inner] = /^(\w+)=\$\((.*)\)$/.exec(line) ?? [];
  const typed = (inner ?? line).replaceAll(/\$(\w+)/g, (_, variable: string) => named(variable));
  const words = Array.from(typed.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? "");
  const ran = await run(...words.slice(2));
  if (name !== undefined) variables.set(name, ran.out.trim());
  return ran;
}

describe.sequential("the page that plays every party", () => {
  test.each(linesOf(PAGE))("%s", async (line) => {
    const ran = await play(line);
    expect({ line, ...ran }).toMatchObject({ line, code: 0 });
    expect(ran.out + ran.err).not.toContain("undefined");
  });

  test("tells Ember nothing of Meridian, of the notice, or of who was awarded what", async () => {
    const told = (await run("feed", "--context", "ember", "--json")).out;
    for (const secret of ["meridian", named("NOTICE"), named("REQUEST"), "northlight"])
      expect(told).not.toContain(secret);
    // A figure of its own: an instant may end in such digits.
    expect(told).not.toMatch(/(?<![\d:.])2\.44/);
    expect(told).toContain("ember");
    expect((await run("award", "list", "--context", "ember", "--format", "ids")).out).toBe("");
    expect((await run("award", "list", "--context", "northlight")).out).toContain("3,072");
  });
});

describe.sequential("what is refused, and what to do then", () => {
  test("a plan that was changed, is for another party, or is no plan", async () => {
    await run("party", "use", "aurora");
    desk.write("e2.yaml", blocksOf("yaml")[1]?.replaceAll("ember-frame", "second").replace("Frame", "Second") ?? "");
    expect(await run("apply", "e2.yaml", "--out", "p2.json", "--detailed-exitcode")).toMatchObject({ code: 2 });
    const plan = readFileSync(join(desk.folder, "p2.json"), "utf8");
    desk.write("p3.json", plan.replace("Second", "Sceond"));
    expect(await run("apply", "p3.json")).toMatchObject({
      code: 7,
      err: expect.stringContaining("--dry-run --out p3.json"),
    });
    expect(await run("apply", "p2.json", "--context", "ember")).toMatchObject({ code: 3 });
    desk.write("e3.yaml", blocksOf("yaml")[1]?.replaceAll("ember-frame", "third") ?? "");
    desk.write("e2.yaml", (blocksOf("yaml")[1] ?? "").replaceAll("ember-frame", "second").replace("Frame", "Other"));
    expect(await run("apply", "e2.yaml", "--yes")).toMatchObject({ code: 0 });
    expect(await run("apply", "p2.json")).toMatchObject({
      code: 6,
      err: expect.stringContaining("nothing was recorded"),
    });
    expect(await run("apply", "e2.yaml", "--dry-run", "--detailed-exitcode")).toMatchObject({ code: 0 });
    expect((await run("agreement", "versions", "second", "--json=id")).out).toContain("second:1");
  });

  test("a choice of what is sealed, settled or not there; parts that are not written as such", async () => {
    expect(await run("award", "choose", named("REQUEST"), "--scenario", "cheapest")).toMatchObject({ code: 6 });
    expect(await run("award", "choose", named("REQUEST"))).toMatchObject({ code: 3 });
    expect(await run("award", "scenarios", named("REQUEST"), "--take", "bid:x")).toMatchObject({ code: 3 });
    expect(await run("award", "scenarios", "req_none")).toMatchObject({ code: 5 });
  });

  test("a sheet of a choice by hand: everything that is wrong with it is told with its line and column", async () => {
    const text = readFileSync(join(desk.folder, "sheet.csv"), "utf8");
    expect(text.split("\r\n")[0]).toBe("bid,line,provider,lot,at_least,at_most,multiple,price,count");
    const [head = "", first = "", second = ""] = text.split("\r\n");
    const bid = first.split(",")[0] ?? "";
    const withCount = (row: string, count: string): string => row.replace(/,\d*$/, `,${count}`);
    const wrong = async (...rows: readonly string[]): Promise<string> => {
      desk.write("wrong.csv", rows.join("\n"));
      const ran = await run("award", "choose", named("REQUEST"), "--from", "wrong.csv", "--yes");
      expect(ran).toMatchObject({ code: 7, out: "" });
      return ran.err;
    };
    expect(await wrong("bid;sum", `${bid};8`)).toContain("wrong.csv:1:1 count: the sheet has no column count");
    expect(await wrong(head, withCount(first, "many"))).toContain("wrong.csv:2:9 count: many is no whole number");
    expect(await wrong(head, withCount(first, "8"), withCount(first, "8"))).toContain("wrong.csv:3:1 bid:");
    expect(await wrong(head, withCount(first, "7"))).toMatch(/wrong\.csv:2:9 count: 7 of .* \[out_of_range\]/);
    expect(await wrong(head, withCount(first.replace(bid, "bid_none"), "8"))).toContain("[unknown_value]");
    expect(await wrong(head, `${bid},1`)).toContain("the row has not 9 values");
    expect(await wrong(head, withCount(first, "0"), withCount(second, ""))).toContain("[too_few]");
    expect(await wrong(head, `"${bid}`)).toContain("wrong.csv");
    const sheet = ["award", "scenarios", named("REQUEST"), "--from"];
    expect(await run(...sheet, "none.csv")).toMatchObject({ code: 5 });
    expect(await run(...sheet, "sheet.csv", "--take", "bid_x:8")).toMatchObject({ code: 3 });
  });

  test("a right, a format, a shell, an answer that there is not", async () => {
    expect(await run("waive", "first-refusal")).toMatchObject({ code: 3 });
    expect(await run("request", "list", "--format", "xml")).toMatchObject({ code: 3 });
    expect(await run("completion", "tcsh")).toMatchObject({ code: 3 });
    const record = ["notice", "record", named("NOTICE"), "--signer", "X", "--file"];
    expect(await run(...record, "x.eml", "--answer", "maybe")).toMatchObject({ code: 3 });
    expect(await run(...record, "x.eml", "--answer", "refuse")).toMatchObject({ code: 5 });
    expect(await run(...record, "x.exe", "--answer", "refuse")).toMatchObject({ code: 3 });
    expect(await run("capacity", "--from", "soon")).toMatchObject({ code: 3 });
    expect(await run("request", "plan", "H100:8@us-*", "--lead", "x")).toMatchObject({ code: 3 });
    expect(await run("request", "plan", "H100:8@us-*", "--context", "ember")).toMatchObject({
      code: 5,
      err: expect.stringContaining("keepers_alone"),
    });
  });
});

describe.sequential("the page that protects data", () => {
  test.each(linesOf(pageOf("protect-data")))("%s", async (line) => {
    const ran = await play(line);
    expect({ line, ...ran }).toMatchObject({ line, code: 0 });
    expect(ran.out + ran.err).not.toContain("undefined");
  });

  test("has erased a name, and nothing but that", async () => {
    const shown = (await run("agreement", "show", "meridian-master", "--broker", "--json")).out;
    expect(shown).toContain("[erased]");
    expect(shown).toContain("Meridian is asked first");
    expect((await run("text", "list", "--holding", "Weiss")).err).toContain('Nothing holds "Weiss"');
    expect((await run("retention", "list", "--format", "csv")).out).toBe(
      'agreement,kept for,legal hold\r\nall,365 days,none\r\nmeridian-master,"3,650 days",none\r\n',
    );
  });

  test("keeps what a rule or a hold keeps, and says what is no reference", async () => {
    const [title = ""] = (await run("text", "list", "--holding", "asked first", "--format", "ids")).out.split("\n");
    const kept = await run("erase", title, "--yes");
    expect(kept).toMatchObject({ code: 6, err: expect.stringContaining("retention") });
    expect(await run("hold", "set", "--why", "Case 7")).toMatchObject({ code: 0 });
    const [name = ""] = (await run("text", "list", "--holding", "Ember Compute", "--format", "ids")).out.split("\n");
    expect(await run("erase", name, "--yes")).toMatchObject({ code: 6, err: expect.stringContaining("legal hold") });
    expect(await run("hold", "lift")).toMatchObject({
      code: 0,
      out: "all of the book: words and files are kept for 365 days; no legal hold\n",
    });
    expect(await run("erase", name)).toMatchObject({ code: 3, err: expect.stringContaining("--yes") });
    expect(await run("erase", "Ada Park", "--yes")).toMatchObject({ code: 3, err: expect.stringContaining("txt_") });
    expect(await run("erase", "txt_none", "--yes")).toMatchObject({ code: 5 });
    expect(await run("retention", "set", "--days", "forever")).toMatchObject({ code: 3 });
    expect(await run("retention", "list", "--context", "ember")).toMatchObject({ code: 5 });
    expect((await run("text", "list", "--context", "ember")).out).not.toContain("Meridian");
  });
});

describe.sequential("lists, letters and endpoints", () => {
  test("lists come as CSV, as lines, as ids, and as the fields that are named", async () => {
    const csv = await run("request", "list", "--format", "csv");
    expect(csv.out.split("\r\n")[0]).toBe("request,asked for,purpose,awarded,status,due");
    expect(csv.out).toContain(",4096 × h100-sxm-80gb,");
    const lines = (await run("request", "list", "--format", "ndjson")).out.trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual([named("REQUEST")]);
    expect(JSON.parse((await run("request", "list", "--json=id,view.closed")).out)).toEqual([
      { id: named("REQUEST"), "view.closed": expect.any(Boolean) },
    ]);
    expect(JSON.parse((await run("request", "show", named("REQUEST"), "--json=id")).out)).toEqual({
      id: named("REQUEST"),
    });
  });

  test("what ended is listed with --all, and not without", async () => {
    expect((await run("bid", "open", "--context", "ember", "--format", "ids")).out).toBe("");
    const all = await run("bid", "open", "--all", "--context", "ember");
    expect(all.out).toContain("not selected");
    expect((await run("bid", "open", "--all", "--context", "northlight")).out).toContain("selected 3,072");
  });

  test("a notice is a letter, a waiver is revoked, and nobody is told at an address that is none", async () => {
    expect(await run("notice", "letter", named("NOTICE"), "--out", "letter.pdf")).toMatchObject({ code: 0 });
    expect(readFileSync(join(desk.folder, "letter.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
    const [waiver = ""] = (await run("waiver", "list", "--context", "meridian", "--format", "ids")).out
      .trim()
      .split("\n");
    expect(await run("waiver", "revoke", waiver, "--context", "meridian")).toMatchObject({ code: 0 });
    expect((await run("webhook", "list")).err).toContain("offtake webhook create");
    expect(await run("webhook", "create", "http://localhost/")).toMatchObject({ code: 7 });
    const made = await run("webhook", "create", "https://hooks.example/offtake", "--type", "notice.*");
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^whsec_/) });
    const [id = ""] = (await run("webhook", "list")).out.split("\n")[1]?.split(/\s+/) ?? [];
    expect((await run("webhook", "show", id)).out).toContain("notice.*");
    expect(await run("webhook", "deliveries")).toMatchObject({ code: 0 });
    expect(await run("webhook", "replay", "dlv_none")).toMatchObject({ code: 5 });
    expect(await run("webhook", "delete", id, "--yes")).toMatchObject({ code: 0 });
    expect(await run("webhook", "show", id)).toMatchObject({ code: 5 });
    expect((await run("outgoing", "show")).out).toMatch(/^Everything goes out\n/);
    expect(await run("outgoing", "pause")).toMatchObject({ code: 3 });
    expect((await run("outgoing", "pause", "--yes")).out).toMatch(
      /^Held back since .*Next: offtake outgoing resume\n$/,
    );
    expect(JSON.parse((await run("outgoing", "show", "--json")).out)).toHaveProperty("data.pausedSince");
    expect((await run("outgoing", "resume")).out).toMatch(/^Everything goes out; /);
    expect(await run("support", "bundle", "--out", "help.json")).toMatchObject({ code: 0, out: "help.json\n" });
    const bundle = readFileSync(join(desk.folder, "help.json"), "utf8");
    expect(JSON.parse(bundle)).toHaveProperty("status");
    expect(bundle).not.toContain("Ada Park");
    expect((await run("support", "bundle", "--out", "none/help.json")).err).toContain("file_unwritable");
  });

  test("the doctor says what is not well, and what to do", async () => {
    expect((await run("doctor")).out).toContain("Nothing is wrong.");
    const gone = {
      ...env(),
      OFFTAKE_ADDRESS: "http://127.0.0.1:1",
      OFFTAKE_TOKEN: "offs_x",
      OFFTAKE_PARTY: "book/aurora",
    };
    expect(await desk.run(["doctor"], { env: gone })).toMatchObject({
      code: 1,
      out: expect.stringContaining("-> start it"),
    });
    const nobody = { env: { OFFTAKE_CONFIG: join(desk.folder, "nothing") } };
    expect(await desk.run(["doctor"], nobody)).toMatchObject({
      code: 0,
      out: expect.stringContaining("offtake login ADDRESS"),
    });
  });

  test("shells complete commands and options that there are", async () => {
    for (const shell of ["bash", "zsh", "fish"]) {
      const { code, out } = await run("completion", shell);
      expect(code).toBe(0);
      for (const word of ["scenarios", "webhook", "apply"]) expect(out).toContain(word);
      expect(out).not.toContain("--fields");
    }
  });
});

describe.sequential("dates, evidence of a request, and any call", () => {
  test("dates are those of the book at the broker, as each party knows them", async () => {
    const all = await run("dates", "--broker", "--within", "15y");
    expect(all).toMatchObject({ code: 0, out: expect.stringContaining("meridian-master") });
    expect(all.out).toMatch(/\d+ dates, \d+ of them for you to act on\n$/);
    const shown = JSON.parse((await run("dates", "--broker", "--within", "15y", "--json")).out) as {
      data: { dates: { agreement: string }[] };
    };
    expect(shown.data.dates.length).toBeGreaterThan(1);
    const northlight = await run("dates", "--context", "northlight", "--within", "15y");
    expect(northlight.out).not.toContain("meridian");
    expect(await run("dates", "book", "--broker")).toMatchObject({ code: 3 });
    expect(await run("dates", "--broker", "--ics", "x.ics")).toMatchObject({ code: 3 });
    expect(await run("dates", "--broker", "--within", "soon")).toMatchObject({ code: 3 });
  });

  test("evidence of a request holds every notice about it, and says who was asked before the market was", async () => {
    const out = ["--out", "request.json"];
    expect(await run("evidence", "export", "--request", named("REQUEST"), ...out)).toMatchObject({ code: 0 });
    const checked = await run("evidence", "verify", "request.json");
    expect(checked).toMatchObject({ code: 0, out: expect.stringContaining("with its 1 notice") });
    expect(checked.out).toMatch(/ok {7}asked first {2}ntc_\w+ to meridian sent .*; part_accepted before/);
    const text = readFileSync(join(desk.folder, "request.json"), "utf8");
    const evidence = JSON.parse(text) as { notices: string[] };
    expect(evidence.notices).toEqual([named("NOTICE")]);
    desk.write("without.json", JSON.stringify({ ...evidence, notices: [] }));
    expect(await run("evidence", "verify", "without.json")).toMatchObject({
      code: 1,
      out: expect.stringContaining("is left out"),
    });
    const [own = ""] = (await run("notices", "--all", "--context", "meridian", "--json=view.notice.request")).out.match(
      /req_\w+|ask_\w+/,
    ) ?? [""];
    expect(own).not.toBe(named("REQUEST"));
    expect(await run("evidence", "export", "--request", own, "--context", "meridian", ...out)).toMatchObject({
      code: 0,
    });
    expect((await run("evidence", "verify", "request.json")).out).toContain("with its 1 notice");
    expect(await run("evidence", "export", "--request", named("REQUEST"), "--context", "ember")).toMatchObject({
      code: 5,
    });
    expect(await run("evidence", "export", named("NOTICE"), "--request", named("REQUEST"))).toMatchObject({ code: 3 });
    expect(await run("evidence", "export")).toMatchObject({ code: 3 });
  });

  test("the position is what was asked for less what was awarded, by kind, region and month", async () => {
    const args = ["position", "--from", "2036-05-01", "--to", "2036-07-31"];
    const csv = (await run(...args, "--format", "csv")).out.trimEnd().split("\r\n");
    expect(csv[0]).toBe("accelerator,region,month,demand,secured,gap");
    // Meridian did not say where in the United States it is.
    expect(csv).toContain("h100-sxm-80gb,us-*,2036-06,1024,1024,0");
    expect(csv).toContain("h100-sxm-80gb,us-west,2036-06,3072,3072,0");
    expect((await run(...args)).out).toMatch(/h100-sxm-80gb +all +2036-06 +4,096 +4,096 +0\n/);
    const { data } = JSON.parse((await run(...args, "--json")).out) as {
      data: { complete: boolean; cells: { securedSeconds: string; demandSeconds: string }[] };
    };
    expect(data.complete).toBe(true);
    const seconds = data.cells.reduce((sum, one) => sum + BigInt(one.securedSeconds), 0n);
    expect(seconds).toBe(4096n * 90n * 86_400n);
    await run("request", "submit", "H100:512/8@us-west", "--from", "2038-05-01", "--for", "31d", "--key", "gap");
    const open = await run("position", "--from", "2038-05-01", "--to", "2038-05-31");
    expect(open).toMatchObject({ code: 0, out: expect.stringMatching(/us-west +2038-05 +512 +0 +\+512\n/) });
    expect(await run(...args, "--context", "ember")).toMatchObject({ code: 5 });
    expect(await run(...args, "--accelerator", "gb200")).toMatchObject({
      code: 0,
      out: "",
      err: expect.stringContaining("Nothing is asked for"),
    });
    expect(await run("position", "--from", "soon")).toMatchObject({ code: 3 });
  });

  test("a notice is explained to its holder, and to nobody else", async () => {
    const held = await run("explain", named("NOTICE"), "--context", "meridian");
    expect(held).toMatchObject({ code: 0, out: expect.stringContaining("your right by") });
    expect((await run("explain", named("NOTICE"), "--broker")).out).toContain("first refusal");
    expect(await run("explain", named("NOTICE"), "--context", "ember")).toMatchObject({ code: 5 });
  });

  test("any call is made as the party that one acts for; problems have the exit codes of their kinds", async () => {
    const list = await run("api", "get", "/v1/books/{book}/requests?limit=1&order=created&descending=false");
    expect((JSON.parse(list.out) as { data: { id: string }[] }).data[0]?.id).toBe(named("REQUEST"));
    const shown = await run("api", "GET", `/v1/books/{book}/requests/${named("REQUEST")}`, "--etag");
    expect(shown.err).toMatch(/^"\d+"\n$/);
    expect(
      await run("api", "GET", `/v1/books/{book}/requests/${named("REQUEST")}`, "--context", "ember"),
    ).toMatchObject({
      code: 5,
    });
    const body =
      '{"accelerators": "H100", "count": 8, "regions": "us-west", "window": {"from": "2037-01-01", "for": "7 days"}}';
    desk.write("wish.json", body);
    const submit = (key: string, sent: string) =>
      run("api", "POST", "/v1/books/{book}/requests", "--body", sent, "--key", key);
    const made = await submit("api-1", "@wish.json");
    expect(made.code).toBe(0);
    expect((await submit("api-1", body)).out).toBe(made.out);
    expect(await submit("api-1", body.replace("8", "16"))).toMatchObject({ code: 6 });
    const wrong = await run("api", "POST", "/v1/books/{book}/requests", "--body", "{}", "--json");
    expect(JSON.parse(wrong.out)).toMatchObject({ problems: expect.any(Array) });
    const { data } = JSON.parse(made.out) as { data: { id: string } };
    expect(await run("api", "POST", `/v1/books/{book}/requests/${data.id}/withdraw`)).toMatchObject({ code: 0 });
    expect((await run("api", "GET", "/v1/books/{book}/feed/export")).out).toContain('"schema":"offtake/feed@1"');
    for (const args of [
      ["PATCH", "/v1/books"],
      ["GET", "v1/books"],
      ["GET", "//elsewhere.example/v1"],
      ["GET", "/v1/books/{book}/requests/{request}"],
      ["GET", "/v1/books", "--body", "{}"],
    ])
      expect(await run("api", ...args)).toMatchObject({ code: 3, out: "" });
    expect(await run("api", "POST", "/v1/books", "--body", "@none.json")).toMatchObject({ code: 5 });
  });
});
