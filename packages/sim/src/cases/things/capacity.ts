import { freeOf } from "@offtake/core/capacity";
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
