import type { ViewKind, ViewObject } from "@offtake/core/disclosure";
import { type Codec, type Json, pack } from "../codecs/codec.ts";
import { type DictionaryGaps, Packer } from "../codecs/packer.ts";
import { WRITER } from "../codecs/writer.ts";
import { Malformed, Unpacker } from "../codecs/unpack.ts";
import { gapsOf, malformed, type Restored } from "../codecs/versioned.ts";
import { decodeView, VIEWS } from "./views.ts";

/** The form of a packed object: a list of this number and what it packs into. */
const FORM = 1;

/** An object as its row keeps it: a fifth of its JSON. The same object gives the same text. */
export function packView<Kind extends ViewKind>(kind: Kind, object: ViewObject<Kind>): string {
  const packer = new Packer();
  return WRITER.text(() => {
    packer.open(FORM);
    packer.next();
    pack(VIEWS[kind] as unknown as Codec<ViewObject>, object, packer);
    packer.close();
  });
}

/** The JSON of an object in the stored style, from its row; JSON that is not packed is itself. */
export function unpackView(text: string): Restored<Json> {
  try {
    const stored = JSON.parse(text) as Json;
    if (!Array.isArray(stored)) return { ok: true, value: stored };
    if (stored[0] !== FORM || stored.length !== 2) return malformed("", `a list that begins with ${FORM} is expected`);
    return { ok: true, value: new Unpacker().value(stored[1]) };
  } catch (error) {
    if (error instanceof SyntaxError) return malformed("", "JSON is expected");
    if (error instanceof Malformed) return malformed("", error.message);
    throw error;
  }
}

/** Reads an object from its row, every field checked. */
export function readView<Kind extends ViewKind>(kind: Kind, text: string): Restored<ViewObject<Kind>> {
  const unpacked = unpackView(text);
  return unpacked.ok ? decodeView(kind, unpacked.value) : unpacked;
}

/** What objects have that the dictionary of packed texts lacks: for the program that makes it. */
export const viewGaps = (): DictionaryGaps => gapsOf(Object.values(VIEWS) as Codec<unknown>[]);
