import { type AcceleratorSeconds, divHalfAway, type Money, type Rate } from "../kernel/index.ts";

/** A price for a part of the quantity. `all-units`: the tier reached prices everything; `marginal`: each tier its own part. */
export interface Tier {
  /** Smallest count in the tier, inclusive. */
  readonly from: number;
  readonly rate: Rate;
}

export type TierMode = "all-units" | "marginal";

export type TierProblem = "tiers_empty" | "tiers_unordered" | "tiers_mixed_currency";

/** What is wrong with a list of tiers: none at all, starts that do not rise from 1 or more in whole numbers, two currencies. */
export function tierProblem(tiers: readonly Tier[]): TierProblem | undefined {
  const [first] = tiers;
  if (first === undefined) return "tiers_empty";
  let before = 0;
  for (const tier of tiers) {
    if (!Number.isSafeInteger(tier.from) || tier.from <= before) return "tiers_unordered";
    if (tier.rate.currency !== first.rate.currency) return "tiers_mixed_currency";
    before = tier.from;
  }
  return undefined;
}

/** The tier that a count reaches; undefined below the first tier, where nothing is offered. */
export function tierOf(tiers: readonly Tier[], count: number): Tier | undefined {
  let reached: Tier | undefined;
  for (const tier of tiers) {
    if (tier.from > count) break;
    reached = tier;
  }
  return reached;
}

/**
 * What `count` accelerators cost together in one hour, exact, in micro-units of the tiers' currency. Under `marginal` the first
 * tier prices every unit from the first on, also where it is only offered from a larger count. Undefined below the first tier.
 */
export function hourlyMicros(tiers: readonly Tier[], mode: TierMode, count: number): bigint | undefined {
  const reached = tierOf(tiers, count);
  if (reached === undefined) return undefined;
  if (mode === "all-units" || tiers.length === 1) return reached.rate.microsPerHour * BigInt(count);
  let sum = 0n;
  for (const [index, tier] of tiers.entries()) {
    if (tier.from > count) break;
    const first = index === 0 ? 1 : tier.from;
    const last = Math.min(count, (tiers[index + 1]?.from ?? Infinity) - 1);
    sum += tier.rate.microsPerHour * BigInt(last - first + 1);
  }
  return sum;
}

/** The cost of `count` accelerators for `seconds` each, exact until it is rated once, half away from zero (rule G25). */
export function tieredCost(tiers: readonly Tier[], mode: TierMode, count: number, seconds: number): Money | undefined {
  const hourly = hourlyMicros(tiers, mode, count);
  const [first] = tiers;
  if (hourly === undefined || first === undefined) return undefined;
  return { micros: divHalfAway(hourly * BigInt(seconds), 3600n), currency: first.rate.currency };
}

/**
 * The price of one accelerator when `count` are taken: the rate of the tier reached under `all-units`; under `marginal` the mean,
 * half away from zero to the micro-unit. Costs come from `tieredCost`, never from a mean. Undefined below the first tier.
 */
export function priceOf(tiers: readonly Tier[], mode: TierMode, count: number): Rate | undefined {
  const reached = tierOf(tiers, count);
  if (reached === undefined || mode === "all-units") return reached?.rate;
  const hourly = hourlyMicros(tiers, mode, count) as bigint;
  return { microsPerHour: divHalfAway(hourly, BigInt(count)), currency: reached.rate.currency };
}

/** What a committed price covered and what the next price had to. */
export interface CommittedCost {
  /** Accelerator-seconds at the committed price, rounded down to whole ones. */
  readonly committedSeconds: AcceleratorSeconds;
  readonly committed: Money;
  readonly nextSeconds: AcceleratorSeconds;
  readonly next: Money;
}

/**
 * The cost of `held` accelerator-seconds of which only `inside` fall into the commitment's term. The committed price holds for as
 * many of those, rounded down, as the remaining balance pays for; all others are priced at the next price (rule G26). A committed
 * price of zero or below uses no balance and holds for all that is inside. For one currency; balance and seconds from 0.
 */
export function committedPriceCost(
  balance: Money,
  committed: Rate,
  held: AcceleratorSeconds,
  inside: AcceleratorSeconds,
  next: Rate,
): CommittedCost {
  const paidFor = committed.microsPerHour > 0n ? (balance.micros * 3600n) / committed.microsPerHour : inside;
  const covered = paidFor < inside ? paidFor : inside;
  return {
    committedSeconds: covered as AcceleratorSeconds,
    committed: cost(committed, covered),
    nextSeconds: (held - covered) as AcceleratorSeconds,
    next: cost(next, held - covered),
  };
}

function cost(rate: Rate, seconds: bigint): Money {
  return { micros: divHalfAway(rate.microsPerHour * seconds, 3600n), currency: rate.currency };
}
