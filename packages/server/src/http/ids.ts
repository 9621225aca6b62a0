import { createHash } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * An id for what the caller did not name, drawn from the caller's key: sent again it is the same, and it tells neither time nor order.
 *
 * @param prefix such as `req`
 */
export function drawnId(prefix: string, key: string): string {
  const bytes = createHash("sha256").update(`offtake id\n${prefix}\n${key}`).digest();
  return `${prefix}_${Array.from(bytes.subarray(0, 20), (byte) => ALPHABET[byte & 31]).join("")}`;
}
