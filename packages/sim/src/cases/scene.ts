import type { BookEvent, Rejection } from "@offtake/core/book";
import { type DisclosedEvent, feedOf } from "@offtake/core/disclosure";
import type { PartyId } from "@offtake/core/kernel";
import type { MemoryBook } from "../memory-book/index.ts";
import type { Chronicle } from "./chronicle.ts";

/** The moment at which expectations are held against what happened: just after a step, or the end. */
export interface Scene {
  readonly book: MemoryBook;
  readonly chronicle: Chronicle;
  /** Where the events of the step begin in the chronicle; its length at the end of the script. */
  readonly stepFrom: number;
  /** What the broker said no to in this step. */
  readonly rejection?: Rejection;
  /** Words for the step, for failures: "step 3 (accept)"; "the end" after the last. */
  readonly when: string;
  readonly isStep: boolean;
}

/** What a party has been told so far. */
export function feedIn(scene: Pick<Scene, "chronicle">, party: string): readonly DisclosedEvent[] {
  return feedOf(scene.chronicle.events, party as PartyId);
}

export function isParty(scene: Scene, id: string): boolean {
  return scene.book.state.parties.get(id as PartyId) !== undefined;
}

export function eventsOfStep(scene: Scene): readonly BookEvent[] {
  return scene.chronicle.events.slice(scene.stepFrom);
}
