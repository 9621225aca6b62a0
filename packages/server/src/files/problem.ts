/** Why a file is not taken, not given or not erased. */
export type FileProblemCode =
  | "file_empty"
  | "file_too_large"
  | "media_type_not_taken"
  | "file_on_hold"
  | "file_kept_by_rule"
  | "not_found";

export class FileProblem extends Error {
  readonly code: FileProblemCode;

  constructor(code: FileProblemCode, message: string) {
    super(message);
    this.name = "FileProblem";
    this.code = code;
  }
}
