import type { BookName } from "@offtake/store/log";
import { describe, expect, test } from "vitest";
import { type LinkName, linkToken, readLinkToken } from "./token.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".split("");
const NOW = 1_773_000_000_000;
const name = (index: number): LinkName => ({
  book: "aurora" as BookName,
  id: index.toString(16).padStart(32, "0"),
  expiresMs: NOW + 1 + index,
});
const secret = Buffer.alloc(32, 7);

describe("the token of a link", () => {
  test("opens what it names, until it expires", () => {
    const one = name(0);
    const token = linkToken(secret, one);
    expect(readLinkToken(secret, token, one.expiresMs - 1)).toEqual(one);
    expect(readLinkToken(secret, token, one.expiresMs)).toBeUndefined();
    expect(readLinkToken(Buffer.alloc(32, 8), token, NOW)).toBeUndefined();
  });

  test("opens with one letter in each place and no other, in the last place as well, where bits are left over", () => {
    for (let index = 0; index < 64; index += 1) {
      const token = linkToken(secret, name(index));
      const opening = LETTERS.filter((letter) => readLinkToken(secret, token.slice(0, -1) + letter, NOW) !== undefined);
      expect(opening).toEqual([token.at(-1)]);
    }
    const token = linkToken(secret, name(1));
    for (const place of token.slice(0, -1).split("").keys()) {
      const others = LETTERS.filter((letter) => letter !== token[place]);
      const changed = others.map((letter) => token.slice(0, place) + letter + token.slice(place + 1));
      expect(changed.filter((text) => readLinkToken(secret, text, NOW) !== undefined)).toEqual([]);
    }
  });

  test("is not written another way: with zeros before its time, with what base64 allows besides, or twice", () => {
    const token = linkToken(secret, name(0xabc));
    const [book = "", id = "", expires = "", signed = ""] = token.split(".");
    for (const other of [
      [book, id, `0${expires}`, signed],
      [book, id, expires, `${signed}=`],
      [book, id, expires, ` ${signed}`],
      [book, id.toUpperCase(), expires, signed],
      [book.toUpperCase(), id, expires, signed],
      [book, id, expires, signed, signed],
    ])
      expect([other.join("."), readLinkToken(secret, other.join("."), NOW)]).toEqual([other.join("."), undefined]);
  });
});
