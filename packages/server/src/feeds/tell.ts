import type { BookEvent } from "@offtake/core/book";
import { advanceDisclosure, type DisclosedEvent, type DisclosureState, disclosures } from "@offtake/core/disclosure";
import type { PartyId } from "@offtake/core/kernel";
import { type FeedEntry, type FeedHead, grown, type Telling, type Told } from "@offtake/store/feeds";
import type { Hash, LogRecord } from "@offtake/store/log";
import { decodeEvent, encodeTelling, type JsonObject, unpackRecord, writeDisclosed } from "@offtake/wire/codecs";
import { UnreadableRecord } from "../books/index.ts";

/** What one party is told of one record, before it has its place in the feed. */
export interface Unplaced {
  readonly party: PartyId;
  readonly record: number;
  readonly told: readonly Told[];
  readonly events: readonly DisclosedEvent[];
}

/** What was told, event by event, with its place: what objects are folded from. */
export interface ToldEvent {
  readonly party: PartyId;
  readonly position: number;
  readonly event: DisclosedEvent;
}

/** A part of the log as everybody is told it. */
export interface Batch {
  readonly tellings: Telling[];
  readonly events: ToldEvent[];
  /** The new entries of each feed. */
  readonly entries: Map<PartyId, FeedEntry[]>;
}

/** A record of the log, as it is told. */
export interface RecordToTell {
  readonly position: number;
  /** With its JSON as it stands in the log; absent where that is what the event is written as now. */
  readonly events: readonly { readonly event: BookEvent; readonly json?: JsonObject }[];
}

/**
 * Discloses a record.
 *
 * @param state as of before the record; advanced in place to after it
 */
export function discloseRecord(state: DisclosureState, { position, events }: RecordToTell): readonly Unplaced[] {
  const parts = new Map<PartyId, { readonly told: Told[]; readonly events: DisclosedEvent[] }>();
  for (const [index, { event, json }] of events.entries()) {
    let itself: Told | undefined;
    for (const { party, event: shown } of disclosures(event, state)) {
      const part = parts.get(party) ?? { told: [], events: [] };
      parts.set(party, part);
      if (shown === event)
        itself ??= { body: json === undefined ? writeDisclosed(event) : JSON.stringify(json), event: index };
      part.told.push(shown === event && itself !== undefined ? itself : { body: writeDisclosed(shown) });
      part.events.push(shown);
    }
    advanceDisclosure(state, event);
  }
  return [...parts].map(([party, { told, events: shown }]) => ({ party, record: position, told, events: shown }));
}

/**
 * A record as it was read from the log.
 *
 * @throws UnreadableRecord
 */
export function recordToTell({ position, body }: LogRecord): RecordToTell {
  const stored = unpackRecord(body);
  if (!stored.ok) throw new UnreadableRecord(position, stored.problem.message);
  const events = stored.value.map((json, index) => {
    const event = decodeEvent(json);
    if (event.ok) return { event: event.value, json };
    const { code, path, message } = event.problem;
    throw new UnreadableRecord(position, `event ${index}: ${code} at ${path}: ${message}`);
  });
  return { position, events };
}

export function emptyBatch(): Batch {
  return { tellings: [], events: [], entries: new Map() };
}

/**
 * Gives what is told its places and its links, at the end of a batch.
 *
 * @param heads where the feed of every party that is told something ends; moved on in place
 */
export function place(parts: readonly Unplaced[], heads: Map<PartyId, FeedHead>, hash: Hash, batch: Batch): void {
  const { tellings, events, entries } = batch;
  for (const { party, record, told, events: shown } of parts) {
    const before = heads.get(party);
    if (before === undefined) throw new Error(`Broken belief: the end of the feed of ${party} is known`);
    const list = entries.get(party) ?? [];
    entries.set(party, list);
    let head = before;
    for (const [index, { body }] of told.entries()) {
      const next = grown(head, body, hash);
      list.push({ position: head.length, body, hash: next.hash });
      const event = shown[index];
      if (event !== undefined) events.push({ party, position: head.length, event });
      head = next;
    }
    heads.set(party, head);
    const packed = encodeTelling(told.map(({ event }, index) => event ?? (shown[index] as DisclosedEvent)));
    tellings.push({ party, record, position: before.length, told, packed, hash: head.hash });
  }
}
