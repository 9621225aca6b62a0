import type {
  AcceleratorType,
  AgreementId,
  BlockId,
  ClauseId,
  Instant,
  Money,
  PartyId,
  Rate,
  Rational,
  RequestId,
  TimeWindow,
} from "../kernel/index.ts";
import type { StatedTerms } from "./terms.ts";

/** One accelerator that would do, and how many of it replace one of the first alternative: 2/1 means twice as many. */
export interface Alternative {
  readonly acceleratorType: AcceleratorType;
  readonly factor: Rational;
}

/** A homogeneous wish. Several purposes may be declared with their counts; undeclared facts take the most burdened reading. */
export interface RequestLine {
  readonly accelerators: readonly Alternative[];
  /** Accelerators of the first alternative. */
  readonly count: number;
  /** Every part is a multiple of it. */
  readonly blockSize: number;
  /** Smallest part that is of use, from one source. */
  readonly gangMin: number;
  /** False: the whole count or nothing. */
  readonly divisible: boolean;
  /** Region ids or prefixes ending in `*`; alternatives of one another. */
  readonly regions: readonly string[];
  readonly window: TimeWindow;
  /** Undeclared when absent; several with counts that add up to `count`, or names only (undeclared split). */
  readonly purposes: readonly { readonly purpose: string; readonly count?: number }[];
  readonly channel?: string;
  /** The product that it launches or serves; `none`: it is for no product. Undeclared when absent. */
  readonly product?: string;
  readonly sourceClass?: string;
  /** Highest price, inclusive. */
  readonly cap?: Rate;
  readonly latestStart?: Instant;
  readonly stated: StatedTerms;
  /** Calls on capacity already contracted. */
  readonly under?: { readonly agreement: AgreementId; readonly clause: ClauseId; readonly negotiated: boolean };
  /** Declared cost of moving to a provider other than the incumbent, per provider. */
  readonly switchingCosts: readonly { readonly provider: PartyId; readonly cost: Money }[];
  readonly incumbent?: PartyId;
}

/** A recorded decision to miss a minimum share (domain row K4). Not material to holders: it keeps notices and answers. */
export interface ShareOverride {
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  /** What the miss costs; an award that misses the share bears it. */
  readonly cost: Money;
  readonly by: string;
  readonly reason: string;
}

export interface ComputeRequest {
  readonly id: RequestId;
  readonly version: number;
  readonly buyer: PartyId;
  readonly project?: string;
  readonly lines: readonly RequestLine[];
  readonly budget?: Money;
  /** Instant at which the bids of this request are opened, where the request fixes one. */
  readonly bidsCloseAt?: Instant;
  /** `keep` leaves what is unfilled open while its clearances last; `close` ends the request at once. */
  readonly unfilled: "keep" | "close";
  /** Approvals by name that must be given before a notice or an award goes out. */
  readonly approvals: readonly string[];
  /** Minimum shares of commitments that the buyer has decided to miss, if the award is better so: at what cost, and who says so. */
  readonly overrides?: readonly ShareOverride[];
  /**
   * Announces the release of this product, as its lines plan it: holders that it must ship on first are asked, and nothing is bought.
   */
  readonly release?: string;
  /** Not material: changing them keeps notices and answers (domain rule G10). */
  readonly notes?: string;
  /** A sale out of the keeper's own capacity: who would buy, at what price; rights that burden capacity are asked. */
  readonly sale?: { readonly to: PartyId; readonly price: Rate; readonly blocks: readonly BlockId[] };
}
