import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/** What a text is known by in the log: an HMAC of its SHA-256 under a salt. Evidence is checked by it in a page, too. */
export function textReferenceOf(content: string, salt: string): string {
  return `txt_${bytesToHex(hmac(sha256, hexToBytes(salt), sha256(utf8ToBytes(content)))).slice(0, 40)}`;
}

/** Wherever one stands in a longer text. */
export const TEXT_REFERENCE = /\btxt_[0-9a-f]{40}\b/g;
