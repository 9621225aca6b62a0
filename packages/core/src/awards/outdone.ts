import type { Market, Option } from "./option.ts";

/**
 * Options that no best combination needs: the same bidder offers the same machines for the same time for less in another bid, as much
 * of them and in parts as small. Two bids for one root block never stand together in a lot, so whatever takes the dearer one could
 * take the cheaper one in its place. Such are the several price lists of one seller over one hall. `costs`: what an accelerator of
 * each option costs over the window; not a number where that is not one price.
 */
export function outdoneOptions(market: Market, costs: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const option of market.options) {
    if (!isReplaceable(market, option)) continue;
    if (market.options.some((other) => outdoes(other, option, costs))) found.add(option.index);
  }
  return found;
}

/** A commitment counts what is bought, and a bid with several lines may use a block twice: neither is compared here. */
function isReplaceable({ committed }: Market, { bid, line, why }: Option): boolean {
  return why === undefined && line.rootBlocks.length > 0 && bid.lines.length === 1 && !committed.has(bid.bidder);
}

function outdoes(a: Option, b: Option, costs: readonly number[]): boolean {
  if (a.bid.bidder !== b.bid.bidder || a.bid === b.bid || a.lotIndex !== b.lotIndex || a.why !== undefined)
    return false;
  if (!((costs[a.index] as number) < (costs[b.index] as number))) return false;
  const isCovered = a.step === b.step && a.offeredPerStep === b.offeredPerStep && a.min <= b.min && a.max >= b.max;
  const isAlike = a.bid.lines.length === 1 && (a.bid.contingency === undefined || b.bid.contingency !== undefined);
  return isCovered && isAlike && a.window.from === b.window.from && a.window.to === b.window.to && hasSameRoots(a, b);
}

function hasSameRoots(a: Option, b: Option): boolean {
  const [left, right] = [a.line.rootBlocks, b.line.rootBlocks];
  return left === right || (left.length === right.length && left.every((root, place) => root === right[place]));
}
