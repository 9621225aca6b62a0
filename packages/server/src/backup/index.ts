export { backUp, type MadeBackup, type Restored, type RestoreProgress, restore, tryBackup } from "./backup.ts";
export { type VerifiedBook, verifyBook } from "./verify-book.ts";
export { isDataFolder, type Where, withDatabase } from "./where.ts";
