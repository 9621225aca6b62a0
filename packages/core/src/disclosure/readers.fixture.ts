import type { BookEvent } from "../book/events.ts";
import { canonicalText, type PartyId } from "../kernel/index.ts";
import { advanceDisclosure, disclose, type DisclosedEvent, type DisclosureState, emptyDisclosure } from "./index.ts";
import { PRELUDE } from "./samples.fixture.ts";

/** The state after the prelude of the samples and further events. */
export function stateAfter(...events: readonly BookEvent[]): DisclosureState {
  return [...PRELUDE, ...events].reduce(advanceDisclosure, emptyDisclosure());
}

/** What a party is told of the last of some events that follow the prelude. */
export function told(party: string, ...events: readonly [BookEvent, ...BookEvent[]]): DisclosedEvent | undefined {
  const last = events.at(-1) as BookEvent;
  return disclose(last, party as PartyId, stateAfter(...events.slice(0, -1)));
}

/** One type of what is told; fails where something else, or nothing, was. */
export function toldAs<Type extends DisclosedEvent["type"]>(
  type: Type,
  party: string,
  ...events: readonly [BookEvent, ...BookEvent[]]
): Extract<DisclosedEvent, { readonly type: Type }> {
  const event = told(party, ...events);
  if (event?.type !== type) throw new Error(`${party} was told ${String(event?.type)}, not ${type}`);
  return event as Extract<DisclosedEvent, { readonly type: Type }>;
}

/** Every text inside a value, to look for what must not be there. */
export function says(value: unknown, text: string): boolean {
  return value !== undefined && canonicalText(value).includes(text);
}

/** Which of some texts stand somewhere in a value. */
export function found(value: unknown, ...texts: readonly string[]): string[] {
  return texts.filter((text) => says(value, text));
}
