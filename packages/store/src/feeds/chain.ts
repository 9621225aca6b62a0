import type { PartyId } from "@offtake/core/kernel";
import type { Hash } from "../log/chain.ts";
import type { BookName } from "../log/record.ts";
import type { FeedHead } from "./entry.ts";

/** What the chain of an empty feed starts from: book and party, so that no entry fits into another feed. */
export function emptyFeed(book: BookName, party: PartyId, hash: Hash): FeedHead {
  return { length: 0, hash: hash(`offtake feed 1\n${book}\n${party}`) };
}

/** The hash of an entry: over the one before, its place, and the event as it was told. */
export function entryHash(before: FeedHead, body: string, hash: Hash): string {
  return hash(`${before.hash}\n${before.length}\n${body}`);
}

/** A feed with one more entry. */
export function grown(before: FeedHead, body: string, hash: Hash): FeedHead {
  return { length: before.length + 1, hash: entryHash(before, body, hash) };
}
