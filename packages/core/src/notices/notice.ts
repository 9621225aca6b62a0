import type {
  BlockId,
  BidId,
  ClearanceId,
  Instant,
  LotId,
  NoticeId,
  PartyId,
  Rate,
  RequestId,
  TimeWindow,
} from "../kernel/index.ts";
import type { StatedTerms, Terms } from "../requests/terms.ts";
import type { ClearanceReason, RightRef } from "../rights/assessment.ts";

/** What a notice asks for. All but the first six are later rounds of a stage. */
export type NoticeKind =
  | "first-refusal"
  | "first-offer"
  | "exclusivity"
  | "consent"
  | "first-ship"
  | "match"
  | "option"
  | "re-offer"
  | "over-allotment"
  | "confirmation"
  | "stranded"
  | "information";

export type NoticeStatus =
  | "sent"
  | "open"
  | "accepted"
  | "part_accepted"
  | "refused"
  | "lapsed"
  | "waived"
  | "forfeited"
  | "withdrawn"
  | "superseded"
  | "consented"
  | "supported"
  | "suspended";

/** What a holder sees of the third-party offer: identity only where the clause demands it (domain rows M1, M9). */
export interface ThirdPartyOffer {
  readonly bid: BidId;
  readonly price: Rate;
  readonly count: number;
  readonly window: TimeWindow;
  readonly stated: StatedTerms;
  /** All-or-none and minimum quantities are material terms (domain rule G18). */
  readonly countMin: number;
  readonly provider?: PartyId;
  /** Which alternative of the lot it fills, where there are several. */
  readonly acceleratorType?: string;
  readonly region?: string;
}

export interface Notice {
  readonly id: NoticeId;
  readonly kind: NoticeKind;
  readonly right: RightRef;
  /** Later versions of the right do not reach it (domain rule G8). */
  readonly lineageId: string;
  readonly request: RequestId;
  readonly lot: LotId;
  readonly holder: PartyId;
  /** How many accelerators it offers. */
  readonly count: number;
  readonly terms: Terms;
  readonly termsText: string;
  /** 0 for the first notice; re-offers count from 1. */
  readonly round: number;
  /** The last re-offer: its refusal covers the last-round tolerance too. */
  readonly finalRound: boolean;
  readonly thirdParty?: ThirdPartyOffer;
  /** Asked at the same time as better ranks: an acceptance holds only for what they leave. */
  readonly contingent: boolean;
  /** Terms that the request left out and that the holder may object to. */
  readonly missing: readonly string[];
  readonly sentAt: Instant;
  readonly channel: string;
  /** When to try the next channel, if it is not received by then. */
  readonly fallbackAt?: Instant;
}

/** What the broker's state adds to a notice while it runs. */
export interface OpenNotice extends Notice {
  readonly status: NoticeStatus;
  readonly deliveredAt?: Instant;
  readonly deemedReceivedAt?: Instant;
  /** The last instant in time (inclusive). Absent until it is received: no notice, no clock. */
  readonly respondBy?: Instant;
  readonly objectBy?: Instant;
  readonly answer?: RecordedAnswer;
}

/** Answer as given. A count absent means all that was noticed; a price absent means the noticed price. */
export interface Answer {
  readonly type: "accept" | "refuse" | "object";
  readonly count?: number;
  readonly price?: Rate;
  readonly window?: TimeWindow;
  readonly stated?: StatedTerms;
  /** Scalable: less than `count` is also taken ("1,024 or less"); not scalable asks for confirmation when cut. */
  readonly orLess: boolean;
  readonly rootBlocks: readonly BlockId[];
  readonly host?: PartyId;
  /** Accelerators that the host would run; all of them when a host is named without a count. */
  readonly hostCount?: number;
  readonly signer?: string;
  readonly condition?: string;
  readonly reason?: string;
}

export type AnswerVerdict =
  | "binding"
  | "refusal"
  | "counter_offer"
  | "curable"
  | "non_conforming"
  | "late"
  | "ignored"
  | "objection";

/** Whether an answer changes anything: it binds, refuses, objects, or can still be replaced or taken. The others are on record and no more. */
/** What an answer is worth that somebody with authority stands behind: it binds, or what else is amiss stays so, or that came too late. */
export type RatifiedVerdict = Extract<AnswerVerdict, "binding" | "counter_offer" | "curable" | "late">;

export const hasEffect = (verdict: AnswerVerdict): boolean =>
  verdict !== "late" && verdict !== "ignored" && verdict !== "non_conforming";

/** By what something came that somebody else than its author put on record. */
export type RecordedMedium = "mail" | "letter" | "meeting";

/**
 * Who put on record what another party said outside the broker, and what it was read from. It stays with what was said for ever.
 */
export interface Recording {
  /** Whose desk put it on record; which person did is kept beside the log. */
  readonly by: PartyId;
  readonly medium: RecordedMedium;
  /** Salted reference of the file that it was read from; the file is beside the log and can be erased. */
  readonly file: string;
  /** When it arrived, as the recorder says. It counts from when it is recorded. */
  readonly arrivedAt?: Instant;
}

/** What a notice's receipt rests on: which event of the delivery rule, by which channel, and who reported it. */
export interface DeliveryBasis {
  /** `sent` and `delivered` by the portal are the broker's own doing; nobody reports them. */
  readonly event: "sent" | "delivered" | "acknowledged";
  readonly channel: string;
  readonly reportedBy?: PartyId;
  /** Salted reference of the proof of delivery, kept beside the log. */
  readonly proof?: string;
}

export interface RecordedAnswer {
  readonly id: string;
  readonly answer: Answer;
  /** Present where somebody else put it on record. */
  readonly recording?: Recording;
  readonly receivedAt: Instant;
  readonly verdict: AnswerVerdict;
  /** Stable codes of what does not conform, in a fixed order. */
  readonly defects: readonly string[];
}

/** The release of a product over a channel, as a holder was asked about it. */
export interface Release {
  readonly product: string;
  readonly channel?: string;
  /** When it was planned to launch. */
  readonly planned: Instant;
  /** Until when (exclusive) it holds for other lots that its holder let it pass: the tail. */
  readonly until?: Instant;
}

export interface Clearance {
  readonly id: ClearanceId;
  readonly lot: LotId;
  readonly request: RequestId;
  readonly right: RightRef;
  readonly lineageId: string;
  readonly holder: PartyId;
  readonly reason: ClearanceReason;
  /** For `not_applicable` and `suspended`: the verdict that made it. */
  readonly why?: string;
  readonly count: number;
  /** Terms on which it rests; a clearance without them covers any terms. */
  readonly terms?: Terms;
  readonly notice?: NoticeId;
  /** match: the only third party, and bid, that it covers. */
  readonly thirdParty?: PartyId;
  /** waiver with limits */
  readonly limits?: { readonly provider?: string; readonly countMax?: number; readonly priceMaxMicros?: bigint };
  /** first-ship: the holder's own launch; others may begin then, and not before. */
  readonly startsFrom?: Instant;
  /** first-ship: which release it is about, so that the holder is asked once. */
  readonly release?: Release;
  readonly finalRound: boolean;
  readonly issuedAt: Instant;
  /** End of the tail (exclusive); without end when absent. */
  readonly validUntil?: Instant;
}
