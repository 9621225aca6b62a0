import type { Hash } from "./chain.ts";
import type { Head } from "./record.ts";

/** What a log folds into at some place, so that a node need not begin at its start. Can be made anew from the log at any time. */
export interface Snapshot {
  /** Where the log stood. */
  readonly head: Head;
  /** Of which form the texts are: another program may write another one. */
  readonly form: number;
  /** The state, as one text, and what is kept beside it. */
  readonly canonical: string;
  readonly beside: string;
  /** Over all of this. */
  readonly hash: string;
}

/** How many of a book are kept: a damaged one still has one before it. */
export const SNAPSHOTS_KEPT = 2;

/** The hash that a snapshot must have. */
export function snapshotHash({ head, form, canonical, beside }: Omit<Snapshot, "hash">, hash: Hash): string {
  return hash(`offtake snapshot ${form}\n${head.length}\n${head.hash}\n${canonical}\n${beside}`);
}
