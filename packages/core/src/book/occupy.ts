import type { BlockId, TimeWindow } from "../kernel/index.ts";
import type { BookState } from "./state.ts";

/** Takes (sign 1) or gives back (sign -1) capacity of root blocks. */
export function occupy(
  state: BookState,
  blocks: readonly { readonly block: BlockId; readonly count: number }[],
  window: TimeWindow,
  sign: 1 | -1,
): void {
  for (const { block, count } of blocks) state.occupy({ block, window, count, sign });
}
