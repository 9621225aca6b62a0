export type { BackupContent, BackupHeader, Counting, SavedBook, SavedTable } from "./format.ts";
export { BackupProblem } from "./problem.ts";
export { checkBackup } from "./read.ts";
export { type Restoring, restoreBackup } from "./restore.ts";
export { writeBackup } from "./write.ts";
