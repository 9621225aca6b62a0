import { freeOf, supplyAt } from "@offtake/core/capacity";
import { addMs, type BlockId, type Instant } from "@offtake/core/kernel";
import type { Fields, Thing } from "../match.ts";
import type { Scene } from "../scene.ts";

/** What is free on a block at the instant that is asked about. */
export function capacityThings(scene: Scene, expected: Fields): readonly Thing[] {
  const { block, at } = expected as { readonly block: BlockId; readonly at: Instant };
  const held = scene.book.state.capacity.get(block);
  if (held === undefined) return [];
  const free = freeOf(held, { from: at, to: addMs(at, 1) });
  return [{ title: `block ${block}`, fields: { block, at, free } }];
}

/** What a root block supplies in the window that is asked about: counted once, with the claims of all who list it. */
export function supplyThings(scene: Scene, expected: Fields): readonly Thing[] {
  const { root, from, to } = expected as { readonly root: BlockId; readonly from: Instant; readonly to: Instant };
  if (from >= to) return [];
  const found = supplyAt(scene.book.state.capacity, { from, to }).roots.find(({ rootId }) => rootId === root);
  if (found === undefined) return [];
  const claims: Record<string, number> = {};
  for (const { provider, quantity } of found.claims) claims[provider] = (claims[provider] ?? 0) + quantity;
  const { quantity: count, free, firmness } = found;
  return [{ title: `the supply of root block ${root}`, fields: { root, from, to, count, free, firmness, claims } }];
}
