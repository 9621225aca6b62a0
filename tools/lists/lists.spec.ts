import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { COMMANDS } from "../../packages/cli/src/commands/index.ts";
import { runCli } from "../../packages/cli/src/program.ts";
import { ROOT } from "../sources.ts";
import { LIST, WORKBOOK, workbookBytes } from "./workbook.ts";

interface Report {
  readonly counts: Readonly<Record<string, number>>;
  readonly refused: readonly { readonly row: number; readonly code: string }[];
  readonly choices: readonly unknown[];
}

let desk = "";

async function run(...args: readonly string[]): Promise<{ code: number; out: string }> {
  let out = "";
  const signal = new AbortController().signal;
  const io = {
    out: (text: string) => void (out += text),
    err: () => {},
    env: {},
    cwd: desk,
    outIsTerminal: false,
    errIsTerminal: false,
    width: 100,
    signal,
  };
  return { code: await runCli(args, io, COMMANDS), out };
}

const report = async (...args: readonly string[]): Promise<Report> =>
  JSON.parse((await run(...args, "--json")).out) as Report;

beforeAll(() => {
  desk = mkdtempSync(join(tmpdir(), "offtake-lists-"));
  cpSync(join(ROOT, LIST), join(desk, "list.csv"));
  cpSync(join(ROOT, WORKBOOK), join(desk, "list.xlsx"));
});
afterAll(() => {
  rmSync(desk, { recursive: true, force: true });
});

test("the workbook is the one that its tool makes", async () => {
  expect(Buffer.from(await workbookBytes()).equals(readFileSync(join(ROOT, WORKBOOK)))).toBe(true);
});

test("every row of the real list is imported or refused; CSV and workbook mean the same; the book is valid", async () => {
  const csv = await report("init", "csv", "--from", "list.csv", "--keeper", "OpenAI");
  const xlsx = await report("init", "xlsx", "--from", "list.xlsx", "--keeper", "OpenAI");
  expect(csv.counts).toMatchObject({ added: 12, refused: 3 });
  expect(xlsx.counts).toMatchObject({ added: 12, refused: 3 });
  expect(csv.refused.map(({ row, code }) => `${row} ${code}`)).toEqual([
    "16 duplicate_row",
    "17 ambiguous_date",
    "18 not_an_agreement",
  ]);
  expect(xlsx.refused.map(({ row, code }) => `${row} ${code}`)).toEqual([
    "16 hidden_row",
    "17 ambiguous_date",
    "18 not_an_agreement",
  ]);
  const names = readdirSync(join(desk, "csv/agreements"));
  expect(readdirSync(join(desk, "xlsx/agreements"))).toEqual(names);
  for (const name of names) {
    const [one, other] = ["csv", "xlsx"].map((book) =>
      readFileSync(join(desk, book, "agreements", name), "utf8").replace(/list\.\w+, row/, "list, row"),
    );
    expect(one).toBe(other);
  }
  expect(await run("validate", "csv")).toMatchObject({ code: 0 });
  const again = await report("import", "list.xlsx", "--into", "csv", "--dry-run");
  expect(again.counts).toMatchObject({ added: 0, changed: 0, unchanged: 12, gone: 0 });
});
