import type { Instant, PartyId } from "@offtake/core/kernel";
import { emptyFeed, grown } from "../feeds/chain.ts";
import type { FeedEntry, FeedHead, FeedObject, Telling } from "../feeds/entry.ts";
import { unpackRecord, unpackTelling } from "@offtake/wire/codecs";
import type { BookName } from "../log/record.ts";
import { hash } from "./hash.ts";

/** A telling as it is stored, with the events of its record where it quotes them. */
export interface TellingRow {
  readonly position: string;
  readonly count: number;
  readonly told: string;
  readonly hash: Buffer;
  readonly record_body: string | null;
}

export interface ObjectRow {
  readonly party: PartyId;
  readonly kind: string;
  readonly id: string;
  readonly status: string;
  readonly deadline: string | null;
  readonly parent: string | null;
  readonly agreement: string | null;
  readonly created: string;
  readonly version: string;
  readonly updated_at: string;
  readonly body: string;
}

export const OBJECT_COLUMNS =
  "o.party, o.kind, o.id, o.status, o.deadline, o.parent, o.agreement, o.created, o.version, o.updated_at, o.body";

export function objectOf(row: ObjectRow): FeedObject {
  return {
    party: row.party,
    kind: row.kind,
    id: row.id,
    status: row.status,
    ...(row.deadline === null ? {} : { deadline: Number(row.deadline) as Instant }),
    ...(row.parent === null ? {} : { parent: row.parent }),
    ...(row.agreement === null ? {} : { agreement: row.agreement }),
    created: Number(row.created),
    version: Number(row.version),
    updatedAt: Number(row.updated_at) as Instant,
    body: row.body,
  };
}

/**
 * The entries of rows that follow one another, each with its link, up to but without `to`. The first row is the beginning of the feed, or
 * gives only the link that the next one hangs on.
 */
export function entriesOf(
  book: BookName,
  party: PartyId,
  rows: readonly TellingRow[],
  from: number,
  to: number,
): FeedEntry[] {
  const [first] = rows;
  if (first === undefined) return [];
  const isBeginning = Number(first.position) === 0;
  const head = isBeginning ? emptyFeed(book, party, hash) : headOf(first);
  const entries = entriesAfter(party, head, isBeginning ? rows : rows.slice(1));
  return entries.filter(({ position }) => position >= from && position < to);
}

/** The entries of rows that hang on a known end. */
export function entriesAfter(party: PartyId, known: FeedHead, rows: readonly TellingRow[]): FeedEntry[] {
  const entries: FeedEntry[] = [];
  let head = known;
  for (const row of rows) {
    for (const body of bodiesOf(row)) {
      const next = grown(head, body, hash);
      entries.push({ position: head.length, body, hash: next.hash });
      head = next;
    }
    if (head.hash !== row.hash.toString("hex"))
      throw new Error(`Broken belief: what ${party} was told at ${row.position} is as it was told`);
  }
  return entries;
}

export function headOf({ position, count, hash: link }: Pick<TellingRow, "position" | "count" | "hash">): FeedHead {
  return { length: Number(position) + count, hash: link.toString("hex") };
}

/** Texts were made by JSON.stringify, which makes the same one again of what a row or a record unpacks into. */
function bodiesOf({ told, record_body }: TellingRow): string[] {
  const events = record_body === null ? [] : quotable(record_body);
  const entries = unpackTelling(told);
  if (!entries.ok) throw new Error(`Broken belief: what was told can be read (${entries.problem.message})`);
  return entries.value.map((entry) => JSON.stringify(typeof entry === "number" ? events[entry] : entry));
}

function quotable(record: string): readonly unknown[] {
  const events = unpackRecord(record);
  if (!events.ok) throw new Error(`Broken belief: a record that was told can be read (${events.problem.message})`);
  return events.value;
}

/** The columns of tellings, one list each. */
export function tellingColumns(tellings: readonly Telling[]): unknown[] {
  const column = (value: (telling: Telling) => unknown): unknown[] => tellings.map(value);
  return [
    column(({ party }) => party),
    column(({ position }) => position),
    column(({ told }) => told.length),
    column(({ record }) => record),
    column(({ told }) => told.some(({ event }) => event !== undefined)),
    texts(column(({ packed }) => packed)),
    column(({ hash: link }) => Buffer.from(link, "hex")),
  ];
}

/** The columns of objects, one list each. */
export function objectColumns(objects: readonly FeedObject[]): unknown[] {
  const column = (value: (object: FeedObject) => unknown): unknown[] => objects.map(value);
  return [
    column(({ party }) => party),
    column(({ kind }) => kind),
    column(({ id }) => id),
    column(({ status }) => status),
    column(({ deadline }) => deadline ?? null),
    column(({ parent }) => parent ?? null),
    column(({ agreement }) => agreement ?? null),
    column(({ created }) => created),
    column(({ version }) => version),
    column(({ updatedAt }) => updatedAt),
    texts(column(({ body }) => body)),
  ];
}

/**
 * Long texts as one, told apart by a character that no JSON text has: the driver would escape a list of them character by character. No
 * texts at all are null, which is no list.
 * The database takes them apart by `string_to_array(..., chr(1))`.
 */
const texts = (all: readonly unknown[]): string | null => (all.length === 0 ? null : all.join("\u0001"));
