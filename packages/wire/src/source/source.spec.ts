import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS, locate, plainValue, readSource } from "./index.ts";
import { readJson } from "./json.ts";

const read = (text: string) => readSource({ name: "file.yaml", text });
const codes = (text: string) => read(text).problems.map(({ code }) => code);

describe("limits", () => {
  test.each([
    ["brackets", "[".repeat(LIMITS.chars), "too_deep"],
    ["dashes", "- ".repeat(LIMITS.chars / 2), "too_deep"],
    ["question marks", "? ".repeat(LIMITS.chars / 2), "too_deep"],
    ["colons", ": ".repeat(LIMITS.chars / 2), "too_deep"],
    ["stray brackets", "}".repeat(LIMITS.chars), "not_yaml"],
    ["documents", "---\n".repeat(LIMITS.chars / 4), "several_documents"],
    ["directives", "%\n".repeat(LIMITS.chars / 2), "several_documents"],
    ["anchors", "&a ".repeat(LIMITS.chars / 3), "too_large"],
    ["aliases", `[${"*a,".repeat(LIMITS.chars / 3 - 1)}]`, "too_large"],
    ["a character too many", "a".repeat(LIMITS.chars + 1), "too_large"],
  ])("[WIR1] a megabyte of %s is refused at once", (_, text, code) => {
    // What it costs this process, whatever else the machine has to do.
    const from = process.cpuUsage();
    const { root, problems } = read(text);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(root).toBeUndefined();
    const { user, system } = process.cpuUsage(from);
    expect((user + system) / 1_000).toBeLessThan(5000);
  });

  test("[WIR1] 64 levels are read and 65 are not", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(codes(nested(64))).toEqual([]);
    expect(codes(nested(65))).toEqual(["too_deep"]);
  });

  test("[WIR1] aliases are followed a hundred times, and never for ever", () => {
    expect(plainValue(read("a: &x { b: 1 }\nc: *x").root as never)).toEqual({ a: { b: 1 }, c: { b: 1 } });
    expect(codes("a: &a [*a]")).toContain("too_deep");
    const bomb = ["a0: &a0 [x, x, x, x, x, x, x, x]"];
    for (let level = 1; level <= 8; level += 1) {
      bomb.push(`a${level}: &a${level} [${Array.from({ length: 8 }, () => `*a${level - 1}`).join(", ")}]`);
    }
    expect(codes(bomb.join("\n"))).toContain("too_many_aliases");
  });

  test("[WIR1] a file that is empty, or holds two documents, says so", () => {
    expect(codes("")).toEqual(["empty_document"]);
    expect(codes("# a comment only\n")).toEqual(["empty_document"]);
    expect(codes("a: 1\n---\nb: 2")).toEqual(["several_documents"]);
  });
});

describe("plain JSON", () => {
  /** Read as YAML: a comment is none of JSON. */
  const asYaml = (text: string) => read(`${text}\n# so`);
  const word = fc.oneof(
    { weight: 20, arbitrary: fc.stringMatching(/^[ !#-[\]-~]{0,12}$/) },
    { weight: 1, arbitrary: fc.stringMatching(/^[ -~]{0,12}$/) },
  );
  const scalar = fc.oneof(
    { weight: 8, arbitrary: word },
    { weight: 4, arbitrary: fc.constantFrom(-0, 1.5, 0.25, "2026-05-01", "2.40 USD/h", "*", "- a: 1", "true", "~") },
    { weight: 4, arbitrary: fc.oneof(fc.boolean(), fc.constant(null), fc.integer()) },
    { weight: 1, arbitrary: fc.constantFrom("é", "a\tb", "\u2028", "\\", 2 ** 53, 0.1 + 0.2) },
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      scalar,
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.dictionary(word, tie("tree"), { maxKeys: 4 }),
    ),
  }));
  const written = fc
    .tuple(
      fc.oneof(fc.dictionary(word, tree, { maxKeys: 4 }), fc.array(tree, { maxLength: 4 })),
      fc.constantFrom(undefined, 1, 2),
    )
    .map(([value, indent]) => JSON.stringify(value, null, indent));

  test("[WIR1] is read into the same tree, places and all, as the YAML that it is", () => {
    let quick = 0;
    fc.assert(
      fc.property(written, (text) => {
        expect(read(text)).toEqual(asYaml(text));
        if (readJson("file.yaml", text, LIMITS) !== undefined) quick += 1;
      }),
      { seed: 1_014, numRuns: 400 },
    );
    expect(quick).toBeGreaterThan(100);
  });

  test("[WIR1] with something broken in it is read as the YAML that it is, or left to the reader of YAML", () => {
    const broken = fc
      .tuple(written, fc.nat(), fc.nat(2), fc.constantFrom(...'{}[]",:#-?&*!|> \n\\e01.'.split("")))
      .map(
        ([text, at, cut, put]) =>
          text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + cut),
      );
    let quick = 0;
    fc.assert(
      fc.property(broken, (text) => {
        const root = readJson("file.yaml", text, LIMITS);
        if (root === undefined) return;
        quick += 1;
        expect({ root, problems: [] }).toEqual(asYaml(text));
      }),
      { seed: 1_015, numRuns: 1_000 },
    );
    expect(quick).toBeGreaterThan(100);
  });

  test.each([
    ['{"a": 1, "a": 2}', "duplicate_key"],
    ['{"constructor": 1}', "forbidden_key"],
    ['{"<<": {"a": 1}}', "merge_key_refused"],
    ['{"a": 9007199254740993}', "number_not_exact"],
    ['{"a": 0.1234567890123456}', "number_not_exact"],
    ['{"a": 1', "not_yaml"],
  ])("[WIR2] %s is %s as in YAML", (text, code) => {
    expect(codes(text)).toEqual([code]);
  });
});

describe("what YAML allows and a document does not", () => {
  test.each([
    ["a: 1\nb: 2\na: 3", "duplicate_key", 3, 1, "a"],
    ["a: !date 2026-01-01", "tag_refused", 1, 10, "a"],
    ["<<: { a: 1 }", "merge_key_refused", 1, 1, "<<"],
    ["? [a]\n: 1", "key_not_text", 1, 3, ""],
    ["__proto__: 1", "forbidden_key", 1, 1, "__proto__"],
    ["a: { constructor: 1 }", "forbidden_key", 1, 6, "a.constructor"],
    ["a: 12e400", "number_not_finite", 1, 4, "a"],
    ["a: [.nan]", "number_not_finite", 1, 5, "a[0]"],
    ["a: -.inf", "number_not_finite", 1, 4, "a"],
    ["a: 9007199254740993", "number_not_exact", 1, 4, "a"],
    ["a: 0.1234567890123456", "number_not_exact", 1, 4, "a"],
    ["a: *nothing", "not_yaml", 1, 4, "a"],
    ["a: [1, 2", "not_yaml", 1, 9, ""],
  ])("[WIR2 WIR3] %j is %s", (text, code, line, column, path) => {
    expect(read(text).problems[0]).toMatchObject({ code, file: "file.yaml", line, column, path });
  });

  test("[WIR2] the rest of the file is still looked at", () => {
    expect(codes("a: .nan\nb: 1\nb: 2\nc: !x 1\n__proto__: 1")).toEqual([
      "number_not_finite",
      "duplicate_key",
      "tag_refused",
      "forbidden_key",
    ]);
  });

  test("[WIR2] plain tags, decimals of fifteen digits and the largest exact whole number are fine", () => {
    expect(codes("a: !!str 5\nb: 0.123456789012345\nc: 9007199254740991")).toEqual([]);
  });
});

describe("places", () => {
  test("[WIR3] what is missing is told at what should have it, with the whole path", () => {
    const { root } = read("a:\n  - b: 1\n");
    expect(locate(root as never, ["a", 0, "b"]).origin).toMatchObject({ line: 2, column: 8, path: "a[0].b" });
    expect(locate(root as never, ["a", 0, "c", "d"]).origin).toMatchObject({ line: 2, column: 5, path: "a[0].c.d" });
  });

  test("[WIR4] what follows from something reported is marked as such", () => {
    const { root } = read("a: .nan");
    expect(locate(root as never, ["a"]).isSpoilt).toBe(true);
    expect(locate(root as never, ["a", "b"]).isSpoilt).toBe(true);
  });
});
