import type { Reading } from "@offtake/core/agreements";
import { isMap, type Node, type Pair, type YAMLMap } from "yaml";
import { nearNames } from "../problems/index.ts";
import type { SourceFile } from "../source/index.ts";
import { flowText } from "../templates/index.ts";
import {
  afterLine,
  agreementIn,
  clausesOf,
  columnOf,
  type Edited,
  inStyleOf,
  pairOf,
  refuse,
  span,
  splice,
  textOf,
} from "./place.ts";

/**
 * Writes who confirmed the reading of a clause, and when, into the text of its document; a reading that is there is replaced. Nothing
 * else of the text changes.
 *
 * Refuses a clause that is not there (`unknown_clause`), and an agreement that is not in the file.
 */
export function confirmReading(file: SourceFile, clause: string, reading: Reading, agreement?: string): Edited {
  const place = agreementIn(file, agreement);
  if (!("map" in place)) return place;
  const clauses = (clausesOf(place)?.items ?? []).filter(isMap);
  const found = clauses.find((item) => textOf(item, "id") === clause);
  if (found === undefined) {
    const ids = clauses.flatMap((item) => textOf(item, "id") ?? []);
    const near = nearNames(clause, ids);
    const expected =
      near.length > 0 ? `perhaps ${near.join(" or ")}` : ids.length > 0 ? `one of ${ids.join(", ")}` : "a clause";
    return refuse("unknown_clause", `there is no clause \`${clause.slice(0, 60)}\` in this agreement`, expected);
  }
  return { ok: true, text: withReading(place.text, found, flowText({ by: reading.by, at: reading.at })) };
}

function withReading(text: string, clause: YAMLMap, reading: string): string {
  const there = pairOf(clause, "reading");
  if (there !== undefined) {
    const [, keyEnd] = (there.key as Node).range ?? [0, 0];
    const end = there.value === null ? keyEnd : Math.max(span(there.value)[1], keyEnd);
    const colon = text.indexOf(":", keyEnd) + 1;
    return splice(text, colon, Math.max(end, colon), ` ${reading}`);
  }
  const after = pairOf(clause, "text") ?? pairOf(clause, "kind") ?? clause.items.at(-1);
  if (after === undefined) throw new Error("Broken belief: a clause has keys");
  if (clause.flow === true) {
    const end = span(after.value)[1];
    return splice(text, end, end, `, reading: ${reading}`);
  }
  return belowPair(text, after, `reading: ${reading}`);
}

function belowPair(text: string, pair: Pair, line: string): string {
  const key = (pair.key as Node).range?.[0] ?? 0;
  const end = afterLine(text, span(pair.value)[1]);
  return splice(text, end, end, inStyleOf(text, `${" ".repeat(columnOf(text, key))}${line}\n`));
}
