import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode } from "yaml";
import type { DocumentCode, Problem } from "../problems/index.ts";
import { readJson } from "./json.ts";
import { LIMITS, type Limits, type SourceFile } from "./limits.ts";
import type { MapEntry, Origin, ScalarNode, SourceNode } from "./node.ts";
import { composeOne } from "./tokens.ts";

/** A file as a tree with places, and what was wrong with it; without a tree where nothing could be made of it. */
export interface SourceDocument {
  readonly root: SourceNode | undefined;
  readonly problems: readonly Problem[];
}

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "prototype", "constructor"]);

/** Syntax errors told of one file: the first ones cause the others. */
const SYNTAX_PROBLEMS_MAX = 10;

/**
 * Reads one YAML 1.2 document (core schema). Refuses what the limits, and what would make a document mean more than it says:
 * duplicate keys, tags, merge keys, numbers that are not finite or not exact. Never throws; every problem has its place.
 */
export function readSource(file: SourceFile, limits: Limits = LIMITS): SourceDocument {
  const lines = new LineCounter();
  const report = new SourceReport(file.name, lines);
  if (file.text.length > limits.chars) {
    report.add("too_large", 0, `the file has ${file.text.length} characters`, `at most ${limits.chars} characters`);
    return { root: undefined, problems: report.problems };
  }
  const json = readJson(file.name, file.text, limits);
  if (json !== undefined) return { root: json, problems: [] };
  const composed = composeOne(file.text, limits, lines);
  if ("code" in composed) {
    report.add(composed.code, composed.offset, composed.message, "");
    return { root: undefined, problems: report.problems };
  }
  for (const error of composed.errors.slice(0, SYNTAX_PROBLEMS_MAX)) {
    report.add("not_yaml", error.pos[0], sentence(error.message), "YAML");
  }
  if (composed.errors.length > 0) return { root: undefined, problems: report.problems };
  return { root: new Builder(report, limits).build(composed), problems: report.problems };
}

const sentence = (message: string): string => message.split("\n", 1)[0] ?? message;

class SourceReport {
  readonly problems: Problem[] = [];
  private readonly file: string;
  private readonly lines: LineCounter;

  constructor(file: string, lines: LineCounter) {
    this.file = file;
    this.lines = lines;
  }

  origin(offset: number, path: string): Origin {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col), path };
  }

  add(code: DocumentCode, offset: number, message: string, expected: string, path = ""): void {
    this.problems.push({ code, ...this.origin(offset, path), message, expected });
  }
}

class Builder {
  private readonly report: SourceReport;
  private readonly limits: Limits;
  private readonly anchors = new Map<string, ParsedNode>();
  private aliases = 0;
  private repeated = 0;
  /** How many aliases, and how many lists and maps, the node in hand is inside of. */
  private insideAliases = 0;
  private nesting = 0;

  constructor(report: SourceReport, limits: Limits) {
    this.report = report;
    this.limits = limits;
  }

  build(document: Document.Parsed): SourceNode | undefined {
    if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
      this.report.add("empty_document", 0, "there is nothing in it", "a `schema:` line and what follows it");
      return undefined;
    }
    return this.node(document.contents, "", 0);
  }

  private node(node: ParsedNode | null | undefined, path: string, offset: number): SourceNode {
    if (node === null || node === undefined)
      return { kind: "scalar", value: null, origin: this.report.origin(offset, path) };
    const origin = this.report.origin(node.range[0], path);
    if (isAlias(node)) return this.alias(node.source, node.range[0], path);
    if (this.insideAliases > 0) this.repeated += 1;
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (node.tag !== undefined && node.tag !== null && !isPlainTag(node.tag))
      return this.spoil("tag_refused", node.tag, origin);
    if (isScalar(node)) return this.scalar(node.value, node.source ?? "", origin);
    if (this.nesting >= this.limits.depth) return this.spoil("too_deep", "", origin);
    this.nesting += 1;
    const collection = isSeq(node) ? this.list(node.items, path, origin) : this.map(node.items, path, origin);
    this.nesting -= 1;
    return collection;
  }

  private list(items: readonly unknown[], path: string, origin: Origin): SourceNode {
    const nodes = items.map((item, index) => this.node(item as ParsedNode, `${path}[${index}]`, 0));
    return { kind: "list", items: nodes, origin };
  }

  private map(pairs: readonly Pair[], path: string, origin: Origin): SourceNode {
    const entries = new Map<string, MapEntry>();
    for (const { key, value } of pairs) {
      const offset = key?.range[0] ?? 0;
      const name = this.keyName(key, path);
      if (name === undefined) continue;
      const childPath = path === "" ? name : `${path}.${name}`;
      if (entries.has(name)) {
        const first = entries.get(name)?.key;
        this.report.add(
          "duplicate_key",
          offset,
          `\`${name}\` stands twice, first on line ${first?.line}`,
          "each key once",
          childPath,
        );
        continue;
      }
      entries.set(name, { key: this.report.origin(offset, childPath), node: this.node(value, childPath, offset) });
    }
    return { kind: "map", entries, origin };
  }

  private keyName(key: ParsedNode | null, path: string): string | undefined {
    const offset = key?.range[0] ?? 0;
    if (!isScalar(key) || isMap(key)) {
      this.report.add("key_not_text", offset, "this key is not plain text", "a word followed by a colon", path);
      return undefined;
    }
    const name = typeof key.value === "string" ? key.value : (key.source ?? "");
    const child = path === "" ? name : `${path}.${name}`;
    if (name === "<<") {
      this.report.add("merge_key_refused", offset, "merge keys are not read", "the keys themselves", child);
      return undefined;
    }
    if (FORBIDDEN_KEYS.has(name)) {
      this.report.add("forbidden_key", offset, `no document has a key \`${name}\``, "another name", child);
      return undefined;
    }
    return name;
  }

  private scalar(value: unknown, source: string, origin: Origin): SourceNode {
    const known: ScalarNode = { kind: "scalar", value: null, origin };
    if (typeof value === "string" || typeof value === "boolean" || value === null) return { ...known, value };
    if (typeof value !== "number") return this.spoil("not_yaml", source, origin);
    if (!Number.isFinite(value)) return this.spoil("number_not_finite", source, origin);
    const digits = source.replace(/^[-+]?0*|[eE].*$|[._]/g, "").length;
    const isExact = Number.isInteger(value) ? Number.isSafeInteger(value) : digits <= 15;
    return isExact ? { ...known, value } : this.spoil("number_not_exact", source, origin);
  }

  private alias(name: string, offset: number, path: string): SourceNode {
    const origin = this.report.origin(offset, path);
    const target = this.anchors.get(name);
    if (target === undefined) return this.spoil("not_yaml", `*${name}`, origin);
    this.aliases += 1;
    const isTooMuch = this.aliases > this.limits.aliases || this.repeated > this.limits.repeatedValues;
    if (isTooMuch) return this.spoil("too_many_aliases", `*${name}`, origin);
    this.insideAliases += 1;
    const copy = this.node(target, path, offset);
    this.insideAliases -= 1;
    return { ...copy, origin };
  }

  private spoil(code: keyof typeof SPOILT, source: string, origin: Origin): SourceNode {
    const { message, expected } = SPOILT[code];
    const shown = source.length > 40 ? `${source.slice(0, 40)}...` : source;
    this.report.problems.push({ code, ...origin, message: shown === "" ? message : `${shown}: ${message}`, expected });
    return { kind: "scalar", value: null, origin, spoilt: true };
  }
}

interface Pair {
  readonly key: ParsedNode | null;
  readonly value: ParsedNode | null;
}

/** Tags that say what a value is anyway. */
function isPlainTag(tag: string): boolean {
  return /^tag:yaml\.org,2002:(str|int|float|bool|null|seq|map)$/.test(tag);
}

const SPOILT = {
  not_yaml: { message: "this cannot be read", expected: "YAML" },
  tag_refused: { message: "tags are not read", expected: "the value without a tag" },
  number_not_finite: { message: "this is not a finite number", expected: "a finite number" },
  number_not_exact: { message: "this number would not be kept exactly", expected: "at most 15 digits" },
  too_deep: { message: "lists and maps are nested too deeply", expected: "fewer levels" },
  too_many_aliases: { message: "aliases repeat too much", expected: "the repeated part written out" },
} as const;
