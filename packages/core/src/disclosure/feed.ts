import type { BookEvent } from "../book/events.ts";
import type { PartyId } from "../kernel/index.ts";
import { advanceDisclosure } from "./advance.ts";
import { disclose, disclosures } from "./disclose.ts";
import type { DisclosedEvent } from "./own-events.ts";
import { type DisclosureOptions, emptyDisclosure } from "./state.ts";

/**
 * Everything that a party may know of a history, in order. The place in this list, counted from 0, is the only position that the
 * party ever sees: it counts what concerns the party and nothing else.
 */
export function feedOf(history: readonly BookEvent[], party: PartyId, options?: DisclosureOptions): DisclosedEvent[] {
  const state = emptyDisclosure(options);
  const feed: DisclosedEvent[] = [];
  for (const event of history) {
    const shown = disclose(event, party, state);
    if (shown !== undefined) feed.push(shown);
    advanceDisclosure(state, event);
  }
  return feed;
}

/** The feeds of all parties that a history concerns, in one pass. */
export function feedsOf(history: readonly BookEvent[], options?: DisclosureOptions): Map<PartyId, DisclosedEvent[]> {
  const state = emptyDisclosure(options);
  const feeds = new Map<PartyId, DisclosedEvent[]>();
  for (const event of history) {
    for (const { party, event: shown } of disclosures(event, state)) {
      const feed = feeds.get(party);
      if (feed === undefined) feeds.set(party, [shown]);
      else feed.push(shown);
    }
    advanceDisclosure(state, event);
  }
  return feeds;
}
