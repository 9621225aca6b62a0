export { type BookRecord, isRecorded, MemoryBook, type Receipt, recordOf, type Submission } from "./memory-book.ts";
