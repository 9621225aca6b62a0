import type { PartyId } from "../kernel/index.ts";
import type { DisclosedEvent } from "./own-events.ts";

/** What one party is told of one event. */
export interface Disclosure {
  readonly party: PartyId;
  readonly event: DisclosedEvent;
}

/** Collects who is told what of one event: each party once, in the words that come first. */
export class Told {
  readonly list: Disclosure[] = [];

  to(party: PartyId | undefined, event: DisclosedEvent | undefined): this {
    if (party === undefined || event === undefined) return this;
    if (!this.list.some((one) => one.party === party)) this.list.push({ party, event });
    return this;
  }
}
