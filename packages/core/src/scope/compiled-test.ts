import { unreachable } from "../kernel/index.ts";
import { type Fact, isBeginning } from "./facts.ts";
import type { Operator, ScopeTest, Verdict } from "./model.ts";

/** What a text must look like: equal to, beginning with, holding or ending with one of these, all lower case. */
export interface TextPattern {
  readonly exact: ReadonlySet<string>;
  readonly prefixes: readonly string[];
  readonly parts: readonly string[];
  readonly suffixes: readonly string[];
}

/** A test made ready: `always` holds for every thing, `exists` asks for presence, `text` compares. */
export interface CompiledTest {
  readonly kind: "always" | "exists" | "text";
  readonly dimension: string;
  readonly operator: Operator;
  readonly negated: boolean;
  readonly pattern: TextPattern;
}

const NO_TEXTS: readonly string[] = [];
const NO_EXACT: ReadonlySet<string> = new Set();
const NOTHING: TextPattern = { exact: NO_EXACT, prefixes: NO_TEXTS, parts: NO_TEXTS, suffixes: NO_TEXTS };

function listPattern(values: readonly string[]): TextPattern {
  const isPrefix = (value: string): boolean => value.endsWith("*");
  return {
    ...NOTHING,
    exact: new Set(values.filter((value) => !isPrefix(value))),
    prefixes: values.filter(isPrefix).map((value) => value.slice(0, -1)),
  };
}

/** The pattern of a test, and whether the test asks for it not to hold. */
function patternOf(operator: Operator, values: readonly string[]): { pattern: TextPattern; negated: boolean } {
  switch (operator) {
    case "In":
    case "NotIn":
      return { pattern: listPattern(values), negated: operator === "NotIn" };
    case "StartsWith":
    case "NotStartsWith":
      return { pattern: { ...NOTHING, prefixes: values }, negated: operator === "NotStartsWith" };
    case "Contains":
    case "NotContains":
      return { pattern: { ...NOTHING, parts: values }, negated: operator === "NotContains" };
    case "EndsWith":
      return { pattern: { ...NOTHING, suffixes: values }, negated: false };
    case "Exists":
    case "DoesNotExist":
      return { pattern: NOTHING, negated: operator === "DoesNotExist" };
    default:
      return unreachable(operator);
  }
}

/** Makes a checked test ready. A `*` alone is read as in FOCUS: every entity matches, also one without the dimension. */
export function compileTest(test: ScopeTest): CompiledTest {
  const values = test.Values.map((value) => value.toLowerCase());
  const { pattern, negated } = patternOf(test.Operator, values);
  const presence = test.Operator === "Exists" || test.Operator === "DoesNotExist";
  const kind = presence ? "exists" : values.includes("*") ? "always" : "text";
  return { kind, dimension: test.Dimension, operator: test.Operator, negated, pattern };
}

/** Whether a text, already in lower case, looks like the pattern. */
export function matchesPattern(pattern: TextPattern, text: string): boolean {
  if (pattern.exact.has(text)) return true;
  for (const prefix of pattern.prefixes) if (text.startsWith(prefix)) return true;
  for (const part of pattern.parts) if (text.includes(part)) return true;
  for (const suffix of pattern.suffixes) if (text.endsWith(suffix)) return true;
  return false;
}

/** Holds one fact (undefined: undeclared) against one test. */
export function testVerdict(test: CompiledTest, fact: Fact | undefined): Verdict {
  if (test.kind === "always") return test.negated ? "no" : "yes";
  if (fact === undefined) return "unknown";
  if (test.kind === "exists") return (fact.value === null) === test.negated ? "yes" : "no";
  if (fact.one !== undefined) return matchesPattern(test.pattern, fact.one) !== test.negated ? "yes" : "no";
  if (fact.many === undefined) return test.negated ? "yes" : "no"; // no value: equal to none, beginning with none
  return severalVerdict(test, fact.many);
}

/** One of several values, which one not being known: yes or no only where it is the same for all of them. */
function severalVerdict(test: CompiledTest, values: readonly string[]): Verdict {
  let hits = 0;
  for (const value of values) {
    const fits = isBeginning(value)
      ? beginningFits(test.pattern, value.slice(0, -1))
      : matchesPattern(test.pattern, value);
    if (fits === "unknown") return fits;
    if (fits) hits += 1;
  }
  if (hits !== 0 && hits !== values.length) return "unknown";
  return (hits !== 0) !== test.negated ? "yes" : "no";
}

/** Whether every value that begins so fits the pattern, none does, or some may. */
function beginningFits(pattern: TextPattern, start: string): boolean | "unknown" {
  if (pattern.prefixes.some((prefix) => start.startsWith(prefix))) return true;
  if (pattern.parts.some((part) => start.includes(part))) return true;
  if (pattern.parts.length > 0 || pattern.suffixes.length > 0) return "unknown";
  for (const text of pattern.exact) if (text.startsWith(start)) return "unknown";
  return pattern.prefixes.some((prefix) => prefix.startsWith(start)) ? "unknown" : false;
}
