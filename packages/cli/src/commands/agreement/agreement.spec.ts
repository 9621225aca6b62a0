import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BOOK, Desk } from "../../cli.fixture.ts";

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk.clear());

const textOf = (path: string): string => readFileSync(join(desk.folder, path), "utf8");

const ANSWERS = `agreement: harbor-master
buyer: tern
provider: harbor
from: 2026-01-01
to: 2027-12-31
zone: America/New_York
accelerators: [H100, H200]
window: 5 business days
silence: refusal
text: "4.2 Provider shall have five Business Days to answer."
`;

/** While its agreement is in force: once it has ended there is nothing left to ask. */
const AT = ["--at", "2026-09-14T17:00:00Z"];
const NEW = ["agreement", "new", "harbor.yaml", "--template", "ask-first", "--answers", "a.yaml"];

describe("agreement new", () => {
  test("writes a file that is valid, says what is open and what comes next", async () => {
    desk.write("a.yaml", ANSWERS);
    const made = await desk.run(NEW);
    expect(made.code).toBe(0);
    expect(made.out).toBe("");
    expect(made.err).toContain("offtake agreement check harbor.yaml");
    expect(textOf("harbor.yaml")).toContain("window: 5 business days");
    expect((await desk.run(["validate", "harbor.yaml"])).code).toBe(0);
    const again = await desk.run(NEW);
    expect([again.code, again.err]).toEqual([6, expect.stringContaining("[file_exists]")]);
  });

  test("without a file it prints the agreement, with --json what it is made of", async () => {
    desk.write("a.yaml", ANSWERS);
    const printed = await desk.run(["agreement", "new", "--template", "ask-first", "--answers", "a.yaml"]);
    expect(printed.out).toMatch(/^# yaml-language-server/);
    const json = await desk.run(["agreement", "new", "--template", "ask-first", "--answers", "a.yaml", "--json"]);
    const told = JSON.parse(json.out) as { clause: { kind: string }; open: { id: string }[] };
    expect(told.clause.kind).toBe("first-refusal");
    expect(told.open.map(({ id }) => id)).toContain("delivery-rule");
  });

  test("what is wrong is told where it was answered, all at once, and nothing is written", async () => {
    desk.write("a.yaml", `${ANSWERS.replace("5 business days", "a week")}silense: refusal\n`);
    const made = await desk.run([...NEW, "--set", "tail-days=soon"]);
    expect(made.code).toBe(7);
    expect(made.err).toContain("a.yaml:8:1 window");
    expect(made.err).toContain("a.yaml:11:1 silense: there is no question `silense`");
    expect(made.err).toContain("--set:1:1 tail-days");
    expect(() => textOf("harbor.yaml")).toThrow("ENOENT");
  });

  test("adds a clause to an agreement, or to one that stands in a book, and keeps what is there", async () => {
    const own =
      "# ours\nschema: offtake/agreement@1\nname: a # short\nparties: { buyer: lab, provider: alfa }\neffective: { from: 2026-01-01, to: 2027-12-31 }\n";
    desk.write("own.yaml", own);
    const option = ["--template", "option", "--set", "count=64", "--set", "until=2027-06-30"];
    expect((await desk.run(["agreement", "new", "--into", "own.yaml", ...option])).code).toBe(0);
    expect(textOf("own.yaml").startsWith(own)).toBe(true);
    expect((await desk.run(["agreement", "new", "--into", "own.yaml", ...option])).err).toContain("[duplicate_id]");
    desk.write("book.yaml", BOOK);
    expect((await desk.run(["agreement", "new", "--into", "book.yaml", ...option])).code).toBe(0);
    expect((await desk.run(["validate", "book.yaml"])).code).toBe(0);
    expect((await desk.run(["agreement", "new", "--into", "none.yaml", ...option])).code).toBe(5);
  });

  test("questions are printed with what stands and why, for machines as data", async () => {
    const all = await desk.run(["agreement", "new", "--questions"]);
    for (const name of [
      "ask-first",
      "match",
      "exclusive",
      "consent",
      "spend-commitment",
      "take-or-pay",
      "option",
      "revenue-share",
    ])
      expect(all.out).toContain(name);
    const one = await desk.run(["agreement", "new", "--template", "match", "--questions"]);
    expect(one.out).toContain("How long may the holder take to answer? (response period; default: 2 business days)");
    const json = await desk.run(["agreement", "new", "--template", "match", "--questions", "--json"]);
    expect(JSON.parse(json.out)).toMatchObject({ name: "match", base: { kind: "match" } });
  });

  test.each([
    [["--template", "ask-frist"], 3, 'Did you mean "ask-first"?'],
    [[], 3, "say which clause by --template"],
    [["x.yaml", "--into", "y.yaml", "--template", "match"], 3, "not both"],
    [["--template", "match", "--set", "window"], 3, "is not question=answer"],
    [["--template", "match", "--answers", "none.yaml"], 5, "[file_not_found]"],
    [["--template", "match", "--agreement", "a"], 3, "--agreement goes with --into"],
  ])("%j ends with %i", async (args, code, message) => {
    const ran = await desk.run(["agreement", "new", ...args]);
    expect([ran.code, ran.out]).toEqual([code, ""]);
    expect(ran.err).toContain(message);
  });
});

describe("agreement confirm", () => {
  test("records who and when; the file is otherwise the same, and the check asks no more", async () => {
    desk.write("a.yaml", ANSWERS);
    await desk.run(NEW);
    const before = textOf("harbor.yaml");
    expect((await desk.run(["agreement", "check", "harbor.yaml", "--json", ...AT])).out).toContain(
      "reading_unconfirmed",
    );
    const done = await desk.run([
      "agreement",
      "confirm",
      "harbor.yaml",
      "first-refusal",
      "--by",
      "R. Weiss",
      "--at",
      "2026-11-23",
    ]);
    expect(done.code).toBe(0);
    expect(textOf("harbor.yaml").replace("    reading: { by: R. Weiss, at: 2026-11-23 }\n", "")).toBe(before);
    expect((await desk.run(["agreement", "check", "harbor.yaml", "--json", ...AT])).out).not.toContain(
      "reading_unconfirmed",
    );
  });

  test.each([
    [["harbor.yaml", "first-refusel", "--by", "A"], 5, "perhaps first-refusal"],
    [["harbor.yaml", "first-refusal", "--by", "A", "--at", "soon"], 3, "is no date"],
    [["harbor.yaml", "first-refusal", "--by", " "], 3, "--by names nobody"],
    [["none.yaml", "first-refusal", "--by", "A"], 5, "[file_not_found]"],
  ])("%j ends with %i and changes nothing", async (args, code, message) => {
    desk.write("a.yaml", ANSWERS);
    await desk.run(NEW);
    const before = textOf("harbor.yaml");
    const ran = await desk.run(["agreement", "confirm", ...args]);
    expect([ran.code, ran.err]).toEqual([code, expect.stringContaining(message)]);
    expect(textOf("harbor.yaml")).toBe(before);
  });
});

describe("agreement check, list and show", () => {
  test("findings have a code and a place; an error ends with 1, a warning with --strict", async () => {
    desk.write("book.yaml", BOOK);
    const checked = await desk.run(["agreement", "check", "book.yaml", "--json", ...AT]);
    const { findings, summary } = JSON.parse(checked.out) as {
      findings: { code: string; file: string; line: number; severity: string }[];
      summary: { errors: number };
    };
    expect([checked.code, summary.errors]).toEqual([0, 0]);
    const address = findings.find(({ code }) => code === "no_notice_address");
    expect(BOOK.split("\n")[(address?.line ?? 0) - 1]).toContain("id: r1");
    expect((await desk.run(["agreement", "check", "book.yaml", "--strict", ...AT])).code).toBe(1);
    const tied = BOOK.replace(
      /(agreements:\n)/,
      "$1  - { name: other, parties: { buyer: lab, provider: gamma }, effective: { from: 2026-01-01, to: 2029-12-31 }, clauses: [{ id: r2, kind: first-refusal }] }\n",
    );
    desk.write("book.yaml", tied);
    const bad = await desk.run(["agreement", "check", "book.yaml", ...AT]);
    expect(bad.code).toBe(1);
    expect(bad.out).toContain("[rank_tie]");
    const list = await desk.run(["agreement", "list", "book.yaml", ...AT]);
    expect(list.out).toContain("1 conflict");
  });

  test("the letter to the lawyer quotes the clause and leaves room for an answer", async () => {
    desk.write("a.yaml", ANSWERS);
    await desk.run(NEW);
    const letter = await desk.run(["agreement", "check", "harbor.yaml", "--markdown", ...AT]);
    expect(letter.out).toContain("> 4.2 Provider shall have five Business Days to answer.");
    expect(letter.out).toContain("| Question | Taken meanwhile | Otherwise | Answer |");
  });

  test("show tells dates in words, the reading, and what is open", async () => {
    desk.write("a.yaml", ANSWERS);
    await desk.run(NEW);
    const shown = await desk.run(["agreement", "show", "harbor-master", "harbor.yaml", ...AT]);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain("from Thu 1 Jan 2026 to Fri 31 Dec 2027");
    expect(shown.out).toContain("nobody has confirmed");
    expect(shown.out).toContain("When does a notice count as received");
    const other = await desk.run(["agreement", "show", "none", "harbor.yaml", ...AT]);
    expect([other.code, other.err]).toEqual([5, expect.stringContaining("there are harbor-master")]);
    // The file of an agreement alone, by its own name; one that is not there is no book and no name.
    const alone = await desk.run(["agreement", "show", "harbor.yaml", ...AT]);
    expect(alone).toEqual(shown);
    expect((await desk.run(["agreement", "show", "harbour.yaml", ...AT])).code).toBe(5);
  });
});
