import type { RequestId } from "../kernel/index.ts";
import { evaluateMarket } from "./evaluate-market.ts";
import type { Turn } from "./turn.ts";

/** After the common close: all bids are opened at once, and compared. */
export function closeTender(turn: Turn, id: RequestId): void {
  const market = turn.state.requests.get(id)?.market;
  if (market === undefined || market.opened) return;
  turn.emit({
    type: "bidsOpened",
    at: turn.at,
    request: id,
    tender: market.tender.id,
    bids: market.bids.map((bid) => bid.id),
  });
  evaluateMarket(turn, id);
}
