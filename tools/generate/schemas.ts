import { publishedSchema, SCHEMA_NAMES, writtenSchema } from "../../packages/wire/src/schemas/index.ts";

/** The JSON Schemas that document files name in their first line. */
export function generate(): Promise<Map<string, string>> {
  const files = SCHEMA_NAMES.map((name) => {
    return [`packages/wire/schemas/${name}.v1.json`, `${writtenSchema(publishedSchema(name))}\n`] as const;
  });
  return Promise.resolve(new Map(files));
}
