import { opened, type Opened, refuseFile } from "./codes.ts";

/** A text and the name of the encoding that it was in. */
export interface Decoded {
  readonly text: string;
  readonly encoding: "UTF-8" | "UTF-16" | "Windows-1252";
}

/**
 * Decodes a text file: UTF-16 and UTF-8 by their mark, UTF-16 without one by its zeros, UTF-8 where every byte fits, and else
 * Windows-1252, which is what spreadsheet programs of Western Europe write. Bytes that Windows-1252 does not have are refused.
 */
export function decodeText(bytes: Uint8Array): Opened<Decoded> {
  if (bytes.length === 0) return refuseFile("empty_file", "there is nothing in the file");
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined) return decoded(bytes, utf16, "UTF-16");
  try {
    return checked({ text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "UTF-8" });
  } catch {
    const odd = bytes.find((byte) => byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d);
    if (odd !== undefined)
      return refuseFile("bad_encoding", `the text is neither UTF-8 nor Windows-1252: it holds the byte ${odd}`);
    return checked({ text: windows1252(bytes), encoding: "Windows-1252" });
  }
}

/** What Windows-1252 has from 0x80 to 0x9f; a space stands where it has nothing. Some versions of Node decode these as Latin-1. */
const UPPER =
  "\u20ac \u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152 \u017d  \u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153 \u017e\u0178";

function windows1252(bytes: Uint8Array): string {
  const latin = new TextDecoder("latin1").decode(bytes);
  return latin.replace(/[\u0080-\u009f]/g, (char) => UPPER[char.charCodeAt(0) - 0x80] ?? " ");
}

function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const head = bytes.subarray(0, 200);
  const zeros = (from: number): number => head.filter((byte, index) => byte === 0 && index % 2 === from).length;
  const most = head.length * 0.3;
  if (zeros(1) > most && zeros(0) === 0) return "utf-16le";
  return zeros(0) > most && zeros(1) === 0 ? "utf-16be" : undefined;
}

function decoded(bytes: Uint8Array, label: string, encoding: Decoded["encoding"]): Opened<Decoded> {
  try {
    return checked({ text: new TextDecoder(label, { fatal: true }).decode(bytes), encoding });
  } catch {
    return refuseFile("bad_encoding", `the text begins as ${encoding} and does not go on so`);
  }
}

function checked(value: Decoded): Opened<Decoded> {
  if (value.text.includes("\0")) return refuseFile("not_a_list", "the file holds a NUL character: it is no text");
  return value.text.trim() === "" ? refuseFile("empty_file", "there is nothing in the file") : opened(value);
}
