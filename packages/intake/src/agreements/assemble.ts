import type { Field } from "@offtake/wire/mapping";
import type { Choice, RowCode, RowRefusal } from "./codes.ts";
import { shown } from "./reading.ts";
import type { AgreementRow, KeptText, ReadRows } from "./row.ts";
import { nameOf, slugOf } from "./slug.ts";
import { HOURS } from "./amounts.ts";

/** A row that knows which agreement and which version of it it is. */
export interface Draft {
  readonly row: number;
  readonly name: string;
  readonly version: number;
  /** All that is said, with what an amendment takes over from the version before. */
  readonly fields: Readonly<Partial<Record<Field, string>>>;
  readonly kept: readonly KeptText[];
  /** First day over which the amount is owed, where that is not the start: an amendment that leaves the amount leaves its time too. */
  readonly since?: string;
}

export interface Assembled {
  readonly drafts: readonly Draft[];
  /** Of amendments of what stands only in the book: the version before, as a row would say it. */
  readonly amended: ReadonlyMap<Draft, Draft>;
  readonly refused: readonly RowRefusal[];
  readonly choices: readonly Choice[];
}

type Fields = Partial<Record<Field, string>>;

interface Entry {
  readonly row: AgreementRow;
  readonly id: string;
  readonly name: string;
}

/** The newest version of an agreement that stands in the book, and the ids by which its versions are known. */
export interface Standing {
  readonly draft: Draft;
  readonly ids: readonly string[];
}

/** What an amendment changes: a row, or what stands in the book. */
interface Root {
  readonly id: string;
  readonly start: string;
  readonly first: Draft;
  readonly amendments: Entry[];
}

/**
 * Gives every row its name and version: ids, rows that stand there twice, amendments in their order. What a row amends is in the list,
 * or else in the book.
 */
export function assemble(read: ReadRows, book: readonly Standing[]): Assembled {
  const assembly = new Assembly();
  const entries = assembly.unique(read.rows.flatMap((row) => assembly.identified(row) ?? []));
  const drafts = assembly.versioned(entries, new Set(read.refusedIds.map(keyOf)), book);
  const completed = new Map(drafts.map((draft) => [draft, assembly.completed(draft)]));
  return {
    drafts: [...completed.values()],
    amended: new Map(
      [...assembly.amended].map(([draft, before]) => [completed.get(draft) as Draft, completed.get(before) ?? before]),
    ),
    refused: assembly.refused,
    choices: assembly.choices,
  };
}

const keyOf = (id: string): string => id.toLowerCase();

class Assembly {
  readonly refused: RowRefusal[] = [];
  readonly choices: Choice[] = [];
  readonly amended = new Map<Draft, Draft>();

  private refuse(row: AgreementRow, field: Field | "", code: RowCode, message: string): void {
    this.refused.push({
      code,
      row: row.number,
      column: field,
      value: field === "" ? "" : (row.fields[field] ?? ""),
      message,
    });
  }

  /** The row with its id; one without is called after its counterparty and title. */
  identified(row: AgreementRow): Entry | undefined {
    const { id, counterparty = "", title, kind, amends } = row.fields;
    const made =
      id ??
      (amends === undefined ? `${counterparty} ${title ?? kind ?? ""}`.trim() : `${amends} ${row.fields.start ?? ""}`);
    const name = id === undefined ? slugOf(made, "a") : nameOf(id);
    if (name === undefined) {
      this.refuse(row, "id", "value_missing", `no name can be made of the id ${shown(made)}`);
      return undefined;
    }
    if (id === undefined)
      this.choices.push({
        row: row.number,
        column: "id",
        taken: name,
        why: "the row has no id: it is called after what it says",
      });
    else if (name !== id)
      this.choices.push({
        row: row.number,
        column: "id",
        value: id,
        taken: name,
        why: "names of agreements are letters, digits and hyphens; the id is kept as its reference",
      });
    return { row, id: id ?? name, name };
  }

  /** A row that says the same again is taken once; rows that say different things under one id are all refused. */
  unique(entries: readonly Entry[]): Entry[] {
    const groups = new Map<string, Entry[]>();
    for (const entry of entries) {
      const key = keyOf(entry.name);
      groups.set(key, [...(groups.get(key) ?? []), entry]);
    }
    const kept: Entry[] = [];
    for (const group of groups.values()) {
      const [first, ...others] = group as [Entry, ...Entry[]];
      const same = JSON.stringify([sorted(first.row.fields), first.row.kept]);
      if (others.some(({ row }) => JSON.stringify([sorted(row.fields), row.kept]) !== same)) {
        const numbers = group.map(({ row }) => row.number).join(", ");
        for (const { row } of group)
          this.refuse(
            row,
            "id",
            "duplicate_id",
            `the rows ${numbers} would be one agreement, and say different things`,
          );
        continue;
      }
      kept.push(first);
      for (const { row } of others) this.refuse(row, "", "duplicate_row", `row ${first.row.number} says the same`);
    }
    return kept.sort((a, b) => a.row.number - b.row.number);
  }

  versioned(entries: readonly Entry[], refusedIds: ReadonlySet<string>, book: readonly Standing[]): Draft[] {
    const byId = new Map(entries.map((entry) => [keyOf(entry.id), entry]));
    const roots = new Map<Entry, Root>();
    for (const entry of entries) {
      if (entry.row.fields.amends !== undefined) continue;
      const { amends: _, ...fields } = entry.row.fields;
      const { id, name } = entry;
      const first = { row: entry.row.number, name, version: 1, fields: { ...fields, id }, kept: entry.row.kept };
      roots.set(entry, { id, start: fields.start ?? "", first, amendments: [] });
    }
    const standing = new Map<string, Root>();
    for (const { draft, ids } of book) {
      const root = { id: draft.fields.id ?? draft.name, start: draft.fields.start ?? "", first: draft, amendments: [] };
      for (const id of ids) standing.set(keyOf(id), root);
    }
    for (const entry of entries) {
      if (entry.row.fields.amends !== undefined)
        this.rootOf(entry, byId, roots, standing, refusedIds)?.amendments.push(entry);
    }
    return [
      ...[...roots.values()].flatMap((root) => [root.first, ...this.laterVersions(root)]),
      ...[...new Set(standing.values())].flatMap((root) => {
        const drafts = this.laterVersions(root);
        for (const [index, draft] of drafts.entries()) this.amended.set(draft, drafts[index - 1] ?? root.first);
        return drafts;
      }),
    ];
  }

  private rootOf(
    entry: Entry,
    byId: ReadonlyMap<string, Entry>,
    roots: ReadonlyMap<Entry, Root>,
    standing: ReadonlyMap<string, Root>,
    refusedIds: ReadonlySet<string>,
  ): Root | undefined {
    let at = entry;
    for (let steps = 0; steps < 100; steps += 1) {
      const { amends } = at.row.fields;
      if (amends === undefined) return roots.get(at);
      const next = byId.get(keyOf(amends));
      if (next === undefined) {
        const isRefused = refusedIds.has(keyOf(amends));
        const inBook = isRefused ? undefined : standing.get(keyOf(amends));
        if (inBook !== undefined) return inBook;
        this.refuse(
          entry.row,
          "amends",
          isRefused ? "amended_refused" : "unknown_amended",
          isRefused
            ? `the row ${shown(amends)} is refused`
            : `no row has the id ${shown(amends)}, and no agreement of the book has it`,
        );
        return undefined;
      }
      at = next;
    }
    this.refuse(entry.row, "amends", "amendment_order", "the row amends itself, by way of others");
    return undefined;
  }

  /** Amendments in the order of their starts; each takes over what its row leaves empty. */
  private laterVersions({ id, start: rootStart, first, amendments }: Root): Draft[] {
    const start = ({ row }: Entry): string => row.fields.start ?? "";
    const ordered = [...amendments].sort((a, b) =>
      start(a) < start(b) ? -1 : start(a) > start(b) ? 1 : a.row.number - b.row.number,
    );
    const drafts: Draft[] = [];
    const starts = [rootStart, ...amendments.map(start)];
    let before = first;
    for (const entry of ordered) {
      const isTied = starts.filter((one) => one === start(entry)).length > 1;
      if (isTied || start(entry) < rootStart) {
        const why = isTied ? "so does another version" : `what it amends begins on ${rootStart}`;
        this.refuse(entry.row, "start", "amendment_order", `it begins on ${start(entry)}, and ${why}`);
        continue;
      }
      before = this.nextVersion(before, entry, id, before.version + 1);
      drafts.push(before);
    }
    return drafts;
  }

  private nextVersion(before: Draft, { row, id }: Entry, rootId: string, version: number): Draft {
    const fields: Fields = { ...before.fields };
    const cleared = new Set<Field>(
      row.cleared.includes("amount") ? [...row.cleared, "currency", "period"] : row.cleared,
    );
    for (const field of cleared) delete fields[field];
    const inherited = Object.keys(before.fields).filter(
      (field) => !(field in row.fields) && !cleared.has(field as Field) && !OWN_OF_A_VERSION.has(field),
    );
    for (const field of ["signed", "confirmedBy", "confirmedAt"] as const) delete fields[field];
    Object.assign(fields, row.fields, { id, amends: rootId });
    if (inherited.length > 0)
      this.choices.push({
        row: row.number,
        column: "amends",
        value: rootId,
        taken: `version ${version} of ${rootId}`,
        why: `what its row leaves empty is as before: ${inherited.join(", ")}`,
      });
    const kept = [...before.kept.filter(({ column }) => !row.kept.some((own) => own.column === column)), ...row.kept];
    const isSamePromise = (["amount", "currency", "period"] as const).every(
      (field) => fields[field] === before.fields[field],
    );
    const since = isSamePromise && fields.amount !== undefined ? (before.since ?? before.fields.start) : undefined;
    return { row: row.number, name: before.name, version, fields, kept, ...(since === undefined ? {} : { since }) };
  }

  /** An amount without a word for it is a commitment; a frame alone gives nothing. */
  completed(draft: Draft): Draft {
    const fields: Fields = { ...draft.fields };
    const kinds = (fields.kind ?? "").split("; ").filter((kind) => kind !== "" && kind !== "frame");
    if (fields.amount !== undefined && !kinds.some((kind) => COMMITMENTS.has(kind))) {
      const implied = fields.currency === HOURS ? "volume-commitment" : "spend-commitment";
      kinds.push(implied);
      this.choices.push({
        row: draft.row,
        column: "kind",
        taken: implied,
        why: "an amount that no word explains is taken as a commitment",
      });
    }
    if (kinds.length === 0) delete fields.kind;
    else fields.kind = kinds.join("; ");
    return { ...draft, fields };
  }
}

/** What an amendment does not take over: nobody has signed or read it because somebody did so with the version before. */
const OWN_OF_A_VERSION: ReadonlySet<string> = new Set(["id", "amends", "signed", "confirmedBy", "confirmedAt"]);

/** Kinds that an amount belongs to. */
export const COMMITMENTS: ReadonlySet<string> = new Set([
  "spend-commitment",
  "take-or-pay",
  "prepaid",
  "volume-commitment",
]);

function sorted(fields: Fields): unknown {
  return Object.entries(fields)
    .filter(([field]) => field !== "id")
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
