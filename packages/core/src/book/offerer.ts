import type { PartyId } from "../kernel/index.ts";
import { lookThrough } from "../tenders/look-through.ts";
import { thresholdOf } from "./affiliation.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Whose offer a notice is about in truth, where it is a bid: the host of what an affiliate fronts for (domain rule G21). */
export function offererOf(
  turn: Turn,
  { request, market }: RequestState,
  lot: LotState,
  notice: NoticeState | undefined,
): PartyId | undefined {
  const bid = market?.bids.find((item) => item.id === notice?.thirdParty?.bid);
  const line = bid?.lines.find((item) => item.lot === lot.lot.id);
  if (bid === undefined || line === undefined) return undefined;
  const { thirdParty } = lookThrough(bid, line, turn.state.parties, request.buyer, thresholdOf(turn.state, lot));
  return thirdParty ?? bid.bidder;
}
