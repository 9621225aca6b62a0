import type { Field } from "@offtake/wire/mapping";
import type { Choice, RowRefusal } from "./codes.ts";

/** A column without a field of its own, and what stood in it. */
export interface KeptText {
  readonly column: string;
  readonly text: string;
}

/**
 * One agreement of a list in one spelling: every field as the export writes it, absent where nothing was said. Two lists that mean
 * the same give the same rows, however they were written.
 */
export interface AgreementRow {
  /** As the spreadsheet counts it, from 1. */
  readonly number: number;
  readonly fields: Readonly<Partial<Record<Field, string>>>;
  readonly kept: readonly KeptText[];
  /** Fields whose cells say that there is nothing: an amendment takes such a thing away, while an empty cell leaves it. */
  readonly cleared: readonly Field[];
}

/** What became of the rows of a list: each one is read or refused. */
export interface ReadRows {
  readonly rows: readonly AgreementRow[];
  readonly refused: readonly RowRefusal[];
  readonly choices: readonly Choice[];
  /** Ids of refused rows, as far as they could be read: they are not gone. */
  readonly refusedIds: readonly string[];
}
