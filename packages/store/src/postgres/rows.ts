import type { Instant } from "@offtake/core/kernel";
import type { BookName, Head, LogRecord, NewRecord } from "../log/record.ts";
import { chained, emptyHead } from "../log/chain.ts";
import type { Tail } from "../log/store.ts";
import { changesOf, type ChangesRow } from "./changes.ts";
import { hash } from "./hash.ts";

/** A row of the log; whole numbers of 64 bits come as digits. */
export interface LogRow {
  readonly position: string;
  readonly at: string;
  readonly received_at: string | null;
  readonly key: string;
  readonly fingerprint: string;
  readonly actor: string;
  readonly type: string;
  readonly took: boolean;
  readonly body: string;
  readonly hash: Buffer;
}

/** A row of a turn: the clock and the head, with a record of the tail or none. */
export type TurnRow = {
  readonly now: string;
  readonly head: string;
  readonly head_hash: Buffer | null;
  readonly head_at: string | null;
} & (LogRow | { readonly [Column in keyof LogRow]: null }) &
  (ChangesRow | { readonly [Column in keyof ChangesRow]: null });

export const LOG_COLUMNS = "position, at, received_at, key, fingerprint, actor, type, took, body, hash";

export function recordOf(row: LogRow): LogRecord {
  return {
    position: Number(row.position),
    at: Number(row.at) as Instant,
    ...(row.received_at === null ? {} : { receivedAt: Number(row.received_at) as Instant }),
    key: row.key,
    fingerprint: row.fingerprint,
    actor: row.actor,
    type: row.type,
    took: row.took,
    body: row.body,
    hash: row.hash.toString("hex"),
  };
}

/**
 * What a turn begins with; undefined where there is no such book. Where changes are damaged there is nothing up to the head: the log has
 * it all.
 */
export function tailOf(book: BookName, from: number, rows: readonly TurnRow[]): Tail | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const head: Head =
    first.head_hash === null
      ? emptyHead(book, hash)
      : { length: Number(first.head), hash: first.head_hash.toString("hex") };
  const stamp = Math.max(Number(first.now), Number(first.head_at ?? 0)) as Instant;
  const kept = rows.filter((row): row is TurnRow & ChangesRow => row.changes_from !== null);
  const changes = kept.length === 0 ? undefined : changesOf(kept, from);
  if (changes !== undefined) return { stamp, head, records: [], changes };
  return { stamp, head, records: rows.flatMap((row) => (row.position === null ? [] : [recordOf(row)])) };
}

/** The columns of new records, one list each, chained behind the head. */
export function columnsOf(head: Head, records: readonly NewRecord[]): { values: unknown[][]; head: Head } {
  const linked = chained(head, records, hash);
  const column = (value: (record: LogRecord) => unknown): unknown[] => linked.records.map(value);
  return {
    head: linked.head,
    values: [
      column((record) => record.position),
      column((record) => record.at),
      column((record) => record.receivedAt ?? null),
      column((record) => record.key),
      column((record) => record.fingerprint),
      column((record) => record.actor),
      column((record) => record.type),
      column((record) => record.took),
      column((record) => record.body),
      column((record) => Buffer.from(record.hash, "hex")),
    ],
  };
}
