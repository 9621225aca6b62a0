import { type MinimumShare, shareHolds } from "../commitments/index.ts";
import { secondsInside } from "./limits.ts";
import type { Market, Option } from "./option.ts";

/**
 * Whether a minimum share alone rules an option out: its smallest part would break it even where all that the choice gives the
 * beneficiary, save what the part takes the place of, still went to it.
 */
export function isRuledOutByShare(market: Market, option: Option, steps: readonly number[]): boolean {
  const shares = (market.input.minimumShares ?? []).filter(({ override }) => override === undefined);
  return shares.some((share) => share.beneficiary !== option.bid.bidder && breaks(market, share, option, steps));
}

function breaks(market: Market, share: MinimumShare, option: Option, steps: readonly number[]): boolean {
  const room = (market.input.lots[option.lotIndex]?.count ?? 0) - option.min * option.step;
  let own = 0n;
  let left = room;
  for (const other of market.options) {
    if (other.bid.bidder !== share.beneficiary) continue;
    let count = (steps[other.index] as number) * other.step;
    if (other.lotIndex === option.lotIndex) {
      count = Math.min(count, Math.max(0, left));
      left -= count;
    }
    own +=
      (BigInt(count) * BigInt(other.offeredPerStep) * BigInt(secondsInside(share, other.window))) / BigInt(other.step);
  }
  const smallest = BigInt(option.min * option.offeredPerStep) * BigInt(secondsInside(share, option.window));
  return !shareHolds(share, own, smallest);
}
