import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainRecords, RECORD_CHARS_MAX } from "./table.ts";

/** The parser as the reader of tables calls it. */
const parsed = (text: string, delimiter: string) =>
  (
    parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: RECORD_CHARS_MAX,
    }) as unknown as { record: string[]; info: { lines: number } }[]
  ).map(({ record, info }) => ({ record, info: { lines: info.lines } }));

describe("records without quotes", () => {
  test.each([
    ["a,b\n1,2\n", ","],
    ["a,b\n1,2", ","],
    ["\n\na;b\n\n1;2;3\n;\n", ";"],
    ["\uFEFFa,b\n 1 ,\t2\n,\n", ","],
  ])("[INT42] %o are those of the parser", (text, delimiter) => {
    expect(plainRecords(text, delimiter)).toEqual(parsed(text, delimiter));
  });

  test("[INT42] are those of the parser, whatever the text", () => {
    const character = fc.constantFrom("a", "1", " ", ",", ";", "\n", "\n", "\t", "é", "'", "#", "\\");
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 60 }), fc.constantFrom(",", ";"), (text, delimiter) => {
        const plain = plainRecords(text, delimiter);
        fc.pre(plain !== undefined);
        expect(plain).toEqual(parsed(text, delimiter));
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });

  test.each([
    ["a quote", 'a,b\n"1",2\n'],
    ["a carriage return", "a,b\r\n1,2\r\n"],
    ["one line without an end", "a,b"],
    ["a record that is too long", `a,b\n${"x".repeat(RECORD_CHARS_MAX)},2\n`],
  ])("[INT42] leave %s to the parser", (_, text) => {
    expect(plainRecords(text, ",")).toBeUndefined();
  });
});
