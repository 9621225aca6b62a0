import type { PartyView } from "./view.ts";

export type { Shown } from "./shown.ts";

type Writable<Value> = Value extends ReadonlyMap<infer Id, infer Item> ? Map<Id, Item> : Value;

/** A view while it is folded, or those of its objects that a few events concern. */
export type Draft = { readonly [Key in keyof PartyView]: Writable<PartyView[Key]> };

export function emptyDraft(): Draft {
  return {
    agreements: new Map(),
    agreementVersions: new Map(),
    commitments: new Map(),
    conflicts: new Map(),
    waivers: new Map(),
    notices: new Map(),
    holds: new Map(),
    invitations: new Map(),
    bids: new Map(),
    awards: new Map(),
    hostings: new Map(),
    requests: new Map(),
    parties: new Map(),
    books: new Map(),
    calendars: new Map(),
    rates: new Map(),
    indexValues: new Map(),
    blocks: new Map(),
    offers: new Map(),
    standingAnswers: new Map(),
    consents: new Map(),
  };
}

/** Replaces an item of a map by a changed one; an item that is not there stays away. */
export function update<Id, Item>(map: Map<Id, Item>, id: Id, to: (item: Item) => NoInfer<Item>): void {
  const before = map.get(id);
  if (before !== undefined) map.set(id, to(before));
}
