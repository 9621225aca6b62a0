import type { ProposedLine } from "../awards/award.ts";
import { allocatedPackagePrice } from "../awards/package-price.ts";
import type { ChosenPart } from "../awards/evaluation.ts";
import { acceleratorSeconds, type Money, type Rate, windowSeconds } from "../kernel/index.ts";
import { priceOf } from "../prices/index.ts";
import type { Bid } from "../tenders/bid.ts";
import { alternativeOf } from "../tenders/form.ts";
import { lookThrough } from "../tenders/look-through.ts";
import { thresholdOf } from "./affiliation.ts";
import type { Writable } from "./draft.ts";
import type { RequestState } from "./request-state.ts";
import type { Turn } from "./turn.ts";

/** Chosen parts of bids as what is to be awarded, without those whose bid is not there any more. */
export function proposedLines(turn: Turn, request: RequestState, chosen: readonly ChosenPart[]): ProposedLine[] {
  const lines: ProposedLine[] = [];
  for (const part of chosen) {
    const line = proposedLine(turn, request, part);
    if (line !== undefined) lines.push(line);
  }
  return lines;
}

function proposedLine(turn: Turn, request: RequestState, part: ChosenPart): ProposedLine | undefined {
  const lot = request.lots.find((item) => item.lot.id === part.lot);
  const bid = request.market?.bids.find((item) => item.id === part.bid);
  const line = bid?.lines[part.line];
  if (lot === undefined || bid === undefined || line === undefined) return undefined;
  const window = line.window ?? lot.lot.window;
  const carried = carriedPrice(bid, part);
  const isLump = bid.package?.price !== undefined || line.costs !== undefined;
  const listed = isLump ? undefined : priceOf(line.tiers, line.tierMode, part.offered);
  const price = listed ?? rateOf(carried, part.offered, windowSeconds(window));
  const alternative = alternativeOf(line, lot.lot) ?? lot.lot.alternatives[0];
  const third = lookThrough(bid, line, turn.state.parties, request.request.buyer, thresholdOf(turn.state, lot));
  const awarded: Writable<ProposedLine["line"]> = {
    lot: lot.lot.id,
    provider: bid.bidder,
    count: part.count,
    acceleratorType: line.acceleratorType ?? alternative?.acceleratorType ?? lot.lot.terms.acceleratorType,
    region: line.region ?? alternative?.region ?? "",
    window,
    price,
    // What it was chosen for: a mean price is never multiplied (rule PRC2).
    cost: carried,
    stated: line.stated,
    blocks: [],
    basis: "bid",
    bid: bid.id,
    clearances: [],
  };
  if (line.host !== undefined) awarded.host = line.host;
  if (part.offered !== part.count) awarded.offered = part.offered;
  const extras = part.line === 0 ? extrasOf(bid) : undefined;
  if (extras !== undefined) awarded.extras = extras;
  const thirdParty = third.thirdParty ?? bid.bidder;
  return {
    offer: bid.id,
    bonaFide: third.thirdParty !== undefined,
    thirdParty,
    countMin: line.countMin,
    validUntil: bid.validUntil,
    line: awarded,
  };
}

/** What a lot carries of a package's one price: what the package holds besides carries its own part of it (G18). */
function carriedPrice({ package: whole }: Bid, part: ChosenPart): Money {
  if (whole?.price === undefined || whole.extras.length === 0) return part.price;
  return allocatedPackagePrice(whole.price, whole.listPrices, part.line) ?? part.price;
}

/** What a package holds besides its lines; it carries what these leave of the one price. */
function extrasOf({ package: whole, lines }: Bid): ProposedLine["line"]["extras"] {
  if (whole === undefined || whole.extras.length === 0) return undefined;
  const { price, extras: what, listPrices } = whole;
  if (price === undefined) return { what };
  let { micros } = price;
  for (const index of lines.keys()) {
    const carried = allocatedPackagePrice(price, listPrices, index);
    if (carried === undefined) return { what };
    micros -= carried.micros;
  }
  return { what, cost: { micros, currency: price.currency } };
}

/** The rate that a lump price comes to, rounded half away from zero to the micro-unit: for showing and comparing terms. */
function rateOf(cost: Money, count: number, seconds: number): Rate {
  const held = acceleratorSeconds(count, seconds);
  return { microsPerHour: (cost.micros * 3_600n + held / 2n) / held, currency: cost.currency };
}
