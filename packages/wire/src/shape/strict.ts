import { z } from "zod";

const KNOWN_KEYS = "\u0000keys:";

/** An object whose keys are all known: the names go along with the problem, so that a near one can be offered. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape, description?: string) {
  const schema = z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? KNOWN_KEYS + Object.keys(shape).join(",") : undefined),
  });
  return description === undefined ? schema : schema.describe(description);
}

export function knownKeysOf(message: string): readonly string[] {
  return message.startsWith(KNOWN_KEYS) ? message.slice(KNOWN_KEYS.length).split(",") : [];
}

/** One value, or a list of at least one; always read as a list. */
export function oneOrMany<Schema extends z.ZodType>(schema: Schema) {
  return z
    .union([schema, z.array(schema).min(1)])
    .transform((value): z.output<Schema>[] => (Array.isArray(value) ? value : [value]));
}
