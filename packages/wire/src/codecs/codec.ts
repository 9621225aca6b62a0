import { ABSENT, type Packer, shapeOf } from "./packer.ts";
import { pieceOf, WRITER } from "./writer.ts";

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

/**
 * `stored`: for the log, exact and short. `shown`: for people and cases, as documents write values. `told`: for programs outside, who
 * get instants in RFC 3339 and amounts as an object of amount and currency.
 */
export type Style = "stored" | "shown" | "told";

/** A part of a JSON Schema. */
export type Schema = { readonly [key: string]: Json };
/** Shapes that hold themselves, by the name under which others refer to them. */
export type Definitions = Map<string, Schema>;

/** In place of a value that could not be read; the decoder knows why. */
export const BAD: unique symbol = Symbol("bad");
export type Decoded<Value> = Value | typeof BAD;

/** Both ways between a value of the core and JSON. Reading takes the stored style only. */
export interface Codec<Value> {
  readonly encode: (value: Value, style: Style) => Json;
  readonly decode: (json: unknown, decoder: Decoder) => Decoded<Value>;
  /** Writes the JSON text of what `encode` makes in the stored style, at once. A codec without it makes the JSON first. */
  readonly write?: (value: Value) => void;
  /** Writes what `encode` makes in the stored style, packed. A codec without it is packed by its JSON. */
  readonly pack?: (value: Value, packer: Packer) => void;
  /** Values that together use every field, every word and every variant: the first has no optional field. */
  readonly samples: () => readonly Value[];
  /** What the told style looks like, as JSON Schema 2020-12. */
  readonly schema: (definitions: Definitions) => Schema;
}

/** Packs a value for a record of the log. */
export function pack<Value>(codec: Codec<Value>, value: Value, packer: Packer): void {
  if (codec.pack === undefined) packer.json(codec.encode(value, "stored"));
  else codec.pack(value, packer);
}

/** Writes the text of the JSON of a value in the stored style. */
export function write<Value>(codec: Codec<Value>, value: Value): void {
  if (codec.write === undefined) WRITER.json(JSON.stringify(codec.encode(value, "stored")));
  else codec.write(value);
}

const [COMMA, LIST, LIST_END, OBJECT, OBJECT_END] = [44, 91, 93, 123, 125];

/** Where a reading stands and what went wrong first. */
export class Decoder {
  readonly path: (string | number)[] = [];
  problem: { readonly path: string; readonly message: string } | undefined;

  fail(message: string): typeof BAD {
    this.problem ??= { path: this.path.join("."), message };
    return BAD;
  }

  inside<Value>(step: string | number, read: () => Decoded<Value>): Decoded<Value> {
    this.path.push(step);
    const value = read();
    this.path.pop();
    return value;
  }
}

export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field that may be absent. */
export interface Optional<Value> {
  readonly optional: Codec<Value>;
}

export const optional = <Value>(codec: Codec<Value>): Optional<Value> => ({ optional: codec });

/** A codec for every field: one that the type gains, loses or makes optional does not compile. */
export type Fields<Value> = {
  readonly [Key in keyof Value]-?: object extends Pick<Value, Key>
    ? Optional<Exclude<Value[Key], undefined>>
    : Codec<Value[Key]>;
};

interface Field {
  readonly key: string;
  readonly codec: Codec<unknown>;
  readonly isOptional: boolean;
  /** The key as it stands in a JSON text, first in its object and later. */
  readonly first: Uint8Array;
  readonly named: Uint8Array;
}

/** An object with exactly these fields: absent ones are left out, unknown ones are refused. */
export function struct<Value extends object>(fields: Fields<Value>): Codec<Value> {
  const list: Field[] = Object.entries(fields).map(([key, field]) => {
    const isOptional = isJsonObject(field) && "optional" in field;
    const codec = (isOptional ? field["optional"] : field) as Codec<unknown>;
    const named = `${JSON.stringify(key)}:`;
    return { key, codec, isOptional, first: pieceOf(`{${named}`), named: pieceOf(`,${named}`) };
  });
  const keys = list.map(({ key }) => key);
  const known = new Set(keys);
  const shape = shapeOf(keys);
  return {
    encode: (value, style) => encodeFields(value as Readonly<Record<string, unknown>>, list, style),
    write: (value) => writeFields(value as Readonly<Record<string, unknown>>, list),
    pack: (value, packer) => {
      const fields = value as Readonly<Record<string, unknown>>;
      if (shape !== undefined) return packFields(fields, list, shape, packer);
      packer.missing?.shapes.add(keys.join(" "));
      return packer.object(definedOf(fields, list), ({ codec, field }) => pack(codec, field, packer));
    },
    decode: (json, decoder) => {
      if (!isJsonObject(json)) return decoder.fail("an object is expected");
      for (const key in json) if (!known.has(key)) return decoder.fail(`there is no field ${key.slice(0, 60)}`);
      return decodeFields(json, list, decoder) as Decoded<Value>;
    },
    samples: () => sampleFields(list) as readonly Value[],
    schema: (definitions) => ({
      type: "object",
      properties: Object.fromEntries(list.map(({ key, codec }) => [key, codec.schema(definitions)])),
      required: list.filter(({ isOptional }) => !isOptional).map(({ key }) => key),
      additionalProperties: false,
    }),
  };
}

/** The fields of a shape that has some less. */
export function without<Value, Key extends keyof Value>(
  fields: Fields<Value>,
  ...keys: readonly Key[]
): Fields<Omit<Value, Key>> {
  const less = Object.entries(fields).filter(([key]) => !keys.some((left) => left === key));
  return Object.fromEntries(less) as unknown as Fields<Omit<Value, Key>>;
}

/** The fields of a shape that has only some. */
export function only<Value, Key extends keyof Value>(
  fields: Fields<Value>,
  ...keys: readonly Key[]
): Fields<Pick<Value, Key>> {
  return Object.fromEntries(keys.map((key) => [key, fields[key]])) as unknown as Fields<Pick<Value, Key>>;
}

/** As many samples as the most varied field has; of the others those come round again. */
function sampleFields(fields: readonly Field[]): readonly unknown[] {
  const columns = fields.map(({ key, codec, isOptional }) => ({ key, isOptional, values: codec.samples() }));
  const count = Math.max(1, ...columns.map(({ isOptional, values }) => values.length + (isOptional ? 1 : 0)));
  return Array.from({ length: count }, (_, index) => {
    const sample: Record<string, unknown> = {};
    for (const { key, isOptional, values } of columns) {
      if (index === 0 && isOptional) continue;
      sample[key] = values[(isOptional ? index - 1 : index) % values.length];
    }
    return sample;
  });
}

function encodeFields(value: Readonly<Record<string, unknown>>, fields: readonly Field[], style: Style): Json {
  const json: Record<string, Json> = {};
  for (const { key, codec } of fields) {
    const field = value[key];
    if (field !== undefined) json[key] = codec.encode(field, style);
  }
  return json;
}

function writeFields(value: Readonly<Record<string, unknown>>, fields: readonly Field[]): void {
  let isFirst = true;
  for (let index = 0; index < fields.length; index += 1) {
    const { key, codec, first, named } = fields[index] as Field;
    const field = value[key];
    if (field === undefined) continue;
    WRITER.piece(isFirst ? first : named);
    isFirst = false;
    write(codec, field);
  }
  if (isFirst) WRITER.byte(OBJECT);
  WRITER.byte(OBJECT_END);
}

/** Without what is absent at the end. */
function packFields(
  value: Readonly<Record<string, unknown>>,
  fields: readonly Field[],
  shape: number,
  packer: Packer,
): void {
  packer.open(shape);
  let absent = 0;
  for (let index = 0; index < fields.length; index += 1) {
    const { key, codec } = fields[index] as Field;
    const field = value[key];
    if (field === undefined) {
      absent += 1;
      continue;
    }
    for (; absent > 0; absent -= 1) WRITER.piece(PACKED_ABSENT);
    packer.next();
    pack(codec, field, packer);
  }
  packer.close();
}

const PACKED_ABSENT = pieceOf(`,${-ABSENT}`);

function definedOf(value: Readonly<Record<string, unknown>>, fields: readonly Field[]) {
  const defined: Record<string, { readonly codec: Codec<unknown>; readonly field: unknown }> = {};
  for (const { key, codec } of fields) if (value[key] !== undefined) defined[key] = { codec, field: value[key] };
  return defined;
}

function decodeFields(json: Readonly<Record<string, unknown>>, fields: readonly Field[], decoder: Decoder): unknown {
  const value: Record<string, unknown> = {};
  for (const { key, codec, isOptional } of fields) {
    const field = json[key];
    if (field === undefined && isOptional) continue;
    decoder.path.push(key);
    const decoded = field === undefined ? decoder.fail("this is missing") : codec.decode(field, decoder);
    decoder.path.pop();
    if (decoded === BAD) return BAD;
    value[key] = decoded;
  }
  return value;
}

/** The members of a union that a value of the tag may belong to. */
export type Member<Union, Tag extends PropertyKey, Word> =
  Union extends Readonly<Record<Tag, infer Words>> ? (Word extends Words ? Union : never) : never;

/** One of several shapes, told apart by the text under one key; there is a codec for each. */
export function tagged<Union extends object, Tag extends keyof Union & string>(
  tag: Tag,
  variants: { readonly [Word in Union[Tag] & string]: Codec<Member<Union, Tag, Word>> },
): Codec<Union> {
  const table = new Map<string, Codec<Union>>(Object.entries(variants) as [string, Codec<Union>][]);
  const codecOf = (value: Union): Codec<Union> => {
    const codec = table.get(String(value[tag]));
    if (codec === undefined) throw new Error(`Broken belief: there is a codec for ${tag} ${String(value[tag])}`);
    return codec;
  };
  return {
    encode: (value, style) => codecOf(value).encode(value, style),
    write: (value) => write(codecOf(value), value),
    pack: (value, packer) => pack(codecOf(value), value, packer),
    decode: (json, decoder) => {
      const word = isJsonObject(json) ? json[tag] : undefined;
      const codec = typeof word === "string" ? table.get(word) : undefined;
      if (codec === undefined) return decoder.inside(tag, () => decoder.fail("this is none of the kinds there are"));
      return codec.decode(json, decoder);
    },
    samples: () => [...new Set(table.values())].flatMap((codec) => codec.samples()),
    schema: (definitions) => ({ oneOf: [...new Set(table.values())].map((codec) => codec.schema(definitions)) }),
  };
}

export function list<Value>(item: Codec<Value>): Codec<readonly Value[]> {
  const packItem = (value: Value, packer: Packer): void => pack(item, value, packer);
  return {
    encode: (values, style) => values.map((value) => item.encode(value, style)),
    write: (values) => {
      WRITER.byte(LIST);
      for (let index = 0; index < values.length; index += 1) {
        if (index > 0) WRITER.byte(COMMA);
        write(item, values[index] as Value);
      }
      WRITER.byte(LIST_END);
    },
    pack: (values, packer) => packer.list(values, packItem),
    decode: (json, decoder) => {
      if (!Array.isArray(json)) return decoder.fail("a list is expected");
      const values: Value[] = [];
      for (let index = 0; index < json.length; index += 1) {
        const value = decoder.inside(index, () => item.decode(json[index], decoder));
        if (value === BAD) return BAD;
        values.push(value);
      }
      return values;
    },
    samples: () => [[], item.samples()],
    schema: (definitions) => ({ type: "array", items: item.schema(definitions) }),
  };
}

const isJsonList = (json: unknown): json is readonly unknown[] => Array.isArray(json);

/**
 * A list that the core takes over from one value into another as it is, such as the blocks of a price list into every bid by it: its text is
 * written once, and a text that comes as one list again and again is read once. Lists of the core do not change.
 */
export function kept<Value>(codec: Codec<readonly Value[]>): Codec<readonly Value[]> {
  const known = new WeakMap<readonly Value[], Uint8Array>();
  const read = new WeakMap<object, readonly Value[]>();
  return {
    ...codec,
    decode: (json, decoder) => {
      const again = isJsonList(json) ? read.get(json) : undefined;
      if (again !== undefined) return again;
      const values = codec.decode(json, decoder);
      // What cannot change is read the same way each time.
      if (values !== BAD && isJsonList(json) && Object.isFrozen(json)) read.set(json, values);
      return values;
    },
    write: (values) => {
      const piece = known.get(values);
      if (piece !== undefined) return WRITER.piece(piece);
      known.set(
        values,
        WRITER.copied(() => write(codec, values)),
      );
    },
  };
}

/** Values by names that the data chooses. */
export function byName<Value>(item: Codec<Value>): Codec<Readonly<Record<string, Value>>> {
  const packItem = (value: Value, packer: Packer): void => pack(item, value, packer);
  return {
    encode: (values, style) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, item.encode(value, style)])),
    pack: (values, packer) => packer.object(values, packItem),
    decode: (json, decoder) => {
      if (!isJsonObject(json)) return decoder.fail("an object is expected");
      const values: [string, Value][] = [];
      for (const name of Object.keys(json)) {
        const value = decoder.inside(name, () => item.decode(json[name], decoder));
        if (value === BAD) return BAD;
        values.push([name, value]);
      }
      return Object.fromEntries(values);
    },
    samples: () => [{}, Object.fromEntries(item.samples().map((value, index) => [`name${index}`, value]))],
    schema: (definitions) => ({ type: "object", additionalProperties: item.schema(definitions) }),
  };
}

/** Values by the id that each of them holds: a list of them, in the order of the map. */
export function mapped<Id, Value>(item: Codec<Value>, idOf: (value: Value) => Id): Codec<ReadonlyMap<Id, Value>> {
  const items = list(item);
  return {
    encode: (map, style) => items.encode([...map.values()], style),
    write: (map) => write(items, [...map.values()]),
    pack: (map, packer) => pack(items, [...map.values()], packer),
    decode: (json, decoder) => {
      const values = items.decode(json, decoder);
      return values === BAD ? BAD : new Map(values.map((value) => [idOf(value), value]));
    },
    samples: () => items.samples().map((values) => new Map(values.map((value) => [idOf(value), value]))),
    schema: items.schema,
  };
}

/**
 * A codec that is made when it is first used, for shapes that hold themselves. Its samples are given, since they would never end, and
 * its schema is a reference to its name.
 */
export function lazily<Value>(name: string, make: () => Codec<Value>, samples: () => readonly Value[]): Codec<Value> {
  let made: Codec<Value> | undefined;
  const codec = (): Codec<Value> => (made ??= make());
  return {
    encode: (value, style) => codec().encode(value, style),
    write: (value) => write(codec(), value),
    pack: (value, packer) => pack(codec(), value, packer),
    decode: (json, decoder) => codec().decode(json, decoder),
    samples,
    schema: (definitions) => {
      if (!definitions.has(name)) {
        definitions.set(name, {});
        definitions.set(name, codec().schema(definitions));
      }
      return { $ref: `#/definitions/${name}` };
    },
  };
}
