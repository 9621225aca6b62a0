import type { RevenueShareClause } from "../agreements/clause.ts";
import { believe, divHalfAway, type Instant, type Money } from "../kernel/index.ts";

/** How a revenue share stands (domain model 5.2): owed, at its cap, or over. */
export type RevenueShareStatus = "live" | "capped" | "ended";

/**
 * As of an instant, with what is recorded as paid. Reaching the cap ends it for good, so it comes before the date; the end is the
 * first instant at which nothing more is shared.
 */
export function revenueShareStatus({ cap, paid, until }: RevenueShareClause, at: Instant): RevenueShareStatus {
  if (cap !== undefined && paid !== undefined && paid.micros >= cap.micros) return "capped";
  return until !== undefined && at >= until ? "ended" : "live";
}

/** What is left below the cap, from 0; undefined without a cap. */
export function leftBelowCap(cap: Money | undefined, paidBefore: Money): Money | undefined {
  if (cap === undefined) return undefined;
  believe(cap.currency === paidBefore.currency, "a revenue share is paid in the currency of its cap");
  const left = cap.micros - paidBefore.micros;
  return { micros: left > 0n ? left : 0n, currency: cap.currency };
}

/**
 * What is owed for one period: min(share of the base, cap less what was paid before), never below 0 (domain model 3.3), half
 * away from zero to the micro-unit. A period with a negative base, as after refunds, owes nothing and is owed nothing.
 *
 * @param base What is shared of the period, in the currency of the cap. Undefined comes back where the share is not known.
 */
export function revenueShareDue(
  { shareBp, cap }: Pick<RevenueShareClause, "shareBp" | "cap">,
  base: Money,
  paidBefore: Money,
): Money | undefined {
  believe(base.currency === paidBefore.currency, "a revenue share has one currency");
  if (shareBp === undefined) return undefined;
  const share = base.micros <= 0n ? 0n : divHalfAway(base.micros * BigInt(shareBp), 10_000n);
  const left = leftBelowCap(cap, paidBefore)?.micros;
  return { micros: left !== undefined && left < share ? left : share, currency: base.currency };
}
