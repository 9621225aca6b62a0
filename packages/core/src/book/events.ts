import type { AgreementStatus, AgreementVersion } from "../agreements/agreement.ts";
import type { Eligibility, Party } from "../agreements/party.ts";
import type { RenewalNotice } from "../agreements/renewal-notice.ts";
import type { Award, ProposedLine } from "../awards/award.ts";
import type { CapacityBlock } from "../capacity/index.ts";
import type {
  AgreementId,
  AwardId,
  BidId,
  BlockId,
  ClauseId,
  ClearanceId,
  HoldId,
  Instant,
  InvitationId,
  LotId,
  Money,
  NoticeId,
  OfferId,
  PartyId,
  RequestId,
  TenderId,
  TimeWindow,
} from "../kernel/index.ts";
import type {
  Clearance,
  DeliveryBasis,
  Notice,
  NoticeStatus,
  RatifiedVerdict,
  RecordedAnswer,
} from "../notices/notice.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest, ShareOverride } from "../requests/request.ts";
import type { Assessment, RightRef, Waiver } from "../rights/assessment.ts";
import type { Bid, BidVerdict, Invitation, Tender } from "../tenders/bid.ts";
import type {
  BookHeader,
  CalendarDocument,
  ExchangeRate,
  IndexValue,
  Offer,
  Policy,
  StandingAnswer,
} from "./documents.ts";

interface At {
  /** Stamp of the command that decided it. */
  readonly at: Instant;
}

/** Facts of the book. */
export type FactEvent =
  | (At & { readonly type: "bookOpened"; readonly header: BookHeader })
  | (At & { readonly type: "partyRecorded"; readonly party: Party })
  | (At & { readonly type: "eligibilityRecorded"; readonly party: PartyId; readonly eligibility: Eligibility })
  | (At & {
      readonly type: "defaultRecorded";
      readonly party: PartyId;
      readonly agreement: AgreementId;
      readonly cured: boolean;
    })
  | (At & { readonly type: "calendarRecorded"; readonly calendar: CalendarDocument })
  | (At & { readonly type: "exchangeRateRecorded"; readonly rate: ExchangeRate })
  | (At & { readonly type: "indexValueRecorded"; readonly value: IndexValue })
  | (At & { readonly type: "policyRecorded"; readonly policy: Policy })
  | (At & { readonly type: "blockRecorded"; readonly block: CapacityBlock; readonly cyclic: boolean })
  | (At & { readonly type: "blockWithdrawn"; readonly block: BlockId })
  | (At & { readonly type: "offerListed"; readonly offer: Offer })
  | (At & { readonly type: "offerWithdrawn"; readonly offer: OfferId })
  | (At & { readonly type: "standingAnswerGiven"; readonly standing: StandingAnswer })
  | (At & { readonly type: "standingAnswerRevoked"; readonly id: string })
  | (At & { readonly type: "outageRecorded"; readonly window: TimeWindow })
  | (At & { readonly type: "resaleConsented"; readonly by: PartyId; readonly host: PartyId; readonly to: PartyId });

/** Agreements and what happens to them. */
export type AgreementEvent =
  | (At & { readonly type: "agreementRecorded"; readonly agreement: AgreementVersion })
  | (At & {
      readonly type: "agreementStatusChanged";
      readonly agreement: AgreementId;
      readonly status: AgreementStatus;
      readonly why: string;
    })
  | (At & {
      readonly type: "conflictFound";
      readonly agreement: AgreementId;
      readonly clause: ClauseId;
      readonly withAgreement: AgreementId;
      readonly withClause: ClauseId;
      readonly kind: "two_exclusives" | "exclusive_and_option" | "rank_tie" | "cyclic_encumbrance";
      readonly certain: boolean;
    })
  | (At & {
      readonly type: "conflictDecided";
      readonly agreement: AgreementId;
      readonly clause: ClauseId;
      readonly withAgreement: AgreementId;
      readonly withClause: ClauseId;
      readonly prevails: AgreementId;
      readonly by: string;
      readonly reason: string;
    })
  | (At & {
      readonly type: "agreementTerminated";
      readonly agreement: AgreementId;
      readonly effectiveAt: Instant;
      readonly accruedRightsSurvive: boolean;
      readonly clauses?: readonly ClauseId[];
    })
  | (At & {
      readonly type: "renewalNoticeGiven";
      readonly agreement: AgreementId;
      /** The version whose renewal it was counted by. */
      readonly version: number;
      readonly notice: RenewalNotice;
    })
  | (At & {
      /** A term ended, nobody had stopped it, and the next one runs. */
      readonly type: "agreementRenewed";
      readonly agreement: AgreementId;
      readonly version: number;
      /** 1 for the first renewal. */
      readonly number: number;
      readonly from: Instant;
      /** Absent where it now runs until a notice ends it. */
      readonly to?: Instant;
    })
  | (At & {
      readonly type: "agreementAssigned";
      readonly agreement: AgreementId;
      readonly from: PartyId;
      readonly to: PartyId;
      readonly effective: boolean;
    })
  | (At & { readonly type: "controlChanged"; readonly party: PartyId; readonly effectiveAt: Instant })
  | (At & {
      readonly type: "retroReviewListed";
      readonly agreement: AgreementId;
      readonly version: number;
      readonly requests: readonly RequestId[];
    })
  | (At & { readonly type: "waiverGranted"; readonly waiver: Waiver })
  | (At & { readonly type: "waiverRevoked"; readonly waiver: string });

/** A request from submission to its rights. */
export type RequestEvent =
  | (At & { readonly type: "requestSubmitted"; readonly request: ComputeRequest; readonly askedBy?: string })
  | (At & {
      readonly type: "requestRevised";
      readonly request: ComputeRequest;
      readonly material: boolean;
      /** Where what approvers decide on has changed: since when it is asked so. Later than every time before, so that it names one version. */
      readonly askedAt?: Instant;
      /** And by whom, where that was said. */
      readonly askedBy?: string;
    })
  | (At & { readonly type: "requestWithdrawn"; readonly request: RequestId })
  | (At & {
      readonly type: "requestHeld";
      readonly request: RequestId;
      readonly lot: LotId;
      readonly why: string;
      readonly rights: readonly RightRef[];
    })
  | (At & {
      readonly type: "approvalGiven";
      readonly request: RequestId;
      readonly approval: string;
      readonly by: string;
    })
  | (At & {
      readonly type: "approvalDenied";
      readonly request: RequestId;
      readonly approval: string;
      readonly by: string;
    })
  | (At & {
      /** Approvals that were given or denied, and no longer are. */
      readonly type: "approvalsVoided";
      readonly request: RequestId;
      readonly approvals: readonly string[];
      readonly why: "request_revised";
    })
  | (At & {
      readonly type: "approvalAwaited";
      readonly request: RequestId;
      readonly approvals: readonly string[];
      readonly before: "notice" | "award";
    })
  | (At & { readonly type: "lotFormed"; readonly lot: Lot; readonly replaces?: LotId })
  | (At & { readonly type: "lotRestated"; readonly lot: Lot })
  | (At & { readonly type: "lotDropped"; readonly lot: LotId; readonly request: RequestId; readonly why: string })
  | (At & { readonly type: "lotReassessed"; readonly lot: LotId; readonly request: RequestId; readonly why: string })
  | (At & {
      readonly type: "rightsAssessed";
      readonly lot: LotId;
      readonly request: RequestId;
      readonly assessments: readonly Assessment[];
    })
  | (At & { readonly type: "clearanceIssued"; readonly clearance: Clearance })
  | (At & {
      readonly type: "clearanceVoided";
      readonly clearance: ClearanceId;
      readonly request: RequestId;
      readonly why: string;
    })
  | (At & {
      readonly type: "deMinimisCounted";
      readonly right: RightRef;
      readonly key: string;
      readonly count: number;
      readonly sum: number;
      readonly clear: boolean;
      readonly request: RequestId;
      readonly earlier: readonly RequestId[];
    })
  | (At & {
      readonly type: "shareBreached";
      readonly request: RequestId;
      readonly lot: LotId;
      readonly right: RightRef;
      readonly month: string;
      readonly measuredBp: number;
      readonly toleranceBp: number;
      readonly excessCount: number;
      readonly newRequest: RequestId;
    })
  | (At & {
      /** A month's use was counted, and stays within what a carve-out lets pass. */
      readonly type: "shareMeasured";
      readonly request: RequestId;
      readonly lot: LotId;
      readonly right: RightRef;
      readonly month: string;
      readonly measuredBp: number;
      readonly toleranceBp: number;
    })
  | (At & {
      /** Nothing more happens by itself; what is unfilled stays open while clearances last. */
      readonly type: "requestRested";
      readonly request: RequestId;
      readonly outcome: "awarded_full" | "awarded_part" | "unfilled";
      readonly awarded: number;
      readonly asked: number;
      readonly why?: string;
      readonly nearest?: string;
      readonly until?: Instant;
    })
  | (At & {
      readonly type: "requestClosed";
      readonly request: RequestId;
      readonly outcome: "awarded_full" | "awarded_part" | "unfilled" | "withdrawn" | "announced";
      readonly awarded: number;
      readonly asked: number;
      /** Stable code of the binding constraint, where less was awarded than asked. */
      readonly why?: string;
      readonly nearest?: string;
    });

/** Notices, answers, stages. */
export type NoticeEvent =
  | (At & { readonly type: "noticeSent"; readonly notice: Notice })
  | (At & {
      readonly type: "noticeReceived";
      readonly notice: NoticeId;
      readonly request: RequestId;
      readonly deliveredAt: Instant;
      readonly deemedReceivedAt: Instant;
      readonly respondBy: Instant;
      readonly objectBy?: Instant;
      readonly zone: string;
      readonly trail: readonly string[];
      readonly tzdata: string;
      /** What the receipt rests on. */
      readonly basis: DeliveryBasis;
    })
  | (At & {
      readonly type: "deliveryFailed";
      readonly notice: NoticeId;
      readonly request: RequestId;
      readonly channel: string;
      readonly nextChannel?: string;
      readonly fallbackAt?: Instant;
    })
  | (At & {
      readonly type: "deadlineExtended";
      readonly notice: NoticeId;
      readonly request: RequestId;
      readonly respondBy: Instant;
      readonly why: "outage" | "amendment" | "contingency";
    })
  | (At & {
      readonly type: "answerReceived";
      readonly notice: NoticeId;
      readonly request: RequestId;
      readonly by: PartyId;
      readonly answer: RecordedAnswer;
    })
  | (At & {
      readonly type: "answerRatified";
      readonly notice: NoticeId;
      readonly request: RequestId;
      readonly by: PartyId;
      readonly signer: string;
      readonly verdict: RatifiedVerdict;
    })
  | (At & {
      readonly type: "offerDecided";
      readonly notice: NoticeId;
      readonly request: RequestId;
      readonly taken: boolean;
    })
  | (At & { readonly type: "latenessWaived"; readonly notice: NoticeId; readonly request: RequestId })
  | (At & {
      readonly type: "noticeClosed";
      readonly notice: NoticeId;
      readonly request: RequestId;
      readonly status: NoticeStatus;
      readonly count: number;
      readonly why: string;
      readonly closedAt: Instant;
    })
  | (At & {
      readonly type: "holdPlaced";
      readonly hold: HoldId;
      readonly request: RequestId;
      readonly lot: LotId;
      readonly notice?: NoticeId;
      readonly holder: PartyId;
      readonly host?: PartyId;
      readonly count: number;
      readonly blocks: readonly { readonly block: BlockId; readonly count: number }[];
      readonly window: TimeWindow;
    })
  | (At & { readonly type: "holdReleased"; readonly hold: HoldId; readonly request: RequestId; readonly why: string })
  | (At & {
      readonly type: "stageClosed";
      readonly request: RequestId;
      readonly lot: LotId;
      readonly stage: string;
      readonly closedAt: Instant;
      readonly taken: number;
      readonly left: number;
    });

/** The market: tenders and sealed bids. */
export type TenderEvent =
  | (At & { readonly type: "tenderOpened"; readonly tender: Tender; readonly invitations: readonly Invitation[] })
  | (At & {
      readonly type: "bidReceived";
      readonly request: RequestId;
      readonly bid: Bid;
      readonly verdict: BidVerdict;
      readonly why: readonly string[];
    })
  | (At & {
      /** All price lists that stand as bids for a tender, entered at once by the broker when it is opened. */
      readonly type: "listBidsReceived";
      readonly request: RequestId;
      readonly tender: TenderId;
      readonly bids: readonly Bid[];
      /** Those of them whose blocks have no room: they are not sealed, as a `bidReceived` with `block_taken` is not. */
      readonly taken: readonly BidId[];
    })
  | (At & {
      readonly type: "bidWithdrawn";
      readonly request: RequestId;
      readonly bid: BidId;
      readonly tender: TenderId;
      readonly bidder: PartyId;
    })
  | (At & {
      readonly type: "bidExtended";
      readonly request: RequestId;
      readonly bid: BidId;
      readonly bidder: PartyId;
      readonly validUntil: Instant;
    })
  | (At & {
      readonly type: "extensionAsked";
      readonly request: RequestId;
      readonly bid: BidId;
      readonly bidder: PartyId;
      readonly until: Instant;
      readonly answerBy: Instant;
    })
  | (At & {
      readonly type: "bidVoided";
      readonly request: RequestId;
      readonly bid: BidId;
      readonly bidder: PartyId;
      readonly lot?: LotId;
      readonly why: string;
      /** What took its machines, where the bidder runs them for whoever took them: it may know. */
      readonly hold?: HoldId;
    })
  | (At & {
      readonly type: "bidsOpened";
      readonly request: RequestId;
      readonly tender: TenderId;
      readonly bids: readonly BidId[];
    })
  | (At & {
      readonly type: "improvementAsked";
      readonly request: RequestId;
      readonly tender: TenderId;
      readonly bidders: readonly PartyId[];
      readonly closesAt: Instant;
    })
  | (At & {
      /** Every bidder learns what became of its own bids: each is told its own line of this. */
      readonly type: "invitationsClosed";
      readonly request: RequestId;
      readonly tender: TenderId;
      readonly closed: readonly ClosedInvitation[];
    })
  | (At & { readonly type: "evaluated"; readonly request: RequestId; readonly evaluation: Evaluation });

/** How an invitation ended. */
export interface ClosedInvitation {
  readonly invitation: InvitationId;
  readonly provider: PartyId;
  /** Accelerators of its bids that were awarded; 0 where it was not selected. */
  readonly selected: number;
}

/** What the comparison of all feasible combinations gave, in the book's reporting currency. */
export interface Evaluation {
  readonly id: string;
  readonly chosen: readonly EvaluatedPart[];
  /** Incremental effective cost of the choice; the least. */
  readonly value: Money;
  /** Value of the best combination without the first part of the choice, where one exists. */
  readonly runnerUp?: { readonly value: Money; readonly provider: PartyId; readonly count: number };
  /** Where the best could not be proved in time: no combination that fills as much costs less than this. Absent: it is the best. */
  readonly bound?: Money;
  readonly unfilled: readonly { readonly lot: LotId; readonly count: number; readonly why: string }[];
  /** Constraints that, if relaxed, would change the choice; stable codes. */
  readonly binding: readonly string[];
  /** Every bid with its place: taken, beaten by how much, or why not feasible. */
  readonly considered: readonly {
    readonly bid?: BidId;
    readonly provider: PartyId;
    readonly lot: LotId;
    /** Which line of the bid, from 0. */
    readonly line: number;
    readonly verdict: "taken" | "beaten" | "infeasible";
    readonly why: string;
    readonly incremental?: Money;
  }[];
  readonly nodes: number;
  /** What each commitment gains by the choice; those not in force yet are shown and not counted (domain row K7). */
  /** Minimum shares that the choice misses by the buyer's decision, at a cost that is in `value`. */
  readonly missed?: readonly ShareOverride[];
  readonly effects?: readonly {
    readonly agreement: AgreementId;
    readonly clause: ClauseId;
    readonly avoided: Money;
    readonly counted: boolean;
  }[];
}

export interface EvaluatedPart {
  readonly bid: BidId;
  readonly provider: PartyId;
  readonly lot: LotId;
  readonly count: number;
  readonly cost: Money;
  /** Cost less shortfall avoided, plus declared switching and delay cost; reporting currency. */
  readonly incremental: Money;
}

/** Outcomes. */
export type AwardEvent =
  | (At & {
      readonly type: "awardProposed";
      readonly request: RequestId;
      readonly lines: readonly ProposedLine[];
      readonly by: "evaluation" | "buyer" | "sale" | "entitlement";
    })
  | (At & {
      readonly type: "awardBlocked";
      readonly request: RequestId;
      readonly lot: LotId;
      readonly why: string;
      readonly right?: RightRef;
    })
  | (At & { readonly type: "awardIssued"; readonly award: Award })
  | (At & {
      readonly type: "awardHeldForDecision";
      readonly award: AwardId;
      readonly request: RequestId;
      readonly why: string;
    })
  | (At & { readonly type: "awardConfirmed"; readonly award: AwardId; readonly request: RequestId })
  | (At & {
      readonly type: "awardDefaulted";
      readonly award: AwardId;
      readonly request: RequestId;
      readonly provider: PartyId;
      readonly why: string;
    });

export type BookEvent = FactEvent | AgreementEvent | RequestEvent | NoticeEvent | TenderEvent | AwardEvent;
export type BookEventType = BookEvent["type"];
