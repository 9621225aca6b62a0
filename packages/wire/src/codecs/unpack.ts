import type { Json } from "./codec.ts";
import { SHAPES, WORDS } from "./dictionary.ts";
import { ABSENT, CODES, FALSE, LOCAL_FROM, NUMBER_MIN, SHAPE_FROM, TEXT_CHARS_MIN, TRUE, WORD_FROM } from "./packer.ts";

/** What is packed is not what a `Packer` writes. */
export class Malformed extends Error {}

/** Values in one another; events are nowhere near. */
const DEPTH_MAX = 64;

const FIELDS: readonly (readonly string[])[] = SHAPES.map((fields) => fields.split(" "));

/** Takes the values of one record back to what they were: the JSON of the codecs. */
export class Unpacker {
  private readonly seen: (string | number)[] = [];
  private depth = 0;

  /** @throws Malformed */
  value(packed: unknown): Json {
    if (typeof packed === "string") return this.note(packed, packed.length >= TEXT_CHARS_MIN);
    if (typeof packed === "number")
      return packed < 0 ? this.referred(-packed) : this.note(packed, packed >= NUMBER_MIN);
    if (packed === null) return null;
    if (!Array.isArray(packed)) throw new Malformed("a value is neither a text, a number nor a list");
    this.depth += 1;
    if (this.depth > DEPTH_MAX) throw new Malformed("values are too deep in one another");
    const value = this.listed(packed as readonly unknown[]);
    this.depth -= 1;
    return value;
  }

  private listed(packed: readonly unknown[]): Json {
    const code = packed[0];
    if (typeof code !== "number") throw new Malformed("a list does not say what it is");
    if (code >= SHAPE_FROM) return this.shaped(packed, FIELDS[code - SHAPE_FROM]);
    switch (code) {
      case CODES.list:
        return packed.slice(1).map((item) => this.value(item));
      case CODES.number:
        if (typeof packed[1] !== "number") throw new Malformed("a number is no number");
        return this.note(packed[1], true);
      case CODES.numbered:
        return numbered(packed);
      case CODES.object:
        return this.named(packed);
      default:
        throw new Malformed(`there is no list of kind ${code}`);
    }
  }

  private shaped(packed: readonly unknown[], fields: readonly string[] | undefined): Json {
    if (fields === undefined) throw new Malformed("an object has a shape that is not known");
    if (packed.length > fields.length + 1) throw new Malformed("an object has more values than fields");
    const json: Record<string, Json> = {};
    for (let index = 1; index < packed.length; index += 1) {
      if (packed[index] !== -ABSENT) json[fields[index - 1] as string] = this.value(packed[index]);
    }
    return json;
  }

  private named(packed: readonly unknown[]): Json {
    const pairs: [string, Json][] = [];
    for (let index = 1; index + 1 < packed.length; index += 2) {
      const key = this.value(packed[index]);
      if (typeof key !== "string") throw new Malformed("a key is no text");
      pairs.push([key, this.value(packed[index + 1])]);
    }
    return Object.fromEntries(pairs);
  }

  private referred(reference: number): Json {
    if (reference >= WORD_FROM) {
      const word = WORDS[reference - WORD_FROM];
      if (word === undefined) throw new Malformed("a word is not known");
      return this.note(word, true);
    }
    if (reference === FALSE) return false;
    if (reference === TRUE) return true;
    const value = this.seen[reference - LOCAL_FROM];
    if (value === undefined) throw new Malformed("a reference leads to nothing");
    return value;
  }

  private note<Value extends string | number>(value: Value, isReferred: boolean): Value {
    if (isReferred && this.seen.length < WORD_FROM - LOCAL_FROM) this.seen.push(value);
    return value;
  }
}

/** Of lists that came lately; and so many, and no longer ones. */
const LISTS = new Map<string, readonly string[]>();
const LISTS_MAX = 1_000;
const LIST_CHARS_MAX = 4_000;

/**
 * Texts that differ in a number. The blocks of a price list are in every bid by it: the same list is given for the same text, and cannot be changed,
 * so that whoever makes something of it can keep that.
 */
function numbered([, before, steps]: readonly unknown[]): Json {
  if (typeof before !== "string" || typeof steps !== "string") throw new Malformed("a numbered list is none");
  const name = `${before.length} ${before}${steps}`;
  const known = LISTS.get(name);
  if (known !== undefined) return known;
  let last = 0;
  const list = steps.split(",").map((step) => {
    last += Number(step);
    if (!Number.isSafeInteger(last)) throw new Malformed("a numbered text is none");
    return `${before}${last}`;
  });
  if (name.length > LIST_CHARS_MAX) return list;
  const [oldest = ""] = LISTS.size < LISTS_MAX ? [] : LISTS.keys();
  LISTS.delete(oldest);
  LISTS.set(name, Object.freeze(list));
  return list;
}
