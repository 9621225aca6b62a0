export { type Cell, type Sheet } from "./cells.ts";
export { type Choice, type FileRefusal, IMPORT_CODES, type Opened, type RowRefusal } from "./codes.ts";
export { type Column, type ReadableSheet, readColumns } from "./columns.ts";
export { csvText, exportTable, type ExportTable, xlsxBytes } from "./export.ts";
export { CELL_FORMS, formOutcome } from "./forms.ts";
export { HEADER_WORDS } from "./header-words.ts";
export {
  type AgreementOutcome,
  type ImportOptions,
  type ImportPlan,
  planImport,
  type Remembered,
  type RowOutcome,
  type TargetBook,
} from "./import.ts";
export { mappingText } from "./mapping-text.ts";
export { LIST_BYTES_MAX, openList } from "./open.ts";
export { readRows } from "./read-rows.ts";
export { KIND_WORDS } from "./words.ts";
export { nameOf } from "./slug.ts";
