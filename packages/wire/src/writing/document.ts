import { Document, isMap, isScalar, isSeq, type Node, parseDocument, visit, type YAMLMap, type YAMLSeq } from "yaml";
import type { Path } from "../source/index.ts";

/** Values of a document to be written: undefined values are left out. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain | undefined };

const FORMAT = { lineWidth: 120, flowCollectionPadding: true } as const;

/** Characters up to which a list or a group of keys stands on one line. */
const FLOW_CHARS_MAX = 90;

/** The text of a new document; `head` becomes the comment above it, line by line. */
export function documentText(value: Plain, head: readonly string[] = []): string {
  const document = new Document(value);
  visit(document, {
    Collection: (_key, node, path) => {
      if (path.length > 1 && isShort(node)) (node as YAMLMap).flow = true;
    },
  });
  const comment = head.map((line) => `${line === "" ? "#" : `# ${line}`}\n`).join("");
  return comment + document.toString(FORMAT);
}

/** Whether a list or group holds nothing but short plain values; a clause has its lines to itself, so that more can be added. */
function isShort(node: YAMLMap | YAMLSeq): boolean {
  if (isMap(node) && node.has("id") && node.get("kind") !== "record" && node.has("kind")) return false;
  const items: readonly unknown[] = (node.items as readonly object[]).map((item) =>
    "key" in item && "value" in item ? item.value : item,
  );
  if (!items.every((item) => isScalar(item))) return false;
  return JSON.stringify(node).length <= FLOW_CHARS_MAX;
}

/** One change of a document: the value that `path` is to have; undefined takes it away. */
export interface Edit {
  readonly path: Path;
  readonly value: Plain | undefined;
}

/**
 * The text with some of its values changed. Comments, order and everything that no edit names stay as they are written.
 * A path that ends in the length of a list appends to it. The text must be a document that can be read.
 */
export function editedText(text: string, edits: readonly Edit[]): string {
  const document = parseDocument(text);
  for (const { path, value } of edits) {
    if (value === undefined) document.deleteIn(path);
    else if (path.length > 0) put(document, path, value);
  }
  return document.toString(FORMAT);
}

/** A plain value is changed in its place, so that the comment beside it stays. */
function put(document: ReturnType<typeof parseDocument>, path: Path, value: Plain): void {
  const there: unknown = document.getIn(path, true);
  if (isScalar(there) && typeof value !== "object") there.value = value;
  else document.setIn(path, nodeOf(document, value, path));
}

function nodeOf(document: ReturnType<typeof parseDocument>, value: Plain, path: Path): Node {
  const node = document.createNode(value) as Node;
  const parent: unknown = document.getIn(path.slice(0, -1));
  const isInFlow = (isMap(parent) || isSeq(parent)) && parent.flow === true;
  if ((isMap(node) || isSeq(node)) && !isInFlow && isShort(node)) node.flow = true;
  return node;
}

/** The plain value of a document that can be read. */
export function plainOf(text: string): unknown {
  return parseDocument(text).toJS() as unknown;
}
