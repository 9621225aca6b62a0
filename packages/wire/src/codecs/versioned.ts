import type { BookEvent, Command } from "@offtake/core/book";
import type { DisclosedEvent } from "@offtake/core/disclosure";
import type { DocumentCode } from "../problems/index.ts";
import { BAD, type Codec, Decoder, isJsonObject, type Json, type JsonObject, pack, write } from "./codec.ts";
import { COMMANDS } from "./commands.ts";
import { EVENTS } from "./events.ts";
import { OWN_EVENTS } from "./own-events.ts";
import { type DictionaryGaps, Packer } from "./packer.ts";
import { pieceOf, WRITER } from "./writer.ts";

/** Why a stored thing could not be read: a stable code, and the place inside it. */
export interface StoredProblem {
  readonly code: Extract<DocumentCode, "unknown_stored_type" | "unknown_stored_version" | "stored_malformed">;
  readonly path: string;
  readonly message: string;
}

export type Restored<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: StoredProblem };

/** Takes the JSON of one version of a type to that of the next; neither has the fields `v` and `type`. */
export type Upcaster = (json: JsonObject) => JsonObject;

/**
 * For each type that has changed, how to bring each old version up: the first entry takes version 1 to version 2. The newest
 * version of a type is one more than its upcasters. Samples of every version stay in `golden/` and stay readable.
 */
export type Upcasters = Readonly<Record<string, readonly Upcaster[]>>;

const NO_UPCASTERS: Upcasters = {};

/** The version line: a type, its codec, its upcasters. */
interface Kind<Value> {
  readonly codecs: ReadonlyMap<string, Codec<Value>>;
  readonly upcasters: Upcasters;
}

function encode<Value extends { readonly type: string }>(kind: Kind<Value>, value: Value): JsonObject {
  const codec = kind.codecs.get(value.type);
  if (codec === undefined) throw new Error(`Broken belief: there is a codec for ${value.type}`);
  const v = 1 + (kind.upcasters[value.type]?.length ?? 0);
  return { v, ...(codec.encode(value, "stored") as JsonObject) };
}

const VERSION = pieceOf('{"v":');
const COMMA = 44;

/** The text of the same JSON, written at once. */
function writeVersion<Value extends { readonly type: string }>(kind: Kind<Value>, value: Value): string {
  const codec = kind.codecs.get(value.type);
  if (codec === undefined) throw new Error(`Broken belief: there is a codec for ${value.type}`);
  const v = 1 + (kind.upcasters[value.type]?.length ?? 0);
  return WRITER.text(() => {
    WRITER.piece(VERSION);
    WRITER.number(v);
    // The fields go on behind it.
    WRITER.continued(COMMA, () => write(codec, value));
  });
}

/** Writes the version of a value and what it packs into, one behind the other. */
function packVersion<Value extends { readonly type: string }>(kind: Kind<Value>, value: Value, packer: Packer): void {
  const codec = kind.codecs.get(value.type);
  if (codec === undefined) throw new Error(`Broken belief: there is a codec for ${value.type}`);
  WRITER.number(1 + (kind.upcasters[value.type]?.length ?? 0));
  packer.next();
  pack(codec, value, packer);
}

function decode<Value>(kind: Kind<Value>, json: unknown): Restored<Value> {
  if (!isJsonObject(json)) return refuse("stored_malformed", "", "an object is expected");
  const { v, type, ...rest } = json;
  const codec = typeof type === "string" ? kind.codecs.get(type) : undefined;
  if (codec === undefined || typeof type !== "string")
    return refuse("unknown_stored_type", "type", "there is no such type");
  const upcasters = Object.hasOwn(kind.upcasters, type) ? (kind.upcasters[type] ?? []) : [];
  if (typeof v !== "number" || !Number.isInteger(v) || v < 1 || v > upcasters.length + 1) {
    return refuse("unknown_stored_version", "v", `versions 1 to ${upcasters.length + 1} of ${type} can be read`);
  }
  let fields = rest as JsonObject;
  for (const upcast of upcasters.slice(v - 1)) fields = upcast(fields);
  const decoder = new Decoder();
  const value = codec.decode({ type, ...fields }, decoder);
  if (value !== BAD) return { ok: true, value };
  const { path, message } = decoder.problem ?? { path: "", message: "this cannot be read" };
  return refuse("stored_malformed", path, message);
}

/** What cannot be read as a stored thing. */
export function malformed<Value>(path: string, message: string): Restored<Value> {
  return refuse("stored_malformed", path, message);
}

function refuse<Value>(code: StoredProblem["code"], path: string, message: string): Restored<Value> {
  return { ok: false, problem: { code, path, message } };
}

/** Codecs for the log, with the upcasters of old versions; the ones of the product have their own below. */
export function eventCodec(upcasters: Upcasters = NO_UPCASTERS) {
  const kind: Kind<BookEvent> = { codecs: new Map(Object.entries(EVENTS)) as Kind<BookEvent>["codecs"], upcasters };
  return {
    encode: (event: BookEvent): JsonObject => encode(kind, event),
    decode: (json: unknown): Restored<BookEvent> => decode(kind, json),
    pack: (event: BookEvent, packer: Packer) => packVersion(kind, event, packer),
  };
}

const events = eventCodec();
const commands: Kind<Command> = {
  codecs: new Map(Object.entries(COMMANDS)) as Kind<Command>["codecs"],
  upcasters: NO_UPCASTERS,
};

const told: Kind<DisclosedEvent> = {
  codecs: new Map(Object.entries({ ...EVENTS, ...OWN_EVENTS })) as unknown as Kind<DisclosedEvent>["codecs"],
  upcasters: NO_UPCASTERS,
};

/** What a party is told, as JSON for its feed: an event itself looks there as it does in the log. */
export const encodeDisclosed = (event: DisclosedEvent): JsonObject => encode(told, event);

/** The text of that JSON, as the chain of a feed is made of it. */
export const writeDisclosed = (event: DisclosedEvent): string => writeVersion(told, event);

/** Reads what a party was told, of any version that there has been. */
export const decodeDisclosed = (json: unknown): Restored<DisclosedEvent> => decode(told, json);

/** What a party is told, for people (`shown`) or for programs outside (`told`). Not to be read back. */
export function presentDisclosed(event: DisclosedEvent, style: "shown" | "told"): JsonObject {
  const codec = told.codecs.get(event.type);
  if (codec === undefined) throw new Error(`Broken belief: there is a codec for ${event.type}`);
  return codec.encode(event, style) as JsonObject;
}

/** An event as JSON for the log: `{ v, type, at, ... }`, big numbers in digits, instants in milliseconds. */
export const encodeEvent = (event: BookEvent): JsonObject => events.encode(event);

/** Writes an event for a record: its version, and what it packs into. */
export const packEvent = (event: BookEvent, packer: Packer) => events.pack(event, packer);

/** Reads an event from the log: of any version that there has been, every field checked, nothing unknown let through. */
export const decodeEvent = (json: unknown): Restored<BookEvent> => events.decode(json);

export const encodeCommand = (command: Command): JsonObject => encode(commands, command);

export const decodeCommand = (json: unknown): Restored<Command> => decode(commands, json);

/** An event for people and for cases: instants, amounts and prices as documents write them. Not to be read back. */
export function showEvent(event: BookEvent): JsonObject {
  return (EVENTS[event.type] as Codec<BookEvent>).encode(event, "shown") as JsonObject;
}

/** Samples of every type at its newest version, by the name of the file that keeps them: `event.noticeSent.v1`. */
export function goldenSamples(): { readonly name: string; readonly samples: readonly JsonObject[] }[] {
  return [
    ...samplesOf("event", EVENTS, events.encode),
    ...samplesOf("told", OWN_EVENTS, encodeDisclosed),
    ...samplesOf("command", COMMANDS, encodeCommand),
  ];
}

/** Writes what was told for a row of a feed: its version, and what it packs into. */
export const packDisclosed = (event: DisclosedEvent, packer: Packer) => packVersion(told, event, packer);

/** Shapes and words of events that the dictionary of packed texts lacks: for the program that makes it, which adds them at its end. */
export function dictionaryGaps(): DictionaryGaps {
  return gapsOf([...Object.values(EVENTS), ...Object.values(OWN_EVENTS)] as Codec<unknown>[]);
}

/** What samples of codecs have that the dictionary lacks. */
export function gapsOf(codecs: readonly Codec<unknown>[]): DictionaryGaps {
  const missing = { shapes: new Set<string>(), words: new Set<string>() };
  WRITER.text(() => {
    for (const codec of codecs) for (const sample of codec.samples()) pack(codec, sample, new Packer(missing));
  });
  return { shapes: [...missing.shapes], words: [...missing.words] };
}

function samplesOf<Value>(
  kind: string,
  codecs: object,
  write: (value: Value) => JsonObject,
): { name: string; samples: JsonObject[] }[] {
  return Object.entries(codecs).map(([type, codec]) => {
    const samples = (codec as Codec<Value>).samples().map(write);
    const version = samples[0]?.["v"] as number;
    return { name: `${kind}.${type}.v${version}`, samples };
  });
}

/** The value under a path such as `notice.terms.count` or `award.lines.0.provider`; undefined where there is none. */
export function valueAt(json: Json, path: string): Json | undefined {
  let value: Json | undefined = json;
  for (const step of path.split(".")) {
    if (Array.isArray(value)) value = /^\d{1,9}$/.test(step) ? (value[Number(step)] as Json | undefined) : undefined;
    else if (isJsonObject(value)) value = Object.hasOwn(value, step) ? value[step] : undefined;
    else return undefined;
  }
  return value;
}
