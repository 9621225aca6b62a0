import type { AgreementStatus, AgreementVersion } from "../agreements/agreement.ts";
import type { Award } from "../awards/award.ts";
import type { BookEvent, Evaluation } from "../book/events.ts";
import type {
  AgreementId,
  BidId,
  Instant,
  InvitationId,
  LotId,
  NoticeId,
  PartyId,
  RequestId,
  TenderId,
} from "../kernel/index.ts";
import type { Clearance, Notice, NoticeStatus, RecordedAnswer } from "../notices/notice.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest } from "../requests/request.ts";
import type { Assessment } from "../rights/assessment.ts";
import type { Bid, Invitation, Tender } from "../tenders/bid.ts";
import type { PartyAgreement } from "./agreement-shown.ts";
import type { InvitedLine, OwnBid, PublishedRules } from "./bidder-events.ts";
import type { HolderNotice } from "./holder-events.ts";
import type { HostedPart, OwnAwardLine } from "./own-events.ts";

export interface AgreementView {
  /** The newest version, as this reader may see it. */
  readonly agreement: AgreementVersion | PartyAgreement;
  readonly status?: AgreementStatus;
}

/** The clock of a notice: it runs from its receipt. */
export interface ClockView {
  readonly deliveredAt: Instant;
  readonly deemedReceivedAt: Instant;
  /** The last instant in time. */
  readonly respondBy: Instant;
  readonly objectBy?: Instant;
  readonly zone: string;
  /** Days that the count passed over, with the reason, as text. */
  readonly trail: readonly string[];
  readonly extended?: Extract<BookEvent, { type: "deadlineExtended" }>["why"];
}

export interface AnswerView extends RecordedAnswer {
  readonly by: PartyId;
  readonly ratifiedBy?: string;
}

/** A notice: as its holder knows it or, with lot and lineage, as the keeper does. */
export interface NoticeView {
  readonly notice: HolderNotice | Notice;
  readonly status: NoticeStatus;
  readonly clock?: ClockView;
  readonly answers: readonly AnswerView[];
  /** What the buyer made of the offer of a holder that named its terms first. */
  readonly offer?: "taken" | "declined";
  /** Accelerators that the holder took, once the notice is closed. */
  readonly taken?: number;
}

export interface InvitationView {
  readonly id: InvitationId;
  readonly buyer: PartyId;
  readonly buyerName: string;
  readonly closesAt: Instant;
  readonly zone: string;
  readonly lines: readonly InvitedLine[];
  readonly rules: PublishedRules;
  readonly improving: boolean;
  /** Accelerators selected, once it has ended; 0 is "not selected". */
  readonly selected?: number;
}

export interface BidView {
  readonly bid: OwnBid;
  readonly status: "sealed" | "not_accepted" | "withdrawn" | "void";
  readonly why: readonly string[];
  /** Asked to let it stand until, and by when to say so. */
  readonly extensionAsked?: { readonly until: Instant; readonly answerBy: Instant };
}

export interface AwardView {
  readonly award: string;
  readonly supplied: readonly OwnAwardLine[];
  readonly bought: readonly OwnAwardLine[];
  readonly hosted: readonly HostedPart[];
  readonly conditionalUntil?: Instant;
  readonly status: "issued" | "confirmed" | "defaulted";
}

/** A part that the reader runs for somebody who sells it. */
export interface HostingView extends HostedPart {
  readonly awarded: boolean;
}

/** Keeper only. */
export interface LotView {
  readonly lot: Lot;
  readonly dropped?: string;
  readonly assessments: readonly Assessment[];
  readonly clearances: readonly (Clearance & { readonly voided?: string })[];
  readonly stages: readonly {
    readonly stage: string;
    readonly closedAt: Instant;
    readonly taken: number;
    readonly left: number;
  }[];
}

/** Keeper only: bids are counted while they are sealed, and shown from their opening on. */
export interface TenderView {
  readonly tender: Tender;
  readonly invitations: readonly Invitation[];
  readonly sealed: readonly { readonly bid: BidId; readonly bidder: PartyId; readonly late: boolean }[];
  readonly opened: readonly Bid[];
}

/** A request: the keeper's with all that hangs on it, a buyer's own with its end. */
export interface RequestView {
  readonly request: ComputeRequest;
  readonly lots: ReadonlyMap<LotId, LotView>;
  readonly tenders: ReadonlyMap<TenderId, TenderView>;
  readonly evaluations: readonly Evaluation[];
  readonly awards: readonly (Award & { readonly status: AwardView["status"] | "held" })[];
  readonly outcome?: "awarded_full" | "awarded_part" | "unfilled" | "withdrawn";
  readonly awarded?: number;
  readonly asked?: number;
  readonly closed: boolean;
}

/** All that a party can know, folded from its feed and from nothing else. */
export interface PartyView {
  readonly agreements: ReadonlyMap<AgreementId, AgreementView>;
  readonly notices: ReadonlyMap<NoticeId, NoticeView>;
  readonly invitations: ReadonlyMap<InvitationId, InvitationView>;
  readonly bids: ReadonlyMap<BidId, BidView>;
  readonly awards: ReadonlyMap<string, AwardView>;
  readonly hostings: ReadonlyMap<string, HostingView>;
  readonly requests: ReadonlyMap<RequestId, RequestView>;
  /** Names of parties that the reader has been told. */
  readonly names: ReadonlyMap<PartyId, string>;
}
