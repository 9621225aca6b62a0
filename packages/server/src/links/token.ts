import { createHmac, timingSafeEqual } from "node:crypto";
import type { BookName } from "@offtake/store/log";

/** What a link names. The link itself holds nothing of the notice. */
export interface LinkName {
  readonly book: BookName;
  /** Of the link, drawn at random. */
  readonly id: string;
  /** First instant at which it opens nothing, in milliseconds since 1970. */
  readonly expiresMs: number;
}

/** `book.id.expiry.signature`, as it stands in an address. */
export function linkToken(secret: Buffer, name: LinkName): string {
  return `${text(name)}.${signature(secret, name).toString("base64url")}`;
}

/**
 * The link of a token that this broker has signed and that has not expired; undefined for every other text. One link has one token: the
 * last letter of a signature has two bits that stand for nothing, and a number can be written with zeros before it, so what is compared
 * is the text and not what it decodes to.
 */
export function readLinkToken(secret: Buffer, token: string, nowMs: number): LinkName | undefined {
  const match = /^([a-z0-9-]{1,64})\.([a-f0-9]{32})\.([0-9a-z]{1,10})\.[A-Za-z0-9_-]{43}$/.exec(token);
  if (match === null) return undefined;
  const [, book = "", id = "", expires = ""] = match;
  const name: LinkName = { book: book as BookName, id, expiresMs: Number.parseInt(expires, 36) };
  const given = Buffer.from(token);
  const own = Buffer.from(linkToken(secret, name));
  if (given.length !== own.length || !timingSafeEqual(given, own)) return undefined;
  return nowMs < name.expiresMs ? name : undefined;
}

const text = ({ book, id, expiresMs }: LinkName): string => `${book}.${id}.${expiresMs.toString(36)}`;

const signature = (secret: Buffer, name: LinkName): Buffer =>
  createHmac("sha256", secret)
    .update(`offtake notice link\n${text(name)}`)
    .digest();
