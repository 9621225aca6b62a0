import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const WEB = fileURLToPath(new URL("../../", import.meta.url));
const CHECK = /^- \*\*([A-Z]\d+)\*\* (.+(?:\n {2}.+)*)/gm;
const TITLE = /\b(?:test|describe)(?:\.each\([^"`]*?\)|\.skipIf\([^"`]*?\))?\(\s*["`]((?:[^"`\\]|\\.)*)["`]/g;

interface Check {
  readonly id: string;
  readonly text: string;
}

const checksOf = (spec: string): readonly Check[] =>
  [...spec.matchAll(CHECK)].map(([, id = "", text = ""]) => ({ id, text }));

/** The numbers in the titles of tests: `[A1] ..., [A2 A3] ...`. */
const numbersIn = (source: string): readonly string[] =>
  [...source.matchAll(TITLE)].flatMap(([, title = ""]) =>
    [...title.matchAll(/\[((?:[A-Z]\d+ ?)+)\]/g)].flatMap(([, ids = ""]) => ids.trim().split(" ")),
  );

/** What is wrong between checks and the titles of tests, a line each. */
function wrongs(spec: string, sources: readonly string[]): readonly string[] {
  const checks = checksOf(spec);
  const tested = new Set(sources.flatMap(numbersIn));
  const ids = checks.map(({ id }) => id);
  const isTestless = ({ text }: Check): boolean => /(?:Not yet: \S|Measured by `)/.test(text);
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} stands twice`),
    ...checks.filter((one) => !isTestless(one) && !tested.has(one.id)).map(({ id }) => `${id} has no test`),
    ...checks.filter((one) => isTestless(one) && tested.has(one.id)).map(({ id }) => `${id} has a test by now`),
    ...[...tested].filter((id) => !ids.includes(id)).map((id) => `${id} is no check`),
  ];
}

test("every check of the console has a test, and every number in a title is a check", () => {
  const sources = readdirSync(join(WEB, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".spec.ts") && !name.endsWith("checks.spec.ts"))
    .map((name) => readFileSync(join(WEB, "src", name), "utf8"));
  const spec = readFileSync(join(WEB, "SPEC.md"), "utf8");
  expect(checksOf(spec).length).toBeGreaterThan(50);
  expect(sources.flatMap(numbersIn).length).toBeGreaterThan(50);
  expect(wrongs(spec, sources)).toEqual([]);
});

describe("what is planted is found:", () => {
  const SPEC =
    "- **A1** one.\n- **A2** two\n  lines. Not yet: no screen.\n- **H1** three. Measured by `npm run bench`.\n";
  const TEST = 'test("[A1] one", () => {});';

  test.each([
    ["nothing where all is well", SPEC, TEST, []],
    ["a check without a test", `${SPEC}- **A3** three.\n`, TEST, ["A3 has no test"]],
    ["a number that is no check", SPEC, `${TEST} test("[A1] a, [B7 B8] b", f)`, ["B7 is no check", "B8 is no check"]],
    ["a check that is tested by now", SPEC, `${TEST} test("[A2] two", f)`, ["A2 has a test by now"]],
    ["a check that stands twice", `${SPEC}- **A1** again.\n`, TEST, ["A1 stands twice"]],
    ["a number in a name of a group", SPEC, 'describe.skipIf(!has())("[A1] all", f)', []],
    ["a number where no title is", SPEC, 'expect("[A1]")', ["A1 has no test"]],
  ])("%s", (_name, spec, source, found) => {
    expect(wrongs(spec, [source])).toEqual(found);
  });
});
