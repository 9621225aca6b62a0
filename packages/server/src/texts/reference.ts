import { createHash, createHmac } from "node:crypto";

/** What a text is known by in the log: an HMAC of its SHA-256 under a salt. */
export function textReferenceOf(content: string, salt: string): string {
  const digest = createHash("sha256").update(content, "utf8").digest();
  return `txt_${createHmac("sha256", Buffer.from(salt, "hex")).update(digest).digest("hex").slice(0, 40)}`;
}

/** Wherever one stands in a longer text. */
export const TEXT_REFERENCE = /\btxt_[0-9a-f]{40}\b/g;
