export { type JsonSchema, publishedSchema, SCHEMA_NAMES, type SchemaName } from "./publish.ts";
