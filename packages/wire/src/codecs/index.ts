export type { Codec, Definitions, Json, JsonObject, Schema } from "./codec.ts";
export { COMMANDS, type CommandType } from "./commands.ts";
export { EVENTS } from "./events.ts";
export { OWN_EVENTS } from "./own-events.ts";
export { SHAPES, WORDS } from "./dictionary.ts";
export { decodeRecord, encodeRecord, recordSamples, unpackRecord } from "./record.ts";
export { encodeTelling, packTelling, unpackTelling } from "./telling.ts";
export {
  decodeCommand,
  decodeDisclosed,
  decodeEvent,
  dictionaryGaps,
  encodeCommand,
  encodeDisclosed,
  encodeEvent,
  eventCodec,
  goldenSamples,
  presentDisclosed,
  writeDisclosed,
  type Restored,
  showEvent,
  type StoredProblem,
  type Upcaster,
  type Upcasters,
  valueAt,
} from "./versioned.ts";
