import type { Schema } from "@offtake/wire/codecs";
import { sharedSchema, wholeSchema } from "@offtake/wire/schemas";

const RECEIPT: Schema = {
  type: "object",
  description: "The caller's own feed right after what was accepted: kept, it proves later what the broker had told.",
  properties: {
    book: { type: "string" },
    party: { type: "string" },
    feedLength: { type: "integer", minimum: 0, description: "How many entries the feed had." },
    hash: { type: "string", description: "Hash of the last of them, over all before." },
  },
  required: ["book", "party", "feedLength", "hash"],
  additionalProperties: false,
};

const BOOK: Schema = {
  type: "object",
  description: "A book, as everybody knows it who acts in it.",
  properties: {
    book: { type: "string" },
    keeper: { type: "string", description: "The party whose book it is." },
    kind: { type: "string", enum: ["buyer", "provider"] },
    currency: { type: "string" },
    zone: { type: "string" },
    party: { type: "string", description: "For whom the caller acts." },
    isKeeper: { type: "boolean" },
  },
  required: ["book", "keeper", "kind", "currency", "zone", "party", "isKeeper"],
  additionalProperties: false,
};

/** Documents that bodies are written in. */
const DOCUMENTS = { RequestDocument: "request", AgreementDocument: "agreement", BookDocument: "book" } as const;

/**
 * Every named part of the document. What stands several times in what codecs and documents give is written once; the names that they give
 * their own parts stay.
 */
export function components(more: Readonly<Record<string, Schema>>): ReadonlyMap<string, unknown> {
  const named: Record<string, unknown> = { ...more, Receipt: RECEIPT, BookEntry: BOOK };
  for (const [name, kind] of Object.entries(DOCUMENTS)) {
    const { definitions, $schema: _, ...schema } = wholeSchema(kind) as Record<string, unknown>;
    Object.assign(named, definitions, { [name]: schema });
  }
  const { definitions } = sharedSchema({ definitions: named }) as { readonly definitions: Record<string, unknown> };
  const all = JSON.parse(JSON.stringify(definitions).replaceAll('"#/definitions/', '"#/components/schemas/')) as object;
  return new Map(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}
