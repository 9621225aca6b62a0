import type { Instant, PartyId } from "../kernel/index.ts";
import type { BookState } from "./state.ts";

/** Whether a party may supply at an instant: the last word that had begun by then counts; eligible where nothing was said. */
export function isEligible(state: BookState, party: PartyId, at: Instant): boolean {
  if (state.eligibility.size === 0) return true;
  let eligible = true;
  for (const item of state.eligibility.get(party) ?? []) if (item.from <= at) eligible = item.eligible;
  return eligible;
}

/** The first instant after `at` from which somebody may supply who could not, or the other way round. */
export function nextEligibility(state: BookState, at: Instant): Instant | undefined {
  let next: Instant | undefined;
  for (const items of state.eligibility.sortedValues()) {
    for (const { from } of items) if (from > at && (next === undefined || from < next)) next = from;
  }
  return next;
}
