import type { Brand, Instant } from "@offtake/core/kernel";

/** Name of a book on a server: letters, digits and hyphens. */
export type BookName = Brand<string, "BookName">;

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/** Reads the name of a book; undefined where the text is none. The only door in. */
export function parseBookName(text: string): BookName | undefined {
  return NAME.test(text) ? (text as BookName) : undefined;
}

/** One decided command as it is handed in: what the log keeps of it, and the events that followed. */
export interface NewRecord {
  /** Retry key of the command. */
  readonly key: string;
  /** What the command was, without time and randomness: the same key with another one is another command. */
  readonly fingerprint: string;
  readonly actor: string;
  readonly type: string;
  /** Stamp of the batch; never before that of the record before. */
  readonly at: Instant;
  /** Arrival at the node, where it was not the stamp. */
  readonly receivedAt?: Instant;
  /** False where the command was rejected and only what time had brought about is kept. */
  readonly took: boolean;
  /** The events as one text, made once and never changed: it is what the chain is made of. */
  readonly body: string;
}

/** A record in the log: its place, counted from 0 without gaps, and the chain up to it. */
export interface LogRecord extends NewRecord {
  readonly position: number;
  readonly hash: string;
}

/** Where a log ends: how many records it has, and the hash of the last one. */
export interface Head {
  readonly length: number;
  readonly hash: string;
}
