import type { BookName, Head, LogRecord, NewRecord } from "./record.ts";

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits. Node's own on a server, a library's in a browser: the same digits. */
export type Hash = (text: string) => string;

/** What the chain of an empty log starts from: the book's name, so that no record fits into another book. */
export function emptyHead(book: BookName, hash: Hash): Head {
  return { length: 0, hash: hash(`offtake log 1\n${book}`) };
}

/** The hash of a record: over the one before, its place, everything that is kept of the command, and its events. */
export function linkHash(before: Head, record: NewRecord, hash: Hash): string {
  const { key, fingerprint, actor, type, at, receivedAt, took, body } = record;
  const kept = JSON.stringify([before.length, key, fingerprint, actor, type, at, receivedAt ?? null, took]);
  return hash(`${before.hash}\n${kept}\n${body}`);
}

/** Gives records their places and their links behind `head`. */
export function chained(head: Head, records: readonly NewRecord[], hash: Hash): { records: LogRecord[]; head: Head } {
  let last = head;
  const linked = records.map((record) => {
    const link = linkHash(last, record, hash);
    const placed = { ...record, position: last.length, hash: link };
    last = { length: last.length + 1, hash: link };
    return placed;
  });
  return { records: linked, head: last };
}

/** The first record that does not follow from the one before it, and what is wrong with it; undefined where the chain holds. */
export function brokenLink(
  head: Head,
  records: readonly LogRecord[],
  hash: Hash,
): { readonly position: number; readonly why: "gap" | "hash" | "time" } | undefined {
  let last = head;
  let lastAt: number | undefined;
  for (const record of records) {
    if (record.position !== last.length) return { position: last.length, why: "gap" };
    if (record.hash !== linkHash(last, record, hash)) return { position: record.position, why: "hash" };
    if (lastAt !== undefined && record.at < lastAt) return { position: record.position, why: "time" };
    last = { length: last.length + 1, hash: record.hash };
    lastAt = record.at;
  }
  return undefined;
}
