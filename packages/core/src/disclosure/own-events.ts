import type { AgreementStatus } from "../agreements/agreement.ts";
import type { Party } from "../agreements/party.ts";
import type { AwardLine } from "../awards/award.ts";
import type { BookEvent } from "../book/events.ts";
import type { CapacityBlock } from "../capacity/index.ts";
import type { AgreementId, BidId, Instant, PartyId, RequestId, TenderId, TimeWindow } from "../kernel/index.ts";
import type { Bid, BidVerdict } from "../tenders/bid.ts";
import type { PartyAgreement } from "./agreement-shown.ts";
import type { BidderEvent } from "./bidder-events.ts";
import type { HolderEvent, HolderNotice } from "./holder-events.ts";
import type { Own } from "./own.ts";

/** What the keeper sees while bids are sealed, and of answers that others leave in advance. */
export type KeeperOnlyEvent =
  | (Own<"standingAnswerKept"> & { readonly id: string; readonly party: PartyId })
  | (Own<"bidSealed"> & {
      readonly request: RequestId;
      readonly tender: TenderId;
      readonly bid: BidId;
      readonly bidder: PartyId;
      readonly late: boolean;
    })
  | (Own<"listBidsSealed"> & {
      readonly request: RequestId;
      readonly tender: TenderId;
      readonly bids: readonly { readonly bid: BidId; readonly bidder: PartyId }[];
    })
  | (Own<"bidsUnsealed"> & {
      readonly request: RequestId;
      readonly tender: TenderId;
      readonly bids: readonly Bid[];
      /** Bids of the tender that were in time and do not take part, with the reason. Their terms stay sealed. */
      readonly setAside: readonly {
        readonly bid: BidId;
        readonly bidder: PartyId;
        readonly verdict: BidVerdict | "voided";
        readonly why: readonly string[];
      }[];
    });

/** A line of an award as the party that supplies it, or buys it, sees it. */
export type OwnAwardLine = Omit<AwardLine, "lot" | "clearances" | "costReported">;

/** What a host sees of an award: its own part of it. */
export interface HostedPart {
  readonly part: string;
  readonly seller: PartyId;
  readonly count: number;
  readonly window: TimeWindow;
}

export type AwardedEvent =
  | (Own<"ownAwardIssued"> & {
      /** The reader's own name for the award. */
      readonly award: string;
      readonly supplied: readonly OwnAwardLine[];
      readonly bought: readonly OwnAwardLine[];
      readonly hosted: readonly HostedPart[];
      readonly conditionalUntil?: Instant;
    })
  | (Own<"ownAwardConfirmed"> & { readonly award: string })
  | (Own<"ownAwardDefaulted"> & { readonly award: string; readonly why: string });

/** Agreements and facts as a party to them sees them, and what a buyer who is not the keeper learns of its request. */
export type PartyFactEvent =
  | (Own<"ownPartyRecorded"> & { readonly party: Omit<Party, "competitors"> })
  | (Own<"ownBlockRecorded"> & { readonly block: Omit<CapacityBlock, "rootId" | "parentId"> })
  | (Own<"ownAgreementRecorded"> & { readonly agreement: PartyAgreement })
  | (Own<"ownAgreementStatusChanged"> & { readonly agreement: AgreementId; readonly status: AgreementStatus })
  | (Own<"ownAgreementTakenOver"> & {
      readonly agreement: PartyAgreement;
      readonly from: PartyId;
      /** Notices under it that are open: the right and its clock follow (domain row V9). */
      readonly notices: readonly HolderNotice[];
    })
  | (Own<"ownRequestEnded"> & {
      readonly request: RequestId;
      readonly outcome: "awarded_full" | "awarded_part" | "unfilled" | "withdrawn" | "announced";
      readonly awarded: number;
      readonly asked: number;
      /** False while what is unfilled may still be awarded. */
      readonly closed: boolean;
    });

export type OwnEvent = KeeperOnlyEvent | HolderEvent | BidderEvent | AwardedEvent | PartyFactEvent;

/** What a party receives: an event itself, or a shape of it made for this reader. */
export type DisclosedEvent = BookEvent | OwnEvent;
export type OwnEventType = OwnEvent["type"];
