import { textOf } from "./plain.ts";
import { type Field, FIELD_NAMES, FIELDS } from "@offtake/wire/mapping";
import { COMMITMENTS, type Draft } from "./assemble.ts";
import { type DocumentParties, documentOf, type Group, periodsOf } from "./document.ts";
import type { KeptText } from "./row.ts";

/** A document as a row of a list, and how many of its values no column can hold. */
export interface RowOfDocument {
  readonly draft: Draft;
  readonly beyond: number;
}

export interface NamesOfParties extends DocumentParties {
  readonly nameOf: (id: string) => string;
}

type Fields = Partial<Record<Field, string>>;

/** The row that gives an agreement document; whatever it cannot say is counted. `root` is the id of its first version. */
export function rowOf(document: Group, parties: NamesOfParties, root: string | undefined): RowOfDocument {
  const name = textOf(document["name"]);
  const version = Number(document["version"] ?? 1);
  const both = group(document["parties"]);
  const effective = group(document["effective"]);
  const fields: Fields = {
    id: text(document["reference"]) ?? (version === 1 ? name : `${name}-v${version}`),
    title: text(document["title"]),
    counterparty: parties.nameOf(textOf(parties.keeperBuys ? both["provider"] : both["buyer"])),
    start: text(effective["from"]),
    end: text(effective["to"]),
    owner: text(document["owner"]),
    status: text(document["status"]),
    signed: text(document["signed"]),
    amends: version === 1 ? undefined : root,
    ...renewalOf(document["renewal"]),
    ...evidenceOf(group(document["evidence"])),
  } as Fields;
  const kept: KeptText[] = [];
  const kinds: string[] = [];
  for (const clause of groups(document["clauses"])) readClause(clause, fields, kept, kinds, effective);
  if (kinds.length > 0) fields.kind = kinds.join("; ");
  const since = sinceOf(document);
  const draft: Draft = {
    row: 0,
    name,
    version,
    fields: ordered(fields),
    kept,
    ...(since === undefined ? {} : { since }),
  };
  return { draft, beyond: differences(document, documentOf(draft, parties)) };
}

const text = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : textOf(value);
const group = (value: unknown): Group =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Group) : {};
const groups = (value: unknown): readonly Group[] => (Array.isArray(value) ? value.map(group) : []);
const joined = (value: unknown): string | undefined =>
  value === undefined ? undefined : Array.isArray(value) ? value.join(", ") : textOf(value);

function renewalOf(value: unknown): Fields {
  if (value === "none") return { renewal: "none" };
  const { kind, term, notice } = group(value);
  if (kind === undefined) return {};
  return { renewal: kind === "evergreen" ? "evergreen" : textOf(term), renewalNotice: textOf(notice) };
}

function evidenceOf({ grade, source, date }: Group): Fields {
  return {
    ...(grade === undefined ? {} : { grade: textOf(grade) }),
    ...(source === undefined ? {} : { source: textOf(source) }),
    ...(date === undefined ? {} : { sourceDate: textOf(date) }),
  };
}

function readClause(clause: Group, fields: Fields, kept: KeptText[], kinds: string[], effective: Group): void {
  const id = textOf(clause["id"]);
  if (clause["kind"] === "record") return readRecord(id, textOf(clause["about"]), fields, kept, kinds);
  if (clause["kind"] === "price-book") return readPriceBook(clause, fields);
  const kind = kindOf(clause);
  if (kind === undefined || kinds.includes(kind)) return;
  kinds.push(kind);
  const reading = group(clause["reading"]);
  const scope = group(clause["scope"]);
  const option = group(clause["option"]);
  const passThrough = group(clause["passThrough"])["allowed"];
  const stated: Fields = {
    text: text(clause["text"]),
    ...readingOf(reading),
    ...scopeOf(scope),
    window: typeof clause["window"] === "string" ? clause["window"] : undefined,
    passThrough: passThrough === undefined ? undefined : passThrough === true ? "yes" : "no",
    share: text(clause["share"] ?? group(clause["minimumShare"])["share"]),
    price: text(clause["price"] ?? option["price"]),
    count: text(option["count"]),
    until: option["until"] === effective["to"] ? undefined : text(option["until"]),
    ...(COMMITMENTS.has(kind) ? amountOf(clause, effective) : {}),
  } as Fields;
  take(fields, stated);
}

/** A book with one price; what more a book says is beyond a row. */
function readPriceBook(clause: Group, fields: Fields): void {
  const [entry] = groups(clause["entries"]);
  const reading = group(clause["reading"]);
  take(fields, { price: text(entry?.["price"]), ...readingOf(reading), ...scopeOf(group(entry?.["scope"])) } as Fields);
}

const readingOf = (reading: Group) => ({ confirmedBy: text(reading["by"]), confirmedAt: text(reading["at"]) });

function scopeOf(scope: Group) {
  const except = group(scope["purposes"])["except"];
  return {
    accelerators: joined(scope["accelerators"]),
    regions: joined(scope["regions"]),
    purposes: except === undefined ? joined(scope["purposes"]) : `except ${joined(except)}`,
  };
}

/** The first clause that says a thing says it for the row. */
function take(fields: Fields, stated: Fields): void {
  for (const field of FIELD_NAMES)
    if (fields[field] === undefined && stated[field] !== undefined) fields[field] = stated[field];
}

export function kindOf(clause: Group): string | undefined {
  const { kind } = clause;
  if (kind !== "commitment")
    return kind === "entitlement" || kind === "resale" || kind === "soft-hold" || kind === "price-book"
      ? undefined
      : textOf(kind);
  const type = textOf(clause["type"] ?? "spend");
  if (type === "spend" || type === "volume") return `${type}-commitment`;
  return COMMITMENTS.has(type) ? type : undefined;
}

function amountOf(clause: Group, effective: Group): Fields {
  const schedule = groups(clause["schedule"]);
  const match = /^(\S+) (\S+)$/.exec(textOf(clause["amount"] ?? schedule[0]?.["amount"]));
  if (match === null) return {};
  const [, amount = "", currency = ""] = match;
  if (schedule.length === 0) return { amount, currency };
  const from = textOf(schedule[0]?.["from"]);
  const to = textOf(effective["to"]);
  const spans = JSON.stringify(schedule.map((one) => ({ from: one["from"], to: one["to"] })));
  if (from !== effective["from"] && spans === JSON.stringify([{ from, to }])) return { amount, currency };
  for (const [period, months] of PERIODS)
    if (JSON.stringify(periodsOf(from, to, months)) === spans) return { amount, currency, period };
  return {};
}

const PERIODS = [
  ["year", 12],
  ["quarter", 3],
  ["month", 1],
] as const;

/** First day of the schedule of the first commitment that has one. */
function sinceOf(document: Group): string | undefined {
  const schedules = groups(document["clauses"]).map((clause) => groups(clause["schedule"]));
  return text(schedules.find((schedule) => schedule.length > 0)?.[0]?.["from"]);
}

function readRecord(id: string, about: string, fields: Fields, kept: KeptText[], kinds: string[]): void {
  const at = about.indexOf(": ");
  if (at < 0) return;
  const value = about.slice(at + 2);
  if (id.startsWith("sheet-kind-")) {
    kinds.push(value);
    return;
  }
  const field = FIELD_NAMES.find((name) => id === `sheet-${name}` && about.slice(0, at) === FIELDS[name].title);
  if (field !== undefined) fields[field] = value;
  else if (id.startsWith("column-")) kept.push({ column: about.slice(0, at), text: value });
}

function ordered(fields: Fields): Fields {
  return Object.fromEntries(FIELD_NAMES.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));
}

/** Values of one document that another does not have alike. */
function differences(a: unknown, b: unknown): number {
  if (JSON.stringify(a) === JSON.stringify(b)) return 0;
  if (Array.isArray(a))
    return a.reduce<number>((sum, item, index) => sum + differences(item, Array.isArray(b) ? b[index] : undefined), 0);
  if (typeof a !== "object" || a === null) return a === undefined ? 0 : 1;
  const other = group(b);
  return Object.entries(a).reduce((sum, [key, value]) => sum + differences(value, other[key]), 0);
}
