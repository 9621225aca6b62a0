import { parseBook } from "@offtake/wire";
import { parseMapping } from "@offtake/wire/mapping";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BOOK, opened, planned } from "./agreements.fixture.ts";
import { csvText, exportTable, type ImportPlan, IMPORT_CODES, mappingText, readRows, xlsxBytes } from "./index.ts";

const HEAD = "Id;Counterparty;Right;Accelerators;Start;End;Response window;Amount;Renewal;Notice period;Amends;Notes\n";

/** The files of a book after an import. */
function after(
  plan: ImportPlan,
  before: ReadonlyMap<string, string> = new Map([["book.yaml", BOOK]]),
): ReadonlyMap<string, string> {
  return new Map([...before, ...plan.writes]);
}

/** What is wrong with the files as one book. */
function problemsOf(files: ReadonlyMap<string, string>): unknown {
  const sources = [...files].map(([name, text]) => ({ name, text }));
  const book = parseBook(sources, { resolve: (reference) => sources.filter(({ name }) => name === reference) });
  return book.ok ? [] : book.problems;
}

const outcomes = ({ agreements }: ImportPlan): string[] =>
  agreements.map(({ name, version, outcome }) => `${outcome} ${name} ${version}`);
const refusals = ({ refused }: ImportPlan): string[] =>
  refused.map(({ row, column, code }) => `${row} ${column} ${code}`);

describe("rows become agreements", () => {
  test("[INT55] each row is imported or refused with its row, column, value and reason; the book is valid", async () => {
    const plan = await planned(
      `${HEAD}A1;Meridian;ROFR;H100;01.01.2026;31.12.2030;5 BD;EUR 4,5 Mio;12 months;90 days;;by hand
A2;Ember;barter;H100;01.01.2026;;;;;;;
A3;;ROFR;;01.01.2026;;;;;;;
A4;Ember;ROFR;;31.12.2027;01.01.2027;;;;;;
Total;;;;;;;4,5;;;;
`,
    );
    expect(outcomes(plan)).toEqual(["added A1 1"]);
    expect(refusals(plan)).toEqual([
      "3 Right unknown_word",
      "4 Counterparty value_missing",
      "5 End ends_before_start",
      "6  not_an_agreement",
    ]);
    expect(plan.refused[0]).toMatchObject({
      value: "barter",
      expected: expect.stringContaining("first-refusal") as string,
    });
    expect(problemsOf(after(plan))).toEqual([]);
    expect(plan.writes.get("agreements/A1.yaml")).toContain("amount: 4500000 EUR");
    expect(plan.writes.get("book.yaml")).toContain("# kept by hand");
  });

  test("[INT56] an amendment becomes the next version and takes over what its row leaves empty; `-` takes a thing away", async () => {
    const plan = await planned(
      `${HEAD}A1b;;;;2027-06-01;;10 BD;;;;A1;
A1;Meridian;ROFR;H100;2026-01-01;2030-12-31;5 BD;5000000 EUR;;;;
A1c;;;;2028-01-01;-;;-;;;A1b;
`,
    );
    expect(outcomes(plan)).toEqual(["added A1 1", "added A1 2", "added A1 3"]);
    const second = plan.writes.get("agreements/A1.v2.yaml") ?? "";
    expect(second).toContain("window: 10 business days");
    expect(second).toContain("effective: { from: 2027-06-01, to: 2030-12-31 }");
    expect(second).toContain("{ from: 2026-01-01, to: 2030-12-31, amount: 5000000 EUR }");
    const third = plan.writes.get("agreements/A1.v3.yaml") ?? "";
    expect(third).toContain("effective: { from: 2028-01-01 }");
    expect(third).not.toContain("amount");
    expect(problemsOf(after(plan))).toEqual([]);
    expect(plan.choices.some(({ why }) => why.includes("as before"))).toBe(true);
  });

  test("[INT56] amendments of nothing, of a refused row, of themselves and at one time are refused", async () => {
    const plan = await planned(
      `${HEAD}A1;Meridian;ROFR;;2026-01-01;;;;;;;
A2;Ember;barter;;2026-01-01;;;;;;;
B1;;;;2027-01-01;;;;;;nowhere;
B2;;;;2027-01-01;;;;;;A2;
B3;;;;2027-01-01;;;;;;B3;
B4;;;;2027-01-01;;;;;;A1;
B5;;;;2027-01-01;;;;;;A1;
`.replaceAll(/;;;;2027/g, ";Meridian;;;2027"),
    );
    expect(refusals(plan)).toEqual([
      "3 Right unknown_word",
      "4 Amends unknown_amended",
      "5 Amends amended_refused",
      "6 Amends amendment_order",
      "7 Start amendment_order",
      "8 Start amendment_order",
    ]);
  });

  test("[INT57] what a row amends may stand in the book only: what no column can hold stays in the next version", async () => {
    const first = await planned(`${HEAD}A1;Meridian;ROFR;H100;2026-01-01;2030-12-31;5 BD;;;;;\n`);
    const before = new Map(after(first));
    const byHand = (before.get("agreements/A1.yaml") ?? "")
      .replace("id: first-refusal", "id: asked-first")
      .replace(
        "    kind: first-refusal",
        "    kind: first-refusal\n    rank: 7\n    reading: { by: Jane, at: 2026-02-01 }",
      );
    expect(byHand).toContain("id: asked-first");
    before.set("agreements/A1.yaml", byHand);
    const amendments = `${HEAD}A1b;;;;2027-06-01;;10 BD;;;;A1;\nA1c;;;H100, H200;2028-01-01;;;;;;A1b;\n`;
    const plan = await planned(amendments, { before, list: "amendments.csv" });
    expect(refusals(plan)).toEqual([]);
    expect(outcomes(plan)).toEqual(["added A1 2", "added A1 3"]);
    const second = plan.writes.get("agreements/A1.v2.yaml") ?? "";
    expect(second).toContain("window: 10 business days");
    expect(second).toContain("rank: 7");
    expect(second).toContain("id: asked-first");
    expect(second.match(/kind: /g)).toHaveLength(1);
    // Nobody has read the new text.
    expect(second).not.toContain("Jane");
    const third = plan.writes.get("agreements/A1.v3.yaml") ?? "";
    for (const kept of ["window: 10 business days", "rank: 7", "H200"]) expect(third).toContain(kept);
    expect(plan.writes.has("agreements/A1.yaml")).toBe(false);
    const files = after(plan, before);
    expect(problemsOf(files)).toEqual([]);
    const again = await planned(amendments, { before: files, remembered: plan.remembered, list: "amendments.csv" });
    expect(outcomes(again)).toEqual(["unchanged A1 2", "unchanged A1 3"]);
    expect(again.writes.size).toBe(0);
    const changed = await planned(amendments.replace("10 BD", "12 BD"), { before: files, remembered: plan.remembered });
    expect(outcomes(changed)).toEqual(["changed A1 2", "changed A1 3"]);
    expect(changed.writes.get("agreements/A1.v2.yaml")).toContain("window: 12 business days");
    expect(changed.writes.get("agreements/A1.v2.yaml")?.match(/kind: /g)).toHaveLength(1);
  });

  test("[INT57] an amendment of what the book has must begin after it", async () => {
    const before = after(await planned(`${HEAD}A1;Meridian;ROFR;H100;2026-01-01;2030-12-31;5 BD;;;;;\n`));
    const plan = await planned(`${HEAD}A1b;;;;2025-06-01;;10 BD;;;;A1;\nA1c;;;;2026-01-01;;9 BD;;;;A1;\n`, { before });
    expect(refusals(plan)).toEqual(["2 Start amendment_order", "3 Start amendment_order"]);
  });

  test("[INT58] a row that stands there twice is taken once; rows that differ under one id are all refused", async () => {
    const plan = await planned(
      `${HEAD}A1;Meridian;ROFR;;2026-01-01;;;;;;;
A1;Meridian;ROFR;;01.01.2026;;;;;;;
A2;Ember;ROFR;;2026-01-01;;;;;;;
a2;Ember;match;;2026-01-01;;;;;;;
`,
    );
    expect(outcomes(plan)).toEqual(["added A1 1"]);
    expect(refusals(plan)).toEqual(["3  duplicate_row", "4 Id duplicate_id", "5 Id duplicate_id"]);
  });

  test("[INT58] ids that no document can have become names and stay as references; a row without one is called after what it says", async () => {
    const plan = await planned(
      `${HEAD}2024/17;Meridian;ROFR;;2026-01-01;;;;;;;\n;Ember Compute;frame;;2026-01-01;;;;;;;\ncon;Basin;frame;;2026-01-01;;;;;;;\n`,
    );
    expect(plan.agreements.map(({ file }) => file)).toEqual([
      "agreements/a-2024-17.yaml",
      "agreements/ember-compute-frame.yaml",
      "agreements/a-con.yaml",
    ]);
    expect(plan.writes.get("agreements/a-2024-17.yaml")).toContain("reference: 2024/17");
  });

  test("[INT59] what no clause can take stands as text, and that is told", async () => {
    const plan = await planned(
      `${HEAD.trim()};Colour\nA1;Meridian;option;H100;2026-01-01;;;250 Mio EUR;yes;;;see annex;blue\n`,
    );
    const text = plan.writes.get("agreements/A1.yaml") ?? "";
    for (const kept of [
      "Right or commitment: option",
      "Amount: 250000000",
      "Renewal: yes",
      "Colour: blue",
      "Notes: see annex",
    ])
      expect(text).toContain(kept);
    expect(plan.choices.filter(({ taken }) => taken === "kept as text").map(({ column }) => column)).toEqual(
      expect.arrayContaining(["Right", "Renewal", "Colour"]),
    );
    expect(problemsOf(after(plan))).toEqual([]);
  });

  test("[INT65] two names of one company are two parties, and that is told; the mapping makes them one", async () => {
    const list = `${HEAD}A1;Microsoft;frame;;2026-01-01;;;;;;;\nA2;Microsoft Corp.;frame;;2026-01-01;;;;;;;\n`;
    const plan = await planned(list);
    expect(plan.parties.map(({ id }) => id)).toEqual(["microsoft", "microsoft-corp"]);
    expect(plan.choices.some(({ why }) => why.includes("called alike"))).toBe(true);
    const mapping = { columns: [], parties: { "Microsoft Corp.": "microsoft" } };
    expect((await planned(list, { mapping })).parties.map(({ id }) => id)).toEqual(["microsoft"]);
  });
});

describe("importing again", () => {
  const LIST = `${HEAD}A1;Meridian;ROFR;H100;2026-01-01;2030-12-31;5 BD;;;;;\nA2;Ember;match;;2026-01-01;;;;;;;\n`;

  test("[INT66] the same list changes nothing; a changed one says what; what is gone stays and is told", async () => {
    const first = await planned(LIST);
    const before = after(first);
    const same = await planned(LIST, { before, remembered: first.remembered });
    expect(outcomes(same)).toEqual(["unchanged A1 1", "unchanged A2 1"]);
    expect(same.writes.size).toBe(0);
    const changed = await planned(
      `${HEAD}A1;Meridian;ROFR;H100, H200;2026-01-01;2031-12-31;5 BD;;;;;\nA3;Basin;frame;;2026-01-01;;;;;;;\n`,
      { before, remembered: first.remembered },
    );
    expect(outcomes(changed)).toEqual(["changed A1 1", "added A3 1", "gone A2 1"]);
    expect(changed.agreements[0]?.changed).toEqual(["effective.to", "clauses.0.scope.accelerators"]);
    expect([...changed.writes.keys()].sort()).toEqual(["agreements/A1.yaml", "agreements/A3.yaml", "book.yaml"]);
    expect(problemsOf(after(changed, before))).toEqual([]);
  });

  test("[INT67] what was written by hand stays, comments too, unless the list changed the same value: then it stays and is told", async () => {
    const first = await planned(LIST);
    const before = new Map(after(first));
    const byHand = (before.get("agreements/A1.yaml") ?? "")
      .replace("window: 5 business days", "window: 7 business days # counsel says so")
      .replace("    kind: first-refusal", "    kind: first-refusal\n    reading: { by: Jane Doe, at: 2026-02-01 }");
    before.set("agreements/A1.yaml", byHand);
    const again = await planned(LIST.replace("2030-12-31", "2031-12-31"), { before, remembered: first.remembered });
    const text = again.writes.get("agreements/A1.yaml") ?? "";
    expect(text).toContain("window: 7 business days # counsel says so");
    expect(text).toContain("reading: { by: Jane Doe, at: 2026-02-01 }");
    expect(text).toContain("to: 2031-12-31");
    const clash = { before, remembered: first.remembered };
    const kept = await planned(LIST.replace("5 BD", "9 BD"), clash);
    expect(kept.agreements[0]).toMatchObject({
      outcome: "unchanged",
      overwritten: [{ path: "clauses.0.window", byHand: "7 business days", byList: "9 business days" }],
    });
    const won = await planned(LIST.replace("5 BD", "9 BD"), { ...clash, listWins: true });
    expect(won.writes.get("agreements/A1.yaml")).toContain("window: 9 business days # counsel says so");
  });

  test("[INT66] a row that is refused now is not gone, and nothing of its agreement changes", async () => {
    const first = await planned(LIST);
    const before = after(first);
    const plan = await planned(LIST.replace("5 BD", "soon"), { before, remembered: first.remembered });
    expect(outcomes(plan)).toEqual(["unchanged A2 1"]);
    expect(plan.writes.size).toBe(0);
    const later = await planned(LIST, { before, remembered: plan.remembered });
    expect(outcomes(later)).toEqual(["unchanged A1 1", "unchanged A2 1"]);
  });

  test("[INT69] headers further down, a unit in a header and words beside a field come back as they were", async () => {
    const list = `Our contracts;;;;;;
;;;;;;
Nr.;Partner;Art;Beginn;Ende;Wert (Mio EUR);Nachtrag zu
V1;Harbor;commitment;01.01.2026;31.12.2027;4,5;
V2;Pine;exclusive supply of the API;01.01.2026;31.12.2027;up to 7;
V2b;;ROFR;01.06.2026;;;V2
`;
    const readable = await opened(list);
    expect(readable.headerRow).toBe(3);
    const parsed = parseMapping({ name: "m.yaml", text: mappingText(readable, false) });
    if (!parsed.ok) throw new Error("the mapping can be read");
    const mapping = parsed.value;
    const first = await planned(list, { mapping });
    expect(refusals(first)).toEqual([]);
    const files = after(first);
    const sources = [...files].map(([name, text]) => ({ name, text }));
    const table = exportTable({ name: "book.yaml", text: files.get("book.yaml") ?? "" }, sources, mapping);
    expect(table.rows[0]).toContain("4500000 EUR");
    for (const bytes of [csvText(table), await xlsxBytes(table)]) {
      const again = await planned(bytes, { before: files, remembered: first.remembered, mapping });
      expect(again.choices.some(({ why }) => why.includes("the headers stand in row 3"))).toBe(true);
      expect(outcomes(again).sort()).toEqual(["unchanged V1 1", "unchanged V2 1", "unchanged V2 2"]);
      expect(again.agreements.flatMap(({ overwritten }) => overwritten)).toEqual([]);
    }
  });

  test("[INT69] a book that was written by hand exports and imports again without a change, whatever its clauses are called", async () => {
    const before = new Map([
      [
        "book.yaml",
        `${BOOK}  - { id: meridian, name: Meridian, roles: provider }\nagreements:\n  - file: agreements/own.yaml\n`,
      ],
      [
        "agreements/own.yaml",
        `schema: offtake/agreement@1
name: own
parties: { buyer: aurora, provider: meridian }
effective: { from: 2026-01-01, to: 2030-12-31 }
clauses:
  - { id: asked-first, kind: first-refusal, scope: { accelerators: [H100, H200] }, window: 5 business days, tail: 60 days }
  - { id: spend, kind: commitment, amount: 50000000 USD }
  - id: prices
    kind: price-book
    entries:
      - { id: h100, price: 2.75 USD/h, scope: { accelerators: H100 } }
`,
      ],
    ]);
    const sources = [...before].map(([name, text]) => ({ name, text }));
    const table = exportTable({ name: "book.yaml", text: before.get("book.yaml") ?? "" }, sources, undefined);
    for (const bytes of [csvText(table), await xlsxBytes(table)]) {
      const again = await planned(bytes, { before });
      expect(outcomes(again)).toEqual(["unchanged own 1"]);
      expect(again.agreements[0]?.overwritten).toEqual([]);
      expect(again.writes.size).toBe(0);
    }
    // What the row says otherwise is told, under the clause's own name, and written where the list is to win.
    const shorter = csvText(table).replace("5 business days", "9 business days");
    expect((await planned(shorter, { before })).agreements[0]?.overwritten).toEqual([
      { path: "clauses.0.window", byHand: "5 business days", byList: "9 business days" },
    ]);
    const text = (await planned(shorter, { before, listWins: true })).writes.get("agreements/own.yaml") ?? "";
    expect(text).toContain("window: 9 business days");
    expect(text.match(/kind: /g)).toHaveLength(3);
  });

  test("[INT67] without memory of an import nothing of the book is overwritten", async () => {
    const before = after(await planned(LIST));
    const plan = await planned(LIST.replace("5 BD", "9 BD").replace("match", "consent"), { before });
    expect(plan.agreements.map(({ overwritten }) => overwritten.length)).toEqual([1, 0]);
    expect(plan.writes.get("agreements/A1.yaml")).toBe(undefined);
  });

  test("[INT66] clauses that stand in the list of a book file are changed there", async () => {
    const inline = `${BOOK}  - { id: meridian, name: Meridian, roles: provider }
agreements:
  - name: A1
    parties: { buyer: aurora, provider: meridian }
    effective: { from: 2026-01-01 } # as signed
`;
    const before = new Map([["book.yaml", inline]]);
    const plan = await planned(`${HEAD}A1;Meridian;ROFR;;2026-01-01;;;;;;;\n`, { before });
    expect(outcomes(plan)).toEqual(["changed A1 1"]);
    expect(plan.writes.get("book.yaml")).toContain("# as signed");
    expect(problemsOf(after(plan, before))).toEqual([]);
  });
});

describe("the mapping", () => {
  test("[INT68] is written, can be read, is used, and keeps its words when columns are added", async () => {
    const readable = await opened(`${HEAD.replace("Notes", "Colour")}A1;Meridian;ROFR;;2026-01-01;;;;;;;blue\n`);
    const text = mappingText(readable, false);
    const mapping = parseMapping({ name: "m.yaml", text });
    expect(mapping).toMatchObject({
      ok: true,
      value: { header: 1, columns: expect.arrayContaining([{ column: "Colour", is: "keep" }]) as unknown },
    });
    const edited = text.replace("is: keep }", "is: ignore } # no use");
    const parsed = parseMapping({ name: "m.yaml", text: edited });
    if (!parsed.ok) throw new Error("the mapping can be read");
    const wider = await opened(
      `${HEAD.trim().replace("Notes", "Colour")};Taste\nA1;Meridian;ROFR;;2026-01-01;;;;;;;blue;sweet\n`,
      parsed.value,
    );
    expect(wider.columns.map(({ is }) => is).slice(-2)).toEqual(["ignore", "keep"]);
    expect(mappingText(wider, false, edited)).toContain("# no use");
    expect(mappingText(wider, false, edited)).toContain("column: Taste");
    expect(mappingText(wider, false, mappingText(wider, false, edited))).toBe(mappingText(wider, false, edited));
  });

  test("[INT68] decides what is ambiguous, and says what words mean", async () => {
    const list = `${HEAD}A1;Meridian;Zugriff;;03/04/2027;;5;1,234 EUR;;;;\n`;
    expect(refusals(await planned(list))).toEqual([
      "2 Right unknown_word",
      "2 Start ambiguous_date",
      "2 Response window wrong_unit",
      "2 Amount ambiguous_number",
    ]);
    const mapping = {
      dates: "month-first" as const,
      columns: [
        { column: "Right", is: "kind" as const, words: { Zugriff: "first-refusal" } },
        { column: "Response window", is: "window" as const, unit: "days" },
        { column: "Amount", is: "amount" as const, decimals: "point" as const },
      ],
    };
    const plan = await planned(list, { mapping });
    expect(plan.refused).toEqual([]);
    expect(plan.writes.get("agreements/A1.yaml")).toContain("from: 2027-03-04");
    expect(plan.writes.get("agreements/A1.yaml")).toContain("window: 5 days");
  });

  test.each([
    ["schema: offtake/mapping@1\ncolumns:\n  - { column: A, is: strat }\n", "unknown_value"],
    [
      "schema: offtake/mapping@1\ncolumns:\n  - { column: A, is: start }\n  - { column: B, is: start }\n",
      "conflicting_keys",
    ],
    ["schema: offtake/mapping@1\ncolumns:\n  - { column: A, is: start }\n  - { column: A, is: end }\n", "duplicate_id"],
    ["schema: offtake/mapping@1\ncolums: []\n", "unknown_key"],
    ["columns: []\n", "missing_key"],
    ["- 1\n", "wrong_type"],
    ["", "empty_document"],
  ])("[INT68] that is wrong is told: %j", (text, code) => {
    const parsed = parseMapping({ name: "m.yaml", text });
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.code)).toContain(code);
  });
});

describe("export", () => {
  /** The rows that a list means, in one spelling. */
  const meant = async (bytes: Uint8Array | string): Promise<unknown> => {
    const readable = await opened(bytes);
    const { rows, refused } = readRows(readable, undefined);
    expect(refused).toEqual([]);
    return rows.map(({ fields, kept }) => [fields, kept]);
  };

  const word = fc.constantFrom(
    "Alpha",
    "Béta",
    "Gamma; delta",
    'say "no"',
    "=1+1",
    "-5",
    "@home",
    "'quoted",
    "東京",
    "a\tb",
  );
  const day = fc.constantFrom("2026-01-01", "2027-02-28", "2028-02-29");
  const later = fc.constantFrom("", "2030-12-31", "2031-03-15");
  const row = fc.record({
    counterparty: fc.constantFrom("Meridian", "Ember Compute", "Nörd & Co. KG"),
    title: word,
    kind: fc.constantFrom(
      "",
      "first-refusal",
      "match; spend-commitment",
      "exclusivity",
      "consent",
      "option",
      "revenue-share",
      "minimum-share",
      "take-or-pay",
      "first-offer",
      "most-favoured; prepaid",
      "volume-commitment",
    ),
    accelerators: fc.constantFrom("", "H100", "H100, H200"),
    regions: fc.constantFrom("", "us-*", "us-central, eu-*"),
    purposes: fc.constantFrom("", "training", "except research"),
    count: fc.constantFrom("", "1024"),
    start: day,
    end: later,
    renewal: fc.constantFrom("", "none", "evergreen", "12 months"),
    renewalNotice: fc.constantFrom("", "90 days"),
    window: fc.constantFrom("", "5 business days", "72 hours"),
    until: later,
    amount: fc.constantFrom("", "4500000.25 EUR", "730000 accelerator-hours", "12 USD per year", "7 EUR per month"),
    price: fc.constantFrom("", "2.55 USD/h"),
    share: fc.constantFrom("", "40%", "0.5%"),
    passThrough: fc.constantFrom("", "yes", "no"),
    owner: fc.constantFrom("", "R. Weiss"),
    status: fc.constantFrom("", "signed"),
    text: fc.constantFrom("", "§4.2 five\nBusiness Days"),
    confirmedBy: fc.constantFrom("", "Jane"),
    confirmedAt: fc.constantFrom("", "2026-02-01"),
    grade: fc.constantFrom("", "company"),
    source: fc.constantFrom("", "a filing"),
    notes: fc.constantFrom("", "see annex: 3"),
    colour: word,
  });
  const TITLES =
    "Title,Right or commitment,Accelerators,Regions,Purposes,Count,Start,End,Renewal,Notice period,Response window,Option until,Amount,Price,Share,Pass-through,Owner,Status,Wording,Confirmed by,Confirmed on,Evidence,Source,Notes,Colour".split(
      ",",
    );
  const quoted = (text: string): string => `"${(/^[=+\-@]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

  test("[INT69] gives the same rows back, as CSV and as a workbook, and importing them again changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
        const lines = rows.map(({ counterparty, ...rest }, index) =>
          [`A${index}`, counterparty, ...Object.values(rest)].map(quoted).join(","),
        );
        const list = `${["Id", "Counterparty", ...TITLES].join(",")}\n${lines.join("\n")}\n`;
        const first = await planned(list);
        expect(first.refused).toEqual([]);
        const files = after(first);
        expect(problemsOf(files)).toEqual([]);
        const sources = [...files].map(([name, text]) => ({ name, text }));
        const table = exportTable({ name: "book.yaml", text: files.get("book.yaml") ?? "" }, sources, undefined);
        expect(table.beyond).toEqual([]);
        const csv = csvText(table);
        const xlsx = await xlsxBytes(table);
        expect(await meant(xlsx)).toEqual(await meant(csv));
        for (const bytes of [csv, xlsx]) {
          const again = await planned(bytes, { before: files, remembered: first.remembered });
          expect(again.refused).toEqual([]);
          expect(again.agreements.map(({ outcome, overwritten }) => [outcome, overwritten])).toEqual(
            rows.map(() => ["unchanged", []]),
          );
          const anew = await planned(bytes);
          for (const [path, text] of anew.writes)
            expect([path, text.replaceAll(/row \d+/g, "row")]).toEqual([
              path,
              files.get(path)?.replaceAll(/row \d+/g, "row"),
            ]);
        }
      }),
      { seed: 11, numRuns: 40 },
    );
  }, 120_000);

  test("[INT69] amendments come back as rows that amend", async () => {
    const first = await planned(
      `${HEAD}A1;Meridian;ROFR;H100;2026-01-01;2030-12-31;5 BD;5000000 EUR;;;;\nA1b;Meridian;;;2027-06-01;;9 BD;;;;A1;\nA1c;Meridian;;;2028-01-01;-;;-;;;A1;\n2024/9;Ember;frame;;2026-01-01;;;;;;;\n`,
    );
    const files = after(first);
    const sources = [...files].map(([name, text]) => ({ name, text }));
    const table = exportTable({ name: "book.yaml", text: files.get("book.yaml") ?? "" }, sources, undefined);
    const again = await planned(csvText(table), { before: files, remembered: first.remembered });
    expect(outcomes(again).sort()).toEqual([
      "unchanged A1 1",
      "unchanged A1 2",
      "unchanged A1 3",
      "unchanged a-2024-9 1",
    ]);
    expect(table.rows.map(([id]) => id)).toEqual(["A1", "2024/9", "A1b", "A1c"]);
  });

  test("[INT69] uses the headers of the mapping, and counts what no column can hold", async () => {
    const list = "Vertrag Nr.;Vertragspartner;Art;Beginn\nV1;Meridian;Vorkaufsrecht;01.01.2026\n";
    const readable = await opened(list);
    const mapping = parseMapping({ name: "m", text: mappingText(readable, false) });
    if (!mapping.ok) throw new Error("the mapping can be read");
    const files = new Map(after(await planned(list)));
    files.set("agreements/V1.yaml", `${files.get("agreements/V1.yaml") ?? ""}    tail: 90 days\n    rank: 3\n`);
    const sources = [...files].map(([name, text]) => ({ name, text }));
    const table = exportTable({ name: "book.yaml", text: files.get("book.yaml") ?? "" }, sources, mapping.value);
    expect(table.headers).toEqual(["Vertrag Nr.", "Vertragspartner", "Art", "Beginn"]);
    expect(table.rows).toEqual([["V1", "Meridian", "first-refusal", "2026-01-01"]]);
    expect(table.beyond).toEqual([{ name: "V1", version: 1, values: 2 }]);
  });
});

test("[INT70] every code has a title and says what to do", () => {
  for (const [code, { title, whatToDo }] of Object.entries(IMPORT_CODES)) {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(title.length).toBeGreaterThan(10);
    expect(whatToDo).toMatch(/\.$/);
  }
});
