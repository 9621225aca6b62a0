import type { BookName, Head } from "../log/record.ts";

/** A table in a backup: its name, the columns in the order of its lines, and how many lines follow. */
export interface SavedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

/** A step of the schema that the tables were made by. */
export interface SavedStep {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

export interface SavedBook extends Head {
  readonly book: BookName;
}

/**
 * The first line of a backup. Behind it come the rows of each table, a line each in PostgreSQL's own text form of COPY, in the order of the
 * tables; and at the end one line with the SHA-256 of all before it. The whole is compressed by gzip.
 */
export interface BackupHeader {
  readonly schema: "offtake/backup@1";
  /** RFC 3339, UTC: the instant that it shows, by the database's clock. */
  readonly madeAt: string;
  /** Version of PostgreSQL that it was made from. */
  readonly postgres: string;
  readonly steps: readonly SavedStep[];
  readonly tables: readonly SavedTable[];
  /** Where each log ended. */
  readonly books: readonly SavedBook[];
}

/** Of a backup that was made or read: what it holds. */
export interface BackupContent extends BackupHeader {
  /** SHA-256 over everything before the last line. */
  readonly sha256: string;
}

/** How far something is, in rows. */
export type Counting = (done: number, total: number, table: string) => void;

export const rowsOf = ({ tables }: BackupHeader): number => tables.reduce((sum, { rows }) => sum + rows, 0);
