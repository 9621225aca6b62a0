import { findNearest } from "../capacity/index.ts";
import { addMs, type BlockId, DAY_MS, formatInstant } from "../kernel/index.ts";
import { heldBlocks } from "./placement.ts";
import { openCount, type RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";

/** How far ahead a later start is looked for when the request names no latest one. */
const LOOK_AHEAD_MS = 366 * DAY_MS;
/** Beyond so many blocks the search would cost more than the answer is worth. */
const BLOCKS_MAX = 64;

/** What would have worked instead, in words: less of it in the window, or as much of it later. */
export function nearestThatWorks(state: BookState, request: RequestState): string | undefined {
  const lot = request.lots.find((item) => openCount(item) > 0 && item.why !== "superseded");
  if (lot === undefined) return undefined;
  const blocks = new Set<BlockId>();
  for (const bid of request.market?.bids ?? []) {
    for (const line of bid.lines) {
      if (line.lot !== lot.lot.id) continue;
      for (const block of line.rootBlocks) {
        blocks.add(block);
        if (blocks.size > BLOCKS_MAX) return undefined;
      }
    }
  }
  if (blocks.size === 0) return undefined;
  const { terms, window } = lot.lot;
  const quantity = openCount(lot);
  // What is left of a lot may be no whole number of blocks: then it is dealt in as it is.
  const blockSize = quantity % terms.blockSize === 0 ? terms.blockSize : 1;
  const ask = { window, quantity, blockSize, gangMin: Math.min(terms.gangMin, quantity), split: terms.divisible };
  const found = findNearest(
    heldBlocks(state, [...blocks].sort()),
    ask,
    terms.latestStart ?? addMs(window.from, LOOK_AHEAD_MS),
  );
  const parts: string[] = [];
  if (found.largest !== undefined) parts.push(`${found.largest.quantity} in this window`);
  if (found.earliest !== undefined) parts.push(`${ask.quantity} from ${formatInstant(found.earliest.window.from)}`);
  return parts.length === 0 ? undefined : parts.join(", or ");
}
