export { BookNode, type BookNodeOptions } from "./book-node.ts";
export { Books, type BooksOptions } from "./books.ts";
export { DecidedEvents } from "./decided.ts";
export { BookRefused, type FirstCommand, makeBook } from "./make-book.ts";
export type { BookWarning } from "./snapshots.ts";
export { fingerprintOf, recordedFrom, recordOf, UnreadableRecord } from "./stored.ts";
export { type Answer, type Submission, Unavailable } from "./submission.ts";
