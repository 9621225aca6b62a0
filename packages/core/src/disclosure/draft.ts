import type { DisclosedEvent } from "./own-events.ts";
import type { PartyView } from "./view.ts";

type Writable<Value> = Value extends ReadonlyMap<infer Id, infer Item> ? Map<Id, Item> : Value;

/** A view while it is folded. */
export type Draft = { readonly [Key in keyof PartyView]: Writable<PartyView[Key]> };

export type Shown<Type extends DisclosedEvent["type"]> = Extract<DisclosedEvent, { readonly type: Type }>;

export function emptyDraft(): Draft {
  return {
    agreements: new Map(),
    notices: new Map(),
    invitations: new Map(),
    bids: new Map(),
    awards: new Map(),
    hostings: new Map(),
    requests: new Map(),
    names: new Map(),
  };
}

/** Replaces an item of a map by a changed one; an item that is not there stays away. */
export function update<Id, Item>(map: Map<Id, Item>, id: Id, to: (item: Item) => NoInfer<Item>): void {
  const before = map.get(id);
  if (before !== undefined) map.set(id, to(before));
}
