import { describe, expect, test } from "vitest";
import { readSources } from "../sources.ts";
import { ruleProblems, rulesOf, testsOf } from "./rules.ts";

const spec = (text: string) => ({ path: "packages/core/src/calendar/SPEC.md", text });
const code = (text: string) => ({ path: "packages/core/src/calendar/a.spec.ts", text });

describe("the core", () => {
  const specs = readSources("packages/core/src", /\/SPEC\.md$/);
  const tests = readSources("packages/core", /\.spec\.ts$/);

  test("has a SPEC.md in every area", () => {
    const areas = new Set(
      readSources("packages/core/src", /\.ts$/).flatMap(({ path }) => path.split("/").slice(3, -1)[0] ?? []),
    );
    const described = specs.map(({ path }) => path.split("/")[3]);
    expect([...areas].filter((area) => !described.includes(area))).toEqual([]);
  });

  test("has a test for every rule and a rule for every test", () => {
    expect(specs.flatMap(rulesOf).length).toBeGreaterThan(0);
    expect(tests.flatMap(testsOf).length).toBeGreaterThan(0);
    expect(ruleProblems(specs, tests)).toEqual([]);
  });
});

describe("the documents and messages", () => {
  const specs = readSources("packages/wire/src", /\/SPEC\.md$/);
  const tests = readSources("packages/wire", /\.spec\.ts$/);

  test("have a test for every rule and a rule for every test", () => {
    expect(specs.flatMap(rulesOf).length).toBeGreaterThan(0);
    expect(ruleProblems(specs, tests)).toEqual([]);
  });
});

describe("what comes in as files", () => {
  const specs = readSources("packages/intake", /\/SPEC\.md$/);
  const tests = readSources("packages/intake", /\.spec\.ts$/);

  test("has a test for every rule and a rule for every test", () => {
    expect(specs.flatMap(rulesOf).length).toBeGreaterThan(0);
    expect(ruleProblems(specs, tests)).toEqual([]);
  });
});

describe("titles", () => {
  test("are found in every form of a test", () => {
    const text = `
      test("[CAL1] plain", () => {});
      it("[CAL2] it", () => {});
      test.each([1, 2])("[CAL3] each %i", () => {});
      test.for([1, 2])("[CAL4] for %i", () => {});
      test.each\`a\${1}\`("[CAL5] table", () => {});
      test.skip("[CAL6] skipped", () => {});
      test.skipIf(true)("[CAL7] maybe", () => {});
      test(\`[CAL8 CAL9] \${name}\`, () => {});
      test(name, () => {});
      test(\`[\${id}] computed\`, () => {});
      describe("no test", () => {});
      expect("[CAL10] no test").toBe(1);
    `;
    const named = testsOf(code(text)).map((one) => one.ids.join(" "));
    expect(named.join(", ")).toBe("CAL1, CAL2, CAL3, CAL4, CAL5, CAL6, CAL7, CAL8 CAL9, , ");
  });
});

describe("a planted problem is found:", () => {
  const RULES = "# Calendar\n\n- **CAL1** days. Source: domain rule G1\n- **CAL2** hours.\n";
  const TESTS = 'test("[CAL1] days", () => {});\ntest("[CAL1 CAL2] hours", () => {});\n';

  test("nothing, when every rule has a test and every test a rule", () => {
    expect(ruleProblems([spec(RULES)], [code(TESTS)])).toEqual([]);
  });

  test.each([
    ["a rule without a test", `${RULES}- **CAL3** zones.\n`, TESTS, "SPEC.md:5 CAL3 has no test"],
    [
      "a test that names no rule",
      RULES,
      `${TESTS}test("zones", () => {});`,
      "a.spec.ts:3 the test's title names no rule",
    ],
    ["a test of an unknown rule", RULES, `${TESTS}test("[CAL9] zones", () => {});`, "a.spec.ts:3 CAL9 is no rule"],
    [
      "an unknown rule beside a known",
      RULES,
      `${TESTS}test("[CAL1 XYZ9] x", () => {});`,
      "a.spec.ts:3 XYZ9 is no rule",
    ],
    [
      "a rule named late in the title",
      RULES,
      `${TESTS}test("zones [CAL1]", () => {});`,
      "a.spec.ts:3 the test's title",
    ],
    ["a computed title", RULES, `${TESTS}test(title, () => {});`, "a.spec.ts:3 the test's title names no rule"],
    ["a rule given twice", `${RULES}- **CAL1** again.\n`, TESTS, "SPEC.md:5 CAL1 is already the rule at"],
    ["a rule not written as one", `${RULES}* **CAL3** zones.\n`, TESTS, "SPEC.md:5 looks like a rule"],
    ["a rule without bold", `${RULES}- CAL3 zones.\n`, TESTS, "SPEC.md:5 looks like a rule"],
    ["a rule without text", `${RULES}- **CAL3**\n`, TESTS, "SPEC.md:5 looks like a rule"],
  ])("%s", (_name, rules, tests, problem) => {
    const found = ruleProblems([spec(rules)], [code(tests)]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });
});
