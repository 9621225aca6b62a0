/** How well an outside fact is known: company statement or filing, press report, disputed, assumed by the author of the book. */
export type EvidenceGrade = "company" | "reported" | "disputed" | "assumed";

export interface Evidence {
  readonly grade: EvidenceGrade;
  readonly source: string;
  /** Civil date of the source, as text (YYYY-MM-DD). */
  readonly date?: string;
}

/** Who confirmed that the fields of a clause say what its text says. */
export interface Reading {
  readonly by: string;
  /** Civil date as text (YYYY-MM-DD). */
  readonly at: string;
}
