import { type Command, type Decision, type Recorded, recordedOf, saidBy } from "@offtake/core/book";
import type { PartyId } from "@offtake/core/kernel";
import type { Hash, LogRecord, NewRecord } from "@offtake/store/log";
import { decodeEvent, encodeEvent } from "@offtake/wire/codecs";

/** A record of the log cannot be read: written by a newer program, or damaged. Nothing is decided on a log that is half understood. */
export class UnreadableRecord extends Error {
  readonly position: number;

  constructor(position: number, detail: string) {
    super(`Record ${position} of the log cannot be read: ${detail}`);
    this.name = "UnreadableRecord";
    this.position = position;
  }
}

/** What a command is, without its stamps and its randomness: the same key with another fingerprint is another command. */
export function fingerprintOf(command: Command, hash: Hash): string {
  return hash(saidBy(command));
}

/** A decided command as it is stored; undefined where the log keeps nothing of it. */
export function recordOf(command: Command, fingerprint: string, decision: Decision): NewRecord | undefined {
  const recorded = recordedOf(command, decision);
  if (recorded === undefined) return undefined;
  const { events, ...stamps } = recorded;
  return { ...stamps, fingerprint, body: JSON.stringify(events.map(encodeEvent)) };
}

/**
 * Reads a record back.
 *
 * @throws UnreadableRecord
 */
export function recordedFrom(record: LogRecord): Recorded {
  const { position, key, fingerprint, actor, type, at, receivedAt, took, body } = record;
  const stored = parse(position, body);
  const events = stored.map((json, index) => {
    const event = decodeEvent(json);
    if (event.ok) return event.value;
    const { code, path, message } = event.problem;
    throw new UnreadableRecord(position, `event ${index}: ${code} at ${path}: ${message}`);
  });
  return {
    key,
    fingerprint,
    actor: actor as PartyId,
    type: type as Recorded["type"],
    at,
    ...(receivedAt === undefined ? {} : { receivedAt }),
    took,
    events,
  };
}

function parse(position: number, body: string): readonly unknown[] {
  let stored: unknown;
  try {
    stored = JSON.parse(body);
  } catch {
    throw new UnreadableRecord(position, "its body is no JSON");
  }
  if (!Array.isArray(stored)) throw new UnreadableRecord(position, "its body is no list of events");
  return stored;
}
