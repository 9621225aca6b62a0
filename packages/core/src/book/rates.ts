import { isInForce, versionAt } from "../agreements/timeline.ts";
import type { Currency, Instant, PartyId, Rational } from "../kernel/index.ts";
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
  const agreement =
    bidder === undefined
      ? undefined
      : agreementsOf(state).find((item) => isInForce(item) && versionAt(item, at)?.provider === bidder)?.id;
  return conversionAt(currency, header.currency, rates, at, agreement)?.ratio;
}

const ONE: Rational = { num: 1n, den: 1n };

/** All rates that are recorded between two currencies, in either direction. */
export function ratesBetween(state: BookState, from: Currency, to: Currency): readonly ExchangeRate[] {
  return [...(state.rates.get(`${from} ${to}`) ?? []), ...(state.rates.get(`${to} ${from}`) ?? [])];
}
