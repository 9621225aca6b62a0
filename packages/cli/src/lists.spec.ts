import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Desk } from "./cli.fixture.ts";

const LIST = `Vertrag Nr.;Vertragspartner;Art des Rechts;GPU;Beginn;Ende;Antwortfrist;Betrag
V-1;Meridian Cloud;Vorkaufsrecht;H100, H200;01.01.2026;Ende 2030;5 BD;EUR 4,5 Mio
V-2;Ember;Rahmenvertrag;;2027-Q1;unbefristet;;
`;

let desk: Desk;

beforeEach(() => {
  desk = new Desk();
});
afterEach(() => {
  desk.clear();
});

const read = (path: string): string => readFileSync(join(desk.folder, path), "utf8");
const filesOf = (path: string): string[] =>
  readdirSync(join(desk.folder, path), { recursive: true }).map(String).sort();

describe("offtake init", () => {
  test("makes a folder that validates, whose README names commands that work", async () => {
    expect(await desk.run(["init", "my-book"])).toMatchObject({ code: 0, err: "" });
    expect(await desk.run(["validate", "my-book"])).toMatchObject({ code: 0 });
    const typed = Array.from(read("my-book/README.md").matchAll(/^ {4}offtake (.+?)(?: {2,}.*)?$/gm), ([, line = ""]) =>
      line.split(" "),
    );
    expect(typed.length).toBeGreaterThan(2);
    for (const args of typed)
      expect([args, await desk.run(args, { cwd: join(desk.folder, "my-book") })]).toMatchObject([args, { code: 0 }]);
    for (const file of filesOf("my-book").filter((name) => name.endsWith(".yaml"))) {
      const [, schema = ""] = /\$schema=(\S+)/.exec(read(`my-book/${file}`)) ?? [];
      expect(existsSync(join(desk.folder, "my-book", file, "..", schema))).toBe(true);
    }
  });

  test("never writes over anything, and with --dry-run writes nothing", async () => {
    desk.write("mine/notes.txt", "mine");
    expect(await desk.run(["init", "mine"])).toMatchObject({
      code: 6,
      err: expect.stringContaining("[already_there]") as string,
    });
    expect(filesOf("mine")).toEqual(["notes.txt"]);
    expect(await desk.run(["init", "new", "--dry-run"])).toMatchObject({ code: 0 });
    expect(existsSync(join(desk.folder, "new"))).toBe(false);
    mkdirSync(join(desk.folder, "empty"));
    expect(await desk.run(["init", "empty"])).toMatchObject({ code: 0 });
  });

  test("--from makes a book of a list; what could be read otherwise is told", async () => {
    desk.write("list.csv", LIST);
    const made = await desk.run(["init", "book", "--from", "list.csv", "--keeper", "Aurora Labs"]);
    expect(made).toMatchObject({ code: 0, err: "" });
    expect(made.out).toContain("2 added, 0 changed");
    expect(made.out).toContain('row 2 Ende "Ende 2030": 2030-12-31');
    expect(await desk.run(["validate", "book"])).toMatchObject({ code: 0 });
    const json = JSON.parse((await desk.run(["init", "other", "--from", "list.csv", "--dry-run", "--json"])).out) as {
      counts: object;
    };
    expect(json.counts).toEqual({ added: 2, changed: 0, unchanged: 0, gone: 0, refused: 0, byHand: 0 });
  });

  test("a list without a good row makes no folder", async () => {
    desk.write("list.csv", LIST.replaceAll(/Vorkaufsrecht|Rahmenvertrag/g, "barter"));
    const made = await desk.run(["init", "book", "--from", "list.csv"]);
    expect(made).toMatchObject({ code: 7, err: expect.stringContaining("[no_agreements]") as string });
    expect(filesOf(".")).toEqual(["list.csv"]);
  });

  test.each([
    [["--from", "nowhere.csv"], 5, "file_not_found"],
    [["--from", "list.csv", "--keeper", "??"], 3, "usage"],
    [["--from", "list.csv", "--side", "both"], 3, "usage"],
    [["--from", "list.csv", "--currency", "gold"], 3, "usage"],
    [["--from", "list.csv", "--zone", "Mars/Base"], 3, "usage"],
    [["--from", "list.csv", "--sheet", "Two"], 7, "no_such_sheet"],
    [["--from", "list.csv", "--mapping", "list.csv"], 7, "invalid_document"],
    [["--from", "empty.csv"], 7, "empty_file"],
    [["--from", "prose.csv"], 7, "no_header"],
    [["--from", "."], 5, "file_unreadable"],
  ])("%j is refused with a code, and nothing is left", async (args, code, name) => {
    desk.write("list.csv", LIST);
    desk.write("empty.csv", "");
    desk.write("prose.csv", "Dear all,\n");
    expect(await desk.run(["init", "book", ...args])).toMatchObject({
      code,
      err: expect.stringContaining(`[${name}]`) as string,
    });
    expect(filesOf(".")).toEqual(["empty.csv", "list.csv", "prose.csv"]);
  });
});

describe("offtake import and export", () => {
  beforeEach(async () => {
    desk.write("list.csv", LIST);
    await desk.run(["init", "book", "--from", "list.csv"]);
  });

  test("the same list again changes nothing; a changed one writes what changed; hand-written values stay", async () => {
    const files = filesOf("book");
    const texts = files.filter((name) => /\.\w+$/.test(name)).map((name) => read(`book/${name}`));
    expect((await desk.run(["import", "list.csv", "--into", "book"])).out).toContain("0 added, 0 changed, 2 unchanged");
    expect(files.filter((name) => /\.\w+$/.test(name)).map((name) => read(`book/${name}`))).toEqual(texts);
    desk.write(
      "book/agreements/V-1.yaml",
      read("book/agreements/V-1.yaml").replace("window: 5 business days", "window: 6 business days # counsel"),
    );
    desk.write("list.csv", LIST.replace("4,5 Mio", "6 Mio").replace("5 BD", "7 BD"));
    const again = await desk.run(["import", "list.csv", "--into", "book"]);
    expect(again).toMatchObject({ code: 1 });
    expect(again.out).toContain("6 business days stays; the list says 7 business days");
    expect(read("book/agreements/V-1.yaml")).toMatch(/window: 6 business days # counsel[\s\S]*amount: 6000000 EUR/);
    expect(await desk.run(["validate", "book"])).toMatchObject({ code: 0 });
  });

  test("the mapping that was written is used, also when it was changed", async () => {
    desk.write(
      "book/imports/list.mapping.yaml",
      read("book/imports/list.mapping.yaml").replace("is: window", "is: renewalNotice"),
    );
    const again = await desk.run(["import", "list.csv", "--into", "book", "--dry-run"]);
    expect(again.out).toMatch(/Antwortfrist +renewalNotice +the mapping/);
    desk.write("book/imports/list.mapping.yaml", "schema: offtake/mapping@1\ncolumns: 1\n");
    expect(await desk.run(["import", "list.csv", "--into", "book"])).toMatchObject({
      code: 7,
      err: expect.stringContaining("mapping.yaml:2:") as string,
    });
  });

  test("an export imports again without a change, as CSV and as a workbook", async () => {
    for (const [flag, file] of [
      ["--csv", "out.csv"],
      ["--xlsx", "out.xlsx"],
    ] as const) {
      expect(await desk.run(["export", "book", flag, file])).toMatchObject({ code: 0 });
      const again = await desk.run(["import", file, "--into", "book", "--as", "list", "--dry-run"]);
      expect(again.out).toContain("0 added, 0 changed, 2 unchanged");
      expect(await desk.run(["export", "book", flag, file])).toMatchObject({
        code: 6,
        err: expect.stringContaining("[already_there]") as string,
      });
      expect(await desk.run(["export", "book", flag, file, "--force"])).toMatchObject({ code: 0 });
    }
    expect((await desk.run(["export", "book", "--csv", "-"])).out).toMatch(/^Vertrag Nr\.,Vertragspartner/);
  });

  test("agreements that the book names in files elsewhere are exported; an import changes nothing there", async () => {
    desk.write(
      "shared/m.yaml",
      "schema: offtake/agreement@1\nname: m1\nparties: { buyer: tern, provider: harbor }\neffective: { from: 2026-01-01 }\n",
    );
    desk.write(
      "apart/book.yaml",
      "schema: offtake/book@1\nkeeper: tern\nzone: UTC\nparties:\n  - { id: tern, name: Tern, roles: buyer }\n  - { id: harbor, name: Harbor, roles: provider }\nagreements:\n  - file: ../shared/m.yaml\n",
    );
    const { out } = await desk.run(["export", "apart", "--csv", "-"]);
    expect(out).toContain("m1,Harbor,2026-01-01");
    desk.write("same.csv", out);
    expect((await desk.run(["import", "same.csv", "--into", "apart", "--dry-run"])).out).toContain("1 unchanged");
    desk.write("other.csv", out.replace("m1,Harbor,2026-01-01", "m1,Harbor,2026-02-01"));
    const told = await desk.run(["import", "other.csv", "--into", "apart", "--prefer", "list"]);
    expect([told.code, told.err]).toEqual([1, expect.stringContaining("../shared/m.yaml stands outside of apart")]);
    expect(read("shared/m.yaml")).toContain("2026-01-01");
  });

  test("a book that is not valid, is not there or is several is told, and nothing is written", async () => {
    expect(await desk.run(["import", "list.csv", "--into", "nowhere"])).toMatchObject({
      code: 5,
      err: expect.stringContaining("[file_not_found]") as string,
    });
    desk.write("plain/readme.txt", "x");
    expect(await desk.run(["import", "list.csv", "--into", "plain"])).toMatchObject({
      code: 5,
      err: expect.stringContaining("[no_book]") as string,
    });
    desk.write("book/imports/list.rows.json", "{");
    expect(await desk.run(["import", "list.csv", "--into", "book"])).toMatchObject({
      code: 7,
      err: expect.stringContaining("[import_state_malformed]") as string,
    });
    desk.write("book/book.yaml", read("book/book.yaml").replace("keeper: our-company", "keeper: nobody"));
    expect(await desk.run(["import", "list.csv", "--into", "book"])).toMatchObject({
      code: 7,
      err: expect.stringContaining("unknown_party") as string,
    });
  });

  test.skipIf(process.getuid?.() === 0)("a folder that cannot be written to stays as it was", async () => {
    chmodSync(join(desk.folder, "book"), 0o555);
    desk.write("list.csv", LIST.replace("4,5 Mio", "6 Mio"));
    expect(await desk.run(["import", "list.csv", "--into", "book"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("[file_unwritable]") as string,
    });
    chmodSync(join(desk.folder, "book"), 0o755);
  });

  test("when one file cannot take its place, those before it come back", async () => {
    const before = read("book/agreements/V-1.yaml");
    desk.write("list.csv", `${LIST.replace("4,5 Mio", "6 Mio")}`);
    desk.write("book/imports/other.rows.json/block/x", "");
    const failing = await desk.run(["import", "list.csv", "--into", "book", "--as", "other"]);
    expect(failing.code).not.toBe(0);
    expect(read("book/agreements/V-1.yaml")).toBe(before);
    expect(filesOf("book").filter((name) => name.includes(".offtake"))).toEqual([]);
  });
});

test("offtake demo shows agreements, a request and what to type next, and the commands that it names work", async () => {
  const shown = await desk.run(["demo"]);
  expect(shown.code).toBe(0);
  expect(shown.err).toMatch(/^What is open, as questions for your lawyer: offtake agreement check \S+\n$/);
  expect(shown.out).toContain("meridian-master");
  const next = Array.from(
    shown.out.slice(shown.out.indexOf("Try next")).matchAll(/^ {2}offtake (.+?) {2,}/gm),
    ([, line = ""]) => line.split(" "),
  );
  expect(next.length).toBeGreaterThan(3);
  for (const args of next.filter((words) => words[0] !== "init"))
    expect([args, await desk.run(args)]).toMatchObject([args, { code: 0 }]);
});
