/** A backup cannot be made or restored; each message says what to do. */
export class BackupProblem extends Error {
  /**
   * `backup_unreadable`: it is not a backup. `backup_damaged`: it is not what was written. `backup_newer`: a newer program wrote it.
   * `backup_schema`: its tables were made by other steps. `database_not_empty`: it would be mixed with what is there.
   * `backup_unsound`: it is what was written, and what was written does not hold together.
   */
  readonly code:
    | "backup_unreadable"
    | "backup_damaged"
    | "backup_newer"
    | "backup_schema"
    | "database_not_empty"
    | "backup_unsound";

  constructor(code: BackupProblem["code"], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "BackupProblem";
    this.code = code;
  }
}
