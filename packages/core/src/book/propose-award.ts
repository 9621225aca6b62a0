import type { ProposedLine } from "../awards/award.ts";
import { isAffiliate } from "../agreements/affiliates.ts";
import { acceleratorSeconds, type BlockId, costOf, windowSeconds } from "../kernel/index.ts";
import { priceOf } from "../prices/index.ts";
import { fitsRegion } from "../requests/facts.ts";
import type { LotAlternative } from "../requests/lot.ts";
import type { Bid } from "../tenders/bid.ts";
import { thresholdOf } from "./affiliation.ts";
import type { Command } from "./commands.ts";
import { freeCount } from "./lookup.ts";
import { buildersOf } from "./own-build.ts";
import { owned } from "./owned.ts";
import { place } from "./placement.ts";
import { propose } from "./propose.ts";
import { frozenRatio } from "./rates.ts";
import { isOpen, type LotState, openCount, type RequestState } from "./request-state.ts";
import { reject, type Turn } from "./turn.ts";

type Draft = Extract<Command, { type: "proposeAward" }>["lines"][number];

/** The buyer names with whom, and on which terms, it means to sign (the last part of step 14 done by a person). */
export function proposeAward(turn: Turn, command: Extract<Command, { type: "proposeAward" }>): void {
  const request = owned(turn, command.request);
  const taken = new Map<LotState, number>();
  const lines = command.lines.map((draft) => {
    const lot = request.lots.find((item) => (draft.lot === undefined ? isOpen(item) : item.lot.id === draft.lot));
    if (lot === undefined || !isOpen(lot)) return reject("over_awarded", "No lot of this request has that much left.");
    if (lot.phase === "held")
      return reject("conflict_undecided", "Nobody has decided which of two conflicting rights prevails.");
    checkCount(turn, lot, draft, taken);
    return lineOf(turn, request, lot, draft);
  });
  propose(turn, command.request, lines, "buyer");
}

function checkCount(turn: Turn, lot: LotState, draft: Draft, taken: Map<LotState, number>): void {
  const { blockSize } = lot.lot.terms;
  const sum = (taken.get(lot) ?? 0) + draft.count;
  taken.set(lot, sum);
  if (draft.count <= 0 || draft.count % blockSize !== 0)
    reject("invalid_count", `A part is a multiple of ${blockSize}.`);
  if (sum > openCount(lot))
    reject("over_awarded", `Lot ${lot.lot.label} has ${openCount(lot)} left; ${sum} were proposed.`);
  const free = freeCount(turn.state, lot);
  if (sum > free)
    reject("right_has_accepted", `A holder has accepted a part of lot ${lot.lot.label}: ${free} are left.`);
}

function lineOf(turn: Turn, request: RequestState, lot: LotState, draft: Draft): ProposedLine {
  const { state } = turn;
  if (state.parties.get(draft.provider) === undefined)
    reject("unknown_party", `There is no party "${draft.provider}" in the book.`);
  if (frozenRatio(state, draft.price.currency, turn.at, draft.provider) === undefined)
    reject("rate_missing", `No rate from ${draft.price.currency} is recorded.`);
  const builders = buildersOf(state, lot);
  if (
    builders !== undefined &&
    !(builders.includes(draft.provider) && (draft.host === undefined || builders.includes(draft.host)))
  ) {
    reject("not_cleared", "What was cleared as own build is supplied by those that build it.");
  }
  const window = draft.window ?? lot.lot.window;
  const blocks =
    draft.rootBlocks.length === 0 ? [] : place(state, draft.rootBlocks, window, lot.lot.terms.blockSize, draft.count);
  if (blocks === undefined) return reject("no_capacity", "The blocks named do not carry this award.");
  const { acceleratorType, region } = alternativeOf(turn, lot, draft);
  const affiliate = isAffiliate(draft.provider, request.request.buyer, state.parties, thresholdOf(state, lot));
  const bid = takenBid(request, lot, draft);
  const isSale = request.request.sale !== undefined;
  return {
    offer: bid?.id ?? turn.ids.next<"BidId">("bid"),
    bonaFide: isSale || !affiliate || draft.host !== undefined,
    thirdParty: affiliate && draft.host !== undefined ? draft.host : draft.provider,
    countMin: bid?.lines.find((item) => item.lot === lot.lot.id)?.countMin ?? lot.lot.terms.blockSize,
    ...(bid === undefined ? {} : { validUntil: bid.validUntil }),
    line: {
      lot: lot.lot.id,
      provider: draft.provider,
      count: draft.count,
      acceleratorType,
      region,
      window,
      price: draft.price,
      cost: costOf(draft.price, acceleratorSeconds(draft.count, windowSeconds(window))),
      stated: draft.stated,
      blocks,
      basis: bid !== undefined ? "bid" : isSale ? "sale" : "proposal",
      clearances: [],
      ...(draft.host === undefined ? {} : { host: draft.host }),
      ...(bid === undefined ? {} : { bid: bid.id }),
    },
  };
}

/** Which alternative of the lot would be filled: the one that the line names, or that its blocks belong to; else the first. */
function alternativeOf(
  turn: Turn,
  lot: LotState,
  draft: Draft,
): { readonly acceleratorType: string; readonly region: string } {
  const block = turn.state.capacity.get(draft.rootBlocks[0] as BlockId)?.block;
  const acceleratorType = draft.acceleratorType ?? block?.acceleratorType;
  const region = draft.region ?? block?.region;
  const fits = (item: LotAlternative): boolean =>
    (acceleratorType === undefined || item.acceleratorType === acceleratorType) &&
    (region === undefined || fitsRegion(item, region));
  const found = lot.lot.alternatives.find(fits);
  if (found === undefined) return reject("malformed", `Lot ${lot.lot.label} does not ask for that.`);
  return { acceleratorType: found.acceleratorType, region: region ?? found.region };
}

/** The bid that a proposal takes up on its own terms: withdrawing it, or letting it end, then takes the proposal with it (G20). */
function takenBid(request: RequestState, lot: LotState, draft: Draft): Bid | undefined {
  if (request.market?.opened !== true) return undefined;
  return request.market.bids.find((bid) => {
    const line = bid.bidder === draft.provider ? bid.lines.find((item) => item.lot === lot.lot.id) : undefined;
    if (
      line === undefined ||
      bid.package !== undefined ||
      draft.window !== undefined ||
      Object.keys(draft.stated).length > 0
    )
      return false;
    if (draft.count < line.countMin || draft.count > line.countMax) return false;
    const price = priceOf(line.tiers, line.tierMode, draft.count);
    return price?.currency === draft.price.currency && price.microsPerHour === draft.price.microsPerHour;
  });
}
