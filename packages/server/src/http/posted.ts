import { z } from "zod";
import type { AnyCall } from "./call.ts";
import { problem } from "./problems.ts";

const FILE_CHARS_MAX = 1 << 20;

/** Files that come with a call, as they are kept. */
export const postedFiles = (most: number) =>
  z
    .array(z.strictObject({ name: z.string().min(1).max(200), text: z.string().max(FILE_CHARS_MAX) }))
    .min(1)
    .max(most);

/**
 * A body that carries files: it is no document itself, so it is plain JSON.
 *
 * @throws HttpProblem with everything that is wrong
 */
export function readPosted<Schema extends z.ZodType>(
  { file }: Pick<AnyCall, "file">,
  schema: Schema,
): z.output<Schema> {
  let sent: unknown;
  try {
    sent = JSON.parse(file.text);
  } catch {
    throw problem("not_json");
  }
  const shape = schema.safeParse(sent);
  if (shape.success) return shape.data;
  const errors = shape.error.issues.map(({ path, message }) => ({
    code: "malformed",
    pointer: path.map((step) => `/${String(step)}`).join(""),
    detail: message,
  }));
  throw problem("malformed", { detail: "Send `files`, each with its `name` and `text`.", errors });
}
