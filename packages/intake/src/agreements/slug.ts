import { folded } from "./reading.ts";

/** Names that some file systems keep for themselves. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** A name for documents and files: a letter, then letters, digits and hyphens. Undefined where nothing is left of the text. */
export function slugOf(text: string, prefix: string): string | undefined {
  const plain = folded(text)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 56)
    .replace(/-+$/, "");
  if (plain === "") return undefined;
  return /^[a-z]/.test(plain) && !RESERVED.test(plain) ? plain : `${prefix}-${plain}`;
}

/** The name of the agreement of an id: the id itself where documents can have it, else what is left of it. */
export function nameOf(id: string): string | undefined {
  const isName = /^[A-Za-z][A-Za-z0-9_-]{0,55}$/.test(id) && !RESERVED.test(id.toLowerCase());
  return isName ? id : slugOf(id, "a");
}
