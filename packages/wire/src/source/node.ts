/** Where something stands. Line and column count from 1; `path` counts from the file's own beginning. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
}

/** Keys and list positions from a root down to a value. */
export type Path = readonly (string | number)[];

interface NodeBase {
  readonly origin: Origin;
  /** A problem with it is reported already: what follows from it is not reported again. */
  readonly spoilt?: true;
}

export interface MapEntry {
  readonly key: Origin;
  readonly node: SourceNode;
}

export interface MapNode extends NodeBase {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, MapEntry>;
}

export interface ListNode extends NodeBase {
  readonly kind: "list";
  readonly items: readonly SourceNode[];
}

export interface ScalarNode extends NodeBase {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}

/** A value of a document that still knows where it was written, also after an edit has put it into another document. */
export type SourceNode = MapNode | ListNode | ScalarNode;

/** The plain value: objects, arrays, texts, numbers, booleans and null. */
export function plainValue(node: SourceNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(plainValue);
    case "map": {
      const value: Record<string, unknown> = {};
      for (const [key, entry] of node.entries) value[key] = plainValue(entry.node);
      return value;
    }
  }
}

/** A plain value as a tree: for documents that were made and never written. Every place is the first of the file, with its path. */
export function treeOf(value: unknown, file: string, path: Path = []): SourceNode {
  const origin: Origin = { file, line: 1, column: 1, path: pathText(path) };
  if (Array.isArray(value)) {
    return { kind: "list", items: value.map((item, index) => treeOf(item, file, [...path, index])), origin };
  }
  if (typeof value !== "object" || value === null) {
    const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return { kind: "scalar", value: isPlain ? value : null, origin };
  }
  const entries = Object.entries(value).map(([key, item]) => {
    const node = treeOf(item, file, [...path, key]);
    return [key, { key: node.origin, node }] as const;
  });
  return { kind: "map", entries: new Map(entries), origin };
}

export function childOf(node: SourceNode | undefined, step: string | number): SourceNode | undefined {
  if (node?.kind === "map") return node.entries.get(String(step))?.node;
  if (node?.kind === "list" && typeof step === "number") return node.items[step];
  return undefined;
}

export function nodeAt(root: SourceNode, path: Path): SourceNode | undefined {
  let node: SourceNode | undefined = root;
  for (const step of path) node = childOf(node, step);
  return node;
}

/** `agreements[0].clauses[2].window` */
export function pathText(path: Path, start = ""): string {
  let text = start;
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

/**
 * Where to point for a path: at the value, or where it is missing at the nearest thing above it that is there, with the full
 * path. `isSpoilt` where something on the way has been reported already.
 */
export function locate(root: SourceNode, path: Path): { origin: Origin; isSpoilt: boolean } {
  let node = root;
  for (const [depth, step] of path.entries()) {
    if (node.spoilt) return { origin: node.origin, isSpoilt: true };
    if (step === 0 && node.kind !== "list") continue; // one value that stands for a list of one
    const child = childOf(node, step);
    if (child === undefined) {
      const { origin } = node;
      return { origin: { ...origin, path: pathText(path.slice(depth), origin.path) }, isSpoilt: false };
    }
    node = child;
  }
  return { origin: node.origin, isSpoilt: node.spoilt === true };
}

/** Where the key itself stands; the value's place where there is no such key. */
export function locateKey(root: SourceNode, path: Path, key: string): Origin {
  const parent = nodeAt(root, path);
  const entry = parent?.kind === "map" ? parent.entries.get(key) : undefined;
  return entry?.key ?? locate(root, [...path, key]).origin;
}

/**
 * The tree without the list entries that the paths lead into: of each path the innermost entry that it passes. Undefined where
 * a path passes none, so that nothing can be left out.
 */
export function withoutEntries(root: SourceNode, paths: readonly Path[]): SourceNode | undefined {
  const dropped = new Set<SourceNode>();
  for (const path of paths) {
    const depth = path.findLastIndex((step) => typeof step === "number");
    const entry = depth < 0 ? undefined : nodeAt(root, path.slice(0, depth + 1));
    if (entry === undefined) return undefined;
    dropped.add(entry);
  }
  return dropped.size === 0 ? undefined : rebuilt(root, dropped);
}

function rebuilt(node: SourceNode, dropped: ReadonlySet<SourceNode>): SourceNode {
  if (node.kind === "scalar") return node;
  if (node.kind === "list")
    return { ...node, items: node.items.filter((item) => !dropped.has(item)).map((item) => rebuilt(item, dropped)) };
  const entries = new Map(
    [...node.entries].map(([key, entry]) => [key, { ...entry, node: rebuilt(entry.node, dropped) }] as const),
  );
  return { ...node, entries };
}
