import { BUILTIN_CALENDARS } from "@offtake/core/calendar";
import type { KnownNames, Report } from "../shape/index.ts";
import { childOf, type Path, type SourceNode } from "../source/index.ts";

/**
 * Names of everything in the book, from its text: also of entries that have something wrong with them, so that what refers to
 * them is not wrong as well. A name that stands twice in one section is reported.
 */
export function namesOf(root: SourceNode, report: Report): KnownNames {
  const ids = (section: string): ReadonlySet<string> => new Set(namesIn(root, section, "id", report));
  return {
    party: ids("parties"),
    calendar: new Set([...BUILTIN_CALENDARS, ...ids("calendars")]),
    agreement: agreementNames(root, report),
    block: ids("capacity"),
    request: ids("requests"),
    offer: ids("offers"),
    waiver: ids("waivers"),
    "standing answer": ids("standingAnswers"),
    clauses: clausesOf(root),
    accelerators: new Set(itemsOf(childOf(root, "accelerators")).flatMap((item) => textOf(item) ?? [])),
  };
}

const itemsOf = (node: SourceNode | undefined): readonly SourceNode[] => (node?.kind === "list" ? node.items : []);

function textOf(node: SourceNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

function namesIn(root: SourceNode, section: string, key: string, report: Report): string[] {
  const names = itemsOf(childOf(root, section)).map((entry) => textOf(childOf(entry, key)));
  tellRepeated(names, (index) => [section, index, key], report);
  return names.filter((name) => name !== undefined);
}

function tellRepeated(names: readonly (string | undefined)[], pathOf: (index: number) => Path, report: Report): void {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (name === undefined) continue;
    if (seen.has(name))
      report.add(pathOf(index), "duplicate_id", `\`${name.slice(0, 64)}\` stands in this section already`, {
        expected: "another name",
      });
    seen.add(name);
  }
}

/** One agreement may stand there in several versions, each with its number. */
function agreementNames(root: SourceNode, report: Report): ReadonlySet<string> {
  const entries = itemsOf(childOf(root, "agreements"));
  const names = entries.map((entry) => textOf(childOf(entry, "name")));
  const versions = entries.map((entry, index) => {
    const version = childOf(entry, "version");
    return names[index] === undefined
      ? undefined
      : `${names[index]} version ${version?.kind === "scalar" ? version.value : 1}`;
  });
  tellRepeated(versions, (index) => ["agreements", index, "name"], report);
  return new Set(names.filter((name) => name !== undefined));
}

/** For each clause id, the agreements that have such a clause. */
function clausesOf(root: SourceNode): ReadonlyMap<string, readonly string[]> {
  const clauses = new Map<string, string[]>();
  for (const agreement of itemsOf(childOf(root, "agreements"))) {
    const name = textOf(childOf(agreement, "name"));
    if (name === undefined) continue;
    for (const clause of itemsOf(childOf(agreement, "clauses"))) {
      const id = textOf(childOf(clause, "id"));
      if (id === undefined) continue;
      const holders = clauses.get(id) ?? [];
      if (!holders.includes(name)) clauses.set(id, [...holders, name]);
    }
  }
  return clauses;
}
