import { writeXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { bytesOf, opened, planned, refusalOf } from "./agreements.fixture.ts";
import { readRows } from "./index.ts";

const HEAD = ["Id", "Counterparty", "Right", "Start", "End", "Amount", "Notes"];
const LIST = `${HEAD.join(",")}\nA1,Meridian,ROFR,2026-01-01,2030-12-31,5 EUR,Größe\n`;

type SheetOf = Parameters<typeof writeXlsx>[0]["sheets"][number];
const workbook = (sheets: readonly Partial<SheetOf>[], more: object = {}): Promise<Uint8Array> =>
  writeXlsx({ sheets: sheets.map((sheet, index) => ({ name: `S${index + 1}`, ...sheet })), ...more });

const codes = async (bytes: Uint8Array, mapping?: Parameters<typeof planned>[1]): Promise<string[]> =>
  (await planned(bytes, mapping)).refused.map(({ row, column, code }) => `${row} ${column} ${code}`);

function utf16(text: string, isBig: boolean, mark: boolean): Uint8Array {
  const whole = mark ? `\ufeff${text}` : text;
  const bytes = new Uint8Array(whole.length * 2);
  for (let index = 0; index < whole.length; index += 1) {
    const code = whole.charCodeAt(index);
    bytes[index * 2 + (isBig ? 1 : 0)] = code & 255;
    bytes[index * 2 + (isBig ? 0 : 1)] = code >> 8;
  }
  return bytes;
}

const latin = (text: string): Uint8Array => Uint8Array.from(text, (char) => (char === "€" ? 0x80 : char.charCodeAt(0)));

describe("text", () => {
  test.each([
    ["UTF-8", bytesOf(LIST)],
    ["UTF-8 with a mark", bytesOf(`\ufeff${LIST}`)],
    ["UTF-16, little end first", utf16(LIST, false, true)],
    ["UTF-16, big end first", utf16(LIST, true, true)],
    ["UTF-16 without a mark", utf16(LIST, false, false)],
    ["Windows-1252", latin(LIST.replace("5 EUR", "5 €"))],
    ["semicolons", bytesOf(LIST.replaceAll(",", ";"))],
    ["tabs", bytesOf(LIST.replaceAll(",", "\t"))],
    ["bars", bytesOf(LIST.replaceAll(",", "|"))],
    ["a line that names the separator", bytesOf(`sep=;\n${LIST.replaceAll(",", ";")}`)],
    ["CRLF", bytesOf(LIST.replaceAll("\n", "\r\n"))],
    ["CR", bytesOf(LIST.replaceAll("\n", "\r"))],
    ["quotes", bytesOf(LIST.replace("Meridian", '"Meridian"'))],
    ["blank lines and a title above", bytesOf(`Agreements of 2026,,,,,,\n\n${LIST}\n\n`)],
  ])("[INT60] %s is read", async (_, bytes) => {
    const { rows, refused } = readRows(await opened(bytes), undefined);
    expect(refused).toEqual([]);
    expect(rows.map(({ fields }) => [fields.counterparty, fields.notes, fields.amount])).toEqual([
      ["Meridian", "Größe", "5"],
    ]);
  });

  test("[INT60] rows are counted as an editor counts lines, also behind a value of several lines", async () => {
    const plan = await planned(
      `${HEAD.join(",")}\nA1,Meridian,ROFR,2026-01-01,,,"two\nlines"\n\nA2,Ember,nothing known,2026-01-01,,,\n`,
    );
    expect(plan.refused.map(({ row }) => row)).toEqual([5]);
  });

  test.each([
    ["nothing", "", "empty_file"],
    ["only blanks", " \n\n", "empty_file"],
    ["only a header", `${HEAD.join(",")}\n`, undefined],
    ["prose", "Dear all,\nplease find the agreements attached.\n", "no_header"],
    ["no counterparty", "Id,Start,End\nA1,2026-01-01,\n", "column_missing"],
    ["no start", "Id,Counterparty,End\nA1,Meridian,\n", "column_missing"],
    ["a column twice", "Counterparty,Start,Start\nM,2026-01-01,2026-01-01\n", "duplicate_column"],
    ["a quote left open", `${LIST}A2,"Ember,ROFR,2026-01-01\n`, "malformed_csv"],
    ["a NUL", `${LIST}A2,Em\0ber,ROFR,2026-01-01\n`, "not_a_list"],
    ["a web page", `<html><table><tr><td>Counterparty</td></tr></table></html>`, "not_a_list"],
    ["XML of Excel 2003", `<?xml version="1.0"?><Workbook/>`, "not_a_list"],
    ["a PDF", "%PDF-1.7\n...", "not_a_list"],
    ["RTF", "{\\rtf1 ...}", "not_a_list"],
    ["a very long value", `${HEAD.join(",")}\nA1,${"x".repeat(40_000)},ROFR,2026-01-01,,,\n`, "cell_too_long"],
    ["very many columns", `${Array.from({ length: 300 }, (_, n) => `c${n}`).join(",")}\n`, "too_many_columns"],
    ["very many rows", `${HEAD.join(",")}\n${"A,B,ROFR,2026-01-01,,,\n".repeat(100_001)}`, "too_many_rows"],
  ])("[INT60] %s: %#", async (_, text, code) => {
    expect(await refusalOf(text)).toBe(code);
  });

  test.each([
    ["a picture", [0x89, 0x50, 0x4e, 0x47, 13, 10], "not_a_list"],
    ["gzip", [0x1f, 0x8b, 8, 0], "not_a_list"],
    ["an old workbook", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "not_a_list"],
    ["bytes of no encoding", [0x41, 0x81, 0x8d, 0x2c], "bad_encoding"],
    ["half a character of UTF-16", [0xff, 0xfe, 0x41], "bad_encoding"],
    ["an archive that is cut off", [0x50, 0x4b, 3, 4, 0, 0], "corrupt_file"],
  ])("[INT60] %s is refused", async (_, bytes, code) => {
    expect(await refusalOf(Uint8Array.from(bytes))).toBe(code);
  });

  test("[INT60] a protected workbook is told apart from an old one", async () => {
    const bytes = await workbook([{ rows: [HEAD] }], { encryption: { password: "secret", spinCount: 1000 } });
    expect(await refusalOf(bytes)).toBe("encrypted_file");
  });

  test("[INT62] formulas and errors in text, and values without a column, are refused; an apostrophe makes a text of them", async () => {
    const list = `${HEAD.join(",")}\nA1,=B1,ROFR,2026-01-01,,,\nA2,#REF!,ROFR,2026-01-01,,,\nA3,Meridian,ROFR,2026-01-01,,,,more\nA4,'=Meridian,ROFR,2026-01-01,,,\n`;
    const plan = await planned(list);
    expect(plan.refused.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      "2 Counterparty formula",
      "3 Counterparty error_cell",
    ]);
    expect(plan.agreements.map(({ name }) => name)).toEqual(["A3", "A4"]);
    expect(plan.choices.some(({ column, taken }) => column === "column H" && taken === "kept as text")).toBe(true);
    expect(plan.parties.map(({ name }) => name)).toEqual(["Meridian"]);
    expect(
      plan.choices.some(({ value, why }) => value === "=Meridian" && why.includes("only case or marks differ")),
    ).toBe(true);
  });
});

const ROW = ["A1", "Meridian", "ROFR", new Date("2026-01-01T00:00:00Z"), null, null, "note"];

describe("workbooks", () => {
  test("[INT61] typed days, numbers, percentages and truths are what the sheet shows", async () => {
    const bytes = await workbook([
      {
        columns: [{}, {}, {}, { numFmt: "yyyy-mm-dd" }, { numFmt: "yyyy-mm-dd" }, {}, { numFmt: "0%" }, {}],
        rows: [
          ["Id", "Counterparty", "Right", "Start", "End", "Amount in Mio EUR", "Share", "Pass-through"],
          [
            17,
            "Meridian",
            "revenue share; ROFR",
            new Date("2026-01-01T00:00:00Z"),
            new Date("2030-12-31T00:00:00Z"),
            4.5,
            0.4,
            true,
          ],
        ],
      },
    ]);
    const plan = await planned(bytes);
    expect(plan.refused).toEqual([]);
    const text = plan.writes.get("agreements/a-17.yaml") ?? "";
    for (const part of [
      "from: 2026-01-01, to: 2030-12-31",
      "amount: 4500000 EUR",
      "share: 40%",
      "passThrough: { allowed: true }",
    ])
      expect(text).toContain(part);
  });

  test("[INT61] days count from 1904 where the workbook says so, and that is told", async () => {
    const rows = [
      ["Counterparty", "Right", "Start"],
      ["Meridian", "ROFR", new Date("2026-01-01T00:00:00Z")],
      ["Ember", "ROFR", 44_561],
    ];
    const bytes = await workbook([{ rows, columns: [{}, {}, { numFmt: "yyyy-mm-dd" }] }], { dateSystem: "1904" });
    const readable = await opened(bytes);
    expect(readable.sheet.notes.join()).toContain("1904");
    expect(readRows(readable, undefined).rows.map(({ fields }) => fields.start)).toEqual(["2026-01-01", "2026-01-01"]);
  });

  test("[INT62] a formula is never trusted silently", async () => {
    const cells = new Map([
      ["1,1", { value: "Meridian", type: "formula" as const, formula: "UPPER(A2)", formulaResult: "Meridian" }],
    ]);
    const bytes = await workbook([{ rows: [HEAD, ROW], cells }]);
    expect(await codes(bytes)).toEqual(["2 Counterparty formula"]);
    const plan = await planned(bytes, { mapping: { columns: [], formulas: "cached" } });
    expect(plan.agreements).toHaveLength(1);
    expect(plan.choices.some(({ value, why }) => value === "Meridian" && why.includes("formula"))).toBe(true);
  });

  test("[INT62] errors, merged cells and hidden rows are refused at their place; the mapping may let the last two through", async () => {
    const second = ["A2", "", "match", new Date("2026-02-01T00:00:00Z"), null, null, ""];
    const bytes = await workbook([
      {
        rows: [HEAD, ROW, second, ["A3", "Ember", ...ROW.slice(2)], ["A4", "x", ...ROW.slice(2)]],
        merges: [{ startRow: 1, endRow: 2, startCol: 1, endCol: 1 }],
        rowDefs: new Map([[3, { hidden: true }]]),
        cells: new Map([["4,1", { value: "#N/A", type: "error" as const }]]),
      },
    ]);
    expect(await codes(bytes)).toEqual(["3 Counterparty merged_cell", "4  hidden_row", "5 Counterparty error_cell"]);
    const plan = await planned(bytes, { mapping: { columns: [], merged: "fill", hidden: "read" } });
    expect(plan.agreements.map(({ name }) => name)).toEqual(["A1", "A2", "A3"]);
    expect(plan.choices.filter(({ why }) => /merged|hidden/.test(why)).map(({ row }) => row)).toEqual([3, 4]);
  });

  test("[INT63] the sheet with the list is found; hidden and other sheets are told; one may be named", async () => {
    const bytes = await workbook([
      { name: "Cover", rows: [["Agreements of Aurora"]] },
      { name: "List", rows: [["as of today"], [], HEAD, ROW] },
      { name: "Old", rows: [HEAD, ROW, ROW], hidden: true },
    ]);
    const readable = await opened(bytes);
    expect([readable.sheet.name, readable.headerRow]).toEqual(["List", 3]);
    expect(readable.choices.map(({ why }) => why)).toEqual([
      "sheet Old is hidden",
      "sheet Cover: another sheet is read",
    ]);
    expect(await refusalOf(bytes, undefined, "Lists")).toBe("no_such_sheet");
    expect(await refusalOf(bytes, undefined, "Old")).toBe(undefined);
    expect(await refusalOf(await workbook([{ rows: [HEAD], hidden: true }, { rows: [["x"]] }]))).toBe("no_header");
    expect(await refusalOf(await workbook([{ rows: [] }]))).toBe("empty_file");
  });

  test("[INT64] a sheet with two cells far apart is refused before it fills the memory; a merge over everything costs nothing", async () => {
    const cells = new Map([["1048575,200", { value: "x", type: "string" as const }]]);
    expect(await refusalOf(await workbook([{ rows: [HEAD], cells }]))).toBe("too_many_rows");
    const merges = [{ startRow: 3, startCol: 0, endRow: 1_048_575, endCol: 16_383 }];
    expect(await codes(await workbook([{ rows: [HEAD, ROW], merges }]))).toEqual([]);
  });

  test("[INT64] other archives under the name of a workbook are told apart", async () => {
    expect(
      await refusalOf(
        zip([
          ["content.xml", "<x/>"],
          ["mimetype", "application/vnd.oasis.opendocument.spreadsheet"],
        ]),
      ),
    ).toBe("not_a_list");
    expect(
      await refusalOf(
        zip([
          ["word/document.xml", "<x/>"],
          ["[Content_Types].xml", "<x/>"],
        ]),
      ),
    ).toBe("not_a_list");
    expect(await refusalOf(zip([["a.txt", "hello"]]))).toBe("not_a_list");
    expect(
      await refusalOf(
        zip([
          ["[Content_Types].xml", "<x/>"],
          ["xl/workbook.xml", "<x/>"],
        ]),
      ),
    ).toBe("corrupt_file");
  });

  test("[INT64] bombs are refused before they unpack: by what they say, by how far they shrink, by how many they are, by lying", async () => {
    const base = [
      ["[Content_Types].xml", "<x/>"],
      ["xl/workbook.xml", "<x/>"],
    ] as const;
    expect(await refusalOf(zip([...base, ["xl/big.xml", "x"]], { says: 300 * 1024 * 1024 }))).toBe("zip_bomb");
    expect(await refusalOf(zip([...base, ["xl/tight.xml", "x"]], { says: 40 * 1024 * 1024 }))).toBe("zip_bomb");
    expect(await refusalOf(zip(Array.from({ length: 2_100 }, (_, n) => [`f${n}`, "x"] as const)))).toBe("zip_bomb");
    expect(await refusalOf(zip([...base, ["xl/lie.xml", "x".repeat(5000)]], { says: 100 }))).toBe("corrupt_file");
    expect(await refusalOf(zip([...base, ["xl/a.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>']]))).toBe(
      "corrupt_file",
    );
    expect(await refusalOf(zip([...base, ["xl/workbook.xml", "<y/>"]]))).toBe("corrupt_file");
  });

  test("[INT64] every byte of a workbook may be wrong: it is read or refused, and nothing is thrown", async () => {
    const good = await workbook([{ rows: [HEAD, ROW] }]);
    const step = Math.ceil(good.length / 120);
    for (let at = 0; at < good.length; at += step) {
      const bad = Uint8Array.from(good);
      bad[at] = (bad[at] ?? 0) ^ 0xff;
      const code = await refusalOf(bad);
      expect(code === undefined || /^[a-z_]+$/.test(code)).toBe(true);
      expect(await refusalOf(good.subarray(0, at + 4))).toMatch(/^(corrupt_file|not_a_list|bad_encoding)$/);
    }
  });
});

/** An archive whose parts are stored as they are; of the last one the size may be a lie. */
function zip(
  parts: readonly (readonly [name: string, text: string])[],
  more: { readonly says?: number } = {},
): Uint8Array {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  const header = (
    size: number,
    fields: readonly (readonly [at: number, bytes: 2 | 4, value: number])[],
  ): Uint8Array => {
    const view = new DataView(new ArrayBuffer(size));
    for (const [at, bytes, value] of fields)
      if (bytes === 2) view.setUint16(at, value, true);
      else view.setUint32(at, value, true);
    return new Uint8Array(view.buffer);
  };
  for (const [index, [name, text]] of parts.entries()) {
    const [title, data] = [bytesOf(name), bytesOf(text)];
    const unpacked = index === parts.length - 1 ? (more.says ?? data.length) : data.length;
    pieces.push(
      header(30, [
        [0, 4, 0x04034b50],
        [18, 4, data.length],
        [22, 4, unpacked],
        [26, 2, title.length],
      ]),
      title,
      data,
    );
    directory.push(
      header(46, [
        [0, 4, 0x02014b50],
        [20, 4, data.length],
        [24, 4, unpacked],
        [28, 2, title.length],
        [42, 4, offset],
      ]),
      title,
    );
    offset += 30 + title.length + data.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = header(22, [
    [0, 4, 0x06054b50],
    [8, 2, parts.length],
    [10, 2, parts.length],
    [12, 4, size],
    [16, 4, offset],
  ]);
  const all = [...pieces, ...directory, end];
  const bytes = new Uint8Array(all.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of all) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
