import type { PriceForm } from "../agreements/price-book.ts";
import type { AgreementId, ClauseId, Instant, Money, Rate, Rational, TimeWindow } from "../kernel/index.ts";
import type { Facts } from "../scope/index.ts";
import type { PlainQuery, PriceProblemCode, RateBasis } from "./plain-price.ts";
import type { VolumeForm } from "./volume.ts";

/** A price that a commitment fixes, for as much as is left of it (rule G26). */
export interface CommittedPrice extends TimeWindow {
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  readonly rate: Rate;
  /** Money, which pays for as many whole accelerator-seconds, rounded down; or accelerator-seconds. */
  readonly left: Money | bigint;
}

/** What is to be priced. */
export interface PriceQuery extends PlainQuery {
  /** What is known of the use, for the scopes of entries: see `lotFacts`. */
  readonly facts: Facts;
  readonly count: number;
  /** In whole seconds. */
  readonly window: TimeWindow;
  /** In the order in which they are used up, before the price book. */
  readonly committed?: readonly CommittedPrice[];
}

/** Why a part costs what it does: the entry of the clause, and what its price rests on. */
export interface PriceReason {
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  /** Absent where the price is the one that a commitment fixes. */
  readonly entry?: string;
  readonly form: PriceForm["form"] | "committed";
  readonly basis: RateBasis;
  /** From when on the step holds. */
  readonly step?: Instant;
  /** Where the tier begins, in the unit of the volume. */
  readonly tier?: {
    readonly from: bigint;
    readonly mode: VolumeForm["mode"];
    readonly measure: VolumeForm["measure"];
  };
  /** Entries that apply as well and stand behind this one, as `agreement/clause/entry`. */
  readonly passedOver: readonly string[];
}

/** One row: rated once (rule G25). */
export interface PriceRow {
  readonly from: Instant;
  readonly to: Instant;
  /** `use`: what is priced. `reprice`: what was taken before in the period, at the difference that this use makes to it. */
  readonly kind: "use" | "reprice";
  /** Accelerator-seconds. */
  readonly held: bigint;
  /** Price of an accelerator-hour; of a reprice the difference, which may be below zero. */
  readonly rate: Rate;
  /** Half away from zero to the micro-unit. */
  readonly cost: Money;
  /** In micro-units, exact. */
  readonly exact: Rational;
  readonly reason: PriceReason;
}

export interface Quote {
  /** By time; of one time by tier. */
  readonly rows: readonly PriceRow[];
  /** Sum of the rows. */
  readonly cost: Money;
  /** Sum of the rows before they are rounded, in micro-units. */
  readonly exact: Rational;
  /** All of it for one accelerator-hour, in micro-units, exact: for showing and comparing. */
  readonly mean: Rational;
}

/** Why there is no price for a stretch of time. */
export interface PriceProblem extends TimeWindow {
  readonly code: PriceProblemCode;
  readonly detail: string;
  /** Entries concerned, as `agreement/clause/entry`. */
  readonly entries: readonly string[];
}

export type Quoted =
  | { readonly ok: true; readonly value: Quote }
  | { readonly ok: false; readonly problems: readonly PriceProblem[] };
