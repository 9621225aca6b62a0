import { wholeMonths730 } from "../calendar/index.ts";
import {
  addRational,
  believe,
  divRational,
  HOUR_MS,
  type Instant,
  mulRational,
  type Rate,
  type Rational,
  rational,
  subRational,
  type TimeWindow,
} from "../kernel/index.ts";

const MONTH_HOURS = 730n;
const ZERO = rational(0n);

/** What the levelised price weighs, per accelerator (rule G19). */
export interface LevelisedTerms {
  /** Hours of month 1, 2, ... of the offered window; see `monthlyHours`. */
  readonly hours: readonly Rational[];
  readonly requestedStart: Instant;
  readonly offeredStart: Instant;
  /** Discount of one month, above -1: 1/100 is one per cent. */
  readonly monthlyRate: Rational;
  /** What an hour of delay costs the buyer per accelerator; in the currency of the price. */
  readonly delayCost: Rate;
}

/** Present values per accelerator: hours, and micro-units of cost with the delay in it. */
export interface PresentValues {
  readonly hours: Rational;
  readonly cost: Rational;
}

/** The hours of a window month by month, a month being 730 h; the last one may be shorter. */
export function monthlyHours(window: TimeWindow): readonly Rational[] {
  const total = rational(BigInt(window.to - window.from), BigInt(HOUR_MS));
  const whole = total.num / (total.den * MONTH_HOURS);
  const months = Array.from({ length: Number(whole) }, () => rational(MONTH_HOURS));
  const rest = subRational(total, rational(whole * MONTH_HOURS));
  return rest.num > 0n ? [...months, rest] : months;
}

/** Present values of a price for these terms. An offer that starts before the requested start has no delay. */
export function presentValues(price: Rate, terms: LevelisedTerms): PresentValues {
  believe(price.currency === terms.delayCost.currency, "price and delay cost are of one currency");
  const hours = presentHours(terms);
  const cost = mulRational(rational(price.microsPerHour), hours);
  return { hours, cost: addRational(cost, delayMicros(terms)) };
}

/**
 * (PV of cost + delay cost) / PV of accelerator-hours, exact, in micro-units per accelerator-hour. The hours and the cost of month
 * k are discounted by (1 + rate)^(k + d), d being the months of 730 h from the requested to the offered start, a part counting as
 * one; the delay cost is not discounted. A deferral alone therefore never looks like a discount (rule G19).
 */
export function levelisedPrice(price: Rate, terms: LevelisedTerms): Rational {
  const values = presentValues(price, terms);
  return divRational(values.cost, values.hours);
}

/** The price, in micro-units per hour, at which these terms have exactly the levelised price `target`. May be below zero. */
export function breakEvenPrice(target: Rational, terms: LevelisedTerms): Rational {
  return subRational(target, divRational(delayMicros(terms), presentHours(terms)));
}

/** Adds from the last month backwards, one division per month. */
function presentHours(terms: LevelisedTerms): Rational {
  const growth = addRational(rational(1n), terms.monthlyRate);
  believe(growth.num > 0n, "a monthly rate is above -1");
  let sum = ZERO;
  for (const hours of terms.hours.toReversed()) sum = divRational(addRational(sum, hours), growth);
  believe(sum.num > 0n, "an offered window has hours");
  for (let month = delayMonths(terms); month > 0; month -= 1) sum = divRational(sum, growth);
  return sum;
}

function delayMonths(terms: LevelisedTerms): number {
  return Math.max(0, wholeMonths730(terms.requestedStart, terms.offeredStart));
}

function delayMicros(terms: LevelisedTerms): Rational {
  const delayMs = Math.max(0, terms.offeredStart - terms.requestedStart);
  return mulRational(rational(terms.delayCost.microsPerHour), rational(BigInt(delayMs), BigInt(HOUR_MS)));
}
