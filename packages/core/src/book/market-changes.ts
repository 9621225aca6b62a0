import type { RequestId } from "../kernel/index.ts";
import { changeRequest } from "./copy-on-change.ts";
import { copyMarket } from "./draft.ts";
import type { MarketState } from "./request-state.ts";
import type { BookState } from "./state.ts";

/** A lot has come back to the market: the bids that are open are compared again. */
export function reopenMarket(state: BookState, id: RequestId): void {
  const request = changeRequest(state, id);
  if (request.market === undefined || request.market.reopened) return;
  const market = copyMarket(request.market);
  market.reopened = true;
  request.market = market;
}

/** The tender and the bids of a market that is over can no longer be named. */
export function forgetMarket(state: BookState, { tender, bids }: MarketState): void {
  state.tenders.delete(tender.id);
  if (state.sealed.size > 0) state.sealed.delete(tender.id);
  if (state.bids.size === 0) return;
  for (const bid of bids) state.bids.delete(bid.id);
}
