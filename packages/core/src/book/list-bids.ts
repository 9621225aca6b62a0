import { type BidId, INSTANT_MAX, type PartyId, type TenderId } from "../kernel/index.ts";
import type { PriceProblem } from "../prices/index.ts";
import type { LotAlternative } from "../requests/lot.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import type { Offer } from "./documents.ts";
import type { Writable } from "./draft.ts";
import { freeOn } from "./placement.ts";
import { priceOfOffer } from "./price-offer.ts";
import { type LotState, openCount, type RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Every price list that fits stands as a bid from the beginning on: all of them are entered at once. */
export function enterLists(
  turn: Turn,
  request: RequestState,
  tender: TenderId,
  lots: readonly LotState[],
  providers: readonly PartyId[],
): void {
  const bids: Bid[] = [];
  let taken = NONE_TAKEN;
  for (const item of request.request.lines.length === 0 ? [] : offersFor(turn.state, lots, providers)) {
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

/** The price lists that fit lots, of these providers. */
export function offersFor(state: BookState, lots: readonly LotState[], providers: readonly PartyId[]): OfferForLot[] {
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
  return found;
}

/** A pattern of a request (`us-*`) against a region that is offered. */
export function regionFits(pattern: string, region: string): boolean {
  return pattern === "*" || pattern === region || (pattern.endsWith("*") && region.startsWith(pattern.slice(0, -1)));
}

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
