import { checkScope, type Scope, type ScopeRule, type ScopeTest } from "@offtake/core/scope";
import type { ReadingContext } from "../shape/context.ts";
import type { Path } from "../source/index.ts";
import { acceleratorTypes } from "./accelerators.ts";
import type { ScopeDocument, ScopePart, ShortScope } from "./document.ts";

const EVERYTHING: Scope = { IsGlobalScope: true };

/** Dimension of the core for each key of the short form, in the order in which tests are written. */
const DIMENSIONS = {
  accelerators: "x_AcceleratorClass",
  regions: "RegionId",
  purposes: "x_Purpose",
  channels: "x_Channel",
  products: "x_Product",
  sourceClasses: "x_SourceClass",
  providers: "ServiceProviderName",
  hosts: "HostProviderName",
  services: "ServiceName",
  projects: "x_Project",
  blocks: "x_BlockId",
} as const;

type DimensionKey = keyof typeof DIMENSIONS;

/** Reads any form of a scope. What it cannot read is reported, and everything stands in its place. */
export function readScope(document: ScopeDocument, path: Path, context: ReadingContext): Scope {
  if (document === "everything") return EVERYTHING;
  if (isFocus(document)) return readFocus(document, path, context);
  return readShort(document, path, context);
}

function isFocus(
  document: Exclude<ScopeDocument, "everything">,
): document is Exclude<ScopeDocument, ShortScope | "everything"> {
  return Object.keys(document).some((key) => /^[A-Z]/.test(key));
}

function readFocus(document: object, path: Path, context: ReadingContext): Scope {
  const check = checkScope(document);
  if (check.ok) return check.scope;
  for (const problem of check.problems) {
    const expected = problem.expected === undefined ? {} : { expected: problem.expected };
    context.report.add([...path, ...problem.path], "scope_malformed", problem.code.replaceAll("_", " "), expected);
  }
  return EVERYTHING;
}

function readShort(document: ShortScope, path: Path, context: ReadingContext): Scope {
  const { included, excluded } = testsOf(document, path, context);
  const groups = (document.except ?? []).map((part, index) => exceptRule(part, [...path, "except", index], context));
  const exclusions: ScopeRule[] = [...excluded, ...groups.filter((rule) => rule !== undefined)];
  return {
    ...(included.length === 0 ? EVERYTHING : { Inclusions: included }),
    ...(exclusions.length === 0 ? {} : { Exclusions: exclusions }),
  };
}

/** One carved-out part: all its tests together. */
function exceptRule(part: ScopePart, path: Path, context: ReadingContext): ScopeRule | undefined {
  const { included, excluded } = testsOf(part, path, context);
  const rules: ScopeTest[] = [...included, ...excluded.map((test) => ({ ...test, Operator: "NotIn" as const }))];
  if (rules.length === 0) {
    context.report.add(path, "too_few", "this takes nothing out", { expected: "at least one dimension" });
    return undefined;
  }
  return rules.length === 1 ? rules[0] : { GroupOperator: "And", Rules: rules };
}

function testsOf(
  part: ScopePart,
  path: Path,
  context: ReadingContext,
): { included: ScopeTest[]; excluded: ScopeTest[] } {
  const included: ScopeTest[] = [];
  const excluded: ScopeTest[] = [];
  for (const key of Object.keys(DIMENSIONS) as DimensionKey[]) {
    const stated = part[key];
    if (stated === undefined) continue;
    const isExcept = !Array.isArray(stated);
    const values = isExcept ? stated.except : stated;
    const test = testOf(key, values, [...path, key, ...(isExcept ? ["except"] : [])], context);
    (isExcept ? excluded : included).push(test);
  }
  return { included, excluded };
}

function testOf(key: DimensionKey, values: readonly string[], path: Path, context: ReadingContext): ScopeTest {
  if (key === "providers" || key === "hosts") for (const name of values) context.checkName("party", name, path);
  const read = key === "accelerators" ? values.flatMap((name) => acceleratorTypes(name, path, context)) : values;
  return { Dimension: DIMENSIONS[key], Operator: "In", Values: [...new Set(read)] };
}
