import type { BidId, Instant, InvitationId, PartyId, Rate, TimeWindow } from "../kernel/index.ts";
import type { LotAlternative } from "../requests/lot.ts";
import type { StatedTerms } from "../requests/terms.ts";
import type { Bid, BidLine, BidVerdict } from "../tenders/bid.ts";
import type { Own } from "./own.ts";

/** One lot as a bidder sees it: a line of its own invitation. */
export interface InvitedLine {
  /** Counted from 1 inside the invitation. */
  readonly line: number;
  readonly alternatives: readonly LotAlternative[];
  readonly regions: readonly string[];
  /** At most so many; see the policy on how it is rounded. */
  readonly countUpTo: number;
  readonly blockSize: number;
  readonly gangMin: number;
  readonly divisible: boolean;
  readonly window: TimeWindow;
  readonly purpose?: string;
  readonly channel?: string;
  readonly sourceClass?: string;
  readonly latestStart?: Instant;
  readonly stated: StatedTerms;
  /** Only where the policy shows it. */
  readonly cap?: Rate;
}

/** How bids are compared, published to everybody who is invited, in the same words. */
export interface PublishedRules {
  readonly sealedUntilClose: true;
  readonly compareBy: "least_incremental_effective_cost";
  readonly tie: "improve" | "none";
  readonly inseparable: "reject" | "allocate";
  /** Whether or not such a right is there: its holder would be told price and terms, the name only with the bidder's consent. */
  readonly termsMayBeToldToHoldersOfMatchRights: true;
}

/** A bid as its bidder sees it: lines by their number in the invitation. */
export interface OwnBid
  extends Pick<
    Bid,
    "id" | "package" | "contingency" | "validUntil" | "discloseIdentity" | "receivedAt" | "standing" | "recording"
  > {
  readonly invitation?: InvitationId;
  readonly lines: readonly (Omit<BidLine, "lot"> & { readonly line: number })[];
}

/** A bid of the reader's, and the invitation that it answers. */
interface AboutOwnBid {
  readonly bid: BidId;
  readonly invitation?: InvitationId;
}

export type BidderEvent =
  | (Own<"invited"> & {
      readonly invitation: InvitationId;
      readonly buyer: PartyId;
      readonly buyerName: string;
      readonly closesAt: Instant;
      /** Zone of the book, to tell the close in. */
      readonly zone: string;
      readonly lines: readonly InvitedLine[];
      readonly rules: PublishedRules;
    })
  | (Own<"ownBidRecorded"> & { readonly bid: OwnBid; readonly verdict: BidVerdict; readonly why: readonly string[] })
  /** Price lists of the reader that stand as bids, entered when the tender was opened. */
  | (Own<"ownListBidsRecorded"> & { readonly bids: readonly OwnBid[] })
  | (Own<"ownBidWithdrawn"> & AboutOwnBid)
  | (Own<"ownBidExtended"> & AboutOwnBid & { readonly validUntil: Instant })
  | (Own<"ownExtensionAsked"> & AboutOwnBid & { readonly until: Instant; readonly answerBy: Instant })
  | (Own<"ownBidVoided"> & AboutOwnBid & { readonly line?: number; readonly why: string })
  | (Own<"ownImprovementAsked"> & { readonly invitation: InvitationId; readonly closesAt: Instant })
  | (Own<"invitationEnded"> & { readonly invitation: InvitationId; readonly selected: number });
