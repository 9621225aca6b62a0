import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { KeyId } from "./principal.ts";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Letters that carry nothing but dice, five bits each. */
function letters(count: number): string {
  return Array.from(randomBytes(count), (byte) => ALPHABET[byte & 31]).join("");
}

/** An id without time or sequence: 100 bits. */
export function randomId<Id extends string>(prefix: string): Id {
  return `${prefix}_${letters(20)}` as Id;
}

/** 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** All that is kept of a secret. The secrets are 256 random bits, so that no slow hash is needed: nobody goes through them. */
export function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** Compares without telling by its time how much was right. */
export function isSameHash(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A key as it is shown once: its visible part, and the secret. */
export interface ShownKey {
  readonly key: KeyId;
  readonly secret: string;
}

export function newKey(): ShownKey {
  return { key: `offk_${letters(12)}` as KeyId, secret: newSecret() };
}

export function showKey({ key, secret }: ShownKey): string {
  return `${key}_${secret}`;
}

const KEY = /^(offk_[0-9a-hjkmnp-tv-z]{12})_([A-Za-z0-9_-]{43})$/;

export function parseKey(text: string): ShownKey | undefined {
  const [, key, secret] = KEY.exec(text) ?? [];
  return key === undefined || secret === undefined ? undefined : { key: key as KeyId, secret };
}

/** What begins a token says what it is good for, so that a leaked one is recognised, and one is never taken for another. */
const TOKEN = { session: "offs_", oneTime: "offl_" } as const;
export type TokenKind = keyof typeof TOKEN;

export function newToken(kind: TokenKind): string {
  return `${TOKEN[kind]}${newSecret()}`;
}

export function isToken(kind: TokenKind, text: string): boolean {
  return text.startsWith(TOKEN[kind]) && /^[A-Za-z0-9_-]{43}$/.test(text.slice(TOKEN[kind].length));
}
