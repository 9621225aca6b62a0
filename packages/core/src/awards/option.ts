import type { Account, Commitment } from "../commitments/index.ts";
import type { Currency, PartyId, Rational, TimeWindow } from "../kernel/index.ts";
import type { Fractions } from "../scope/index.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import type { Constraint, EvaluationInput } from "./evaluation.ts";

/** A line of a bid as a way to fill its lot, in whole steps. A step is the smallest quantity that both sides can deal in. */
export interface Option {
  readonly index: number;
  readonly lotIndex: number;
  readonly bid: Bid;
  readonly line: BidLine;
  readonly lineIndex: number;
  /** Place in the order of receipt, ties by provider; from 0. */
  readonly rank: number;
  readonly window: TimeWindow;
  readonly seconds: number;
  readonly delaySeconds: number;
  /** Accelerators of the lot's first alternative in a step, and of the type offered. */
  readonly step: number;
  readonly offeredPerStep: number;
  /** Steps; `max` below `min` where nothing fits. */
  readonly min: number;
  readonly max: number;
  /** Why it cannot be taken; undefined where it can. */
  readonly why: string | undefined;
}

/** The options of an evaluation, and what was left out to find out what it changes. */
export interface Market {
  readonly input: EvaluationInput;
  readonly options: readonly Option[];
  readonly relaxed?: Constraint;
  /** Commitments in force, by the party they favour. */
  readonly committed: ReadonlyMap<PartyId, readonly Commitment[]>;
  /** Worked out at most once, when first asked for. */
  readonly known: { account?: Account; readonly counted: Map<Commitment, (Fractions | undefined)[]> };
}

const ONE: Rational = { num: 1n, den: 1n };

/** Conversion into the currency of the evaluation; undefined where no rate is recorded. */
export function ratioOf(input: EvaluationInput, currency: Currency, bidder?: PartyId): Rational | undefined {
  return currency === input.currency ? ONE : input.ratioOf?.(currency, bidder);
}
