import { isMap, isScalar, type Node, type YAMLSeq } from "yaml";
import type { SourceFile } from "../source/index.ts";
import { clauseText, type Drafted } from "../templates/index.ts";
import {
  afterLine,
  agreementIn,
  clausesOf,
  columnOf,
  type Edited,
  inStyleOf,
  lineStart,
  pairOf,
  type Place,
  refuse,
  span,
  splice,
  textOf,
} from "./place.ts";

/**
 * Adds a clause to the end of an agreement's clauses. Nothing else of the text changes: comments, order, quotes and blank lines
 * stay; a list that is written in one line becomes one of several, its entries as they were.
 *
 * Refuses: an id that the agreement has (`duplicate_id`), an agreement that is not in the file, one that is written in braces.
 */
export function addClause(file: SourceFile, clause: Drafted, agreement?: string): Edited {
  const place = agreementIn(file, agreement);
  if (!("map" in place)) return place;
  if (place.map.flow === true) return refuse("not_supported", "the agreement stands in braces", "one key on each line");
  const seq = clausesOf(place);
  const id = String(clause.document["id"]);
  if (seq?.items.some((item) => isMap(item) && textOf(item, "id") === id))
    return refuse("duplicate_id", `there is a clause \`${id}\` in this agreement already`, "another id");
  const text =
    seq === undefined || seq.items.length === 0 ? withFirst(place, clause) : withNext(place.text, seq, clause, place);
  return { ok: true, text };
}

function withFirst(place: Place, clause: Drafted): string {
  const { text, map } = place;
  const pair = pairOf(map, "clauses");
  const [firstKey] = map.items;
  const indent = firstKey === undefined ? 0 : columnOf(text, (firstKey.key as Node).range?.[0] ?? 0);
  const piece = inStyleOf(text, clauseText(clause, indent + 2));
  if (pair === undefined) {
    const end = afterLine(text, span(map)[1]);
    return splice(text, end, end, inStyleOf(text, `\n${" ".repeat(indent)}clauses:\n`) + piece);
  }
  const keyEnd = (pair.key as Node).range?.[1] ?? 0;
  const colon = text.indexOf(":", keyEnd) + 1;
  const value = pair.value as Node | null;
  const isWritten = value !== null && !(isScalar(value) && value.source === "");
  const cut = isWritten ? text.slice(0, colon) + text.slice(span(value)[1]) : text;
  const end = afterLine(cut, colon);
  return splice(cut, end, end, piece);
}

function withNext(text: string, seq: YAMLSeq, clause: Drafted, place: Place): string {
  const items = seq.items as Node[];
  const last = items.at(-1) as Node;
  if (seq.flow === true) {
    const key = pairOf(place.map, "clauses")?.key as Node;
    const indent = columnOf(text, key.range?.[0] ?? 0) + 2;
    const pad = " ".repeat(indent);
    const entries = items.map((item) => `${pad}- ${text.slice(...span(item))}\n`).join("");
    const [from, to] = span(seq);
    const colon = text.lastIndexOf(":", from) + 1;
    const rest = text.slice(to);
    const all = inStyleOf(text, `\n${entries}\n${clauseText(clause, indent)}`);
    return text.slice(0, colon) + all + rest.replace(/^[ \t]*\r?\n/, "");
  }
  const dash = dashBefore(text, last.range?.[0] ?? 0);
  const indent = columnOf(text, dash);
  const end = pastOwnComments(text, afterLine(text, span(last)[1]), indent);
  return splice(text, end, end, inStyleOf(text, `\n${clauseText(clause, indent)}`));
}

/** Where the dash of a list's entry stands. */
function dashBefore(text: string, offset: number): number {
  let at = offset - 1;
  while (at > 0 && !(text[at] === "-" && text.slice(lineStart(text, at), at).trim() === "")) at -= 1;
  return at;
}

/** Comments further in than the dash belong to the entry above them. */
function pastOwnComments(text: string, offset: number, indent: number): number {
  let end = offset;
  for (let at = offset; at < text.length; ) {
    const next = afterLine(text, at + 1);
    const line = text.slice(at, next);
    if (line.trim() !== "") {
      if (!line.trimStart().startsWith("#") || line.length - line.trimStart().length <= indent) break;
      end = next;
    }
    at = next;
  }
  return end;
}
