import { csvText, exportTable, xlsxBytes } from "@offtake/intake/agreements";
import { describe, expect, test } from "vitest";
import { openSpreadsheet } from "./open.ts";
import { type BookOfList, type ListChoices, type ListRead, readList } from "./read.ts";

const BOOK: BookOfList = {
  keeper: "lab",
  kind: "buyer",
  currency: "USD",
  zone: "UTC",
  parties: [
    { id: "lab", name: "Lab" },
    { id: "zephyr", name: "Zephyr" },
  ],
};
const LIST = `Our agreements
No,Counterparty,Right,Start,End,Colour,Amends
A-1,Zephyr,first refusal,2026-01-01,2027-12-31,blue,
A-2,Newcomer Inc,,03/04/2026,2027-12-31,red,
A-1b,Zephyr,,2026-06-01,2028-12-31,,A-1
`;

const fileOf = (name: string, bytes: Uint8Array) => ({
  name,
  size: bytes.length,
  arrayBuffer: async () => bytes.slice().buffer,
});

async function read(bytes: Uint8Array, name: string, choices: ListChoices = { columns: {} }): Promise<ListRead> {
  const opened = await openSpreadsheet(fileOf(name, bytes));
  if (!opened.ok) throw new Error(opened.message);
  const made = readList(opened.value, BOOK, choices);
  if (!made.ok) throw new Error(made.message);
  return made.value;
}

const csv = new TextEncoder().encode(LIST);

describe("a list of agreements in the page", () => {
  test("has each row read or refused at its cell, and its columns with what they are read as", async () => {
    const list = await read(csv, "list.csv");
    expect(list.headerRow).toBe(2);
    expect(list.columns.map(({ header, is, by, example }) => [header, is, by, example])).toContainEqual([
      "Colour",
      "keep",
      "unknown",
      "blue",
    ]);
    expect(list.rows.map((row) => [row.row, row.kind])).toEqual([
      [3, "read"],
      [4, "refused"],
      [5, "read"],
    ]);
    const refused = list.rows[1];
    expect(refused?.kind === "refused" ? refused.refusal : undefined).toMatchObject({
      code: "ambiguous_date",
      column: "Start",
      value: "03/04/2026",
    });
    expect(list.parties).toEqual([]);
  });

  test("is read anew as somebody says, and its new parties stand beside it", async () => {
    const list = await read(csv, "list.csv", { columns: { Colour: "ignore" }, dates: "day-first" });
    expect(list.rows.map(({ kind }) => kind)).toEqual(["read", "read", "read"]);
    expect(list.parties).toEqual([{ id: "newcomer-inc", name: "Newcomer Inc", roles: "provider" }]);
    expect(list.files.some(({ text }) => text.includes("2026-04-03"))).toBe(true);
    expect(list.files.some(({ text }) => text.includes("blue"))).toBe(false);
    expect(list.mapping).toContain("is: ignore");
    // The amendment comes behind what it amends, and says its version.
    expect(list.files.map(({ text }) => /^version: (\d)/m.exec(text)?.[1])).toEqual([undefined, undefined, "2"]);
  });

  test("says the same from a workbook as from text", async () => {
    const from = await read(csv, "list.csv", { columns: {}, dates: "day-first" });
    const main = {
      name: "book.yaml",
      text: `schema: offtake/book@1\nkeeper: lab\nkind: buyer\nparties:\n  - { id: lab, roles: buyer }\n  - { id: zephyr, name: Zephyr, roles: provider }\n  - { id: newcomer-inc, name: Newcomer Inc, roles: provider }\nagreements:\n${from.files.map(({ name }) => `  - { file: ${name} }`).join("\n")}\n`,
    };
    const table = exportTable(main, [main, ...from.files], undefined);
    const [text, workbook] = [new TextEncoder().encode(csvText(table)), await xlsxBytes(table)];
    const [one, other] = [await read(text, "a.csv"), await read(workbook, "a.xlsx")];
    expect(other.files.length).toBe(3);
    const bodies = (list: ListRead) => list.files.map((file) => file.text.replaceAll(/^#.*\n/gm, ""));
    expect(bodies(other)).toEqual(bodies(one));
  });

  test("that is none is refused as a whole, with what to do", async () => {
    const pdf = await openSpreadsheet(fileOf("list.xlsx", new TextEncoder().encode("%PDF-1.7 and more")));
    expect(pdf).toMatchObject({ ok: false, whatToDo: expect.stringContaining(".xlsx") });
    const opened = await openSpreadsheet(fileOf("notes.csv", new TextEncoder().encode("some,words\nand,more\n")));
    if (!opened.ok) throw new Error(opened.message);
    expect(readList(opened.value, BOOK, { columns: {} })).toMatchObject({
      ok: false,
      message: expect.stringContaining("no row"),
    });
  });
});
