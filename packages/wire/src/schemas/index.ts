export { type JsonSchema, publishedSchema, SCHEMA_NAMES, type SchemaName, wholeSchema } from "./publish.ts";
export { writtenSchema } from "./written.ts";
