import { documentText, editedText, plainOf } from "@offtake/wire/writing";
import type { Group } from "./document.ts";
import { merge } from "./merge.ts";
import { textOf } from "./plain.ts";
import { kindOf } from "./row-of.ts";

/**
 * A document with what a row changes in it: clauses and values that no column can hold stay as they are. `before` and `after` are what
 * the rows say of the two versions. Rows know of no ids of clauses: a clause is found by its kind, the first where there are several.
 */
export function amendedDocument(written: Group, before: Group, after: Group): Group {
  const { schema: _, ...own } = written;
  const { edits } = merge(underIdsOf(own, before), own, underIdsOf(own, after), [], true);
  const { name, version, title, reference, ...rest } = plainOf(editedText(documentText(own), edits)) as Group;
  return { name, version, title, reference, ...rest };
}

/** What rows say, with the ids that the clauses of a written document have: those of its own that it has not are found by their kinds. */
export function underIdsOf(written: Group, said: Group): Group {
  const clauses = clausesOf(said);
  if (clauses.length === 0) return said;
  const ids = idsByKind(written);
  const own = new Set(clausesOf(written).map((clause) => clause["id"]));
  return {
    ...said,
    clauses: clauses.map((clause) => {
      const id = own.has(clause["id"]) ? undefined : ids.get(kindOf(clause) ?? "");
      return id === undefined ? clause : { ...clause, id };
    }),
  };
}

const clausesOf = (document: Group): readonly Group[] => (document["clauses"] ?? []) as readonly Group[];

function idsByKind(document: Group): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const clause of clausesOf(document)) {
    const kind = kindOf(clause);
    if (kind !== undefined && !ids.has(kind)) ids.set(kind, textOf(clause["id"]));
  }
  return ids;
}
