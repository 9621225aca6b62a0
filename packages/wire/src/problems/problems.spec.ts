import { describe, expect, test } from "vitest";
import {
  API_CODES,
  DOCUMENT_CODES,
  inReadingOrder,
  nearNames,
  PEOPLE_CODES,
  PROBLEM_CODES,
  REJECTION_CODES,
} from "./index.ts";

describe("codes", () => {
  test("[WIR24] every one has a title and advice, and none means two things", () => {
    const shared = Object.keys(DOCUMENT_CODES).filter((code) => Object.hasOwn(REJECTION_CODES, code));
    expect([...PROBLEM_CODES.keys()]).toEqual(
      [
        ...new Set([DOCUMENT_CODES, REJECTION_CODES, API_CODES, PEOPLE_CODES].flatMap((codes) => Object.keys(codes))),
      ].sort(),
    );
    for (const [code, { title, whatToDo }] of PROBLEM_CODES) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(title.length).toBeGreaterThan(8);
      expect(whatToDo).toMatch(/\.$/);
    }
    for (const code of shared) {
      expect(DOCUMENT_CODES[code as keyof typeof DOCUMENT_CODES]).toEqual(
        REJECTION_CODES[code as keyof typeof REJECTION_CODES],
      );
    }
  });
});

describe("near names", () => {
  test.each([
    ["windw", ["window", "windows", "rank"], ["window"]],
    ["ALFA", ["alfa", "beta"], ["alfa"]],
    ["r2", ["r1", "r3", "x9"], ["r1", "r3"]],
    ["purpose", ["purposes", "providers"], ["purposes"]],
    ["first", ["first-refusal", "match"], ["first-refusal"]],
    ["nothing", ["alfa", "beta"], []],
    ["", ["alfa"], []],
  ])("[WIR5] %s", (name, candidates, expected) => {
    expect(nearNames(name, candidates)).toEqual(expected);
  });

  test("[WIR5] at most three, nearest first, and long names cost little", () => {
    expect(nearNames("abcdef", ["abcdeg", "abcdxx", "abcde", "abcdefg", "abxdef"])).toHaveLength(3);
    const from = performance.now();
    nearNames(
      "x".repeat(1_000_000),
      Array.from({ length: 1000 }, (_, index) => `${"x".repeat(10_000)}${index}`),
    );
    expect(performance.now() - from).toBeLessThan(2000);
  });
});

test("[WIR3] problems come by file in the order given, then by place", () => {
  const at = (file: string, line: number, column: number) =>
    ({ code: "malformed", file, line, column, path: "", message: "", expected: "" }) as const;
  const sorted = inReadingOrder([at("b", 9, 1), at("a", 5, 2), at("b", 2, 1), at("a", 5, 1)]);
  expect(sorted.map(({ file, line, column }) => `${file}${line}.${column}`)).toEqual(["b2.1", "b9.1", "a5.1", "a5.2"]);
});
