import type { Instant, PartyId } from "../kernel/index.ts";
import type { BookState } from "./state.ts";

/** Whether a party may supply at an instant: the last word that had begun by then counts; eligible where nothing was said. */
export function isEligible(state: BookState, party: PartyId, at: Instant): boolean {
  let eligible = true;
  for (const item of state.eligibility.get(party) ?? []) if (item.from <= at) eligible = item.eligible;
  return eligible;
}
