import type { NamedKind, ReadingContext } from "../shape/index.ts";
import { type Path, locate, type SourceNode } from "../source/index.ts";
import type { Expectation } from "./expectation.ts";
import {
  type ExpectationDocument,
  type ExpectationKind,
  expectationKinds,
  type PositiveDocument,
} from "./expectation-document.ts";

const KINDS = Object.keys(expectationKinds) as ExpectationKind[];

/** Fields that name a thing of the world, whatever the kind of expectation. */
const NAMED: Readonly<Record<string, NamedKind>> = {
  to: "party",
  by: "party",
  holder: "party",
  party: "party",
  host: "party",
  provider: "party",
  bidder: "party",
  identity: "party",
  request: "request",
  newRequest: "request",
  requests: "request",
  agreement: "agreement",
  prevails: "agreement",
  block: "block",
  root: "block",
  order: "party",
  invited: "party",
};

/** Records whose keys name things. */
const NAMED_KEYS: Readonly<Record<string, NamedKind>> = {
  incremental: "party",
  infeasible: "party",
  claims: "party",
  blocks: "block",
};

/** Words that stand in the place of a name. */
const WORDS: ReadonlySet<string> = new Set(["none", "hidden", "auditor", "undecided"]);

/** Expectations about which at least something must be said: without any field they say nothing. */
const BARE: ReadonlySet<ExpectationKind> = new Set([
  "no-notice",
  "no-clearance",
  "no-hold",
  "not-awarded",
  "no-tender",
  "never-sees",
]);

/** Reads one expectation. `root` is the document it stands in; `atStep` where it belongs to a step. */
export function readExpectation(
  document: ExpectationDocument,
  path: Path,
  context: ReadingContext,
  root: SourceNode,
  atStep: boolean,
): Expectation | undefined {
  const { not, ...rest } = document;
  const stated = KINDS.filter((kind) => rest[kind] !== undefined);
  if (stated.length + (not === undefined ? 0 : 1) !== 1) {
    context.report.add(
      path,
      "malformed",
      `${stated.length === 0 ? "nothing" : "more than one thing"} is expected in one entry`,
      { expected: "exactly one kind of expectation" },
    );
    return undefined;
  }
  if (not === undefined) return readPositive(rest, path, context, root, atStep, false);
  const inner = KINDS.filter((kind) => not[kind] !== undefined);
  if (inner.length !== 1) {
    context.report.add([...path, "not"], "malformed", "one thing is negated at a time", {
      expected: "exactly one kind of expectation",
    });
    return undefined;
  }
  const [kind] = inner;
  if (kind !== undefined && (BARE.has(kind) || kind === "rejected")) {
    context.report.add([...path, "not", kind], "not_supported", `\`${kind}\` is not negated`, {
      expected: "the positive form",
    });
    return undefined;
  }
  return readPositive(not, [...path, "not"], context, root, atStep, true);
}

function readPositive(
  document: PositiveDocument,
  path: Path,
  context: ReadingContext,
  root: SourceNode,
  atStep: boolean,
  negated: boolean,
): Expectation | undefined {
  const kind = KINDS.find((name) => document[name] !== undefined) as ExpectationKind;
  const at = [...path, kind];
  const { origin } = locate(root, at);
  if (kind === "rejected") {
    if (!atStep)
      context.report.add(at, "not_supported", "a rejection belongs to a step", {
        expected: "`rejected` under `expect` of the step",
      });
    const { rejected } = document;
    return {
      kind,
      negated,
      origin,
      fields: { code: typeof rejected === "object" ? rejected.code : (rejected ?? "malformed") },
    };
  }
  const written = document[kind] as Readonly<Record<string, unknown>>;
  const keys = Object.keys(written);
  if (keys.length === 0) {
    context.report.add(at, "too_few", "this says nothing", { expected: "at least one key" });
    return undefined;
  }
  if ((kind === "sees" || kind === "never-sees") && written["text"] === undefined && written["event"] === undefined) {
    context.report.add(at, "missing_key", "this does not say what is seen", { expected: "`text` or `event`" });
  }
  const fields: Record<string, unknown> = {};
  for (const key of keys) {
    const value = readField(kind, key, written[key], [...at, key], context);
    if (value === undefined) return undefined;
    fields[key] = value;
  }
  return { kind, negated, origin, fields } as unknown as Expectation;
}

interface Ref {
  readonly agreement?: string;
  readonly clause: string;
}

/** The value of a field with its clauses found and its names checked; undefined once a clause is reported. */
function readField(kind: ExpectationKind, key: string, value: unknown, path: Path, context: ReadingContext): unknown {
  if (key === "right" || key === "clause") return context.clause(value as Ref, path);
  if (key === "between") {
    const found = (value as Ref[]).map((ref, index) => context.clause(ref, [...path, index]));
    return found.every((one) => one !== undefined) ? found : undefined;
  }
  const named =
    key === "id" && kind === "request" ? "request" : key === "name" && kind === "agreement" ? "agreement" : NAMED[key];
  if (named !== undefined) checkNames(named, value, path, context);
  const namedKeys = NAMED_KEYS[key];
  if (namedKeys !== undefined)
    for (const name of Object.keys(value as object)) context.checkName(namedKeys, name, [...path, name]);
  return value;
}

function checkNames(kind: NamedKind, value: unknown, path: Path, context: ReadingContext): void {
  if (Array.isArray(value)) {
    for (const [index, name] of value.entries()) checkNames(kind, name, [...path, index], context);
  } else if (typeof value === "string" && !WORDS.has(value)) {
    context.checkName(kind, value, path);
  }
}
