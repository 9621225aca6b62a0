import { joinTree, type SourceOptions } from "../book/index.ts";
import type { Problem } from "../problems/index.ts";
import { childOf, type ListNode, type MapNode, type SourceNode } from "../source/index.ts";

/**
 * A step that signs an agreement may name its file in place of its text: `agreement: { file: path }`. What stands in the file
 * takes its place, with its own lines.
 */
export function withAgreementFiles(
  root: SourceNode,
  options: SourceOptions,
): { root: SourceNode; problems: readonly Problem[] } {
  const script = root.kind === "map" ? root.entries.get("script") : undefined;
  if (root.kind !== "map" || script?.node.kind !== "list") return { root, problems: [] };
  const problems: Problem[] = [];
  const items = script.node.items.map((step) => {
    const agreement = step.kind === "map" ? step.entries.get("agreement") : undefined;
    if (step.kind !== "map" || agreement === undefined || childOf(agreement.node, "file") === undefined) return step;
    const read = readFile(agreement.node, options);
    problems.push(...read.problems);
    return { ...step, entries: new Map([...step.entries, ["agreement", { ...agreement, node: read.node }]]) };
  });
  const list: ListNode = { ...script.node, items };
  return { root: { ...root, entries: new Map([...root.entries, ["script", { ...script, node: list }]]) }, problems };
}

/** As a book reads the entries of its agreements. */
function readFile(node: SourceNode, options: SourceOptions): { node: SourceNode; problems: readonly Problem[] } {
  const { origin } = node;
  const list: ListNode = { kind: "list", items: [node], origin };
  const book: MapNode = { kind: "map", entries: new Map([["agreements", { key: origin, node: list }]]), origin };
  const joined = joinTree(book, options);
  const agreements = childOf(joined.root, "agreements");
  const [found] = agreements?.kind === "list" ? agreements.items : [];
  return { node: found ?? node, problems: joined.problems };
}
