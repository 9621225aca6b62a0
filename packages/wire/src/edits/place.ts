import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import type { ProblemCode } from "../problems/index.ts";
import type { SourceFile } from "../source/index.ts";

/** A change of a document's text, or why it cannot be made; every other byte stays as it is. */
export type Edited =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: ProblemCode; readonly message: string; readonly expected: string };

export const refuse = (code: ProblemCode, message: string, expected: string) =>
  ({ ok: false, code, message, expected }) as const;

/** A map of the document, with the text that its offsets count in. */
export interface Place {
  readonly text: string;
  readonly map: YAMLMap;
}

/**
 * The agreement that a change is meant for: the file itself, or the one of that name that stands in a book file. The file has
 * been read without a problem before.
 */
export function agreementIn({ text }: SourceFile, name?: string): Place | Extract<Edited, { ok: false }> {
  const root = parseDocument(text, { uniqueKeys: false }).contents;
  if (!isMap(root)) return refuse("wrong_type", "the file is no document with keys", "an agreement or a book");
  const inline = valueOf(root, "agreements");
  const maps = isSeq(inline) ? inline.items.filter(isMap) : undefined;
  if (maps === undefined) return { text, map: root };
  const named = maps.filter((map) => textOf(map, "name") !== undefined);
  const found = name === undefined ? named : named.filter((map) => textOf(map, "name") === name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return { text, map: only };
  const names = named.map((map) => textOf(map, "name")).join(", ");
  return name === undefined
    ? refuse(
        "ambiguous_reference",
        "several agreements stand in this file, or none",
        names === "" ? "an agreement file" : `one of ${names}`,
      )
    : refuse(
        "unknown_agreement",
        `no agreement \`${name}\` stands in this file`,
        names === "" ? "an agreement file" : `one of ${names}`,
      );
}

export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

export function valueOf(map: YAMLMap, key: string): unknown {
  return pairOf(map, key)?.value;
}

export function textOf(map: YAMLMap, key: string): string | undefined {
  const value = valueOf(map, key);
  return isScalar(value) ? String(value.value) : undefined;
}

/** The clauses of an agreement, where it has a list of them. */
export function clausesOf({ map }: Place): YAMLSeq | undefined {
  const value = valueOf(map, "clauses");
  return isSeq(value) ? value : undefined;
}

/** Where a value begins, and the first character after it, blanks and comments not counted. */
export function span(node: unknown): readonly [from: number, to: number] {
  const [from, to] = (node as Node).range ?? [0, 0];
  const last =
    isMap(node) && !node.flow ? node.items.at(-1)?.value : isSeq(node) && !node.flow ? node.items.at(-1) : undefined;
  return [from, last === undefined || last === null ? to : span(last)[1]];
}

/** Offset of the beginning of the line in which an offset lies. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset just after the line in which the text before an offset ends. */
export function afterLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

/** Number of blanks before the first other character of the line in which an offset lies. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Puts a piece between the characters `from` and `to`, on lines of its own where it ends with one. */
export function splice(text: string, from: number, to: number, piece: string): string {
  const before = text.slice(0, from);
  const isOpen = piece.endsWith("\n") && from > 0 && !before.endsWith("\n");
  return `${before}${isOpen ? "\n" : ""}${piece}${text.slice(to)}`;
}

/** The line break that a file uses: what is put into it uses the same. */
export function inStyleOf(text: string, piece: string): string {
  return text.includes("\r\n") ? piece.replaceAll("\n", "\r\n") : piece;
}
