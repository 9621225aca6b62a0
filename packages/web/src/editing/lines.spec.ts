import { expect, test } from "vitest";
import { lineAround, offsetOf } from "./lines.ts";

const TEXT = "one\ntwo\n\nfour";

test("places are found, also those behind the end", () => {
  expect([
    offsetOf(TEXT, { line: 1 }),
    offsetOf(TEXT, { line: 2, column: 2 }),
    offsetOf(TEXT, { line: 3, column: 9 }),
    offsetOf(TEXT, { line: 4, column: 99 }),
    offsetOf(TEXT, { line: 40 }),
    offsetOf("", { line: 1, column: 1 }),
  ]).toEqual([0, 5, 8, 13, 13, 0]);
});

test("a line is marked whole, an empty one as the place where it is", () => {
  expect(TEXT.slice(...lineAround(TEXT, { line: 2, column: 3 }))).toBe("two");
  expect(TEXT.slice(...lineAround(TEXT, { line: 4 }))).toBe("four");
  expect(lineAround(TEXT, { line: 3 })).toEqual([8, 8]);
});
