export { type ColumnMapping, type Mapping, mappingFile } from "./document.ts";
export { type Field, FIELD_NAMES, FIELDS } from "./fields.ts";
export { parseMapping } from "./parse.ts";
