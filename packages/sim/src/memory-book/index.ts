export { type BookRecord, MemoryBook, type Receipt, type Submission } from "./memory-book.ts";
