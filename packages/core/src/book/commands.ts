import type { AgreementStatus, AgreementVersion } from "../agreements/agreement.ts";
import type { Eligibility, Party } from "../agreements/party.ts";
import type { BidPart } from "../awards/parts.ts";
import type { CapacityBlock } from "../capacity/index.ts";
import type {
  AcceleratorType,
  AgreementId,
  AwardId,
  BidId,
  BlockId,
  ClauseId,
  Instant,
  LotId,
  NoticeId,
  OfferId,
  PartyId,
  Rate,
  RequestId,
  TenderId,
  TimeWindow,
} from "../kernel/index.ts";
import type { Answer, Recording } from "../notices/notice.ts";
import type { ComputeRequest } from "../requests/request.ts";
import type { StatedTerms } from "../requests/terms.ts";
import type { Waiver } from "../rights/assessment.ts";
import type { Bid } from "../tenders/bid.ts";
import type {
  BookHeader,
  CalendarDocument,
  ExchangeRate,
  IndexValue,
  Offer,
  Policy,
  StandingAnswer,
} from "./documents.ts";

/** What every command carries: server time, who, a retry key, and the randomness for its ids. */
export interface CommandEnvelope {
  /** Stamp of the batch it is decided in. */
  readonly at: Instant;
  /** Arrival at the node, at most 5 s before `at`: what timeliness is judged by. Equals `at` when absent. */
  readonly receivedAt?: Instant;
  readonly actor: PartyId;
  /** The same key twice is one command (invariant I11). */
  readonly key: string;
  /**
   * What the command says, in short: a hash of `saidBy`, made by whoever runs the core, which hashes nothing. The same key with another
   * one is another command. Where it is absent, sender and kind are compared.
   */
  readonly fingerprint?: string;
  /** Random text from outside: ids are drawn from it. */
  readonly nonce: string;
}

/** What somebody decides about an approval that a request needs. */
export interface ApprovalDecision {
  readonly request: RequestId;
  readonly approval: string;
  readonly by: string;
  /** When what it is decided on was asked, as the request's state says; where it has been asked otherwise since, the decision does not count. */
  readonly askedAt?: Instant;
}

export type CommandBody =
  | { readonly type: "openBook"; readonly header: BookHeader }
  | { readonly type: "recordParty"; readonly party: Party }
  | { readonly type: "recordEligibility"; readonly party: PartyId; readonly eligibility: Eligibility }
  | {
      readonly type: "recordDefault";
      readonly party: PartyId;
      readonly agreement: AgreementId;
      readonly cured: boolean;
    }
  | { readonly type: "recordCalendar"; readonly calendar: CalendarDocument }
  | { readonly type: "recordExchangeRate"; readonly rate: ExchangeRate }
  | { readonly type: "recordIndexValue"; readonly value: IndexValue }
  | { readonly type: "recordPolicy"; readonly policy: Policy }
  | { readonly type: "recordBlock"; readonly block: CapacityBlock }
  | { readonly type: "withdrawBlock"; readonly block: BlockId }
  | { readonly type: "listOffer"; readonly offer: Offer }
  | { readonly type: "withdrawOffer"; readonly offer: OfferId }
  | { readonly type: "giveStandingAnswer"; readonly standing: StandingAnswer }
  | { readonly type: "revokeStandingAnswer"; readonly id: string }
  | { readonly type: "consentResale"; readonly host: PartyId; readonly to: PartyId }
  | { readonly type: "recordAgreement"; readonly agreement: AgreementVersion; readonly activate: boolean }
  | {
      readonly type: "changeAgreementStatus";
      readonly agreement: AgreementId;
      readonly status: AgreementStatus;
      readonly why: string;
    }
  | {
      readonly type: "terminateAgreement";
      readonly agreement: AgreementId;
      readonly effectiveAt: Instant;
      readonly accruedRightsSurvive?: boolean;
      readonly clauses?: readonly ClauseId[];
    }
  | {
      /** A notice of non-renewal, or one that ends an agreement that runs on. */
      readonly type: "giveRenewalNotice";
      readonly agreement: AgreementId;
      /** Who gives it; the keeper may record that of another. */
      readonly by: PartyId;
      /** When it was delivered, where that was before it is recorded. */
      readonly deliveredAt?: Instant;
    }
  | {
      readonly type: "assignAgreement";
      readonly agreement: AgreementId;
      readonly from: PartyId;
      readonly to: PartyId;
      readonly consented: boolean;
    }
  | { readonly type: "recordControlChange"; readonly party: PartyId; readonly effectiveAt: Instant }
  | {
      readonly type: "decideConflict";
      readonly agreement: AgreementId;
      readonly clause: ClauseId;
      readonly withAgreement: AgreementId;
      readonly withClause: ClauseId;
      readonly prevails: AgreementId;
      readonly by: string;
      readonly reason: string;
    }
  | { readonly type: "grantWaiver"; readonly waiver: Waiver }
  | { readonly type: "revokeWaiver"; readonly waiver: string }
  | { readonly type: "submitRequest"; readonly request: ComputeRequest; readonly askedBy?: string }
  | {
      readonly type: "reviseRequest";
      readonly request: ComputeRequest;
      /** Who of the buyer's people asks so, by an id: no approval of it is theirs to decide. */
      readonly askedBy?: string;
    }
  | { readonly type: "withdrawRequest"; readonly request: RequestId }
  | { readonly type: "closeRequest"; readonly request: RequestId }
  | ({ readonly type: "giveApproval" } & ApprovalDecision)
  | ({ readonly type: "denyApproval" } & ApprovalDecision)
  | {
      readonly type: "confirmDelivery";
      readonly notice: NoticeId;
      readonly event: "delivered" | "acknowledged" | "bounced";
      /** By which channel; the one it was last sent by when absent. */
      readonly channel?: string;
      /** When it happened, where that was before it is reported: with the proof of it, by the keeper. */
      readonly deliveredAt?: Instant;
      /** Salted reference of the proof of delivery. */
      readonly proof?: string;
    }
  | {
      readonly type: "answerNotice";
      readonly notice: NoticeId;
      readonly answer: Answer;
      /** Of other notices, in the same call: decided together or not at all, and a limit of who signs is one of all of them. */
      readonly further?: readonly { readonly notice: NoticeId; readonly answer: Answer }[];
      /** The keeper puts on record what the holder answered outside the broker. */
      readonly recorded?: Omit<Recording, "by">;
    }
  | { readonly type: "ratifyAnswer"; readonly notice: NoticeId; readonly signer: string }
  | { readonly type: "decideOffer"; readonly notice: NoticeId; readonly take: boolean }
  | { readonly type: "waiveLateness"; readonly notice: NoticeId }
  | { readonly type: "openTender"; readonly request: RequestId; readonly lots?: readonly LotId[] }
  | {
      readonly type: "placeBid";
      readonly tender: TenderId;
      readonly bid: Omit<Bid, "id" | "receivedAt" | "order" | "standing" | "bidder" | "tender" | "recording">;
      /** The keeper puts on record what an invited bidder offered outside the broker. */
      readonly recorded?: Omit<Recording, "by"> & { readonly bidder: PartyId };
    }
  | { readonly type: "withdrawBid"; readonly bid: BidId }
  | { readonly type: "extendBid"; readonly bid: BidId; readonly validUntil: Instant }
  | {
      readonly type: "proposeAward";
      readonly request: RequestId;
      readonly lines: readonly {
        readonly lot?: LotId;
        readonly provider: PartyId;
        readonly host?: PartyId;
        readonly count: number;
        readonly price: Rate;
        /** Which alternative of the lot; where neither these nor the blocks say it, the first. */
        readonly acceleratorType?: AcceleratorType;
        readonly region?: string;
        readonly window?: TimeWindow;
        readonly stated: StatedTerms;
        readonly rootBlocks: readonly BlockId[];
      }[];
      /** In place of lines: parts of opened bids, taken as they were made. */
      readonly parts?: readonly BidPart[];
    }
  | { readonly type: "decideAward"; readonly award: AwardId; readonly confirm: boolean; readonly by: string }
  | { readonly type: "reportDefault"; readonly award: AwardId; readonly provider: PartyId; readonly why: string }
  | {
      readonly type: "recordPurposeUse";
      readonly request: RequestId;
      readonly month: string;
      readonly uses: readonly { readonly purpose: string; readonly acceleratorSeconds: bigint }[];
      readonly newRequest: RequestId;
    }
  | { readonly type: "recordOutage"; readonly window: TimeWindow }
  | { readonly type: "passTime" };

export type Command = CommandEnvelope & CommandBody;

/** Stable words for what the core says no to. The order of the checks is part of the contract. */
export type RejectionCode =
  | "book_not_open"
  | "book_already_open"
  | "time_runs_backwards"
  | "duplicate_id"
  | "not_found"
  | "not_authorised"
  | "malformed"
  | "invalid_window"
  | "invalid_count"
  | "currency_mismatch"
  | "rate_missing"
  | "calendar_missing"
  | "calendar_year_unknown"
  | "unknown_party"
  | "unknown_agreement"
  | "unknown_clause"
  | "unknown_block"
  | "unknown_request"
  | "agreement_not_signed"
  | "nothing_to_renew"
  | "notice_not_open"
  | "offer_not_signed"
  | "notice_cannot_shorten"
  | "right_has_accepted"
  | "answer_already_binding"
  | "refusal_is_final"
  | "lateness_relied_on"
  | "nothing_late"
  | "approval_after_acceptance"
  | "approval_unknown"
  | "approval_outdated"
  | "own_proposal"
  | "request_closed"
  | "acceptance_stands"
  | "tender_closed"
  | "not_invited"
  | "bid_not_open"
  | "bid_opened"
  | "outside_tail"
  | "not_cleared"
  | "not_opened"
  | "not_takable"
  | "no_capacity"
  | "over_awarded"
  | "consent_missing"
  | "assignment_not_consented"
  | "conflict_undecided"
  | "not_signed_by_both"
  | "lineage_cycle"
  | "retry_differs"
  | "waiver_unknown"
  | "option_expired";

export interface Rejection {
  readonly code: RejectionCode;
  /** For people; never parsed. */
  readonly detail: string;
}
