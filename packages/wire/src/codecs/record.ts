import type { BookEvent } from "@offtake/core/book";
import type { Codec, JsonObject } from "./codec.ts";
import { EVENTS } from "./events.ts";
import { Packer } from "./packer.ts";
import { Malformed, Unpacker } from "./unpack.ts";
import { decodeEvent, malformed, packEvent, type Restored } from "./versioned.ts";
import { WRITER } from "./writer.ts";

/** The form of a packed record: a list of this number, and for each event its version and what it packs into. */
const FORM = 1;

/** The events of a record as the log keeps them. */
export function encodeRecord(events: readonly BookEvent[]): string {
  const packer = new Packer();
  return WRITER.text(() => {
    packer.open(FORM);
    for (const event of events) {
      packer.next();
      packEvent(event, packer);
    }
    packer.close();
  });
}

/** Reads the events of a record back, of any form and version that there has been, every field checked. */
export function decodeRecord(body: string): Restored<readonly BookEvent[]> {
  const stored = unpackRecord(body);
  if (!stored.ok) return stored;
  const events: BookEvent[] = [];
  for (const [index, json] of stored.value.entries()) {
    const event = decodeEvent(json);
    if (!event.ok) {
      const { code, path, message } = event.problem;
      return { ok: false, problem: { code, path: path === "" ? `${index}` : `${index}.${path}`, message } };
    }
    events.push(event.value);
  }
  return { ok: true, value: events };
}

/** The events of a record as JSON, `{ v, type, at, ... }` each, as `encodeEvent` makes them; versions are not looked at. */
export function unpackRecord(body: string): Restored<readonly JsonObject[]> {
  try {
    const packed: unknown = JSON.parse(body);
    if (!Array.isArray(packed) || packed[0] !== FORM || packed.length % 2 !== 1)
      return malformed("", `a list that begins with ${FORM} is expected`);
    const unpacker = new Unpacker();
    const events: JsonObject[] = [];
    for (let index = 1; index < packed.length; index += 2) {
      const v = unpacker.value(packed[index]);
      events.push({ v, ...(unpacker.value(packed[index + 1]) as JsonObject) });
    }
    return { ok: true, value: events };
  } catch (error) {
    if (error instanceof SyntaxError) return malformed("", "JSON is expected");
    if (error instanceof Malformed) return malformed("", error.message);
    throw error;
  }
}

/** A record of the samples of each type of event, by the name of the file that keeps them. */
export function recordSamples(): { readonly name: string; readonly samples: readonly string[] } {
  const codecs = Object.values(EVENTS) as Codec<BookEvent>[];
  return { name: `record.${FORM}`, samples: codecs.map((codec) => encodeRecord(codec.samples())) };
}
