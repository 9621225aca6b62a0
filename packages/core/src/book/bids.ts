import type { BidId, Instant, LotId, PartyId, RequestId } from "../kernel/index.ts";
import { type BidContext, judgeBid } from "../tenders/judge.ts";
import type { Bid } from "../tenders/bid.ts";
import { freeOn } from "./placement.ts";
import { policyOf } from "./policy.ts";
import { frozenRatio } from "./rates.ts";
import { recordingOf } from "./recorded.ts";
import type { LotState, MarketState, RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import { reject, type Turn } from "./turn.ts";

type PlaceBid = Extract<Turn["command"], { type: "placeBid" }>;

/** A provider bids under its invitation. Whoever was not invited gets the answer for a tender that is not there. */
export function placeBid(turn: Turn, command: PlaceBid): RequestId {
  const { state } = turn;
  const { recorded } = command;
  if (recorded !== undefined && state.header?.keeper !== turn.actor)
    return reject("not_found", "There is no such tender.");
  const bidder = recorded?.bidder ?? turn.actor;
  const id = state.tenders.get(command.tender);
  const request = id === undefined ? undefined : state.requests.get(id);
  const market = request?.market;
  if (request === undefined || market === undefined || !market.invitations.some((item) => item.provider === bidder)) {
    return reject("not_found", "There is no such tender.");
  }
  if (market.opened) return reject("tender_closed", "The bids of this tender are open.");
  if (market.improving.length > 0 && !market.improving.includes(bidder))
    return reject("not_invited", "Only those whose bids are tied are asked to improve them.");
  const bid: Bid = {
    ...command.bid,
    id: turn.ids.next<"BidId">("bid"),
    tender: command.tender,
    bidder,
    receivedAt: turn.receivedAt,
    order: market.bids.length,
    standing: false,
    ...(recorded === undefined ? {} : { recording: recordingOf(turn, recorded) }),
  };
  const judged = judgeBid(bid, market.tender, lotsOf(request, market), contextOf(turn, request, market, bidder));
  turn.emit({
    type: "bidReceived",
    at: turn.at,
    request: request.request.id,
    bid,
    verdict: judged.verdict,
    why: judged.why,
  });
  return request.request.id;
}

function lotsOf(request: RequestState, market: MarketState): LotState["lot"][] {
  return request.lots.filter((lot) => market.tender.lots.some((item) => item.lot === lot.lot.id)).map((lot) => lot.lot);
}

function contextOf(turn: Turn, request: RequestState, market: MarketState, bidder: PartyId): BidContext {
  const { state } = turn;
  const burdened = (lot: LotId): LotState | undefined =>
    request.lots.find((item) => item.lot.id === lot && (item.matches.length > 0 || item.stages.length > 0));
  return {
    receivedAt: turn.receivedAt,
    invited: true,
    burdened: (lot) => burdened(lot) !== undefined,
    inseparable: policyOf(state).inseparable,
    identityDemanded: (lot) => burdened(lot)?.matches.some((right) => right.clause.disclosure.identity) === true,
    blockFree: (blocks, lot, count) => blocks.length === 0 || freeOn(state, blocks, lot.window, 1, count) >= count,
    lineageCyclic: (block) => state.cyclicBlocks.has(block),
    otherBidOn: (block, lot) =>
      market.bids.some(
        (bid) => bid.bidder !== bidder && bid.lines.some((line) => line.lot === lot && line.rootBlocks.includes(block)),
      ),
    knownBlock: (block) => state.capacity.get(block) !== undefined || state.cyclicBlocks.has(block),
    knownCurrency: (currency) => frozenRatio(state, currency, market.tender.closesAt, bidder) !== undefined,
    knownParty: (party) => state.parties.has(party),
  };
}

interface Found {
  readonly request: RequestState;
  readonly market: MarketState;
  readonly bid: Bid;
}

function ownBid(turn: Turn, id: BidId): Found {
  const request = requestOfBid(turn.state, id);
  const bid = request?.market?.bids.find((item) => item.id === id);
  if (request?.market === undefined || bid === undefined || bid.bidder !== turn.actor)
    return reject("not_found", "There is no such bid.");
  return { request, market: request.market, bid };
}

/** A bid by list is seldom named by anybody: it is looked for where it stands, and kept in no table. */
function requestOfBid(state: BookState, id: BidId): RequestState | undefined {
  const known = state.bids.get(id);
  if (known !== undefined) return state.requests.get(known);
  for (const request of state.requests.values()) {
    if (request.market?.bids.some((bid) => bid.standing && bid.id === id) === true) return request;
  }
  return undefined;
}

export function withdrawBid(turn: Turn, id: BidId): RequestId {
  const { request, bid } = ownBid(turn, id);
  if (request.awards.some((award) => award.lines.some((line) => line.bid === id)))
    reject("bid_not_open", "This bid has been awarded.");
  turn.emit({
    type: "bidWithdrawn",
    at: turn.at,
    request: request.request.id,
    bid: id,
    tender: bid.tender,
    bidder: bid.bidder,
  });
  return request.request.id;
}

export function extendBid(turn: Turn, id: BidId, validUntil: Instant): RequestId {
  const { request, bid } = ownBid(turn, id);
  if (validUntil <= bid.validUntil) return reject("invalid_window", "An extension ends later than the bid did.");
  turn.emit({ type: "bidExtended", at: turn.at, request: request.request.id, bid: id, bidder: bid.bidder, validUntil });
  return request.request.id;
}
