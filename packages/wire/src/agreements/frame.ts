import type { ClauseBase } from "@offtake/core/agreements";
import type { ClauseId, Instant } from "@offtake/core/kernel";
import type { ReadingContext } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import { type ClauseHead, readEvidence, readReading } from "./evidence.ts";

/** What a clause takes from the agreement it stands in. */
export interface ClauseFrame {
  readonly buyer: string;
  readonly provider: string;
  readonly lineageId: string;
  readonly from: Instant;
  /** The end of the first term. */
  readonly to: Instant | undefined;
  /** Whether it goes on after that. */
  readonly renews: boolean;
}

/** What every clause has; `defaults` is filled by the kind of clause. */
export function clauseBase(document: ClauseHead, frame: ClauseFrame): Omit<ClauseBase, "defaults"> {
  const { id, lineage, text, reading, evidence, owner, assumed } = document;
  return {
    id: id as ClauseId,
    lineageId: lineage ?? `${frame.lineageId}/${id}`,
    ...(text === undefined ? {} : { text }),
    ...(reading === undefined ? {} : { reading: readReading(reading) }),
    ...(evidence === undefined ? {} : { evidence: readEvidence(evidence) }),
    ...(owner === undefined ? {} : { owner }),
    ...(assumed === undefined ? {} : { assumed }),
  };
}

/** Reports the parties that a clause names and nobody knows. */
export function readParties<Key extends string>(
  document: { readonly [K in Key]?: string | undefined },
  keys: readonly Key[],
  path: Path,
  context: ReadingContext,
): void {
  for (const key of keys) {
    const name = document[key];
    if (name !== undefined) context.checkName("party", name, [...path, key]);
  }
}
