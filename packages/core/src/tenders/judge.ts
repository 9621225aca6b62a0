import type { BlockId, Instant, LotId } from "../kernel/index.ts";
import type { Lot } from "../requests/lot.ts";
import type { Bid, BidLine, BidVerdict, Tender } from "./bid.ts";
import { type FormContext, isSeparable, malformations } from "./form.ts";

/** What the judgement of a bid asks of the world around it. */
export interface BidContext extends FormContext {
  readonly receivedAt: Instant;
  readonly invited: boolean;
  /** Whether a right weighs on the lot: then it needs a price of its own. */
  burdened(lot: LotId): boolean;
  readonly inseparable: "reject" | "allocate";
  /** Whether a right on the lot lets its holder know who bids (domain row M9). */
  identityDemanded(lot: LotId): boolean;
  /** Whether the root blocks together have `count` accelerators free during the lot's window. */
  blockFree(blocks: readonly BlockId[], lot: Lot, count: number): boolean;
  /** Whether the chain of sellers of a block comes back to itself. */
  lineageCyclic(block: BlockId): boolean;
  /** Whether a live bid of somebody else for the lot already offers the root block; never when absent. */
  otherBidOn?(block: BlockId, lot: LotId): boolean;
}

export interface BidJudgement {
  readonly verdict: BidVerdict;
  /** Stable codes; after a blank, the lot or block that a code is about. A sealed bid may have lots it is ineligible for. */
  readonly why: readonly string[];
}

const NONE: readonly string[] = [];

/**
 * Whether a bid is sealed, or why not (step 13 of the algorithm). The order of the checks is part of the contract: late (the
 * common close itself is in time), not invited, malformed, inseparable over a burdened lot, a root block without room or
 * offered by somebody else, lineage that comes back to itself, identity refused for every lot. A bid that is above a price
 * cap, too late to start or too large is sealed like any other: what it misses is for the evaluation, and tells it nothing.
 */
export function judgeBid(bid: Bid, tender: Tender, lots: readonly Lot[], context: BidContext): BidJudgement {
  if (context.receivedAt > tender.closesAt) return judged("late", ["after_close"]);
  if (!context.invited) return judged("not_invited", ["not_invited"]);
  const found = malformations(bid, tender, lots, context);
  if (found.length > 0) return judged("malformed", found);
  const inseparable = inseparableLots(bid, context);
  if (inseparable.length > 0) return judged("inseparable", inseparable);
  const taken = bid.lines.flatMap((line) => takenBlocks(line, lots, context));
  if (taken.length > 0) return judged("block_taken", taken);
  const cyclic = bid.lines.flatMap((line) => line.rootBlocks).filter((block) => context.lineageCyclic(block));
  if (cyclic.length > 0)
    return judged(
      "lineage_cycle",
      [...new Set(cyclic)].map((block) => `lineage_cycle ${block}`),
    );
  return judgeIdentity(bid, context);
}

function judged(verdict: BidVerdict, why: readonly string[]): BidJudgement {
  return { verdict, why };
}

/** Burdened lots without a price of their own, stated or, where that is allowed, allocated (domain row A12, rule G18). */
function inseparableLots(bid: Bid, context: BidContext): readonly string[] {
  if (bid.package?.price === undefined) return NONE;
  if (context.inseparable === "allocate" && isSeparable(bid)) return NONE;
  return bid.lines
    .filter((line) => line.tiers.length === 0 && context.burdened(line.lot))
    .map((line) => `no_price_of_its_own ${line.lot}`);
}

/** Named blocks that cannot carry even the smallest part, or that another live bid for the lot offers (rule I3, row M10). */
function takenBlocks(line: BidLine, lots: readonly Lot[], context: BidContext): readonly string[] {
  if (line.rootBlocks.length === 0) return NONE;
  const lot = lots.find((item) => item.id === line.lot);
  const offered = line.rootBlocks.filter((block) => context.otherBidOn?.(block, line.lot) === true);
  if (offered.length > 0) return offered.map((block) => `block_has_bid ${block}`);
  if (lot === undefined || context.blockFree(line.rootBlocks, lot, line.countMin)) return NONE;
  return line.rootBlocks.map((block) => `block_unavailable ${block}`);
}

function judgeIdentity(bid: Bid, context: BidContext): BidJudgement {
  if (bid.discloseIdentity) return judged("sealed", NONE);
  const hidden = bid.lines.filter((line) => context.identityDemanded(line.lot));
  const why = hidden.map((line) => `ineligible_identity ${line.lot}`);
  return judged(hidden.length === bid.lines.length ? "ineligible_identity" : "sealed", why);
}
