import type { DisclosedEvent } from "@offtake/core/disclosure";
import { isJsonObject, type JsonObject } from "./codec.ts";
import { Packer } from "./packer.ts";
import { Malformed, Unpacker } from "./unpack.ts";
import { decodeDisclosed, encodeDisclosed, malformed, packDisclosed, type Restored } from "./versioned.ts";
import { WRITER } from "./writer.ts";

const LIST = 91;

/**
 * What a party was told of one record, as a row of its feed keeps it: a number stands for that event of the record, a list for what was
 * told in its place, its version and what it packs into. One packer goes through them all.
 */
export function encodeTelling(entries: readonly (number | DisclosedEvent)[]): string {
  const packer = new Packer();
  return WRITER.text(() => {
    WRITER.byte(LIST);
    for (const [index, entry] of entries.entries()) {
      if (index > 0) packer.next();
      if (typeof entry === "number") WRITER.number(entry);
      else {
        WRITER.byte(LIST);
        packDisclosed(entry, packer);
        packer.close();
      }
    }
    packer.close();
  });
}

/** Packs entries that were unpacked: to the same text, where each of them is of the newest version; as they stand where one is not. */
export function packTelling(entries: readonly unknown[]): string {
  const told: (number | DisclosedEvent)[] = [];
  for (const entry of entries) {
    const event = typeof entry === "number" ? entry : decodeDisclosed(entry);
    if (typeof event === "number") told.push(event);
    else if (event.ok && JSON.stringify(encodeDisclosed(event.value)) === JSON.stringify(entry)) told.push(event.value);
    else return JSON.stringify(entries);
  }
  return encodeTelling(told);
}

/** The entries of a row: places of events in the record, and the JSON of what was told instead. An object stands for itself. */
export function unpackTelling(text: string): Restored<readonly (number | JsonObject)[]> {
  try {
    const entries: unknown = JSON.parse(text);
    if (!Array.isArray(entries)) return malformed("", "a list is expected");
    const unpacker = new Unpacker();
    return { ok: true, value: entries.map((entry) => unpacked(entry, unpacker)) };
  } catch (error) {
    if (error instanceof SyntaxError) return malformed("", "JSON is expected");
    if (error instanceof Malformed) return malformed("", error.message);
    throw error;
  }
}

function unpacked(entry: unknown, unpacker: Unpacker): number | JsonObject {
  if (typeof entry === "number") return entry;
  if (isJsonObject(entry)) return entry as JsonObject;
  if (!Array.isArray(entry) || entry.length !== 2) throw new Malformed("an entry is neither a place nor an event");
  const v = unpacker.value(entry[0]);
  const event = unpacker.value(entry[1]);
  if (!isJsonObject(event)) throw new Malformed("an entry is no event");
  return { v, ...event };
}
