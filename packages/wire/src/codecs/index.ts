export type { Codec, Definitions, Json, JsonObject, Schema } from "./codec.ts";
export { COMMANDS, type CommandType } from "./commands.ts";
export { EVENTS } from "./events.ts";
export {
  decodeCommand,
  decodeEvent,
  encodeCommand,
  encodeEvent,
  eventCodec,
  goldenSamples,
  type Restored,
  showEvent,
  type StoredProblem,
  type Upcaster,
  type Upcasters,
  valueAt,
} from "./versioned.ts";
