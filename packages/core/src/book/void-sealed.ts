import type { HoldId, PartyId, RequestId } from "../kernel/index.ts";
import type { Bid } from "../tenders/bid.ts";
import { freeOn, type Placed } from "./placement.ts";
import type { RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import type { Turn } from "./turn.ts";

/**
 * Somebody has taken machines that a host runs for it: sealed bids of that host for the same machines, in any tender, fall then and
 * there (domain row M10). The host knows that they are taken, is told so, and may bid others. A bid of anybody else stays as it is,
 * because its bidder may not know: what has no room is found when bids are compared, and counts if the machines come free before.
 */
export function voidSealed(turn: Turn, host: PartyId, hold: HoldId, taken: readonly Placed[]): void {
  const { state } = turn;
  if (state.sealed.size === 0 || taken.length === 0) return;
  const roots = new Set(taken.map(({ block }) => rootOf(state, block)));
  for (const [tender, request] of state.sealed.sorted()) {
    const found = state.requests.get(request);
    if (found?.market === undefined || found.market.opened || found.market.tender.id !== tender) continue;
    for (const bid of found.market.bids) {
      if (bid.bidder === host && hasNoRoom(state, found, bid, roots)) voidBid(turn, request, bid, hold);
    }
  }
}

function voidBid(turn: Turn, request: RequestId, { id, bidder }: Bid, hold: HoldId): void {
  turn.emit({ type: "bidVoided", at: turn.at, request, bid: id, bidder, why: "block_taken", hold });
}

/** A line that names some of the machines can no longer give what it must give at least: as a bid, it would not be taken any more. */
function hasNoRoom(state: BookState, request: RequestState, { lines }: Bid, roots: ReadonlySet<string>): boolean {
  return lines.some(({ lot: id, rootBlocks, countMin }) => {
    if (!rootBlocks.some((block) => roots.has(rootOf(state, block)))) return false;
    const lot = request.lots.find((item) => item.lot.id === id)?.lot;
    return lot !== undefined && freeOn(state, rootBlocks, lot.window, 1, countMin) < countMin;
  });
}

function rootOf(state: BookState, block: Placed["block"]): string {
  return state.capacity.get(block)?.block.rootId ?? block;
}
