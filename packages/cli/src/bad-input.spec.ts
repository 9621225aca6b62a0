import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AMENDED, BOOK, caseOf, Desk, STORY } from "./cli.fixture.ts";

/** What stands in the place of a good value: of another kind, out of bounds, in another unit, in no zone, a name of nothing. */
const BAD_VALUES = [
  "null",
  "[]",
  "{}",
  "true",
  "-1",
  ".nan",
  "-.inf",
  "1e400",
  "99999999999999999999",
  "0.1234567890123456789",
  "'",
  "nowhere",
  "3 parsecs",
  "2.60 XYZ/h",
  "-5 USD/h",
  "2026-13-45",
  "2026-09-14T25:00:00Z",
  "Mars/Base",
  "[[[[[[]]]]]]",
  "*a",
  "!!js/function x",
  "<<",
  "&a [*a]",
  '"\\0"',
  "\u2028",
  "__proto__",
];

/** Texts that are no documents at all. */
const BAD_TEXTS: readonly (readonly [string, string])[] = [
  ["nothing", ""],
  ["only blanks", " \n\t\n"],
  ["a binary file", "\u0000\u0001\ufffd".repeat(500)],
  ["no end of a bracket", "schema: offtake/book@1\nparties: ["],
  ["nested too deeply", `schema: offtake/book@1\nparties: ${"[".repeat(20_000)}${"]".repeat(20_000)}`],
  [
    "an alias bomb",
    `schema: offtake/book@1\na: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, n) => `b${n}: &b${n} [${Array.from({ length: 9 }, () => (n === 0 ? "*a" : `*b${n - 1}`)).join(",")}]`).join("\n")}`,
  ],
  ["a key that stands twice", `${BOOK}keeper: lab\n`],
  ["two documents", `${BOOK}---\n${BOOK}`],
  ["a list", "- 1\n- 2\n"],
  ["too large", `schema: offtake/book@1\n# ${"x".repeat(2_000_000)}\n`],
  ["another kind", "schema: offtake/invoice@1\n"],
  ["another version", "schema: offtake/book@2\n"],
];

const VALUE = /(?<=[:[,] )(?![&*{[])[^\s,[\]{}#]+/g;

/** The text once for each of its values, with a bad one in that place; every value gets several of the bad ones, all get their turn. */
function* spoilt(text: string, each: number): Generator<string> {
  let turn = 0;
  for (const { index, 0: value } of text.matchAll(VALUE)) {
    for (let n = 0; n < each; n += 1) {
      const bad = BAD_VALUES[turn % BAD_VALUES.length] ?? "null";
      turn += 1;
      yield text.slice(0, index) + bad + text.slice(index + value.length);
    }
  }
}

const LIST = `Id;Counterparty;Right;Accelerators;Region;Start;End;Renewal;Notice period;Response window;Amount;Price;Share;Pass-through;Status;Amends
A1;Meridian;ROFR;H100;us-*;2026-01-01;2030-12-31;12 months;90 days;5 BD;5 EUR;2.55 USD/h;40%;yes;active;
`;

const MAPPING = `schema: offtake/mapping@1
header: 1
dates: day-first
decimals: comma
formulas: cached
columns:
  - { column: Right, is: kind, words: { ROFR: match } }
  - { column: Amount, is: amount, unit: Mio EUR, decimals: point }
parties: { Meridian: meridian }
`;

let desk: Desk;
let tried = 0;

beforeAll(() => {
  desk = new Desk();
  desk.write("world.yaml", BOOK);
  desk.write("amended.yaml", AMENDED);
  desk.write("jobs.csv", "timestamp,duration,num_gpus,gpu_time,cluster\n2027-01-04 09:00:00,3600,8,28800,a1\n");
});

afterAll(() => {
  process.stdout.write(`bad input: ${tried} documents and command lines tried\n`);
  desk.clear();
});

/** What is wrong with how a command line ended: it ends with a code of the list and, where it failed, with a typed message. */
async function wrongEnd(args: readonly string[], codes: readonly number[], what: string): Promise<string[]> {
  tried += 1;
  const { code, out, err } = await desk.run(args);
  const looksLikeOurFault = /\[internal\]|\n\s+at /.test(out + err);
  const isTyped = code === 0 || /\[[a-z_]+\]|"code"/.test(out + err);
  const isWell = codes.includes(code) && !looksLikeOurFault && isTyped;
  return isWell
    ? []
    : [`${args.slice(0, 2).join(" ")} ended with ${code} on ${what.slice(0, 200)}: ${err.slice(0, 200)}`];
}

/** Gathers what ended wrongly over many command lines. */
function collector() {
  const ends: string[] = [];
  const wrong = async (...args: Parameters<typeof wrongEnd>): Promise<void> =>
    void ends.push(...(await wrongEnd(...args)));
  return { wrong, ends };
}

describe("bad input ends as a typed problem", () => {
  test.each(BAD_TEXTS)("%s", async (what, text) => {
    const { wrong, ends } = collector();
    desk.write("bad.yaml", text);
    await wrong(["validate", "bad.yaml", "--json"], [7], what);
    await wrong(["plan", "bad.yaml", "--request", "H100:8"], [7], what);
    await wrong(["test", "bad.yaml", "--json"], [7], what);
    await wrong(["run", "bad.yaml"], [7], what);
    await wrong(["explain", "bad.yaml"], [7], what);
    await wrong(["agreement", "list", "bad.yaml"], [7], what);
    await wrong(["plan", "world.yaml", "--amend", "bad.yaml"], [7], what);
    await wrong(["replay", "bad.yaml", "--book", "world.yaml"], [7], what);
    expect(ends).toEqual([]);
  });

  test("each value of a book, one by one", async () => {
    const { wrong, ends } = collector();
    for (const text of spoilt(BOOK, 6)) {
      desk.write("bad.yaml", text);
      await wrong(["validate", "bad.yaml"], [0, 7], text);
    }
    expect(ends).toEqual([]);
  });

  test("each value of an agreement that would be amended, of a case and of a story", async () => {
    const { wrong, ends } = collector();
    for (const text of spoilt(AMENDED, 6)) {
      desk.write("bad.yaml", text);
      await wrong(["plan", "world.yaml", "--amend", "bad.yaml", "--json"], [0, 7], text);
    }
    for (const text of spoilt(caseOf("bad"), 6)) {
      desk.write("bad.yaml", text);
      await wrong(["test", "bad.yaml", "--json"], [0, 1, 7], text);
    }
    for (const text of spoilt(STORY, 6)) {
      desk.write("bad.yaml", text);
      await wrong(["run", "bad.yaml", "--no-reasons"], [0, 1, 7], text);
    }
    expect(ends).toEqual([]);
  });

  test("each value of a mapping, each cell of a list, and texts that are no lists", async () => {
    const { wrong, ends } = collector();
    const init = (list: string, ...more: readonly string[]): string[] => [
      "init",
      "made",
      "--from",
      list,
      "--dry-run",
      ...more,
    ];
    desk.write("list.csv", LIST);
    for (const text of spoilt(MAPPING, 4)) {
      desk.write("mapping.yaml", text);
      await wrong(init("list.csv", "--mapping", "mapping.yaml"), [0, 1, 7], text);
    }
    const [header = "", row = ""] = LIST.split("\n");
    const cells = row.split(";");
    for (let column = 0; column < cells.length; column += 1) {
      for (const bad of [
        ...BAD_VALUES,
        "x".repeat(40_000),
        "=1+1",
        "#N/A",
        "-1",
        "9".repeat(400),
        "31/02/2027",
        "\u202e",
        "|",
        '"',
      ]) {
        desk.write("bad.csv", `${header}\n${cells.map((cell, index) => (index === column ? bad : cell)).join(";")}\n`);
        await wrong(init("bad.csv"), [0, 1, 7], `${column}: ${bad}`);
      }
    }
    for (const [what, text] of BAD_TEXTS) {
      desk.write("bad.csv", text);
      await wrong(init("bad.csv"), [7], what);
      await wrong(["import", "bad.csv", "--into", "world.yaml", "--dry-run"], [7], what);
      await wrong(["import", "list.csv", "--into", "bad.csv"], [5, 7], what);
      await wrong(["export", "bad.csv", "--csv", "-"], [5, 7], what);
    }
    expect(ends).toEqual([]);
  }, 180_000);

  test("requests in one line, instants, names and options on the command line", async () => {
    const { wrong, ends } = collector();
    const lines = [
      "",
      "H100",
      "H100:",
      ":8",
      "H100:0",
      "H100:-8",
      "H100:1e9",
      "H100:8/3",
      "H100:8@",
      "H100:8 2027..2026",
      "H100:8 <=NaN",
      "H1000:8",
      "H100:8".repeat(400),
      "\u0000",
      "../../etc/passwd",
      "[]",
    ];
    for (const line of lines) await wrong(["plan", "world.yaml", "--request", line], [3, 5, 7], line);
    for (const at of ["", "now", "2026-09-14", "NaN", "9".repeat(400), "2026-09-14T17:00:00"])
      await wrong(["plan", "world.yaml", "--request", "q1", "--at", at], [3], at);
    for (const name of ["", "\u0000", "a".repeat(5000), "../..", "/dev/null", "scenarios/", "~"]) {
      await wrong(["run", name], [5, 7], name);
      await wrong(["explain", name], [5, 7], name);
      await wrong(["schema", name], [5], name);
      await wrong(["docs", name], [5], name);
    }
    for (const path of ["", "nowhere", "a".repeat(5000), "world.yaml/x", "\u0000"]) {
      await wrong(["validate", path], [5, 7], path);
      await wrong(["test", path], [5, 7], path);
      await wrong(["replay", path, "--book", "world.yaml"], [5, 7], path);
      await wrong(["replay", "jobs.csv", "--book", path], [5, 7], path);
    }
    expect(ends).toEqual([]);
  });
});
