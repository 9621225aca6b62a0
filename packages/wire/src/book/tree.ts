import type { Problem, ProblemCode } from "../problems/index.ts";
import {
  childOf,
  LIMITS,
  type Limits,
  type ListNode,
  type MapEntry,
  type MapNode,
  type Origin,
  readSource,
  type Resolver,
  type ScalarNode,
  type SourceDocument,
  type SourceFile,
  type SourceNode,
} from "../source/index.ts";
import { readBaselineTable } from "./baseline-table.ts";

/** The files of a book as one tree, every value with its own place. */
export interface BookSource {
  readonly root: MapNode | undefined;
  readonly problems: readonly Problem[];
}

export interface SourceOptions {
  /** Finds other files that a document refers to. Without it every reference is a problem. */
  readonly resolve?: Resolver;
  readonly limits?: Limits;
  /** What has been read of a file already: of two books that share files, each file is read once. Filled as files are read. */
  readonly known?: WeakMap<SourceFile, SourceDocument>;
}

/** Which section of a book a file of another kind belongs to. */
const SECTION_OF: Readonly<Record<string, string>> = {
  "offtake/agreement@1": "agreements",
  "offtake/request@1": "requests",
};

/**
 * Reads the files of a book into one tree: lists are joined, agreement files and request files become entries. An agreement file
 * that a book names in place is not taken a second time because it lies in the same folder.
 */
export function joinBook(files: readonly SourceFile[], options: SourceOptions = {}): BookSource {
  const joiner = new Joiner(options);
  for (const file of files) joiner.addFile(file);
  joiner.addUnnamed();
  return joiner.finish();
}

/** A book that stands in another document, with the agreement files that it refers to. */
export function joinTree(root: MapNode, options: SourceOptions = {}): BookSource {
  const joiner = new Joiner(options);
  joiner.addSections(root);
  return joiner.finish();
}

class Joiner {
  private readonly options: SourceOptions;
  private readonly problems: Problem[] = [];
  private readonly entries = new Map<string, MapEntry>();
  private first: Origin | undefined;
  private readonly reading = new Set<string>();
  /** Files that a book names in place. */
  private readonly named = new Set<string>();
  private readonly waiting: { readonly file: SourceFile; readonly section: string; readonly root: MapNode }[] = [];

  constructor(options: SourceOptions) {
    this.options = options;
  }

  finish(): BookSource {
    const { first } = this;
    if (first === undefined) return { root: undefined, problems: this.problems };
    return { root: { kind: "map", entries: this.entries, origin: first }, problems: this.problems };
  }

  addFile(file: SourceFile): void {
    const root = this.open(file);
    if (root === undefined) return;
    const schema = childOf(root, "schema");
    const kind = schema?.kind === "scalar" ? String(schema.value) : undefined;
    if (root.kind === "map" && kind === "offtake/book@1") return this.addSections(withoutSchema(root));
    const section = SECTION_OF[kind ?? ""];
    if (root.kind === "map" && section !== undefined) {
      this.waiting.push({ file, section, root });
      return;
    }
    this.tell(
      "wrong_schema",
      schema?.origin ?? root.origin,
      kind === undefined
        ? "the file does not say what kind of document it is"
        : `\`${kind.slice(0, 60)}\` is no part of a book`,
      "schema: offtake/book@1",
    );
  }

  /** Adds the agreement and request files that no book file named. */
  addUnnamed(): void {
    for (const { file, section, root } of this.waiting) {
      if (this.named.has(file.name)) continue;
      this.first ??= root.origin;
      this.addSection(section, {
        key: root.origin,
        node: { kind: "list", items: [withoutSchema(root)], origin: root.origin },
      });
    }
  }

  addSections(root: MapNode): void {
    this.first ??= root.origin;
    for (const [key, entry] of root.entries) this.addSection(key, entry);
  }

  private open(file: SourceFile): SourceNode | undefined {
    const { known, limits = LIMITS } = this.options;
    const document = known?.get(file) ?? readSource(file, limits);
    known?.set(file, document);
    const { root, problems } = document;
    this.problems.push(...problems);
    return root;
  }

  private addSection(key: string, entry: MapEntry): void {
    const node = key === "agreements" && entry.node.kind === "list" ? this.withFiles(entry.node) : entry.node;
    const before = this.entries.get(key);
    if (before === undefined) {
      this.entries.set(key, { key: entry.key, node });
      return;
    }
    if (before.node.kind === "list" && node.kind === "list") {
      const items = [...before.node.items, ...node.items];
      this.entries.set(key, { key: before.key, node: { ...before.node, items } });
      return;
    }
    this.tell(
      "duplicate_key",
      entry.key,
      `\`${key}\` stands in ${before.key.file}:${before.key.line} already`,
      "one of the two",
    );
  }

  private withFiles(list: ListNode): ListNode {
    return { ...list, items: list.items.map((item) => this.withBaselines(this.agreementOf(item))) };
  }

  /** An entry `{file: ...}` becomes what the file holds. */
  private agreementOf(item: SourceNode): SourceNode {
    const file = childOf(item, "file");
    if (item.kind !== "map" || item.entries.size !== 1 || file?.kind !== "scalar" || typeof file.value !== "string")
      return item;
    const spoilt: SourceNode = { kind: "scalar", value: null, origin: item.origin, spoilt: true };
    const found = this.options.resolve?.(file.value, item.origin.file);
    const [source] = found ?? [];
    if (source === undefined || found?.length !== 1) {
      this.tell(
        "file_not_found",
        file.origin,
        `there is no file \`${file.value.slice(0, 200)}\``,
        "the path of an agreement file",
      );
      return spoilt;
    }
    if (this.reading.has(source.name)) {
      this.tell("file_cycle", file.origin, `\`${file.value.slice(0, 200)}\` is being read already`, "another file");
      return spoilt;
    }
    this.named.add(source.name);
    const root = this.open(source);
    const schema = childOf(root, "schema");
    if (root?.kind === "map" && schema?.kind === "scalar" && schema.value === "offtake/agreement@1")
      return withoutSchema(root);
    if (root !== undefined)
      this.tell(
        "wrong_schema",
        schema?.origin ?? root.origin,
        "this is not an agreement file",
        "schema: offtake/agreement@1",
      );
    return spoilt;
  }

  /** A baseline `{file: ...}` of a commitment becomes what the table holds, each value with its line and column. */
  private withBaselines(agreement: SourceNode): SourceNode {
    const clauses = childOf(agreement, "clauses");
    if (agreement.kind !== "map" || clauses?.kind !== "list") return agreement;
    if (clauses.items.every((clause) => childOf(childOf(clause, "baseline"), "file") === undefined)) return agreement;
    return withEntry(agreement, "clauses", {
      ...clauses,
      items: clauses.items.map((clause) => {
        const baseline = childOf(clause, "baseline");
        const file = childOf(baseline, "file");
        if (clause.kind !== "map" || baseline?.kind !== "map" || file?.kind !== "scalar") return clause;
        return withEntry(clause, "baseline", this.baselineOf(baseline, file));
      }),
    });
  }

  private baselineOf(baseline: MapNode, file: ScalarNode): SourceNode {
    if (typeof file.value !== "string" || baseline.entries.has("months")) return baseline;
    const [source] = this.options.resolve?.(file.value, file.origin.file) ?? [];
    if (source === undefined) {
      this.tell(
        "file_not_found",
        file.origin,
        `there is no file \`${file.value.slice(0, 200)}\``,
        "the path of a table with the columns month and amount",
      );
      return { kind: "scalar", value: null, origin: baseline.origin, spoilt: true };
    }
    const { months, problems } = readBaselineTable(source);
    this.problems.push(...problems);
    const spoilt = problems.length > 0 ? ({ spoilt: true } as const) : {};
    return {
      kind: "map",
      entries: new Map([["months", { key: file.origin, node: { ...months, ...spoilt } }]]),
      origin: baseline.origin,
    };
  }

  private tell(code: ProblemCode, origin: Origin, message: string, expected: string): void {
    this.problems.push({ code, ...origin, message, expected });
  }
}

function withEntry(map: MapNode, key: string, node: SourceNode): MapNode {
  const before = map.entries.get(key);
  return before === undefined ? map : { ...map, entries: new Map([...map.entries, [key, { ...before, node }]]) };
}

function withoutSchema(root: MapNode): MapNode {
  return { ...root, entries: new Map([...root.entries].filter(([key]) => key !== "schema")) };
}
