export type IntakeProblemCode =
  | "file_not_found"
  | "file_unreadable"
  | "file_too_large"
  | "not_text"
  | "empty_file"
  | "malformed_csv"
  | "record_too_long"
  | "too_many_columns"
  | "too_many_rows"
  | "duplicate_column"
  | "unknown_price_list"
  | "unknown_region_list"
  | "unknown_trace"
  | "bad_source_note"
  | "wrong_price_list"
  | "region_not_stated"
  | "no_such_price"
  | "corrupt_archive"
  | "malformed_json";

/** Why a whole file was refused. Nothing of it was taken. */
export interface IntakeProblem {
  readonly code: IntakeProblemCode;
  readonly file: string;
  /** Counted from 1; absent where the problem is about the file as a whole. */
  readonly line?: number;
  readonly detail: string;
}

export type Intake<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: IntakeProblem };

export function accept<T>(value: T): Intake<T> {
  return { ok: true, value };
}

export function refuse(
  code: IntakeProblemCode,
  file: string,
  detail: string,
  line?: number,
): { ok: false; problem: IntakeProblem } {
  return { ok: false, problem: { code, file, detail, ...(line === undefined ? {} : { line }) } };
}
