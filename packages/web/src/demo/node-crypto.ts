import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/*
 * The part of Node's `node:crypto` that the broker's code draws on where it runs in a page: the build puts this in its place. Hashes
 * must be there at once, which those of the browser are not.
 */

const bytesOf = (data: string | Uint8Array): Uint8Array => (typeof data === "string" ? utf8ToBytes(data) : data);

/** Bytes that know how to write themselves down, as Node's do. */
class Digest extends Uint8Array<ArrayBuffer> {
  override toString(encoding?: string): string {
    if (encoding === "hex") return bytesToHex(this);
    const text = btoa(String.fromCharCode(...this));
    if (encoding === "base64") return text;
    return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  }
}

/** What of a hash is used: all of it is told, and then it is asked for. */
interface Hashing {
  update(data: string | Uint8Array): Hashing;
  digest(): Digest;
  digest(encoding: "hex" | "base64" | "base64url"): string;
}

function hashing(state: { update(data: Uint8Array): unknown; digest(): Uint8Array }): Hashing {
  function digest(): Digest;
  function digest(encoding: "hex" | "base64" | "base64url"): string;
  function digest(encoding?: "hex" | "base64" | "base64url"): Digest | string {
    const bytes = Digest.from(state.digest()) as Digest;
    return encoding === undefined ? bytes : bytes.toString(encoding);
  }
  const made: Hashing = {
    update: (data) => {
      state.update(bytesOf(data));
      return made;
    },
    digest,
  };
  return made;
}

function assertSha256(algorithm: string): void {
  if (algorithm !== "sha256") throw new Error(`Broken belief: the broker hashes by SHA-256, not by ${algorithm}`);
}

export function createHash(algorithm: string): Hashing {
  assertSha256(algorithm);
  return hashing(sha256.create());
}

export function createHmac(algorithm: string, key: Uint8Array): Hashing {
  assertSha256(algorithm);
  return hashing(hmac.create(sha256, key));
}

export function randomBytes(size: number): Digest {
  return crypto.getRandomValues(Digest.from({ length: size }));
}

/** Nobody is on the other side of a page's own memory: what counts is the answer. */
export function timingSafeEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
