import type { CallExpression, Expression } from "oxc-parser";
import { Visitor } from "oxc-parser";
import type { Source } from "../sources.ts";
import { lineOf, parse } from "../sources.ts";

/** A rule of a SPEC.md (`- **CAL1** text`), or a test and the rules that its title names (`[CAL1 CAL2] text`). */
export interface Mention {
  readonly ids: readonly string[];
  readonly where: string;
}

const RULE = /^- \*\*([A-Z]{2,6}\d+)\*\* \S/;
const LOOKS_LIKE_RULE = /^\s*[-*+] *\**[A-Z]{2,6}\d+\b/;
const TITLE = /^\[([A-Z]{2,6}\d+(?: [A-Z]{2,6}\d+)*)\] \S/;

/** Everything wrong between the rules in `specs` (SPEC.md files) and the titles of the tests in `tests`, one line each. */
export function ruleProblems(specs: readonly Source[], tests: readonly Source[]): string[] {
  const rules = specs.flatMap(rulesOf);
  const titles = tests.flatMap(testsOf);
  const known = new Set(rules.flatMap((rule) => rule.ids));
  const proved = new Set(titles.flatMap((title) => title.ids));
  return [
    ...specs.flatMap(malformedRules),
    ...repeated(rules),
    ...rules.flatMap(({ ids, where }) => ids.filter((id) => !proved.has(id)).map((id) => `${where} ${id} has no test`)),
    ...titles.filter((title) => title.ids.length === 0).map(({ where }) => `${where} the test's title names no rule`),
    ...titles.flatMap(({ ids, where }) => ids.filter((id) => !known.has(id)).map((id) => `${where} ${id} is no rule`)),
  ];
}

export function rulesOf(spec: Source): Mention[] {
  return linesOf(spec).flatMap(({ line, where }) => {
    const id = RULE.exec(line)?.[1];
    return id === undefined ? [] : [{ ids: [id], where }];
  });
}

function malformedRules(spec: Source): string[] {
  return linesOf(spec)
    .filter(({ line }) => LOOKS_LIKE_RULE.test(line) && !RULE.test(line))
    .map(({ where }) => `${where} looks like a rule but is not written "- **ID** text"`);
}

function linesOf(spec: Source): { line: string; where: string }[] {
  return spec.text.split("\n").map((line, index) => ({ line, where: `${spec.path}:${index + 1}` }));
}

function repeated(rules: readonly Mention[]): string[] {
  const first = new Map<string, string>();
  return rules.flatMap(({ ids: [id = ""], where }) => {
    const before = first.get(id);
    if (before !== undefined) return [`${where} ${id} is already the rule at ${before}`];
    first.set(id, where);
    return [];
  });
}

/** Every test of a spec: calls of `test` and `it` with all their forms (`test.each(table)(title, ...)`, `test.skip`). */
export function testsOf(source: Source): Mention[] {
  const found: Mention[] = [];
  new Visitor({
    CallExpression(node) {
      if (!isTest(node)) return;
      const title = titleOf(node.arguments[0] as Expression | undefined);
      const ids = TITLE.exec(title)?.[1]?.split(" ") ?? [];
      found.push({ ids, where: `${source.path}:${lineOf(source, node.start)}` });
    },
  }).visit(parse(source));
  return found;
}

/** Members of `test` that make another `test` of their arguments instead of running one. */
const MAKERS: ReadonlySet<string> = new Set(["each", "for", "skipIf", "runIf", "extend"]);

function isTest(node: CallExpression): boolean {
  const { callee } = node;
  if (callee.type === "MemberExpression" && callee.property.type === "Identifier") {
    if (MAKERS.has(callee.property.name)) return false;
  }
  return isTestFunction(callee);
}

function isTestFunction(callee: Expression): boolean {
  switch (callee.type) {
    case "Identifier":
      return callee.name === "test" || callee.name === "it";
    case "MemberExpression":
      return isTestFunction(callee.object);
    case "CallExpression":
      return isTestFunction(callee.callee);
    case "TaggedTemplateExpression":
      return isTestFunction(callee.tag);
    default:
      return false;
  }
}

/** The readable start of a title; empty where it is computed. */
function titleOf(node: Expression | undefined): string {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type !== "TemplateLiteral") return "";
  return node.quasis.map((quasi) => quasi.value.cooked ?? "").join("...");
}
