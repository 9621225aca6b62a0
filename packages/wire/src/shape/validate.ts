import type { z } from "zod";
import { nearNames, type ProblemCode } from "../problems/index.ts";
import { nameOfType } from "../scalars/index.ts";
import { type Path, plainValue, type SourceNode, withoutEntries } from "../source/index.ts";
import type { ProblemMore, Report } from "./report.ts";
import { knownKeysOf } from "./strict.ts";

type Issue = z.core.$ZodIssue;

/** A document whose shape is right, as far as there is one, and the tree that it is the value of. */
export interface Validated<Value> {
  readonly value: Value | undefined;
  /** The whole document, or what is left of it without the entries that are reported: for looking at the rest. */
  readonly root: SourceNode;
}

/**
 * Holds a document against its schema and reports everything that does not fit. Entries of lists that do not fit are then
 * left out, so that what is wrong with the meaning of the others is found in the same go.
 */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  whole: SourceNode,
  report: Report,
): Validated<z.output<Schema>> {
  let root = whole;
  for (let round = 0; round < PRUNING_ROUNDS_MAX; round += 1) {
    const result = schema.safeParse(plainValue(root), { reportInput: true });
    if (result.success) return { value: result.data, root };
    const { issues } = result.error;
    if (round === 0) for (const issue of issues) tell(issue, [], report);
    const rest = withoutEntries(
      root,
      issues.map((issue) => issue.path as Path),
    );
    if (rest === undefined) break;
    root = rest;
  }
  return { value: undefined, root };
}

/** A list may become too short by losing entries, and then its owner goes, and so on. */
const PRUNING_ROUNDS_MAX = 4;

function tell(issue: Issue, start: Path, report: Report): void {
  const path: Path = [...start, ...(issue.path as (string | number)[])];
  switch (issue.code) {
    case "custom":
      return tellCustom(issue, path, report);
    case "unrecognized_keys":
      return tellUnknownKeys(issue, path, report);
    case "invalid_union":
      return tellUnion(issue, path, report);
    case "invalid_type":
      return tellType(issue, path, report);
    case "invalid_value":
      return tellValue(issue.values.map(String), issue.input, path, report);
    case "too_small":
      return tellBound(issue.origin, `at least ${issue.minimum}`, issue.input, path, report);
    case "too_big":
      return tellBound(issue.origin, `at most ${issue.maximum}`, issue.input, path, report);
    default:
      return report.add(path, "malformed", issue.message);
  }
}

interface CustomParams extends ProblemMore {
  readonly code: ProblemCode;
}

function tellCustom(issue: Extract<Issue, { code: "custom" }>, path: Path, report: Report): void {
  const params = issue.params as CustomParams | undefined;
  report.add(path, params?.code ?? "malformed", issue.message, params ?? {});
}

function tellUnknownKeys(issue: Extract<Issue, { code: "unrecognized_keys" }>, path: Path, report: Report): void {
  const known = knownKeysOf(issue.message);
  for (const key of issue.keys) {
    const didYouMean = nearNames(key, known);
    const expected = known.length > 0 && known.length <= 12 ? `one of ${known.join(", ")}` : "a key of this place";
    report.addAtKey(path, key, "unknown_key", `there is no key \`${key.slice(0, 60)}\` here`, { expected, didYouMean });
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "a group of keys",
  array: "a list",
  record: "a group of keys",
  null: "nothing",
  nonoptional: "a value",
};

function tellType(issue: Extract<Issue, { code: "invalid_type" }>, path: Path, report: Report): void {
  const expected = TYPE_NAMES[issue.expected] ?? issue.expected;
  if (issue.input === undefined) return report.add(path, "missing_key", "this is missing", { expected });
  const isPart = issue.expected === "int" || (issue.expected === "number" && typeof issue.input === "number");
  if (isPart && typeof issue.input === "number")
    return report.add(path, "wrong_type", `${issue.input} is not a whole number`, { expected });
  report.add(path, "wrong_type", `found ${nameOfType(issue.input)}`, { expected });
}

function tellValue(values: readonly string[], input: unknown, path: Path, report: Report): void {
  const expected = values.length === 1 ? (values[0] ?? "") : `one of ${values.join(", ")}`;
  if (input === undefined) return report.add(path, "missing_key", "this is missing", { expected });
  if (typeof input !== "string" && typeof input !== "number" && typeof input !== "boolean") {
    return report.add(path, "wrong_type", `found ${nameOfType(input)}`, { expected });
  }
  const didYouMean = nearNames(String(input), values);
  report.add(path, "unknown_value", `\`${String(input).slice(0, 60)}\` is not possible here`, { expected, didYouMean });
}

function tellBound(origin: string, bound: string, input: unknown, path: Path, report: Report): void {
  if (origin === "array")
    return report.add(path, bound.startsWith("at least") ? "too_few" : "too_many", "the list has another length", {
      expected: `${bound} entries`,
    });
  report.add(path, "out_of_range", `${typeof input === "number" ? input : "the value"} is out of range`, {
    expected: bound,
  });
}

/** A union says what is wrong with the alternative that was meant: the one that the kind of value, then its keys, fit best. */
function tellUnion(issue: Extract<Issue, { code: "invalid_union" }>, path: Path, report: Report): void {
  if (issue.errors.length === 0) return tellDiscriminator(issue, path, report);
  const all = flattened(issue.errors);
  const fitting = all.filter((branch) => !branch.some(isOtherKind));
  const [best] = [...fitting].sort((a, b) => strangeness(a) - strangeness(b) || a.length - b.length);
  if (best !== undefined && (fitting.length === 1 || !fitting.every(isOneWord))) {
    for (const inner of best) tell(inner, path, report);
    return;
  }
  const branches = fitting.length > 0 ? fitting : all;
  const { input } = issue;
  const words = branches.flatMap((branch) =>
    branch.flatMap((inner) => (inner.code === "invalid_value" ? inner.values.map(String) : [])),
  );
  const expected = [...new Set(branches.map((branch) => expectationOf(branch[0])))].join("; or ");
  if (input === undefined) return report.add(path, "missing_key", "this is missing", { expected });
  const isWord = typeof input === "string";
  const message = isWord ? `\`${input.slice(0, 60)}\` is not possible here` : `found ${nameOfType(input)}`;
  report.add(path, isWord ? "unknown_value" : "wrong_type", message, {
    expected,
    didYouMean: isWord ? nearNames(input, words) : [],
  });
}

/** A union inside a union offers its alternatives beside the others. */
function flattened(branches: readonly (readonly Issue[])[]): readonly (readonly Issue[])[] {
  return branches.flatMap((branch) => {
    const [only] = branch;
    const isUnion =
      branch.length === 1 && only?.code === "invalid_union" && only.path.length === 0 && only.errors.length > 0;
    return isUnion ? flattened(only.errors) : [branch];
  });
}

/** Whether the issue says that the value as a whole is of another kind than this alternative takes. */
function isOtherKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === "invalid_type") return true;
  if (issue.code === "custom") return (issue.params as CustomParams | undefined)?.code === "wrong_type";
  return issue.code === "invalid_value" && typeof issue.input === "object";
}

const isOneWord = (branch: readonly Issue[]): boolean =>
  branch.every((issue) => issue.path.length === 0 && issue.code !== "unrecognized_keys");

function strangeness(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0), 0);
}

function expectationOf(issue: Issue | undefined): string {
  if (issue === undefined) return "";
  if (issue.code === "custom") return (issue.params as CustomParams | undefined)?.expected ?? "";
  if (issue.code === "invalid_value") return issue.values.join(", ");
  if (issue.code === "invalid_type") return TYPE_NAMES[issue.expected] ?? issue.expected;
  if (issue.code === "invalid_union") return issue.errors.map((branch) => expectationOf(branch[0])).join("; or ");
  return "";
}

function tellDiscriminator(issue: Extract<Issue, { code: "invalid_union" }>, path: Path, report: Report): void {
  const { options } = issue as { options?: readonly unknown[] };
  const values = (options ?? []).map(String);
  const expected = values.length === 0 ? "" : `one of ${values.join(", ")}`;
  const input: unknown = issue.input;
  const key = path.at(-1);
  const value =
    typeof input === "object" && input !== null && key !== undefined ? (input as Record<string, unknown>)[key] : input;
  if (value === undefined) return report.add(path, "missing_key", "this is missing", { expected });
  tellValue(values, value, path, report);
}
