export { type ExportOptions, exportBook } from "./export-book.ts";
export { exportParty } from "./export-party.ts";
export { type Imported, importBook } from "./import-book.ts";
export { type CarriedEnd, type CarriedHeader, type CarriedLine, CarryProblem } from "./lines.ts";
