import type { BookEvent, BookEventType } from "../book/events.ts";

/**
 * What a finding breaks. `I1` to `I11` are the invariants of the domain; `E1` to `E5` are further things that no honest
 * history shows: more awarded than was accepted, a late answer that binds, times out of order, a renewal past an end, what nobody
 * approved.
 */
export type Invariant = "I1" | "I2" | "I3" | "I4" | "I5" | "I8" | "I10" | "I11" | "E1" | "E2" | "E3" | "E4" | "E5";

/** One violation, where it shows, in words for people. */
export interface Finding {
  readonly invariant: Invariant;
  /** Index of the event in the history (in the feed, for what a feed shows), counted from 0. */
  readonly position: number;
  readonly message: string;
  /** Ids of what is involved, the most specific first. */
  readonly ids: readonly string[];
}

/** A recorded event of one type. */
export type Recorded<Type extends BookEventType> = Extract<BookEvent, { readonly type: Type }>;

export type AuditedNotice = Recorded<"noticeSent">["notice"];
export type AuditedClearance = Recorded<"clearanceIssued">["clearance"];
export type AuditedLot = Recorded<"lotFormed">["lot"];
export type AuditedLine = Recorded<"awardIssued">["award"]["lines"][number];
export type AuditedBid = Recorded<"bidReceived">["bid"];
type AuditedClause = Recorded<"agreementRecorded">["agreement"]["clauses"][number];
/** The clauses that are rights are those that have a rank. */
export type AuditedRight = Extract<AuditedClause, { readonly rank: number }>;

export function isAuditedRight(clause: AuditedClause): clause is AuditedRight {
  return "rank" in clause;
}

/** The bids that an event enters, of one bidder or of all price lists at once. */
export function bidsIn(event: BookEvent): readonly AuditedBid[] {
  if (event.type === "bidReceived") return [event.bid];
  return event.type === "listBidsReceived" ? event.bids : [];
}

/** The list kept under a key, made when it is first asked for. */
export function listAt<Key, Item>(map: Map<Key, Item[]>, key: Key): Item[] {
  let list = map.get(key);
  if (list === undefined) {
    list = [];
    map.set(key, list);
  }
  return list;
}
