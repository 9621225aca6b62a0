import type { BookEventType, RejectionCode } from "@offtake/core/book";
import type { MemoryBook } from "../memory-book/index.ts";

/** What was reached in a market: a simulation that never gets somewhere proves nothing about it. */
export interface Tally {
  events: number;
  commands: number;
  readonly byType: Map<BookEventType, number>;
  readonly rejections: Map<RejectionCode, number>;
  /** `verdict kind` of answers, verdicts of bids, ends of notices and requests, reasons of clearances. */
  readonly reached: Map<string, number>;
}

export function emptyTally(): Tally {
  return { events: 0, commands: 0, byType: new Map(), rejections: new Map(), reached: new Map() };
}

/** Adds what a book shows to a tally. */
export function tallyOf(book: MemoryBook, into: Tally = emptyTally()): Tally {
  for (const event of book.history()) {
    into.events += 1;
    count(into.byType, event.type);
    if (event.type === "answerReceived") count(into.reached, `answer ${event.answer.verdict}`);
    if (event.type === "bidReceived") count(into.reached, `bid ${event.verdict}`);
    if (event.type === "listBidsReceived")
      for (const bid of event.bids)
        count(into.reached, `list bid ${event.taken.includes(bid.id) ? "block_taken" : "sealed"}`);
    if (event.type === "noticeSent") count(into.reached, `notice ${event.notice.kind}`);
    if (event.type === "noticeClosed") count(into.reached, `notice ends ${event.status}`);
    if (event.type === "clearanceIssued") count(into.reached, `clearance ${event.clearance.reason}`);
    if (event.type === "requestClosed") count(into.reached, `request ends ${event.outcome}`);
    if (event.type === "awardIssued")
      for (const line of event.award.lines) count(into.reached, `award by ${line.basis}`);
    if (event.type === "rightsAssessed")
      for (const item of event.assessments) count(into.reached, `right ${item.verdict}`);
  }
  for (const rejection of book.rejections) if (rejection !== undefined) count(into.rejections, rejection.code);
  into.commands += book.commands.length;
  return into;
}

function count<Key>(map: Map<Key, number>, key: Key): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}
