import type { AgreementStatus, AgreementVersion } from "../agreements/agreement.ts";
import type { RenewalNotice } from "../agreements/renewal-notice.ts";
import type { Award, ProposedLine } from "../awards/award.ts";
import type { BookEvent, Evaluation } from "../book/events.ts";
import type { CalendarDocument, ExchangeRate, IndexValue } from "../book/documents.ts";
import type {
  AgreementId,
  AwardId,
  BidId,
  BlockId,
  CalendarId,
  ClauseId,
  HoldId,
  Instant,
  InvitationId,
  LotId,
  NoticeId,
  OfferId,
  PartyId,
  RequestId,
  TenderId,
} from "../kernel/index.ts";
import type { Clearance, DeliveryBasis, Notice, NoticeStatus, RecordedAnswer } from "../notices/notice.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest } from "../requests/request.ts";
import type { Assessment, RightRef } from "../rights/assessment.ts";
import type { Bid, Invitation, Tender } from "../tenders/bid.ts";
import type { PartyAgreement } from "./agreement-shown.ts";
import type { InvitedLine, OwnBid, PublishedRules } from "./bidder-events.ts";
import type { HolderNotice } from "./holder-events.ts";
import type { HostedPart, OwnAwardLine } from "./own-events.ts";
import type {
  BlockView,
  BookView,
  CommitmentView,
  ConflictView,
  ConsentView,
  HoldView,
  OfferView,
  KnownParty,
  StandingView,
  WaiverView,
} from "./view-facts.ts";

export type * from "./view-facts.ts";

/** Objects that the keeper is shown whole and others less of say which of the two they are. */
type As<Whole, Less> = (Whole & { readonly as: "keeper" }) | (Less & { readonly as: "party" });

/** One version of an agreement, as this reader may see it. */
export type AgreementVersionView = As<
  { readonly agreement: AgreementVersion },
  { readonly agreement: PartyAgreement }
> & {
  readonly recordedAt: Instant;
};

interface AgreementCourse {
  readonly status?: AgreementStatus;
  /** How it was ended, where it was. */
  readonly ended?: {
    readonly effectiveAt: Instant;
    readonly accruedRightsSurvive: boolean;
    readonly clauses?: readonly ClauseId[];
  };
  readonly renewalNotices: readonly RenewalNotice[];
  /** The term that runs, where it is not the first; without `to` it runs until a notice ends it. */
  readonly renewed?: { readonly number: number; readonly from: Instant; readonly to?: Instant };
  readonly assignments: readonly { readonly from: PartyId; readonly to: PartyId; readonly effective: boolean }[];
}

/** An agreement in its newest version, and what has become of it. */
export type AgreementView = As<{ readonly agreement: AgreementVersion }, { readonly agreement: PartyAgreement }> &
  AgreementCourse;

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
  /** What the receipt rests on. */
  readonly basis: DeliveryBasis;
  readonly extended?: Extract<BookEvent, { type: "deadlineExtended" }>["why"];
}

export interface AnswerView extends RecordedAnswer {
  readonly by: PartyId;
  readonly ratifiedBy?: string;
}

interface NoticeCourse {
  readonly status: NoticeStatus;
  readonly clock?: ClockView;
  /** Channels on which it could not be delivered, in order. */
  readonly failed: readonly string[];
  readonly answers: readonly AnswerView[];
  /** What the buyer made of the offer of a holder that named its terms first. */
  readonly offer?: "taken" | "declined";
  /** Accelerators that the holder took, once the notice is closed. */
  readonly taken?: number;
}

/** A notice: as its holder knows it or, with lot and lineage, as the keeper does. */
export type NoticeView = As<{ readonly notice: Notice }, { readonly notice: HolderNotice }> & NoticeCourse;

export interface InvitationView {
  readonly id: InvitationId;
  readonly buyer: PartyId;
  readonly buyerName: string;
  readonly closesAt: Instant;
  readonly zone: string;
  readonly lines: readonly InvitedLine[];
  readonly rules: PublishedRules;
  readonly improving: boolean;
  /** Price lists of the reader that bid here by themselves. */
  readonly lists: readonly BidView[];
  /** What the reader itself has bid here, in the order in which it was received. */
  readonly bids: readonly BidId[];
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

export type AwardStatus = "issued" | "held" | "confirmed" | "defaulted";

/** An award: as the keeper has it, or the reader's own lines under its own name for it. */
export type AwardView = As<
  { readonly award: Award },
  {
    readonly award: string;
    readonly supplied: readonly OwnAwardLine[];
    readonly bought: readonly OwnAwardLine[];
    readonly hosted: readonly HostedPart[];
    readonly conditionalUntil?: Instant;
  }
> & {
  readonly status: AwardStatus;
  /** Why it waits for a decision, or was not kept. */
  readonly why?: string;
};

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
  /** Why it does not go on by itself, and what stands in its way. */
  readonly held?: { readonly why: string; readonly rights: readonly RightRef[] };
  /** Why what was to be awarded of it was not. */
  readonly blocked?: { readonly why: string; readonly right?: RightRef };
}

/** Keeper only: bids are counted while they are sealed, and shown from their opening on. */
export interface TenderView {
  readonly tender: Tender;
  readonly invitations: readonly Invitation[];
  readonly sealed: readonly { readonly bid: BidId; readonly bidder: PartyId; readonly late: boolean }[];
  readonly opened: readonly Bid[];
}

/** An approval that a request needs before it goes on. */
export interface ApprovalView {
  readonly approval: string;
  /** `voided`: it was given or denied to what the request asked before. */
  readonly status: "awaited" | "given" | "denied" | "voided";
  /** What waits for it. */
  readonly before?: "notice" | "award";
  readonly by?: string;
}

/** A request: the keeper's with all that hangs on it, a buyer's own with its end. */
export interface RequestView {
  readonly request: ComputeRequest;
  /** Since when what approvers decide on is asked as it is now. */
  readonly askedAt: Instant;
  /** Which of the buyer's people asks so, where that is known. */
  readonly askedBy?: string;
  readonly lots: ReadonlyMap<LotId, LotView>;
  readonly tenders: ReadonlyMap<TenderId, TenderView>;
  readonly evaluations: readonly Evaluation[];
  readonly approvals: readonly ApprovalView[];
  /** What was proposed to be awarded last. */
  readonly proposal?: {
    readonly lines: readonly ProposedLine[];
    readonly by: Extract<BookEvent, { type: "awardProposed" }>["by"];
  };
  readonly awards: readonly AwardId[];
  readonly outcome?: "awarded_full" | "awarded_part" | "unfilled" | "withdrawn" | "announced";
  readonly awarded?: number;
  readonly asked?: number;
  /** Code of what stood in the way of more, and the nearest thing that would have worked. */
  readonly why?: string;
  readonly nearest?: string;
  /** Until when what is unfilled may still be awarded. */
  readonly until?: Instant;
  readonly closed: boolean;
}

/** All that a party can know, folded from its feed and from nothing else. Each map is a kind of object that can be listed. */
export interface PartyView {
  readonly agreements: ReadonlyMap<AgreementId, AgreementView>;
  /** By `agreement:version`. */
  readonly agreementVersions: ReadonlyMap<string, AgreementVersionView>;
  /** By `agreement:clause`. */
  readonly commitments: ReadonlyMap<string, CommitmentView>;
  /** By `agreement:clause:agreement:clause`. */
  readonly conflicts: ReadonlyMap<string, ConflictView>;
  readonly waivers: ReadonlyMap<string, WaiverView>;
  readonly notices: ReadonlyMap<NoticeId, NoticeView>;
  readonly holds: ReadonlyMap<HoldId, HoldView>;
  readonly invitations: ReadonlyMap<InvitationId, InvitationView>;
  readonly bids: ReadonlyMap<BidId, BidView>;
  readonly awards: ReadonlyMap<string, AwardView>;
  readonly hostings: ReadonlyMap<string, HostingView>;
  readonly requests: ReadonlyMap<RequestId, RequestView>;
  readonly parties: ReadonlyMap<PartyId, KnownParty>;
  /** One, named `book`. */
  readonly books: ReadonlyMap<"book", BookView>;
  readonly calendars: ReadonlyMap<CalendarId, CalendarDocument>;
  /** By `from:to:at`. */
  readonly rates: ReadonlyMap<string, ExchangeRate>;
  /** By `index:date`. */
  readonly indexValues: ReadonlyMap<string, IndexValue>;
  readonly blocks: ReadonlyMap<BlockId, BlockView>;
  readonly offers: ReadonlyMap<OfferId, OfferView>;
  readonly standingAnswers: ReadonlyMap<string, StandingView>;
  /** By `by:host:to`. */
  readonly consents: ReadonlyMap<string, ConsentView>;
}

export type ViewKind = keyof PartyView;
export type ViewObject<Kind extends ViewKind = ViewKind> = Kind extends ViewKind
  ? PartyView[Kind] extends ReadonlyMap<string, infer One>
    ? One
    : never
  : never;

/** Names one object of a view. */
export interface ViewKey {
  readonly kind: ViewKind;
  readonly id: string;
}
