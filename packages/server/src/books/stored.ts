import { type Command, type Decision, type Recorded, recordedOf, saidBy } from "@offtake/core/book";
import type { PartyId } from "@offtake/core/kernel";
import type { Hash, LogRecord, NewRecord } from "@offtake/store/log";
import { decodeRecord, encodeRecord } from "@offtake/wire/codecs";

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

/** Characters of a fingerprint that a state keeps with a command's key. */
const KEPT = 16;

/**
 * What a state keeps of a fingerprint: there is one for every command of a day, and 64 bits of a hash tell what somebody sends by
 * mistake. Whoever answers a retry compares the whole.
 */
export const keptOf = (fingerprint: string): string => fingerprint.slice(0, KEPT);

/** A decided command as it is stored; undefined where the log keeps nothing of it. */
export function recordOf(command: Command, fingerprint: string, decision: Decision): NewRecord | undefined {
  const recorded = recordedOf(command, decision);
  if (recorded === undefined) return undefined;
  const { events, ...stamps } = recorded;
  return { ...stamps, fingerprint, body: encodeRecord(events) };
}

/**
 * Reads a record back.
 *
 * @throws UnreadableRecord
 */
export function recordedFrom(record: LogRecord): Recorded {
  const { position, key, fingerprint, actor, type, at, receivedAt, took, body } = record;
  const events = decodeRecord(body);
  if (!events.ok) {
    const { code, path, message } = events.problem;
    throw new UnreadableRecord(position, `${code}${path === "" ? "" : ` at ${path}`}: ${message}`);
  }
  return {
    key,
    fingerprint: keptOf(fingerprint),
    actor: actor as PartyId,
    type: type as Recorded["type"],
    at,
    ...(receivedAt === undefined ? {} : { receivedAt }),
    took,
    events: events.value,
  };
}
