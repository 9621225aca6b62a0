import { createHmac } from "node:crypto";
import type { HandleMaker } from "@offtake/core/disclosure";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 20;

/**
 * Handles that nobody can make or undo without the secret of the book: a keyed hash over party, kind and id, as long as any id. The
 * same thing has another handle for each party, and always the same one.
 *
 * @param secret 64 hexadecimal digits
 */
export function handleMaker(secret: string): HandleMaker {
  const key = Uint8Array.from(secret.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
  return (party, kind, id) => {
    const bytes = createHmac("sha256", key).update(`${party}\n${kind}\n${id}`).digest();
    let text = `${kind}_`;
    // Five bits of each byte: a handle has 100 of them.
    for (let index = 0; index < LENGTH; index += 1) text += ALPHABET[(bytes[index] ?? 0) & 31];
    return text;
  };
}
