import { z } from "zod";
import { agreementFile } from "../agreements/index.ts";
import { bookFile } from "../book/index.ts";
import { caseFile } from "../cases/index.ts";
import { mappingFile } from "../mapping/index.ts";
import { planFile } from "../plans/index.ts";
import { requestFile } from "../requests/index.ts";
import { storyFile } from "../stories/index.ts";
import { sharedSchema } from "./share.ts";

/** Kinds of documents by the name of their published schema. */
const FILES = {
  book: bookFile,
  agreement: agreementFile,
  request: requestFile,
  case: caseFile,
  story: storyFile,
  plan: planFile,
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

const FILE = {
  type: "object",
  properties: {
    file: { description: "An agreement file, from the place of this file.", allOf: [{ $ref: "#/definitions/Text" }] },
  },
  required: ["file"],
  additionalProperties: false,
};

/** What may stand in a file of its own is either the thing or where it lies. */
function allowFiles(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(allowFiles);
  if (typeof node !== "object" || node === null) return node;
  const { orFile, allOf, $ref, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, allowFiles(value)]),
  );
  if (orFile !== true)
    return { ...rest, ...(allOf === undefined ? {} : { allOf }), ...($ref === undefined ? {} : { $ref }) };
  const things: readonly unknown[] = Array.isArray(allOf) ? allOf : [{ $ref }];
  return { ...rest, anyOf: [...things, FILE] };
}

/** The JSON Schema of one kind of document with every part written where it stands: what the reference is made from. */
export const wholeSchema = (name: SchemaName): JsonSchema => jsonSchemaOf(FILES[name]);

/** The JSON Schema of what may be written where this schema reads, with every part written where it stands. */
export function jsonSchemaOf(written: z.ZodType): JsonSchema {
  const schema = z.toJSONSchema(written, {
    io: "input",
    target: "draft-7",
    override: ({ jsonSchema }) => showExamples(jsonSchema),
  });
  return allowFiles(JSON.parse(JSON.stringify(schema))) as JsonSchema;
}

/**
 * The JSON Schema of one kind of document: what editors complete and check by. It is looser than the reading itself, which
 * also looks at units, references and what fits together. Draft 7, the newest that editors' YAML support takes whole.
 */
export function publishedSchema(name: SchemaName): JsonSchema {
  return sharedSchema(wholeSchema(name));
}
