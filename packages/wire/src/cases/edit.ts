import type { ProblemCode } from "../problems/index.ts";
import { nearNames } from "../problems/index.ts";
import type { Report } from "../shape/index.ts";
import {
  childOf,
  type ListNode,
  type MapEntry,
  type MapNode,
  nodeAt,
  type Path,
  type SourceNode,
} from "../source/index.ts";
import type { EditDocument } from "./edit-document.ts";

/** Keys by which entries of lists are addressed. */
const ID_KEYS = ["id", "name"] as const;

/** Where a change went wrong. */
interface Astray {
  readonly code: ProblemCode;
  readonly message: string;
  readonly didYouMean?: readonly string[];
}

/** What stands somewhere after a change (undefined: nothing any more), or why it could not be made. */
type Outcome = { readonly node: SourceNode | undefined } | { readonly astray: Astray };

/** What a change does at the end of its path, with what is there before (undefined: nothing). */
type Change = (node: SourceNode | undefined) => Outcome;

const stray = (code: ProblemCode, message: string, didYouMean: readonly string[] = []): Outcome => ({
  astray: { code, message, didYouMean },
});

/**
 * Applies changes to a tree, in order. `edits` are the changes as read, `source` the tree they stand in and `at` their place in
 * it: what they put in keeps its own place there. A change that goes astray is reported at its own line and left out.
 */
export function applyEdits(
  root: MapNode,
  edits: readonly EditDocument[],
  source: SourceNode,
  at: Path,
  report: Report,
): MapNode {
  let edited = root;
  for (const [index, edit] of edits.entries()) {
    const outcome = applyEdit(edited, edit, nodeAt(source, [...at, index]));
    if ("node" in outcome) {
      if (outcome.node?.kind === "map") edited = outcome.node;
      continue;
    }
    const key = "set" in edit ? "set" : "remove" in edit ? "remove" : "add";
    const { code, message, didYouMean = [] } = outcome.astray;
    report.add([...at, index, key], code, message, { didYouMean });
  }
  return edited;
}

function applyEdit(root: MapNode, edit: EditDocument, source: SourceNode | undefined): Outcome {
  if ("set" in edit) return walk(root, edit.set.split("."), () => putIn(childOf(source, "to")), source);
  if ("remove" in edit) {
    const gone = stray("nothing_there", `there is no \`${edit.remove.slice(0, 100)}\` to remove`);
    return walk(root, edit.remove.split("."), (node) => (node === undefined ? gone : { node: undefined }), source);
  }
  const entry = childOf(source, "entry");
  return walk(root, edit.add.split("."), (node) => added(node, entry, edit.add), source);
}

function putIn(node: SourceNode | undefined): Outcome {
  return node === undefined ? stray("missing_key", "there is nothing to set it to") : { node };
}

function added(node: SourceNode | undefined, entry: SourceNode | undefined, path: string): Outcome {
  if (entry === undefined) return stray("missing_key", "there is no entry to add");
  if (node === undefined) return { node: { kind: "list", items: [entry], origin: entry.origin } };
  if (node.kind !== "list") return stray("wrong_type", `\`${path.slice(0, 100)}\` is not a list`);
  const id = idOf(entry);
  if (id !== undefined && node.items.some((item) => idOf(item) === id)) {
    return stray("already_there", `there is an entry \`${id}\` already`);
  }
  return { node: { ...node, items: [...node.items, entry] } };
}

function walk(
  node: SourceNode | undefined,
  steps: readonly string[],
  change: Change,
  source: SourceNode | undefined,
): Outcome {
  const [step] = steps;
  if (step === undefined) return change(node);
  if (node === undefined) return walkMap(emptyMap(source), steps, change, source);
  if (node.kind === "map") return walkMap(node, steps, change, source);
  if (node.kind === "list") return walkList(node, steps, change, source);
  return stray("nothing_there", `there is nothing inside a single value, so no \`${step.slice(0, 60)}\``);
}

/** Keys on the way that are not there are made: the schema says afterwards whether they may be. */
function emptyMap(source: SourceNode | undefined): MapNode {
  return { kind: "map", entries: new Map(), origin: source?.origin ?? { file: "", line: 1, column: 1, path: "" } };
}

function walkMap(node: MapNode, steps: readonly string[], change: Change, source: SourceNode | undefined): Outcome {
  const [step = "", ...rest] = steps;
  const before = node.entries.get(step);
  const outcome = walk(before?.node, rest, change, source);
  if ("astray" in outcome) return outcome;
  const entries = new Map<string, MapEntry>(node.entries);
  if (outcome.node === undefined) entries.delete(step);
  else entries.set(step, { key: before?.key ?? outcome.node.origin, node: outcome.node });
  return { node: { ...node, entries } };
}

/** An entry by its id or name, which may itself have dots, or by its position from 0. */
function walkList(node: ListNode, steps: readonly string[], change: Change, source: SourceNode | undefined): Outcome {
  const found = findEntry(node, steps);
  if (found === undefined) {
    const step = steps[0] ?? "";
    const near = nearNames(
      step,
      node.items.flatMap((item) => idOf(item) ?? []),
    );
    return stray("nothing_there", `there is no entry \`${step.slice(0, 60)}\` in this list`, near);
  }
  const outcome = walk(node.items[found.index], steps.slice(found.used), change, source);
  if ("astray" in outcome) return outcome;
  const items = [...node.items];
  if (outcome.node === undefined) items.splice(found.index, 1);
  else items[found.index] = outcome.node;
  return { node: { ...node, items } };
}

function findEntry(node: ListNode, steps: readonly string[]): { index: number; used: number } | undefined {
  for (let used = steps.length; used >= 1; used -= 1) {
    const wanted = steps.slice(0, used).join(".");
    const index = node.items.findLastIndex((item) => idOf(item) === wanted);
    if (index >= 0) return { index, used };
  }
  const index = /^\d{1,6}$/.test(steps[0] ?? "") ? Number(steps[0]) : -1;
  return index >= 0 && index < node.items.length ? { index, used: 1 } : undefined;
}

/** The id or name of an entry; of a plain text the text itself. */
export function idOf(node: SourceNode): string | undefined {
  if (node.kind === "scalar") return typeof node.value === "string" ? node.value : undefined;
  for (const key of ID_KEYS) {
    const child = childOf(node, key);
    if (child?.kind === "scalar" && typeof child.value === "string") return child.value;
  }
  return undefined;
}
