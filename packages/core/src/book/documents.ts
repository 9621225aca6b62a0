import type { HolidayCalendar, ZoneId } from "../calendar/index.ts";
import type {
  AcceleratorType,
  AgreementId,
  Currency,
  Instant,
  OfferId,
  PartyId,
  Rate,
  RequestId,
} from "../kernel/index.ts";
import type { WindowSpec } from "../agreements/window.ts";
import type { Scope } from "../scope/index.ts";
import type { Tier } from "../tenders/bid.ts";
import type { BlockId } from "../kernel/index.ts";

/** The keeper's own rules: how tenders run, what needs approval, how ties are settled. */
export interface Policy {
  readonly version: number;
  /** How long bids may come in after a tender opens, unless the request fixes the close. */
  readonly tenderWindow: WindowSpec;
  /** `improve`: one sealed improvement round among tied bids before sharing pro rata. */
  readonly tie: "improve" | "none";
  readonly improveWindow: WindowSpec;
  readonly inseparable: "reject" | "allocate";
  readonly showCap: boolean;
  /**
   * Invitations show counts rounded down to a multiple of it, so that what is left does not tell what others took. Exact where it
   * is absent, where the rounded count could not be bid for, and where the lot must be taken whole.
   */
  readonly shownCountStep?: number;
  /** Largest share of a request that one provider may get, in hundredths of a per cent. */
  readonly concentrationBp?: number;
  readonly minimumUsable: number;
  /** Providers invited to tenders; all that hold the provider role when absent. */
  readonly invite?: readonly PartyId[];
  /** Award as soon as the rules allow; otherwise the buyer proposes. */
  readonly autoAward: boolean;
  /** Related-party awards need this approval by name. */
  readonly relatedPartyApproval: string;
  /** `by-signature` awards stay open until confirmed; `at-once` awards leave the working state when issued. */
  readonly awardConfirmation: "at-once" | "by-signature";
  /** Parties whose own building is a source class of its own. */
  readonly ownBuild: readonly PartyId[];
}

export type { ExchangeRate, IndexValue } from "../prices/index.ts";

/** What a provider offers at its price list, as a standing bid or to compare by. */
export interface Offer {
  readonly id: OfferId;
  readonly provider: PartyId;
  readonly host?: PartyId;
  readonly acceleratorType: AcceleratorType;
  readonly region: string;
  /** None where an agreement prices it. */
  readonly tiers: readonly Tier[];
  /** The agreement whose price book says what it costs. */
  readonly priceBy?: AgreementId;
  /** Civil date of the price list that it is from (YYYY-MM-DD). */
  readonly asOf?: string;
  /** Which of a provider's list prices it is: `on_demand` where it is absent. */
  readonly terms?: string;
  readonly blockSize: number;
  readonly countMax?: number;
  readonly blocks: readonly BlockId[];
  readonly from?: Instant;
  readonly to?: Instant;
  readonly source: string;
  /** Bids by itself in every tender it fits. */
  readonly standing: boolean;
}

/** A rule by which a holder or bidder answers in advance; the first whose scope fits answers. */
export interface StandingAnswer {
  readonly id: string;
  readonly party: PartyId;
  readonly scope: Scope;
  readonly answer:
    | {
        readonly type: "accept";
        readonly countMax?: number;
        readonly blocks: readonly BlockId[];
        readonly host?: PartyId;
      }
    | { readonly type: "refuse" };
  /** Accepts only from this price up; a cap below is refused. */
  readonly priceMin?: Rate;
  /** Or from what the price book of this agreement says it costs. */
  readonly priceMinBy?: AgreementId;
  /** Accepts only what its free capacity in `blocks` carries. */
  readonly byCapacity: boolean;
}

export interface BookHeader {
  readonly keeper: PartyId;
  readonly kind: "buyer" | "provider";
  readonly currency: Currency;
  readonly zone: ZoneId;
}

export type CalendarDocument = HolidayCalendar;
export type RequestRef = RequestId;
