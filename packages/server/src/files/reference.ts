import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as digest } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

/** By what the log and other parties know a content: an HMAC of its SHA-256 under a salt. Evidence is checked by it in a page, too. */
export function referenceOf(sha256: string, salt: string): string {
  return `fil_${bytesToHex(hmac(digest, hexToBytes(salt), hexToBytes(sha256))).slice(0, 40)}`;
}

/** Whether a reference is of this content: what an auditor checks once the owner has opened it. */
export function isReferenceOf(reference: string, sha256: string, salt: string): boolean {
  return reference === referenceOf(sha256, salt);
}
