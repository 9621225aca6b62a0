import type { Instant } from "../kernel/index.ts";
import type { BookEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import type { Command } from "./commands.ts";
import { type CommandStamp, remember } from "./retries.ts";
import type { Decision } from "./run.ts";
import type { BookState } from "./state.ts";

/** One append to the log of a book: a command's stamps, and what followed from it. */
export interface Recorded extends CommandStamp {
  /** Arrival, where it was before the stamp. */
  readonly receivedAt?: Instant;
  /** False: the command was rejected, so that its key is free; the events are what time had brought about before it. */
  readonly took: boolean;
  readonly events: readonly BookEvent[];
}

/**
 * What a log keeps of a decided command. Undefined where it keeps nothing: it was repeated, or rejected with nothing that time had
 * brought about before it.
 */
export function recordedOf(command: Command, { events, rejection, repeated }: Decision): Recorded | undefined {
  const took = rejection === undefined && repeated === undefined;
  if (!took && events.length === 0) return undefined;
  const { key, fingerprint, actor, type, at, receivedAt } = command;
  return {
    key,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    actor,
    type,
    at,
    ...(receivedAt === undefined ? {} : { receivedAt }),
    took,
    events,
  };
}

/**
 * Folds one record into a state that the caller owns. Every record of a log, in order, gives a state that goes on deciding as the
 * one that wrote it: what fell due before the command was dealt with then, also where nothing came of it, and does not fall due
 * again; its key is known.
 */
export function fold(state: BookState, record: Recorded): void {
  for (const event of record.events) evolve(state, event);
  const { at, receivedAt = at, type, took } = record;
  const until = type === "recordOutage" ? at : receivedAt;
  while (state.timers.isDue(until)) state.timers.pop();
  if (took) remember(state, record);
}
