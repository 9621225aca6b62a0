export { brokenLink, chained, emptyHead, type Hash, linkHash } from "./chain.ts";
export { type BookName, type Head, type LogRecord, type NewRecord, parseBookName } from "./record.ts";
export { type Snapshot, snapshotHash } from "./snapshot.ts";
export {
  APPEND_BOUND_MS,
  type Appended,
  type BookTurn,
  type KeptChanges,
  type LogStore,
  OutcomeUnknown,
  type StateChanges,
  type Tail,
  type TurnOptions,
  UnknownBook,
} from "./store.ts";
