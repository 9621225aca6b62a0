import { isAffiliate, type Parties } from "../agreements/affiliates.ts";
import type { PartyId } from "../kernel/index.ts";
import type { Bid, BidLine } from "./bid.ts";

export interface LookedThrough {
  /** Whose offer it is towards the holder of a right; absent for capacity of the buyer's own affiliates: not bona fide. */
  readonly thirdParty?: PartyId;
  /** Who runs the capacity. */
  readonly host: PartyId;
}

/**
 * Who stands behind a line of a bid (domain rule G21). An affiliate of the buyer, or the buyer itself, is no third party: what
 * it resells is the offer of its host (domain row M17), what it runs itself is nobody's (domain row M8). A bidder that only
 * fronts for an affiliate's capacity is looked through just the same. Any other bidder speaks for itself, whoever hosts.
 */
export function lookThrough(
  bid: Pick<Bid, "bidder">,
  line: Pick<BidLine, "host">,
  parties: Parties,
  buyer: PartyId,
  thresholdBp: number,
): LookedThrough {
  const { bidder } = bid;
  const host = line.host ?? bidder;
  if (isAffiliate(host, buyer, parties, thresholdBp)) return { host };
  const isOwn = host !== bidder && isAffiliate(bidder, buyer, parties, thresholdBp);
  return { thirdParty: isOwn ? host : bidder, host };
}
