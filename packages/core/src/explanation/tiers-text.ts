import type { BidLine } from "../tenders/bid.ts";
import { countText, rateText } from "./amounts.ts";
import { listText } from "./phrases.ts";

/**
 * What a line asks for one accelerator-hour. Of one that an agreement prices, also what it rests on; where its price changes over the
 * window or by volume, the mean for the least and the most that it would supply.
 */
export function tiersText({ tiers, costs, pricedBy = [] }: Pick<BidLine, "tiers" | "costs" | "pricedBy">): string {
  const by = pricedBy.length === 0 ? "" : ` by agreement (${listText(pricedBy)})`;
  const [first, last] = [tiers[0], tiers.at(-1)];
  if (first === undefined || last === undefined) return `no price${by}`;
  if (first === last) return `${rateText(first.rate)}${costs === undefined ? "" : " on average"}${by}`;
  if (costs !== undefined)
    return `${rateText(first.rate)} on average to ${rateText(last.rate)} from ${countText(last.from)}${by}`;
  return `${tiers.map((tier) => `${rateText(tier.rate)} from ${countText(tier.from)}`).join(", ")}${by}`;
}
