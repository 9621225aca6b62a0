import { textOf } from "./plain.ts";
import { parseAgreementTree } from "@offtake/wire/agreements";
import type { FIELDS, Mapping } from "@offtake/wire/mapping";
import { type Path, type SourceFile, treeOf } from "@offtake/wire/source";
import { documentText, type Edit, editedText, type Plain, plainOf } from "@offtake/wire/writing";
import { amendedDocument, underIdsOf } from "./amend-document.ts";
import { assemble, type Draft, type Standing } from "./assemble.ts";
import type { Choice, RowRefusal } from "./codes.ts";
import type { ReadableSheet } from "./columns.ts";
import { type DocumentParties, documentOf, type Group } from "./document.ts";
import { asWritten, merge, type Overwritten } from "./merge.ts";
import { PartyBook, type PartyName } from "./parties.ts";
import { readRows } from "./read-rows.ts";
import { rowOf } from "./row-of.ts";

/** What an import remembers of a list, so that the next one can tell what the list changed from what was written by hand. */
export interface Remembered {
  readonly list: string;
  readonly rows: readonly Omit<Draft, "row">[];
}

/** A book into which a list is imported: its own files by name, with where agreements and parties stand. */
export interface TargetBook {
  /** Name of the file that names the keeper. */
  readonly main: SourceFile;
  /** Every file of the book that could be part of it, the main one too. */
  readonly files: readonly SourceFile[];
}

export interface ImportOptions {
  readonly mapping: Mapping | undefined;
  readonly remembered: Remembered | undefined;
  /** Values that both the list and a hand have changed: the list's are written. */
  readonly listWins: boolean;
  /** Name of the list for people. */
  readonly list: string;
  readonly folder: string;
}

export type RowOutcome = "added" | "changed" | "unchanged" | "gone";

export interface AgreementOutcome {
  readonly name: string;
  readonly version: number;
  /** Of the list; absent for what is gone from it. */
  readonly row?: number;
  readonly outcome: RowOutcome;
  readonly file: string;
  /** What changes, as paths in the document. */
  readonly changed: readonly string[];
  readonly overwritten: readonly Overwritten[];
}

/** What an import would do; nothing is written yet. */
export interface ImportPlan {
  readonly agreements: readonly AgreementOutcome[];
  readonly refused: readonly RowRefusal[];
  readonly choices: readonly Choice[];
  readonly parties: readonly PartyName[];
  /** Texts by path from the folder of the book. */
  readonly writes: ReadonlyMap<string, string>;
  readonly remembered: Remembered;
}

/** Works out what an import changes in a book. Pure: takes texts, gives texts. */
export function planImport(readable: ReadableSheet, target: TargetBook, options: ImportOptions): ImportPlan {
  const read = readRows(readable, options.mapping);
  const header = new Map(readable.columns.map(({ is, header: text }) => [is as string, text]));
  const planner = new Planner(target, options);
  const assembled = assemble(read, planner.standing());
  const valid = assembled.drafts.filter((draft) => planner.place(draft, assembled.amended.get(draft)));
  const named = (refusals: readonly RowRefusal[]): RowRefusal[] =>
    refusals.map((one) => ({ ...one, column: header.get(one.column) ?? one.column }));
  const refused = [...read.refused, ...named(assembled.refused), ...planner.refused].sort((a, b) => a.row - b.row);
  const made = [...assembled.choices, ...planner.choices, ...planner.parties.choices];
  const told = made.map((one) => ({ ...one, column: header.get(one.column) ?? one.column }));
  const choices = [...read.choices, ...told].sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
  const stillThere = new Set([
    ...read.refusedIds,
    ...refused.map(({ row }) => read.rows.find(({ number }) => number === row)?.fields.id ?? ""),
  ]);
  const gone = planner.goneFrom(valid, stillThere);
  const kept = (options.remembered?.rows ?? []).filter(
    (row) => stillThere.has(row.fields.id ?? row.name) && !valid.some(isSame(row)),
  );
  const rows = [...valid.map(({ row: _, ...rest }) => rest), ...kept];
  return {
    agreements: [...planner.outcomes, ...gone],
    refused,
    choices,
    parties: planner.parties.added,
    writes: planner.finish(),
    remembered: { list: options.list, rows },
  };
}

const COMMITMENT_NEEDS =
  "a commitment is counted where there are an amount, its currency, an end, and whole periods until then";

/** What a kind cannot do without. */
const KIND_NEEDS: Readonly<Record<string, string>> = {
  option: "an option needs a count and a last day",
  "minimum-share": "a minimum share needs its percentage",
};

/** Why a field stands as text, where that is not plain. */
const NEEDS: Readonly<Record<string, string>> = {
  amount: COMMITMENT_NEEDS,
  currency: COMMITMENT_NEEDS,
  period: COMMITMENT_NEEDS,
  renewal: "a renewal needs its notice period, and an end of the first term",
  renewalNotice: "a notice period belongs to a renewal: evergreen, or the term for which it renews itself",
  grade: "evidence has a grade and a source",
  source: "evidence has a grade and a source",
  confirmedBy: "a reading has who confirmed it and when, and a clause that it is about",
  confirmedAt: "a reading has who confirmed it and when, and a clause that it is about",
};

const isSame =
  (a: { name: string; version: number }) =>
  (b: { name: string; version: number }): boolean =>
    a.name === b.name && a.version === b.version;

/** Where an agreement stands: in a file of its own, or in the list of a book file. */
interface Place {
  readonly file: string;
  readonly at: Path;
  readonly value: Group;
}

class Planner {
  readonly outcomes: AgreementOutcome[] = [];
  readonly refused: RowRefusal[] = [];
  readonly choices: Choice[] = [];
  readonly parties: PartyBook;
  private readonly options: ImportOptions;
  private readonly main: SourceFile;
  private readonly texts: ReadonlyMap<string, string>;
  private readonly places: ReadonlyMap<string, Place>;
  private readonly edits = new Map<string, Edit[]>();
  private readonly created = new Map<string, string>();
  private readonly sides: DocumentParties;
  private readonly before: ReadonlyMap<string, Draft>;
  /** Documents that this import makes, by name and version. */
  private readonly placed = new Map<string, Group>();

  constructor(target: TargetBook, options: ImportOptions) {
    this.options = options;
    this.main = target.main;
    this.texts = new Map(target.files.map(({ name, text }) => [name, text]));
    const values = new Map(target.files.map(({ name, text }) => [name, plainOf(text) as Group]));
    this.places = placesOf(values);
    const main = values.get(target.main.name) ?? (plainOf(target.main.text) as Group);
    this.parties = new PartyBook([...values.values()].flatMap(partiesOf), options.mapping?.parties ?? {});
    const keeperBuys = main["kind"] !== "provider";
    this.sides = { keeper: textOf(main["keeper"]), keeperBuys, idOf: (name) => this.parties.idOf(name) };
    this.before = new Map((options.remembered?.rows ?? []).map((row) => [keyOf(row), { ...row, row: 0 }]));
  }

  /**
   * The agreements of the book as rows, each in its newest version; versions that an earlier import of this list has added as
   * amendments are left out, since the list says them again.
   */
  standing(): Standing[] {
    const sides = { ...this.sides, nameOf: (id: string) => this.parties.nameOf(id) };
    const own = new Set([...this.before].filter(([, row]) => row.fields.amends !== undefined).map(([key]) => key));
    const groups = new Map<string, { readonly rows: Draft[]; readonly ids: string[] }>();
    const places = [...this.places].sort(([, a], [, b]) => versionOf(a.value) - versionOf(b.value));
    for (const [key, { value }] of places) {
      const name = textOf(value["name"]).toLowerCase();
      const group = groups.get(name) ?? { rows: [], ids: [] };
      groups.set(name, group);
      const { draft } = rowOf(value, sides, group.rows[0]?.fields.id);
      group.ids.push(draft.fields.id ?? draft.name, ...(group.rows.length === 0 ? [draft.name] : []));
      if (!own.has(key)) group.rows.push(draft);
    }
    return [...groups.values()].flatMap(({ rows, ids }) => {
      const [first, last] = [rows[0], rows.at(-1)];
      if (first === undefined || last === undefined) return [];
      const { id, ...fields } = last.fields;
      return [{ draft: { ...last, fields: { ...fields, id: first.fields.id ?? id ?? first.name } }, ids }];
    });
  }

  /** Adds or changes one agreement; false where its row makes none that is valid. `amended`: what of the book it changes. */
  place(draft: Draft, amended?: Draft): boolean {
    const said = withoutNothing(documentOf(draft, this.sides));
    const document = withoutNothing(amended === undefined ? said : this.inFull(draft, amended, said));
    const wrong = wrongWith(draft, document);
    if (wrong !== undefined) {
      this.refused.push(wrong);
      return false;
    }
    this.tellKept(draft, said);
    this.placed.set(keyOf(draft), document);
    const there = this.places.get(keyOf(draft));
    const { name, version, row } = draft;
    if (there === undefined) {
      const file = this.freeFile(draft);
      this.created.set(file, newText(document, this.options.list, draft.row));
      this.outcomes.push({ name, version, row, outcome: "added", file, changed: [], overwritten: [] });
      return true;
    }
    const old = this.before.get(keyOf(draft));
    const before = old === undefined ? undefined : withoutNothing(documentOf(old, this.sides));
    // Clauses have the names that they have in the book. Where no import remembers what a row said, the document says it.
    const now = underIdsOf(there.value, said);
    const { edits, changed, overwritten } =
      before === undefined
        ? merge(
            undefined,
            there.value,
            asWritten(this.rowOf(there.value), there.value, now),
            there.at,
            this.options.listWins,
          )
        : merge(underIdsOf(there.value, before), there.value, now, there.at, this.options.listWins);
    this.edits.set(there.file, [...(this.edits.get(there.file) ?? []), ...edits]);
    this.outcomes.push({
      name,
      version,
      row,
      outcome: changed.length === 0 ? "unchanged" : "changed",
      file: there.file,
      changed,
      overwritten,
    });
    return true;
  }

  /** What a row would say of a document, under the names that its clauses have. */
  private rowOf(document: Group): Group {
    const sides = { ...this.sides, nameOf: (id: string) => this.parties.nameOf(id) };
    return underIdsOf(document, withoutNothing(documentOf(rowOf(document, sides, undefined).draft, this.sides)));
  }

  /** The amendment of an agreement of the book: all that stands there, changed as the row says. */
  private inFull(draft: Draft, amended: Draft, said: Group): Group {
    const written = this.placed.get(keyOf(amended)) ?? this.places.get(keyOf(amended))?.value;
    if (written === undefined || this.places.has(keyOf(draft))) return said;
    return amendedDocument(written, withoutNothing(documentOf(amended, this.sides)), said);
  }

  /** Fields that no clause of the agreement could take: they stand as text, and nothing is computed from them. */
  private tellKept({ row, fields }: Draft, document: Group): void {
    const clauses = (document["clauses"] ?? []) as readonly Group[];
    const ids = clauses.map((clause) => textOf(clause["id"]));
    const isOpen = ids.some((id) => id.startsWith("sheet-kind-"));
    for (const id of ids) {
      const field = /^sheet-(kind-)?(.+)$/.exec(id);
      const name = (field?.[1] === undefined ? field?.[2] : "kind") as keyof typeof FIELDS | undefined;
      const isPart = isOpen && (name === "amount" || name === "currency" || name === "period");
      if (name === undefined || name === "notes" || name === "document" || isPart) continue;
      const why =
        name === "kind"
          ? (KIND_NEEDS[field?.[2] ?? ""] ?? COMMITMENT_NEEDS)
          : (NEEDS[name] ?? "nothing else in the row takes it");
      const value = name === "kind" ? (field?.[2] ?? "") : (fields[name] ?? "");
      this.choices.push({ row, column: name, value, taken: "kept as text", why });
    }
  }

  private freeFile({ name, version }: Draft): string {
    for (let n = 1; ; n += 1) {
      const file = `${this.options.folder}${name}${version === 1 ? "" : `.v${version}`}${n === 1 ? "" : `-${n}`}.yaml`;
      if (!this.texts.has(file) && !this.created.has(file)) return file;
    }
  }

  /** What the last import had and the list has no more. Its file stays. */
  goneFrom(drafts: readonly Draft[], stillThere: ReadonlySet<string>): AgreementOutcome[] {
    const now = new Set(drafts.map(keyOf));
    return [...this.before.values()].flatMap((row): AgreementOutcome[] => {
      const place = this.places.get(keyOf(row));
      if (now.has(keyOf(row)) || place === undefined || stillThere.has(row.fields.id ?? row.name)) return [];
      return [
        { name: row.name, version: row.version, outcome: "gone", file: place.file, changed: [], overwritten: [] },
      ];
    });
  }

  /** Every text that changes: new agreements, changed files, and the book with its new parties and agreements. */
  finish(): ReadonlyMap<string, string> {
    const book = plainOf(this.main.text) as Group;
    const own = this.edits.get(this.main.name) ?? [];
    const added: Edit[] = [];
    const append = (key: string, entries: readonly Plain[]): void => {
      if (entries.length === 0) return;
      const list = book[key];
      if (Array.isArray(list))
        entries.forEach((value, index) => added.push({ path: [key, list.length + index], value }));
      else added.push({ path: [key], value: entries });
    };
    const role = this.sides.keeperBuys ? "provider" : "buyer";
    append(
      "parties",
      this.parties.added.map(({ id, name }) => ({ id, name, roles: role })),
    );
    append(
      "agreements",
      [...this.created.keys()].map((file) => ({ file })),
    );
    this.edits.set(this.main.name, [...added, ...own]);
    const writes = new Map(this.created);
    for (const [file, edits] of this.edits) {
      if (edits.length === 0) continue;
      writes.set(file, editedText(this.texts.get(file) ?? "", edits));
    }
    return writes;
  }
}

const versionOf = (document: Group): number => Number(document["version"] ?? 1);

const keyOf = ({ name, version }: { readonly name: string; readonly version: number }): string =>
  `${name.toLowerCase()} ${version}`;

function newText(document: Group, list: string, row: number): string {
  return documentText({ schema: "offtake/agreement@1", ...document }, [
    "yaml-language-server: $schema=../schemas/agreement.v1.json",
    `From ${list}, row ${row}. What you change here stays when the list is imported again.`,
    "A clause is unconfirmed until somebody has compared it with the text: reading: { by: Name, at: 2026-01-31 }",
  ]);
}

/** Without the keys that have no value, at every depth. */
function withoutNothing(value: Group): Group {
  const plain = (item: Plain | undefined): Plain | undefined => {
    if (Array.isArray(item)) return item.map((one: Plain) => plain(one) as Plain);
    return typeof item === "object" ? withoutNothing(item as Group) : item;
  };
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, plain(item)]])),
  );
}

function partiesOf({ parties }: Group): PartyName[] {
  if (!Array.isArray(parties)) return [];
  return (parties as readonly Group[]).flatMap(({ id, name }) =>
    typeof id === "string" ? [{ id, name: typeof name === "string" ? name : id }] : [],
  );
}

/** Agreements of the files by name and version: of agreement files, and of the lists in book files. */
function placesOf(values: ReadonlyMap<string, Group>): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const add = (file: string, at: Path, value: Group): void => {
    if (typeof value["name"] !== "string") return;
    places.set(keyOf({ name: value["name"], version: versionOf(value) }), { file, at, value });
  };
  for (const [file, value] of values) {
    const { schema, agreements } = value;
    if (schema === "offtake/agreement@1") add(file, [], value);
    if (Array.isArray(agreements))
      (agreements as readonly Group[]).forEach((entry, index) => add(file, ["agreements", index], entry));
  }
  return places;
}

/** The first thing that the reader of documents says against it. */
function wrongWith(draft: Draft, document: Group): RowRefusal | undefined {
  const parsed = parseAgreementTree(treeOf({ schema: "offtake/agreement@1", ...document }, draft.name));
  const [problem] = parsed.ok ? [] : parsed.problems;
  if (problem === undefined) return undefined;
  const { message, expected } = problem;
  const path = problem.path === "" ? "" : `${problem.path}: `;
  const value = draft.fields.id ?? draft.name;
  return {
    code: "not_valid",
    row: draft.row,
    column: "",
    value,
    message: `${path}${message}`,
    ...(expected === "" ? {} : { expected }),
  };
}
