import {
  type Currency,
  divHalfAway,
  type Failure,
  failure,
  type Instant,
  type Money,
  type Rational,
  rational,
  success,
} from "../kernel/index.ts";

/** Units of `to` for one unit of `from`, recorded with date and source; the newest at or before an instant applies. */
export interface ExchangeRate {
  readonly from: Currency;
  readonly to: Currency;
  readonly rate: Rational;
  readonly at: Instant;
  readonly source: string;
  /** Set when an agreement fixes the rate: it wins for that agreement. */
  readonly agreement?: string;
}

/** How to get from one currency to another, and the record it rests on; none where both are the same. */
export interface Conversion {
  readonly ratio: Rational;
  readonly rate?: ExchangeRate;
  /** The record states the opposite direction; the ratio is its exact inverse. */
  readonly inverse: boolean;
}

const SAME: Conversion = { ratio: rational(1n), inverse: false };

/**
 * The conversion that applies at an instant (inclusive). A rate fixed by the agreement wins over any other, however old. Among
 * rates of one kind the newest wins, whichever direction it states; of one instant the direct one, and the last recorded. No
 * detour over a third currency: nobody recorded that rate. A rate of zero or below is no rate. Undefined where none applies.
 */
export function conversionAt(
  from: Currency,
  to: Currency,
  rates: readonly ExchangeRate[],
  at: Instant,
  agreement?: string,
): Conversion | undefined {
  if (from === to) return SAME;
  let best: ExchangeRate | undefined;
  for (const rate of rates) {
    if (applies(rate, from, to, at, agreement) && (best === undefined || !beats(best, rate, from))) best = rate;
  }
  if (best === undefined) return undefined;
  if (best.from === from) return { ratio: best.rate, rate: best, inverse: false };
  return { ratio: rational(best.rate.den, best.rate.num), rate: best, inverse: true };
}

function applies(
  rate: ExchangeRate,
  from: Currency,
  to: Currency,
  at: Instant,
  agreement: string | undefined,
): boolean {
  const pair = (rate.from === from && rate.to === to) || (rate.from === to && rate.to === from);
  return pair && rate.at <= at && rate.rate.num > 0n && (rate.agreement === undefined || rate.agreement === agreement);
}

/** Whether `held` stays ahead of `rate`, which was recorded after it. */
function beats(held: ExchangeRate, rate: ExchangeRate, from: Currency): boolean {
  const fixed = held.agreement !== undefined;
  if (fixed !== (rate.agreement !== undefined)) return fixed;
  if (held.at !== rate.at) return held.at > rate.at;
  return held.from === from && rate.from !== from;
}

/** An amount in another currency, half away from zero to the micro-unit, with the record it rests on (rule G27). */
export function convert(
  amount: Money,
  to: Currency,
  rates: readonly ExchangeRate[],
  at: Instant,
  agreement?: string,
):
  | { readonly ok: true; readonly value: { readonly money: Money; readonly rate?: ExchangeRate } }
  | Failure<"rate_missing"> {
  const found = conversionAt(amount.currency, to, rates, at, agreement);
  if (found === undefined) {
    return failure("rate_missing", `No rate from ${amount.currency} to ${to} is recorded at or before that instant.`);
  }
  const money = { micros: divHalfAway(amount.micros * found.ratio.num, found.ratio.den), currency: to };
  return success(found.rate === undefined ? { money } : { money, rate: found.rate });
}
