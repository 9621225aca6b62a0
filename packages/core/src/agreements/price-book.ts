import type { ZoneId } from "../calendar/index.ts";
import type { Instant, PartyId, Rate, Rational } from "../kernel/index.ts";
import type { Scope } from "../scope/index.ts";
import type { ClauseBase } from "./clause.ts";

/** The part of a provider's price list that a price refers to: `on_demand`, `spot`, or a term such as `1y`. */
export type ListKind = string;

/** How often a price that follows an index is fixed anew, in civil periods of the zone. */
export type ResetPeriod = "month" | "quarter" | "year";

/** One price during one stretch of time. */
export type PlainPrice =
  | { readonly form: "fixed"; readonly rate: Rate }
  /** So much below the price list of a party: the list of that date, or the newest one known when it is asked. */
  | {
      readonly form: "list";
      readonly provider: PartyId;
      readonly kind: ListKind;
      /** Hundredths of a per cent, 0 to 10,000. */
      readonly discountBp: number;
      /** Civil date (YYYY-MM-DD): the newest list of that date or before. */
      readonly asOf?: string;
    }
  /**
   * `base x (1 - share + share x value / baseValue)`, held between floor and cap. The value is the one observed for the period: dated
   * on its first day or before, and not before the first day of the period before it.
   */
  | {
      readonly form: "index";
      readonly index: string;
      readonly base: Rate;
      /** Above zero. */
      readonly baseValue: Rational;
      /** The part of the price that follows the index: above 0, at most 1. */
      readonly share: Rational;
      readonly floor?: Rate;
      readonly cap?: Rate;
      readonly reset: ResetPeriod;
      readonly zone: ZoneId;
    };

/** What volume is counted over: civil periods of a zone, a stated span, or the one use that is priced. */
export type VolumePeriod =
  | { readonly unit: ResetPeriod; readonly zone: ZoneId }
  | { readonly unit: "span"; readonly from: Instant; readonly to: Instant }
  | { readonly unit: "order" };

/** From this volume on; accelerator-seconds, or micro-units of the currency of the tiers' prices. The first one is from 0. */
export interface VolumeTier {
  readonly from: bigint;
  readonly price: PlainPrice;
}

/** What was taken before in a span, in the unit of the tiers; it counts in the period in which it began. */
export interface TakenVolume {
  readonly from: Instant;
  readonly to: Instant;
  readonly volume: bigint;
}

export type PriceForm =
  | PlainPrice
  /** Another price from each date on; none before the first. */
  | { readonly form: "steps"; readonly steps: readonly { readonly from: Instant; readonly price: PlainPrice }[] }
  /** `marginal`: each tier prices its own part. `retroactive`: the tier reached prices all of the period, what was taken before too. */
  | {
      readonly form: "volume";
      readonly mode: "marginal" | "retroactive";
      readonly measure: "accelerator-hours" | "money";
      readonly period: VolumePeriod;
      readonly tiers: readonly VolumeTier[];
      readonly taken: readonly TakenVolume[];
    };

/** One price of a price book and what it is for. */
export interface PriceEntry {
  readonly id: string;
  /** Where several entries apply, the lowest goes first; without an order on each of them nobody knows which. */
  readonly order?: number;
  readonly scope: Scope;
  /** It prices use in `[from, to)`; an end that is absent is open. */
  readonly from?: Instant;
  readonly to?: Instant;
  /** Only for uses of at least so many days, and of fewer than so many. */
  readonly termDaysMin?: number;
  readonly termDaysBelow?: number;
  readonly price: PriceForm;
}

/** What an agreement says that things cost; list prices of others are no part of it. */
export interface PriceBookClause extends ClauseBase {
  readonly kind: "price-book";
  /** Who sells at these prices. */
  readonly seller: PartyId;
  readonly entries: readonly PriceEntry[];
}
