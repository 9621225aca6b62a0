import {
  type BidId,
  type Instant,
  INSTANT_MAX,
  type InvitationId,
  type LotId,
  type PartyId,
  type RequestId,
  type TenderId,
} from "../kernel/index.ts";
import { type BidContext, judgeBid } from "../tenders/judge.ts";
import type { Bid, BidLine, Invitation } from "../tenders/bid.ts";
import type { PriceProblem } from "../prices/index.ts";
import type { LotAlternative } from "../requests/lot.ts";
import { isEligible } from "./eligible.ts";
import type { Offer, Policy } from "./documents.ts";
import type { Writable } from "./draft.ts";
import { evaluateMarket, isInMarket } from "./evaluate-market.ts";
import { owned } from "./owned.ts";
import { dropProposal } from "./propose.ts";
import { freeOn } from "./placement.ts";
import { priceOfOffer } from "./price-offer.ts";
import { frozenRatio } from "./rates.ts";
import { recordingOf } from "./recorded.ts";
import { isOpen, type LotState, type MarketState, openCount, type RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import { tellBidders } from "./tell-bidders.ts";
import { reject, type Turn } from "./turn.ts";
import { keeperDeadline } from "./windows.ts";

/** Opens the rest of a request to the market: one tender for all its lots, sealed until a common close (step 13). */
export function openTender(turn: Turn, request: RequestState, lots: readonly LotState[]): void {
  const { state, at } = turn;
  const policy = policyOf(state);
  if (request.market?.opened === true && !request.market.told) tellBidders(turn, request, []);
  const providers = invitees(state, request, policy, turn.clock);
  const id = turn.ids.next<"TenderId">("tnd") as TenderId;
  const closesAt = closingTime(turn, request, policy);
  const tender = {
    id,
    request: request.request.id,
    closesAt,
    round: 0,
    lots: lots.map((lot) => ({ lot: lot.lot.id, count: openCount(lot) })),
  };
  const invitations: Invitation[] = providers.map((provider) => ({
    id: turn.ids.next<"InvitationId">("inv") as InvitationId,
    tender: id,
    provider,
  }));
  turn.emit({ type: "tenderOpened", at, tender, invitations });
  enterLists(turn, request, id, offersFor(state, request, lots, providers));
  if (closesAt <= at) closeTender(turn, request.request.id);
}

/** The buyer puts out what it still needs: at once, or again inside the tail of what holders let pass (domain row M15). */
export function reopenTender(turn: Turn, command: Extract<Turn["command"], { type: "openTender" }>): void {
  const request = owned(turn, command.request);
  const { market } = request;
  if (market !== undefined && !market.opened && request.lots.some((lot) => isInMarket(request, lot))) {
    reject("bid_not_open", "A tender of this request is still running.");
  }
  const lots = request.lots.filter(
    (lot) =>
      isOpen(lot) && lot.phase !== "held" && lot.phase !== "forming" && (command.lots?.includes(lot.lot.id) ?? true),
  );
  if (lots.length === 0) reject("over_awarded", "Nothing of this request is left to open to the market.");
  if (request.request.sale !== undefined) reject("malformed", "A sale has its buyer: it is not put out.");
  dropProposal(turn, request);
  openTender(turn, request, lots);
}

export function policyOf(state: BookState): Policy {
  return state.policy ?? reject("malformed", "The book has no policy.");
}

function closingTime(turn: Turn, request: RequestState, policy: Policy): Instant {
  const fixed = request.request.bidsCloseAt;
  if (fixed !== undefined && fixed > turn.at) return fixed;
  return policy.tenderWindow.n === 0 ? turn.at : keeperDeadline(turn.state, policy.tenderWindow, turn.at);
}

const inviteLists = new WeakMap<
  BookState,
  { readonly epoch: number; readonly fact: number; readonly parties: readonly PartyId[] }
>();

/** Everyone with the provider role today, or those whom the policy names; never the buyer, and nobody who is not eligible. */
function invitees(state: BookState, request: RequestState, policy: Policy, at: Instant): PartyId[] {
  let known = inviteLists.get(state);
  if (known === undefined || known.epoch !== state.epoch || known.fact !== state.factEpoch) {
    const parties =
      policy.invite ??
      state.parties
        .sortedValues()
        .filter((party) => party.roles.some((role) => role.role === "provider"))
        .map((party) => party.id);
    known = { epoch: state.epoch, fact: state.factEpoch, parties };
    inviteLists.set(state, known);
  }
  return known.parties.filter(
    (id) => id !== request.request.buyer && providesAt(state, id, at) && isEligible(state, id, at),
  );
}

function providesAt(state: BookState, id: PartyId, at: Instant): boolean {
  const roles = state.parties.get(id)?.roles ?? [];
  return roles.some(
    (role) =>
      role.role === "provider" &&
      (role.from === undefined || role.from <= at) &&
      (role.to === undefined || at < role.to),
  );
}

const offerLists = new WeakMap<
  BookState,
  { readonly epoch: number; readonly byAccelerator: ReadonlyMap<string, readonly Offer[]> }
>();

function standingOffers(state: BookState, acceleratorType: string): readonly Offer[] {
  let known = offerLists.get(state);
  if (known === undefined || known.epoch !== state.factEpoch) {
    const byAccelerator = new Map<string, Offer[]>();
    for (const offer of state.offers.sortedValues()) {
      if (!offer.standing) continue;
      const list = byAccelerator.get(offer.acceleratorType) ?? [];
      list.push(offer);
      byAccelerator.set(offer.acceleratorType, list);
    }
    known = { epoch: state.factEpoch, byAccelerator };
    offerLists.set(state, known);
  }
  return known.byAccelerator.get(acceleratorType) ?? NO_OFFERS;
}

const NO_OFFERS: readonly Offer[] = [];

interface OfferForLot {
  readonly offer: Offer;
  readonly lot: LotState;
  readonly alternative: LotAlternative;
  readonly factorCount: number;
}

function offersFor(
  state: BookState,
  request: RequestState,
  lots: readonly LotState[],
  providers: readonly PartyId[],
): OfferForLot[] {
  const found: OfferForLot[] = [];
  for (const lot of lots) {
    const several = lot.lot.alternatives.length > 1;
    for (const alternative of lot.lot.alternatives) {
      for (const offer of standingOffers(state, alternative.acceleratorType)) {
        if (!providers.includes(offer.provider) || !regionFits(alternative.region, offer.region)) continue;
        if (
          (offer.from !== undefined && offer.from > lot.lot.window.from) ||
          (offer.to !== undefined && offer.to < lot.lot.window.to)
        )
          continue;
        if (several && found.some((item) => item.offer === offer && item.lot === lot)) continue;
        const { factor } = alternative;
        const factorCount =
          factor.num === factor.den ? openCount(lot) : Number((BigInt(openCount(lot)) * factor.num) / factor.den);
        found.push({ offer, lot, alternative, factorCount });
      }
    }
  }
  return request.request.lines.length === 0 ? [] : found;
}

/** A pattern of a request (`us-*`) against a region that is offered. */
export function regionFits(pattern: string, region: string): boolean {
  return pattern === "*" || pattern === region || (pattern.endsWith("*") && region.startsWith(pattern.slice(0, -1)));
}

/** Every price list that fits stands as a bid from the beginning on: all of them are entered at once. */
function enterLists(turn: Turn, request: RequestState, tender: TenderId, offers: readonly OfferForLot[]): void {
  const bids: Bid[] = [];
  let taken = NONE_TAKEN;
  for (const item of offers) {
    const made = bidByOffer(turn, tender, item, bids.length - taken.length);
    if (made === undefined) continue;
    const { bid, unpriced } = made;
    if (unpriced.length > 0) {
      turn.emit({
        type: "bidReceived",
        at: turn.at,
        request: request.request.id,
        bid,
        verdict: "unpriced",
        why: unpriced,
      });
      continue;
    }
    bids.push(bid);
    const [line] = bid.lines as [BidLine];
    const { blocks } = item.offer;
    if (blocks.length > 0 && !hasRoom(turn.state, blocks, item.lot, line.multiple)) taken = [...taken, bid.id];
  }
  if (bids.length > 0)
    turn.emit({ type: "listBidsReceived", at: turn.at, request: request.request.id, tender, bids, taken });
}

const NONE_TAKEN: readonly BidId[] = [];

/**
 * A price list as a bid: any multiple of its block size, as far as it goes. Undefined where it has less than one. One that an agreement
 * prices and that has no price says what is missing.
 */
function bidByOffer(
  turn: Turn,
  tender: TenderId,
  item: OfferForLot,
  order: number,
): { readonly bid: Bid; readonly unpriced: readonly string[] } | undefined {
  const { offer, lot, alternative } = item;
  const step = Math.max(offer.blockSize, lot.lot.terms.blockSize);
  const wanted = Math.min(item.factorCount, offer.countMax ?? item.factorCount);
  const countMax = wanted - (wanted % step);
  if (countMax < step) return undefined;
  const price = offer.priceBy === undefined ? undefined : priceOfOffer(turn, offer, lot, alternative, step, countMax);
  const problems = price !== undefined && "problems" in price ? price.problems : NO_PROBLEMS;
  const line: Writable<BidLine> = {
    lot: lot.lot.id,
    countMin: step,
    countMax,
    multiple: step,
    tiers: offer.tiers,
    tierMode: "all-units",
    stated: NOTHING_STATED,
    rootBlocks: offer.blocks,
    region: offer.region,
    acceleratorType: offer.acceleratorType,
  };
  if (offer.host !== undefined) line.host = offer.host;
  if (price !== undefined && "tiers" in price) {
    line.tiers = price.tiers;
    line.pricedBy = price.pricedBy;
    if (price.costs !== undefined) line.costs = price.costs;
  }
  const bid: Bid = {
    id: turn.ids.next<"BidId">("bid"),
    tender,
    bidder: offer.provider,
    lines: [line],
    validUntil: offer.to ?? INSTANT_MAX,
    discloseIdentity: true,
    receivedAt: turn.at,
    order,
    standing: true,
  };
  return { bid, unpriced: problems.length === 0 ? NO_CODES : [...new Set(problems.map(({ code }) => code))] };
}

const NOTHING_STATED: BidLine["stated"] = {};

/** A few blocks are looked at when bidding; long lists only when they would be taken, cheapest first. */
function hasRoom(state: BookState, blocks: Offer["blocks"], lot: LotState, step: number): boolean {
  return blocks.length > 4 || freeOn(state, blocks, lot.lot.window, 1, step) >= step;
}

const NO_PROBLEMS: readonly PriceProblem[] = [];
const NO_CODES: readonly string[] = [];

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
