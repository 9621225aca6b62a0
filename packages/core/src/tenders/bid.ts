import type {
  BidId,
  BlockId,
  Instant,
  InvitationId,
  LotId,
  Money,
  PartyId,
  RequestId,
  TenderId,
  TimeWindow,
} from "../kernel/index.ts";
import type { Recording } from "../notices/notice.ts";
import type { CostByCount, Tier, TierMode } from "../prices/index.ts";
import type { StatedTerms } from "../requests/terms.ts";

export type { Tier } from "../prices/index.ts";

export interface Tender {
  readonly id: TenderId;
  readonly request: RequestId;
  readonly lots: readonly { readonly lot: LotId; readonly count: number }[];
  /** Common close: bids count when received at or before it, and are opened after it. */
  readonly closesAt: Instant;
  readonly round: number;
}

/** What one provider sees of a tender: its own id, no cap unless the policy shows it. */
export interface Invitation {
  readonly id: InvitationId;
  readonly tender: TenderId;
  readonly provider: PartyId;
}

/** What is offered for one lot. */
export interface BidLine {
  readonly lot: LotId;
  readonly countMin: number;
  readonly countMax: number;
  readonly multiple: number;
  readonly tiers: readonly Tier[];
  readonly tierMode: TierMode;
  /**
   * What each count costs, where the price changes over the window or by volume: it decides, and the tiers only show the mean. Of bids
   * priced by an agreement.
   */
  readonly costs?: CostByCount;
  /** The price book entries, lists and index values that the price is by. */
  readonly pricedBy?: readonly string[];
  /** Differs from the lot's where the bidder offers another time. */
  readonly window?: TimeWindow;
  readonly stated: StatedTerms;
  readonly rootBlocks: readonly BlockId[];
  /** Who runs it, when not the bidder. */
  readonly host?: PartyId;
  /** Region and accelerator offered; must be one of the lot's alternatives. */
  readonly region?: string;
  readonly acceleratorType?: string;
}

export interface Bid {
  readonly id: BidId;
  readonly tender: TenderId;
  readonly bidder: PartyId;
  readonly lines: readonly BidLine[];
  /** Lines are all taken or none; with `price` one price for all of it. */
  readonly package?: {
    readonly price?: Money;
    readonly extras: readonly string[];
    readonly listPrices: readonly (Money | undefined)[];
  };
  /** Another's right that weighs on what is offered, and until when (domain row M16). */
  readonly contingency?: { readonly party?: PartyId; readonly until: Instant };
  /** First instant at which it no longer stands. */
  readonly validUntil: Instant;
  /** Consents to its identity being told where a clause demands it (domain row M9). */
  readonly discloseIdentity: boolean;
  readonly receivedAt: Instant;
  /** Position among the bids received: the receipt order of ties. */
  readonly order: number;
  readonly standing: boolean;
  /** Present where the keeper put it on record for its bidder. */
  readonly recording?: Recording;
}

export type BidVerdict =
  | "sealed"
  | "late"
  | "not_invited"
  | "inseparable"
  | "block_taken"
  | "lineage_cycle"
  | "malformed"
  | "ineligible_identity"
  | "unpriced";
