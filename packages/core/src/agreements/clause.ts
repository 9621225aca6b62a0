import type { ZoneId } from "../calendar/index.ts";
import type { Scope } from "../scope/index.ts";
import type { AcceleratorType, BlockId, ClauseId, Instant, Money, PartyId, Rate, Rational } from "../kernel/index.ts";
import type { Evidence, Reading } from "./evidence.ts";
import type { NoticePeriod, RenewalTerm } from "./renewal.ts";
import type { PriceBookClause } from "./price-book.ts";
import type { WindowSpec } from "./window.ts";

/**
 * Kinds of rights (DOMAIN 3.1). `match` is the single chance to equal the best bid; `first-refusal` has two triggers; a product of the
 * grantor ships on the holder of a `first-ship` no later than on others.
 */
export type RightKind =
  | "exclusivity"
  | "first-offer"
  | "first-refusal"
  | "match"
  | "consent"
  | "first-ship"
  | "option"
  | "soft-hold"
  | "minimum-share"
  | "most-favoured";

export interface ClauseBase {
  readonly id: ClauseId;
  /** The same right in an amended and restated agreement keeps its lineage, and gets one notice (domain row V11). */
  readonly lineageId: string;
  /** The words of the contract. */
  readonly text?: string;
  /** Absent: the reading is unconfirmed, and every answer that rests on it says so. */
  readonly reading?: Reading;
  readonly evidence?: Evidence;
  /** Who looks after it in the keeper's house; who looks after the agreement when absent. Nobody else is told. */
  readonly owner?: string;
  /** Names of parameters whose values the author of the book assumed: the clause is known, these are not. */
  readonly assumed?: readonly string[];
  /** Names of parameters that nobody stated: their values are defaults. */
  readonly defaults: readonly string[];
}

/** A part of the scope that the right does not reach. */
export interface CarveOut {
  readonly id: string;
  /** What is carved out. An undeclared fact is not carved out: most burdened reading. */
  readonly scope: Scope;
  /** With it, the carve-out holds only for capacity that these parties build themselves (domain rule G21). */
  readonly ownBuild?: readonly PartyId[];
  /** Where the carved purpose is a share: how much may deviate, measured by month (domain row A6). */
  readonly share?: { readonly toleranceBp: number; readonly period: "month" };
}

export type Partial =
  | { readonly mode: "none" }
  | {
      readonly mode: "multiple";
      readonly of: number;
      readonly min?: number;
      /** The holder may take another number in each civil month of the agreement's zone: it is asked about each by itself. */
      readonly byMonth?: boolean;
    };

export type MatchBasis =
  | { readonly mode: "pareto" }
  | { readonly mode: "levelised"; readonly monthlyRate: Rational; readonly delayCost: Rate };

/** All parameters of a right; documents may leave most out, then the default stands and is named in `defaults`. */
export interface RightClause extends ClauseBase {
  readonly kind: RightKind;
  /** Whose freedom it limits: the buyer's to buy elsewhere, or the provider's to sell to others. */
  readonly burdens: "demand" | "capacity";
  readonly holder: PartyId;
  readonly grantor: PartyId;
  /** Lower is asked earlier. */
  readonly rank: number;
  readonly sameRank: "weights" | "first-come" | "undecided";
  readonly weight: number;
  /** Holders of one rank, or of several ranks, asked at the same time; later ranks contingently. */
  readonly parallel: boolean;
  readonly scope: Scope;
  readonly carveOuts: readonly CarveOut[];
  readonly trigger: "request" | "third-party-offer";
  readonly attachBy: "request" | "award" | "service-window";
  readonly delivery: { readonly rule: "sent" | "delivered" | "acknowledged"; readonly fallbackAfter: WindowSpec };
  readonly objectionWindow: WindowSpec;
  /** Fields that a notice must state (`latestStart`, `purpose`, or a stated term by name); without them it is defective (row N11). */
  readonly noticeRequires: readonly string[];
  readonly window: WindowSpec;
  readonly partial: Partial;
  readonly matchBasis: MatchBasis;
  /** What no answer means. `blocks` and `consents` are for consents only. */
  readonly silence: "refusal" | "acceptance" | "blocks" | "consents";
  readonly refusalFinal: boolean;
  readonly contingencies: { readonly allowed: boolean; readonly waiveBy?: WindowSpec };
  readonly definitiveWindow?: WindowSpec;
  readonly tail: { readonly days: number; readonly priceToleranceBp: number; readonly countToleranceBp: number };
  readonly reoffer: {
    readonly on: "supplier-favourable" | "any";
    readonly window: WindowSpec;
    /** Re-offers, the first notice not counted. */
    readonly maxRounds: number;
    readonly lastRoundToleranceBp: number;
  };
  /** Submissions below it are clear, while all of them in the rolling days add up to less (domain rule G15). */
  readonly deMinimis?: {
    readonly count: number;
    readonly aggregateDays: number;
    readonly by: "control-group" | "project";
  };
  readonly newCapacityOnly: boolean;
  readonly aggregateAllOrNone: boolean;
  readonly overAllotment?: WindowSpec;
  readonly confirmWindow: WindowSpec;
  readonly stranded: { readonly offer: boolean; readonly window: WindowSpec };
  readonly inseparable: "reject" | "allocate";
  readonly holderMayBid: boolean;
  /** A holder of a match right that also bids keeps its match (domain row M5); default no. */
  readonly matchAfterBidding: boolean;
  readonly passThrough: {
    readonly allowed: boolean;
    readonly maxShareBp: number;
    readonly hosts?: readonly PartyId[];
    /** The buyer must consent to each host that is not listed. */
    readonly consent: boolean;
  };
  readonly replacementWindow: WindowSpec;
  readonly affiliates: { readonly aggregate: boolean; readonly lookThrough: boolean };
  readonly disclosure: { readonly identity: boolean; readonly price: boolean };
  /** Exclusivity only: which ends of its stage release the demand. */
  readonly release: { readonly refusal: boolean; readonly silence: boolean; readonly inability: boolean };
  /** The right reaches at most so many accelerators of a request. */
  readonly capCount?: number;
  readonly suspendOnDefault: boolean;
  /** Option and soft hold: what may be taken, at what price, until when (exclusive). */
  readonly option?: {
    readonly count: number;
    readonly blocks: readonly BlockId[];
    readonly price?: Rate;
    readonly until: Instant;
  };
  /** Minimum share: at least so much of the accelerator-time of each period in scope. */
  readonly minimumShare?: { readonly shareBp: number; readonly period: "month" | "year" };
}

/** Contracted capacity that the buyer may call or renew by its own act at a preset price (domain rows A7, A9, A15). */
export interface EntitlementClause extends ClauseBase {
  readonly kind: "entitlement";
  readonly act: "call-off" | "renewal";
  readonly acceleratorType: AcceleratorType;
  readonly count: number;
  readonly price: Rate;
  readonly blocks: readonly BlockId[];
  readonly until?: Instant;
  /** The request whose notice stated this option, if one did: then it is part of what was cleared. */
  readonly statedIn?: string;
}

/** A promise to spend or use; the award sees its shortfall as a cost fact (rows K). */
export interface CommitmentClause extends ClauseBase {
  readonly kind: "commitment";
  readonly type: "spend" | "volume" | "take-or-pay" | "prepaid" | "minimum-share";
  readonly obligor: PartyId;
  readonly beneficiary: PartyId;
  readonly scope: Scope;
  readonly status: "proposed" | "pending" | "active" | "exhausted" | "expired" | "canceled" | "superseded";
  /** Periods `[from, to)` with what each must reach: money for spend, accelerator-seconds for volume. */
  readonly schedule: readonly {
    readonly from: Instant;
    readonly to: Instant;
    readonly amount?: Money;
    readonly acceleratorSeconds?: bigint;
    /** Drawn to date, and what is expected besides the request at hand. */
    readonly drawn?: Money;
    readonly expectedOther?: Money;
    readonly drawnSeconds?: bigint;
    readonly expectedOtherSeconds?: bigint;
  }[];
  /** Up to when draws are in `drawn`; what is expected besides comes after it. */
  readonly drawnAsOf?: Instant;
  /** What a missing unit costs, in hundredths of a per cent of it; 10000 is all of it. */
  readonly shortfallBp: number;
  /** Committed price, where the commitment fixes one (domain rule G26). */
  readonly price?: Rate;
  readonly stackPriority: number;
  /** minimum-share only. */
  readonly shareBp?: number;
  /** minimum-share only: accelerator-seconds of the period without the request at hand: all, and of the beneficiary. */
  readonly projected?: { readonly total: bigint; readonly beneficiary: bigint };
}

/** Bars reselling capacity of this agreement to others without consent: fails flow-down of a pass-through (row X1). */
export interface ResaleClause extends ClauseBase {
  readonly kind: "resale";
  readonly allowed: boolean;
  readonly scope: Scope;
}

/** Of what a revenue share is a part. */
export type RevenueBase = "net-revenue" | "gross-revenue" | "profit" | "spend";

/** A part of revenue that one party owes another, up to a cap; on record, not counted in awards (domain model 5.2). */
export interface RevenueShareClause extends ClauseBase {
  readonly kind: "revenue-share";
  readonly payer: PartyId;
  readonly payee: PartyId;
  /** Which revenue is shared. */
  readonly scope: Scope;
  /** Hundredths of a per cent; absent where it is not known. */
  readonly shareBp?: number;
  readonly base: RevenueBase;
  /** Calendar periods of `zone`, each counted and paid by itself. */
  readonly period: "month" | "quarter" | "year";
  readonly zone: ZoneId;
  /** Paid in all at most; reaching it ends the share. */
  readonly cap?: Money;
  /** Paid to date, in the currency of the cap. */
  readonly paid?: Money;
  /** First instant at which it is no longer owed. */
  readonly until?: Instant;
}

/** A fact that stands on record and that nothing computes yet (a licence, an investment, a pledge). */
export interface RecordClause extends ClauseBase {
  readonly kind: "record";
  readonly about: string;
}

/** What a date of a contract is about. */
export type DateSubject = "price-review" | "milestone" | "expansion" | "termination" | "payment" | "other";

/** A date that the contract sets and that nothing else here follows from: it is told in time, and its silence in words. */
export interface DateClause extends ClauseBase {
  readonly kind: "date";
  readonly subject: DateSubject;
  /** First instant after its day, the first time. */
  readonly by: Instant;
  /** It comes back so often, as long as the agreement is in force. */
  readonly every?: RenewalTerm;
  /** Whoever acts must have given notice so long before. */
  readonly notice?: NoticePeriod;
  readonly actor: PartyId;
  /** What it means that nobody acts, in the words of whoever keeps the book. */
  readonly silence?: string;
}

export type Clause =
  | DateClause
  | RightClause
  | EntitlementClause
  | CommitmentClause
  | PriceBookClause
  | ResaleClause
  | RevenueShareClause
  | RecordClause;

const RIGHT_KINDS: ReadonlySet<string> = new Set<RightKind>([
  "exclusivity",
  "first-offer",
  "first-refusal",
  "match",
  "consent",
  "first-ship",
  "option",
  "soft-hold",
  "minimum-share",
  "most-favoured",
]);

export function isRight(clause: Clause): clause is RightClause {
  return RIGHT_KINDS.has(clause.kind);
}
