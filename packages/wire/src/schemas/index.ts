export {
  type JsonSchema,
  jsonSchemaOf,
  publishedSchema,
  SCHEMA_NAMES,
  type SchemaName,
  wholeSchema,
} from "./publish.ts";
export { sharedSchema } from "./share.ts";
export { writtenSchema } from "./written.ts";
