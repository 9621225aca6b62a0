import type { CommitmentClause } from "../agreements/clause.ts";
import { yearWindow, type ZoneId } from "../calendar/index.ts";
import { believe, divHalfAway, type Money } from "../kernel/index.ts";
import { type CommitmentPeriod, measureOf } from "./commitment.ts";

/** What a period closes with, in the unit it counts: money in micro-units, or accelerator-seconds. */
export interface PeriodClose {
  readonly met: bigint;
  readonly short: bigint;
  readonly excess: bigint;
}

/**
 * met = drawn + carried in + waived; short and excess are what lies below and above the committed amount, and one of them is 0,
 * so that met + short = committed + excess (invariant I6). For amounts from 0.
 */
export function closePeriod(committed: bigint, drawn: bigint, carriedIn = 0n, waived = 0n): PeriodClose {
  const met = drawn + carriedIn + waived;
  return met < committed ? { met, short: committed - met, excess: 0n } : { met, short: 0n, excess: met - committed };
}

/** What a period must reach, in its own unit; undefined where the schedule does not state it. */
export function committedIn(clause: CommitmentClause, period: CommitmentPeriod): bigint | undefined {
  return measureOf(clause.type) === "money" ? period.amount?.micros : period.acceleratorSeconds;
}

/** What is drawn and expected without the request at hand, in the period's own unit. */
export function expectedIn(clause: CommitmentClause, period: CommitmentPeriod): bigint {
  if (measureOf(clause.type) !== "money") return (period.drawnSeconds ?? 0n) + (period.expectedOtherSeconds ?? 0n);
  for (const other of [period.drawn, period.expectedOther]) {
    believe(other === undefined || other.currency === period.amount?.currency, "a period counts one currency");
  }
  return (period.drawn?.micros ?? 0n) + (period.expectedOther?.micros ?? 0n);
}

/** How much is still missing in a period, in its own unit, when `extra` comes on top of what is expected. From 0. */
export function missingIn(clause: CommitmentClause, period: CommitmentPeriod, extra = 0n): bigint {
  const committed = committedIn(clause, period);
  return committed === undefined ? 0n : closePeriod(committed, expectedIn(clause, period), extra).short;
}

/**
 * What the missing part of a period would cost, when `extra` (micro-units, or accelerator-seconds) comes on top of what is
 * expected: the missing amount, or the missing accelerator-seconds at the committed price, times the shortfall rate; half away
 * from zero. For a prepaid balance it is what would be forfeited. Undefined for a minimum share, and for a volume without a price.
 */
export function expectedShortfall(clause: CommitmentClause, period: CommitmentPeriod, extra = 0n): Money | undefined {
  const measure = measureOf(clause.type);
  const missing = missingIn(clause, period, extra);
  const rate = BigInt(clause.shortfallBp);
  if (measure === "money" && period.amount !== undefined) {
    return { micros: divHalfAway(missing * rate, 10_000n), currency: period.amount.currency };
  }
  if (measure !== "accelerator-seconds" || clause.price === undefined) return undefined;
  return {
    micros: divHalfAway(missing * clause.price.microsPerHour * rate, 36_000_000n),
    currency: clause.price.currency,
  };
}

/** A schedule of civil years of the commitment's zone: 31 December 24:00 there, not in UTC (domain row K6). */
export function yearlySchedule(
  zone: ZoneId,
  firstYear: number,
  amounts: readonly Money[],
): readonly CommitmentPeriod[] {
  return amounts.map((amount, index) => {
    const { from, to } = yearWindow(zone, firstYear + index);
    return { from, to, amount };
  });
}
