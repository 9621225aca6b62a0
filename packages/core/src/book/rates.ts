import { isInForce, versionAt } from "../agreements/timeline.ts";
import {
  type AgreementId,
  type Currency,
  divHalfAway,
  type Instant,
  type PartyId,
  type Rate,
  type Rational,
} from "../kernel/index.ts";
import { conversionAt, type ExchangeRate } from "../prices/index.ts";
import { agreementsOf } from "./lists.ts";
import type { BookState } from "./state.ts";

/**
 * Units of the reporting currency for one of another, by the rate recorded for an instant, whatever becomes of it later (G27). A rate
 * fixed by an agreement with the bidder wins. Undefined where none is recorded.
 */
export function frozenRatio(state: BookState, currency: Currency, at: Instant, bidder?: PartyId): Rational | undefined {
  const { header } = state;
  if (header === undefined) return undefined;
  if (currency === header.currency) return ONE;
  const rates = ratesBetween(state, currency, header.currency);
  return conversionAt(currency, header.currency, rates, at, fixingAgreement(state, rates, at, bidder))?.ratio;
}

/** A price in another currency, by the rates recorded for an instant; undefined where one is missing. */
export function rateIn(state: BookState, rate: Rate, currency: Currency, at: Instant): Rate | undefined {
  if (rate.currency === currency) return rate;
  const from = frozenRatio(state, rate.currency, at);
  const to = frozenRatio(state, currency, at);
  if (from === undefined || to === undefined) return undefined;
  return { microsPerHour: divHalfAway(rate.microsPerHour * from.num * to.den, from.den * to.num), currency };
}

const ONE: Rational = { num: 1n, den: 1n };

/** The agreement with a party, in force at an instant, that fixes one of these rates by then; of several the first by id. */
export function fixingAgreement(
  state: BookState,
  rates: readonly ExchangeRate[],
  at: Instant,
  party: PartyId | undefined,
): AgreementId | undefined {
  if (party === undefined) return undefined;
  const fixing = new Set(
    rates.flatMap((rate) => (rate.at <= at ? ((rate.agreement as AgreementId | undefined) ?? []) : [])),
  );
  if (fixing.size === 0) return undefined;
  return agreementsOf(state).find(
    (item) => fixing.has(item.id) && isInForce(item) && versionAt(item, at)?.provider === party,
  )?.id;
}

/** All rates that are recorded between two currencies, in either direction. */
export function ratesBetween(state: BookState, from: Currency, to: Currency): readonly ExchangeRate[] {
  return [...(state.rates.get(`${from} ${to}`) ?? []), ...(state.rates.get(`${to} ${from}`) ?? [])];
}
