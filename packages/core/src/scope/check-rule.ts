import { compareRational, parseRational, type Rational, rational } from "../kernel/index.ts";
import {
  type Applicability,
  FOCUS_DIMENSIONS,
  type Junction,
  OFFTAKE_DIMENSIONS,
  OPERATORS,
  type Operator,
  type ScopeGroup,
  type ScopeRule,
  type ScopeTest,
} from "./model.ts";
import { isJsonObject, type JsonObject, type Path, type ScopeFindings } from "./problems.ts";

/** Bounds at the door: tests in one scope, values in one test, groups inside groups, characters in one value. */
export const TESTS_MAX = 256;
export const VALUES_MAX = 10_000;
export const GROUP_DEPTH_MAX = 8;
export const VALUE_LENGTH_MAX = 512;

const DIMENSION_NAME = /^(?:[A-Z]|x_[A-Z])[A-Za-z0-9]{0,62}$/;
const KNOWN: readonly string[] = [...OFFTAKE_DIMENSIONS, ...FOCUS_DIMENSIONS];
const WILDCARD_OPERATORS: readonly Operator[] = ["In", "Contains", "Exists", "DoesNotExist"];
const TEST_KEYS: readonly string[] = ["Dimension", "Operator", "Values", "Applicability"];
const GROUP_KEYS: readonly string[] = ["GroupOperator", "Rules", "Applicability"];

export function checkKeys(value: JsonObject, known: readonly string[], path: Path, found: ScopeFindings): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) found.refuse("unknown_key", [...path, key], nearest(key, known));
  }
}

/** A known word that differs in case only, or by what stands before or after it. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const bare = (text: string): string =>
    text
      .toLowerCase()
      .replace(/^x_/, "")
      .replace(/[^a-z0-9]/g, "");
  return known.find((candidate) => bare(candidate) === bare(word));
}

export function checkJunction(value: unknown, path: Path, found: ScopeFindings): Junction | undefined {
  if (value === undefined || value === "And" || value === "Or") return value;
  return found.refuse("bad_junction", path, "And or Or");
}

/** Reads a fraction from 0 to 1: a JSON number, or decimal text. Binary noise does not enter: 0.1 is one tenth. */
function checkFraction(value: unknown, path: Path, found: ScopeFindings): Rational | undefined {
  const text = typeof value === "number" ? String(value) : value;
  const read = typeof text === "string" ? parseRational(text) : undefined;
  if (read === undefined || compareRational(read, rational(0n)) < 0 || compareRational(read, rational(1n)) > 0) {
    return found.refuse("bad_applicability", path, "a decimal from 0 to 1");
  }
  return read;
}

export function checkApplicability(value: unknown, path: Path, found: ScopeFindings): Applicability | undefined {
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) return found.refuse("bad_applicability", path, "an object with Cost, Usage or both");
  checkKeys(value, ["Cost", "Usage"], path, found);
  const cost = value["Cost"] === undefined ? undefined : checkFraction(value["Cost"], [...path, "Cost"], found);
  const usage = value["Usage"] === undefined ? undefined : checkFraction(value["Usage"], [...path, "Usage"], found);
  return { ...(cost && { Cost: cost }), ...(usage && { Usage: usage }) };
}

function checkDimension(value: unknown, path: Path, found: ScopeFindings): string | undefined {
  if (typeof value !== "string" || !DIMENSION_NAME.test(value)) {
    const expected = typeof value === "string" ? nearest(value, KNOWN) : undefined;
    return found.refuse(
      "bad_dimension",
      path,
      expected ?? "a column name such as RegionId, or x_ and a name such as x_Purpose",
    );
  }
  if (!KNOWN.includes(value)) found.warn("unknown_dimension", path, nearest(value, KNOWN));
  return value;
}

function checkWildcard(operator: Operator, values: readonly string[], path: Path, found: ScopeFindings): void {
  const presence = operator === "Exists" || operator === "DoesNotExist";
  if (presence && (values.length !== 1 || values[0] !== "*")) found.refuse("existence_values", path, '["*"]');
  else if (values.includes("*") && values.length > 1) found.refuse("wildcard_not_alone", path, '["*"] alone');
  else if (values.includes("*") && !WILDCARD_OPERATORS.includes(operator)) {
    found.refuse("wildcard_operator", path, WILDCARD_OPERATORS.join(", "));
  }
  const isList = operator === "In" || operator === "NotIn";
  values.forEach((value, index) => {
    const star = value.indexOf("*");
    const isPrefix = isList && star === value.length - 1;
    if (value !== "*" && star >= 0 && !isPrefix)
      found.refuse("wildcard_misplaced", [...path, index], "* only at the end, in In or NotIn");
  });
}

function checkValues(value: unknown, path: Path, found: ScopeFindings): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0)
    return found.refuse("values_empty", path, "a list of at least one text");
  if (value.length > VALUES_MAX) return found.refuse("scope_too_large", path, `at most ${VALUES_MAX} values`);
  const index = value.findIndex((item) => typeof item !== "string" || item === "" || item.length > VALUE_LENGTH_MAX);
  if (index >= 0)
    return found.refuse("values_not_text", [...path, index], `text of 1 to ${VALUE_LENGTH_MAX} characters`);
  return [...(value as readonly string[])];
}

function checkTest(value: JsonObject, path: Path, found: ScopeFindings): ScopeTest | undefined {
  checkKeys(value, TEST_KEYS, path, found);
  found.testCount += 1;
  if (found.testCount > TESTS_MAX) return found.refuse("scope_too_large", path, `at most ${TESTS_MAX} tests`);
  const dimension = checkDimension(value["Dimension"], [...path, "Dimension"], found);
  const operator = OPERATORS.find((known) => known === value["Operator"]);
  if (operator === undefined) found.refuse("unknown_operator", [...path, "Operator"], OPERATORS.join(", "));
  const values = checkValues(value["Values"], [...path, "Values"], found);
  if (operator !== undefined && values !== undefined) checkWildcard(operator, values, [...path, "Values"], found);
  const fraction = checkApplicability(value["Applicability"], [...path, "Applicability"], found);
  if (dimension === undefined || operator === undefined || values === undefined) return undefined;
  return { Dimension: dimension, Operator: operator, Values: values, ...(fraction && { Applicability: fraction }) };
}

function checkGroup(value: JsonObject, path: Path, depth: number, found: ScopeFindings): ScopeGroup | undefined {
  checkKeys(value, GROUP_KEYS, path, found);
  if (depth >= GROUP_DEPTH_MAX) return found.refuse("scope_too_large", path, `groups at most ${GROUP_DEPTH_MAX} deep`);
  if (value["GroupOperator"] === undefined) found.refuse("bad_junction", [...path, "GroupOperator"], "And or Or");
  const junction = checkJunction(value["GroupOperator"], [...path, "GroupOperator"], found);
  const rules = checkRules(value["Rules"], [...path, "Rules"], depth + 1, found);
  const fraction = checkApplicability(value["Applicability"], [...path, "Applicability"], found);
  if (junction === undefined || rules === undefined) return undefined;
  return { GroupOperator: junction, Rules: rules, ...(fraction && { Applicability: fraction }) };
}

/** Reads a list of rules; undefined where any of it is refused. `depth` counts the groups around it. */
export function checkRules(value: unknown, path: Path, depth: number, found: ScopeFindings): ScopeRule[] | undefined {
  if (!Array.isArray(value)) return found.refuse("rules_not_list", path, "a list of rules");
  if (value.length === 0) return found.refuse("rules_empty", path, "at least one rule");
  if (value.length > TESTS_MAX) return found.refuse("scope_too_large", path, `at most ${TESTS_MAX} rules`);
  const rules: ScopeRule[] = [];
  value.forEach((item: unknown, index) => {
    const here = [...path, index];
    if (!isJsonObject(item)) {
      found.refuse("rule_not_object", here);
      return;
    }
    const isGroup = "Rules" in item || "GroupOperator" in item;
    const rule = isGroup ? checkGroup(item, here, depth, found) : checkTest(item, here, found);
    if (rule !== undefined) rules.push(rule);
    if (depth > 0 && rule?.Applicability !== undefined) {
      found.refuse("applicability_misplaced", [...here, "Applicability"], "on a rule directly under Inclusions");
    }
  });
  return rules.length === value.length ? rules : undefined;
}
