import { z } from "zod";
import { agreementFile } from "../agreements/index.ts";
import { bookFile } from "../book/index.ts";
import { caseFile } from "../cases/index.ts";
import { mappingFile } from "../mapping/index.ts";
import { requestFile } from "../requests/index.ts";
import { storyFile } from "../stories/index.ts";

/** Kinds of documents by the name of their published schema. */
const FILES = {
  book: bookFile,
  agreement: agreementFile,
  request: requestFile,
  case: caseFile,
  story: storyFile,
  mapping: mappingFile,
} as const;

export type SchemaName = keyof typeof FILES;

export const SCHEMA_NAMES = Object.keys(FILES) as readonly SchemaName[];

/** zod drops the examples of what it transforms, taking them for the result: ours are what people write. */
function showExamples(schema: z.core.JSONSchema.BaseSchema): void {
  const { writtenExamples } = schema;
  if (!Array.isArray(writtenExamples)) return;
  schema.examples = writtenExamples;
  delete schema["writtenExamples"];
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of one kind of document: what editors complete and check by. It is looser than the reading itself, which
 * also looks at units, references and what fits together. Draft 7, the newest that editors' YAML support takes whole.
 */
export function publishedSchema(name: SchemaName): JsonSchema {
  return z.toJSONSchema(FILES[name], {
    io: "input",
    target: "draft-7",
    override: ({ jsonSchema }) => showExamples(jsonSchema),
  });
}
