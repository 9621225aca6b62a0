import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { parseAgreement } from "./agreements/index.ts";
import { parseBook } from "./book/index.ts";
import { parseCase } from "./cases/index.ts";
import { decodeCommand, decodeEvent } from "./codecs/index.ts";
import { type Parsed, PROBLEM_CODES } from "./problems/index.ts";
import { parseRequest, parseShorthand } from "./requests/index.ts";
import { LIMITS, type SourceFile } from "./source/index.ts";

const F0 = readFileSync("conformance/worlds/f0.yaml", "utf8");
const CASE = readFileSync("conformance/P1.yaml", "utf8");
const AGREEMENT = `schema: offtake/agreement@1
name: a
parties: { buyer: lab, provider: alfa }
effective: { from: 2026-01-01, to: 2030-12-31 }
clauses:
  - id: r1
    kind: first-refusal
    window: 5 business days
    tail: { days: 60, priceTolerance: 0 }
  - { id: c, kind: commitment, amount: 250000000 USD }
`;
const REQUEST = `schema: offtake/request@1
id: q
buyer: lab
accelerators: H100
count: 1024
block: 8
window: { from: 2026-05-01, to: 2026-07-29 }
cap: 2.60 USD/h
terms: { prepayment: 20% }
`;

const resolve = (): readonly SourceFile[] => [{ name: "worlds/f0.yaml", text: F0 }];

/** Every reader of text, with a document that it reads. */
const PARSERS: Readonly<Record<string, { readonly good: string; readonly parse: (text: string) => Parsed<unknown> }>> =
  {
    book: { good: F0, parse: (text) => parseBook({ name: "x.yaml", text }) },
    agreement: { good: AGREEMENT, parse: (text) => parseAgreement({ name: "x.yaml", text }) },
    request: { good: REQUEST, parse: (text) => parseRequest({ name: "x.yaml", text }) },
    case: { good: CASE, parse: (text) => parseCase({ name: "x.yaml", text }, { resolve }) },
    shorthand: {
      good: "H100:1024/8@us-* 2026-05-01+90d training <=2.60 USD/h",
      parse: (text) => parseShorthand(text, { buyer: "lab" }),
    },
  };

const goodOf = (kind: string): string => PARSERS[kind]?.good ?? "";

/** Longest that one text may take on a slow machine, and where a problem may stand. */
const MS_MAX = 5000;

let tried = 0;

/** Reads a text and holds every promise about the answer; gives the codes of what was wrong. */
function codesOf(kind: string, text: string): string[] {
  tried += 1;
  const from = performance.now();
  const parsed = PARSERS[kind]?.parse(text) ?? { ok: true, value: undefined };
  expect(performance.now() - from).toBeLessThan(MS_MAX);
  if (parsed.ok) return [];
  expect(parsed.problems.length).toBeGreaterThan(0);
  const lines = Math.max(text.split(/\r\n|\r|\n/).length, F0.split("\n").length) + 1;
  for (const { code, line, column, message, file } of parsed.problems) {
    expect(PROBLEM_CODES.has(code)).toBe(true);
    expect(line >= 1 && line <= lines && column >= 1).toBe(true);
    expect(message.length > 0 && message.length < 2000 && file.length > 0).toBe(true);
  }
  return parsed.problems.map(({ code }) => code);
}

afterAll(() => {
  console.info(`bad input: ${tried} texts tried`);
});

const BOMB = Array.from(
  { length: 9 },
  (_, level) =>
    `a${level}: &a${level} [${Array.from({ length: 9 }, () => (level === 0 ? "x" : `*a${level - 1}`)).join(", ")}]`,
).join("\n");

/** Texts that are wrong for every kind of document. */
const TEXTS: readonly (readonly [string, string, string])[] = [
  ["nothing", "", "empty_document"],
  ["blanks", " \n\n  \n", "empty_document"],
  ["a comment", "# nothing\n", "empty_document"],
  ["a list", "- a\n- b\n", "wrong_type"],
  ["a number", "42\n", "wrong_type"],
  ["broken brackets", "schema: [", "not_yaml"],
  ["tabs", "\tschema: x", "not_yaml"],
  ["control characters", "schema: \u0000\u0001", ""],
  ["half a surrogate", "schema: '\ud800'", ""],
  ["two documents", "a: 1\n---\nb: 2\n", "several_documents"],
  ["too long", "#".repeat(LIMITS.chars + 1), "too_large"],
  ["too deep", "[".repeat(100_000), "too_deep"],
  ["too deep by dashes", "- ".repeat(100_000), "too_deep"],
  ["an alias bomb", BOMB, "too_many_aliases"],
  ["a circle of aliases", "a: &a { b: *a }", "too_deep"],
  ["the same key twice", "a: 1\na: 2\n", "duplicate_key"],
  ["a key of the engine", "__proto__: { polluted: true }\n", "forbidden_key"],
  ["an infinite number", "a: 12e400\n", "number_not_finite"],
  ["no number", "a: .nan\n", "number_not_finite"],
  ["an inexact number", "a: 123456789012345678901234567890\n", "number_not_exact"],
  ["a tag", "a: !!js/function 'function () {}'\n", "tag_refused"],
  ["a merge key", "<<: { a: 1 }\n", "merge_key_refused"],
  ["another kind of document", "schema: offtake/nothing@1\n", ""],
  ["a newer kind of document", "schema: offtake/book@2\n", ""],
];

/** Values that fit nowhere they are put, each with what is wrong there. */
const VALUES = [
  "-1",
  "0",
  "1.5",
  "-0",
  "1e3",
  "9007199254740991",
  "null",
  "true",
  "[]",
  "{}",
  "''",
  "' '",
  '"\\u0000"',
  "$3.00",
  "3.00",
  "3.00 usd",
  "3.00 USD/day",
  "NaN USD",
  "-5 USD",
  "99999999999999999 USD",
  "5 weeks",
  "-5 business days",
  "5 business day s",
  "P5X",
  "2026-02-30",
  "2026-13-01T00:00:00Z",
  "2026-01-01T00:00:00",
  "America/Nowhere",
  "+02:00",
  "us-fedral",
  "nobody",
  "x/y/z",
  "120%",
  "-1%",
  "40",
  "a b c",
  "\u202eabc",
  "'<script>'",
  "'=1+1'",
  "constructor",
  "[[[[]]]]",
  "{ a: { b: { c: 1 } } }",
];

describe("texts", () => {
  test.each(
    Object.keys(PARSERS)
      .filter((kind) => kind !== "shorthand")
      .flatMap((kind) => TEXTS.map((row) => [kind, ...row] as const)),
  )("[WIR31] %s: %s", (kind, _, text, code) => {
    const codes = codesOf(kind, text);
    expect(codes.length).toBeGreaterThan(0);
    // Any code will do where none is named; a text that is no group of keys is another schema to a book.
    expect(code === "" || codes.includes(code) || (code === "wrong_type" && codes.includes("wrong_schema"))).toBe(true);
  });
});

/** The places of the values of a document: `key: value` at the end of a line or in a group. */
function places(text: string): { from: number; to: number }[] {
  return [...text.matchAll(/: (?![{[>&|#\n])([^,\n}\]#]+)/g)].map((match) => ({
    from: match.index + 2,
    to: match.index + match[0].length,
  }));
}

describe("values", () => {
  test.each(Object.keys(PARSERS).filter((kind) => kind !== "shorthand"))(
    "[WIR31] %s: every value replaced by every bad one",
    (kind) => {
      const good = goodOf(kind);
      expect(codesOf(kind, good)).toEqual([]);
      let refused = 0;
      for (const [index, { from, to }] of places(good).entries()) {
        // Every place meets a part of the values, and together they meet all: each pair would be ten thousand documents.
        for (const [number, value] of VALUES.entries()) {
          if ((index + number) % 5 !== 0) continue;
          if (codesOf(kind, good.slice(0, from) + value + good.slice(to)).length > 0) refused += 1;
        }
      }
      expect(refused).toBeGreaterThan(places(good).length * 4);
    },
  );

  test.each([
    ["book", "gangMin: 8", "gangMin: -8", "out_of_range"],
    ["book", "count: 1024", "count: 1e12", "out_of_range"],
    ["book", "cap: 3.00 USD/h", "cap: 3.00 USD", "wrong_unit"],
    ["book", "window: 5 business days", "window: 5", "wrong_unit"],
    ["book", "zone: America/Los_Angeles", "zone: America/Los_Angelos", "unknown_zone"],
    ["book", "holder: beta", "holder: betta", "unknown_party"],
    ["book", "holidays: us-federal", "holidays: us-state", "unknown_calendar"],
    ["book", "accelerator: GB200", "accelerator: GB2000", "unknown_accelerator"],
    ["book", "kind: match", "kind: mach", "unknown_value"],
    ["book", "rank: 20", "rnk: 20", "unknown_key"],
    ["book", "provider: gamma", "provider: [gamma]", "wrong_type"],
    ["agreement", "amount: 250000000 USD", "amount: 250000000000000000 USD", "out_of_range"],
    [
      "agreement",
      "effective: { from: 2026-01-01, to: 2030-12-31 }",
      "effective: { from: 2030-12-31, to: 2026-01-01 }",
      "invalid_window",
    ],
    ["request", "prepayment: 20%", "prepayment: lots", "wrong_unit"],
    ["request", "count: 1024", "count: .inf", "number_not_finite"],
    ["case", "right: r1", "right: r7", "unknown_clause"],
    ["case", "by: alfa", "by: alpha", "unknown_party"],
    ["case", "at: 2026-09-14T17:00:00Z", "at: 2026-09-14", "bad_time"],
  ])("[WIR31] %s: %s as %s", (kind, before, after, code) => {
    const good = goodOf(kind);
    expect(good).toContain(before);
    expect(codesOf(kind, good.replace(before, after))).toContain(code);
  });
});

describe("damage at random", () => {
  const damage = fc.array(
    fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      fc.nat(12),
      fc.oneof(
        fc.constantFrom(
          "",
          ":",
          "- ",
          "{",
          "}",
          "[",
          "]",
          "'",
          '"',
          "&a ",
          "*a",
          "!x ",
          "|",
          ">",
          "#",
          "?",
          ",",
          "\n",
          "\t",
          "  ",
          "\u2028",
          "\ufeff",
          "%",
          "@",
          "`",
        ),
        fc.constantFrom(...VALUES),
        fc.string({ maxLength: 8, unit: "binary" }),
      ),
    ),
    { minLength: 1, maxLength: 6 },
  );

  test.each(Object.keys(PARSERS))("[WIR32] of %s", (kind) => {
    const good = goodOf(kind);
    let refused = 0;
    fc.assert(
      fc.property(damage, (cuts) => {
        let text = good;
        for (const [place, length, put] of cuts) {
          const at = Math.floor(place * text.length);
          text = text.slice(0, at) + put + text.slice(at + length);
        }
        if (codesOf(kind, text).length > 0) refused += 1;
      }),
      { seed: 1, numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(200);
  });

  /** Documents made of the words of the schemas, put together without sense. */
  const WORDS = [
    ...new Set(F0.match(/[a-zA-Z][A-Za-z-]+/g)),
    "expect",
    "script",
    "do",
    "at",
    "accept",
    "notice",
    "not",
    "rejected",
  ];
  const tree = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(...WORDS, ...VALUES.map((value) => value.replaceAll("'", ""))),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("node"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...WORDS), tie("node"), { maxKeys: 5, noNullPrototype: true }),
    ),
  })).node;

  test.each(["book", "agreement", "request", "case"])("[WIR32] %s out of its own words", (kind) => {
    let refused = 0;
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            "parties",
            "agreements",
            "requests",
            "clauses",
            "script",
            "expect",
            "world",
            "change",
            "offers",
            "name",
            "id",
            "window",
            "scope",
            "policy",
          ),
          tree,
          { maxKeys: 8, noNullPrototype: true },
        ),
        (body) => {
          const text = JSON.stringify({ schema: `offtake/${kind}@1`, ...body });
          if (codesOf(kind, text).length > 0) refused += 1;
        },
      ),
      { seed: 2, numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(290);
  });

  test("[WIR32] stored things", () => {
    const codes = new Set<string>();
    let read = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            v: fc.oneof(fc.constant(1), fc.jsonValue()),
            type: fc.constantFrom("noticeSent", "awardIssued", "submitRequest", "toString"),
            at: fc.jsonValue(),
            request: fc.jsonValue(),
          }),
        ),
        (json) => {
          tried += 1;
          for (const restored of [decodeEvent(json), decodeCommand(json)]) {
            if (restored.ok) read += 1;
            else codes.add(restored.problem.code);
          }
        },
      ),
      { seed: 3, numRuns: 2000 },
    );
    expect(read).toBe(0);
    expect([...codes].sort()).toEqual(["stored_malformed", "unknown_stored_type", "unknown_stored_version"]);
  });
});
