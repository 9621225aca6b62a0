/** Why the embedded database could not be had: a stable code, what happened, and what to do. */
export class EmbeddedProblem extends Error {
  readonly code:
    | "embedded_missing"
    | "embedded_in_use"
    | "embedded_not_allowed"
    | "embedded_other_version"
    | "embedded_start_failed";
  /** Where the process that owns the data can be reached, if it said so. */
  readonly owner: { readonly pid: number; readonly address?: string } | undefined;

  constructor(code: EmbeddedProblem["code"], message: string, owner?: EmbeddedProblem["owner"]) {
    super(message);
    this.name = "EmbeddedProblem";
    this.code = code;
    this.owner = owner;
  }
}
