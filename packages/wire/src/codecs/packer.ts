import { SHAPES, WORDS } from "./dictionary.ts";
import type { Json } from "./codec.ts";
import { pieceOf, WRITER } from "./writer.ts";

/** What a list in a packed record begins with; from `SHAPE_FROM` on it is an object of a known shape. */
export const CODES = { list: 0, number: 1, numbered: 2, object: 3 } as const;
export const SHAPE_FROM = 10;

/** Numbers below 0 refer to something: to these three, to what stood in the record before, or to the product's words. */
export const ABSENT = 1;
export const FALSE = 2;
export const TRUE = 3;
export const LOCAL_FROM = 4;
export const WORD_FROM = 1_000;

/** Shorter texts and smaller numbers are no longer than a reference. */
export const TEXT_CHARS_MIN = 3;
export const NUMBER_MIN = 10_000;

/** Fewer are not worth it. */
const NUMBERED_MIN = 4;

/** A comma, and brackets. */
const [COMMA, OPEN, CLOSE] = [44, 91, 93];
const LISTED = pieceOf(`[${CODES.list}`);
const NAMED = pieceOf(`[${CODES.object}`);

const WORD_REFERENCES: ReadonlyMap<string, number> = new Map(WORDS.map((word, index) => [word, -WORD_FROM - index]));
const SHAPE_CODES: ReadonlyMap<string, number> = new Map(SHAPES.map((fields, index) => [fields, SHAPE_FROM + index]));

/** What an object of these fields begins with; undefined where the dictionary does not have them. */
export function shapeOf(fields: readonly string[]): number | undefined {
  return SHAPE_CODES.get(fields.join(" "));
}

/** Shapes and words that the dictionary lacks. */
export interface DictionaryGaps {
  readonly shapes: readonly string[];
  readonly words: readonly string[];
}

/**
 * Makes one record of the log short: objects become lists of their values in the order of a dictionary, and a text or a large number
 * that stood in the record before becomes a reference to it: a JSON of texts, numbers and lists of them, written where `WRITER` is.
 * `Unpacker` is the way back; decision 0016 says why it is like this.
 */
export class Packer {
  /** Shapes and words that the dictionary lacks: for the program that makes it. */
  readonly missing: { readonly shapes: Set<string>; readonly words: Set<string> } | undefined;
  private readonly seen = new Map<string | number, number>();

  constructor(missing?: Packer["missing"]) {
    this.missing = missing;
  }

  text(value: string): void {
    const reference = value.length < TEXT_CHARS_MIN ? undefined : this.refer(value);
    if (reference === undefined) WRITER.quoted(value);
    else WRITER.number(reference);
  }

  /** A text of one of the product's lists. */
  word(value: string): void {
    if (value.length < TEXT_CHARS_MIN) return WRITER.quoted(value);
    const reference = this.refer(value) ?? WORD_REFERENCES.get(value);
    if (reference !== undefined) return WRITER.number(reference);
    this.missing?.words.add(value);
    WRITER.quoted(value);
  }

  number(value: number): void {
    if (value >= 0 && value < NUMBER_MIN) return WRITER.number(value);
    const reference = this.refer(value);
    if (reference !== undefined) return WRITER.number(reference);
    if (value >= 0) return WRITER.number(value);
    this.open(CODES.number);
    this.next();
    WRITER.number(value);
    this.close();
  }

  flag(value: boolean): void {
    WRITER.number(value ? -TRUE : -FALSE);
  }

  /** A list, each item by `item`; texts that differ in a number at their end only by that number. */
  list<Value>(values: readonly Value[], item: (value: Value, packer: Packer) => void): void {
    const numbered = values.length < NUMBERED_MIN ? undefined : numberedTexts(values);
    if (numbered !== undefined) return WRITER.piece(numbered);
    WRITER.piece(LISTED);
    for (let index = 0; index < values.length; index += 1) {
      this.next();
      item(values[index] as Value, this);
    }
    this.close();
  }

  /** An object whose keys the data chooses, or whose shape is not in the dictionary. */
  object<Value>(values: Readonly<Record<string, Value>>, item: (value: Value, packer: Packer) => void): void {
    WRITER.piece(NAMED);
    for (const key in values) {
      this.next();
      this.text(key);
      this.next();
      item(values[key] as Value, this);
    }
    this.close();
  }

  json(value: Json): void {
    if (typeof value === "string") return this.text(value);
    if (typeof value === "number") return this.number(value);
    if (typeof value === "boolean") return this.flag(value);
    if (value === null) return WRITER.json("null");
    if (Array.isArray(value)) return this.list(value as readonly Json[], packJson);
    return this.object(value as { readonly [key: string]: Json }, packJson);
  }

  /** A list that begins with a number. */
  open(code: number): void {
    WRITER.byte(OPEN);
    WRITER.number(code);
  }

  next(): void {
    WRITER.byte(COMMA);
  }

  close(): void {
    WRITER.byte(CLOSE);
  }

  /** The reference to what was written before; where it was not, notes that it is written now. */
  private refer(value: string | number): number | undefined {
    const { seen } = this;
    const known = seen.get(value);
    if (known === undefined && seen.size < WORD_FROM - LOCAL_FROM) seen.set(value, -LOCAL_FROM - seen.size);
    return known;
  }
}

function packJson(value: Json, packer: Packer): void {
  packer.json(value);
}

const NUMBERED = /^(.*?)(0|[1-9]\d{0,8})$/s;
/** Lists of the core do not change, and the same list of blocks is in every bid by a price list. */
const KNOWN_NUMBERED = new WeakMap<readonly unknown[], Uint8Array | false>();

/** `["b4", "b28", "b52"]` as `[2,"b","4,24,24"]`: the text before, the first number, and how much each is more than the one before. */
function numberedTexts(values: readonly unknown[]): Uint8Array | undefined {
  if (typeof values[0] !== "string") return undefined;
  let known = KNOWN_NUMBERED.get(values);
  if (known === undefined) {
    known = numberedForm(values) ?? false;
    KNOWN_NUMBERED.set(values, known);
  }
  return known === false ? undefined : known;
}

function numberedForm(values: readonly unknown[]): Uint8Array | undefined {
  let before: string | undefined;
  let last = 0;
  const steps: number[] = [];
  for (const value of values) {
    const match = typeof value === "string" ? NUMBERED.exec(value) : null;
    if (match === null || (before !== undefined && match[1] !== before)) return undefined;
    before = match[1] ?? "";
    steps.push(Number(match[2]) - last);
    last = Number(match[2]);
  }
  return pieceOf(JSON.stringify([CODES.numbered, before ?? "", steps.join(",")]));
}
