import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalText, compareText } from "./canonical.ts";

const PROPERTY = { seed: 1, numRuns: 1_000 };

/** What events and states are made of. */
const recorded = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.bigInt(),
    fc.string({ unit: "binary" }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("$bigint", "$$bigint", "b")), tie("value"), { maxKeys: 4 }),
  ),
})).value;

/** The same value with the keys of every record set in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

/** Reads canonical text back: the only way to be sure that nothing was lost. */
function read(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value);
    const [first] = entries;
    if (entries.length === 1 && first?.[0] === "$bigint") return BigInt(first[1] as string);
    return Object.fromEntries(
      entries.map(([key, item]) => [key.startsWith("$") ? key.slice(1) : key, item as unknown]),
    );
  });
}

describe("canonical text", () => {
  test("[KER23] keys stand in code-unit order, without blanks and without keys that have no value", () => {
    const value = { b: [1, undefined, -0], a: { "\u{1f600}": 2n, "\uffff": "x\n", Z: undefined }, C: null };
    expect(canonicalText(value)).toBe('{"C":null,"a":{"\u{1f600}":{"$bigint":"2"},"\uffff":"x\\n"},"b":[1,null,0]}');
  });

  test("[KER23] the order in which keys were set leaves no trace", () => {
    fc.assert(
      fc.property(recorded, (value) => {
        expect(canonicalText(reversed(value))).toBe(canonicalText(value));
      }),
      PROPERTY,
    );
  });

  test("[KER24] the text is JSON and loses nothing, so values that differ differ in it", () => {
    fc.assert(
      fc.property(recorded, (value) => {
        expect(canonicalText(read(canonicalText(value)))).toBe(canonicalText(value));
        expect(read(canonicalText(value))).toEqual(value);
      }),
      PROPERTY,
    );
  });

  test("[KER24] a bigint, its digits, its number and a record spelled like its text have four texts", () => {
    const texts = [5n, "5", 5, { $bigint: "5" }, { $$bigint: "5" }].map(canonicalText);
    expect(new Set(texts).size).toBe(5);
  });

  test("[KER24] a list with a hole is a list with null", () => {
    // eslint-disable-next-line no-sparse-arrays -- the hole is what is tested
    expect(canonicalText([1, , 2])).toBe("[1,null,2]");
  });

  test.each([
    ["NaN", Number.NaN],
    ["infinity", Infinity],
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    ["a map", new Map([[1, 2]])],
    ["a set", new Set([1])],
    ["a date", new Date(0)],
    ["an expression", /a/],
    ["numbers in a buffer", new Int32Array(2)],
    ["an instance", new (class Block {})()],
  ])("[KER25] %s is refused, also deep inside", (_name, value) => {
    expect(() => canonicalText(value)).toThrow("Broken belief");
    expect(() => canonicalText({ a: [{ b: value }] })).toThrow("Broken belief");
  });

  test("[KER25] nothing is refused where a value should be", () => {
    expect(() => canonicalText(undefined)).toThrow("Broken belief: undefined is never recorded");
  });

  test("[KER25] a record without a prototype is a record", () => {
    expect(canonicalText(Object.assign(Object.create(null) as object, { a: 1 }))).toBe('{"a":1}');
  });

  test("[KER26] texts are ordered by code unit", () => {
    expect(["\u00e4", "z", "a", "Z", "B", "10", "9", ""].sort(compareText)).toEqual([
      "",
      "10",
      "9",
      "B",
      "Z",
      "a",
      "z",
      "\u00e4",
    ]);
    expect(compareText("\u{1f600}", "\uffff")).toBe(-1);
  });

  test("[KER26] the order is total: it never contradicts itself", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
        expect(compareText(a, b)).toBe(0 - compareText(b, a));
        expect(compareText(a, b) === 0).toBe(a === b);
        const [low = "", middle = "", high = ""] = [a, b, c].sort(compareText);
        expect(compareText(low, middle) <= 0 && compareText(middle, high) <= 0 && compareText(low, high) <= 0).toBe(
          true,
        );
      }),
      PROPERTY,
    );
  });
});
