import { createHmac } from "node:crypto";

/** By what the log and other parties know a content: an HMAC of its SHA-256 under a salt. */
export function referenceOf(sha256: string, salt: string): string {
  const made = createHmac("sha256", Buffer.from(salt, "hex")).update(Buffer.from(sha256, "hex")).digest("hex");
  return `fil_${made.slice(0, 40)}`;
}

/** Whether a reference is of this content: what an auditor checks once the owner has opened it. */
export function isReferenceOf(reference: string, sha256: string, salt: string): boolean {
  return reference === referenceOf(sha256, salt);
}
