import type { Account, Commitment } from "../commitments/index.ts";
import { believe, type Currency, type Money, type PartyId, type Rate, type Rational } from "../kernel/index.ts";
import type { EvaluationInput } from "./evaluation.ts";
import { lcm } from "./integers.ts";
import { type Market, ratioOf } from "./option.ts";
import { countedOf } from "./counted.ts";

/** The account of a market, worked out once. */
export function accountOf(market: Market): Account {
  const { known, input, committed } = market;
  if (known.account !== undefined) return known.account;
  const commitments = [...(input.commitments ?? []), ...[...committed.values()].flat()];
  let scale = scaleOf(input, commitments);
  for (const option of market.options) {
    for (const commitment of input.counted === undefined ? [] : commitments) {
      if (commitment.clause.beneficiary !== option.bid.bidder) continue;
      const part = countedOf(market, commitment, option);
      if (part !== undefined) scale = lcm(scale, UNIT * part.cost.den * part.usage.den);
    }
  }
  known.account = { currency: input.currency, scale, ratioOf: (currency) => knownRatio(input, currency) };
  return known.account;
}

/** Micro-unit-seconds per hour, in hundredths of a per cent. */
const UNIT = 36_000_000n;

/**
 * The money in which an evaluation reckons: so fine that every cost, every shortfall that falls away and every converted amount
 * is a whole number, and nothing is rounded before it is shown.
 */
export function scaleOf(input: EvaluationInput, commitments: readonly Commitment[]): bigint {
  let scale = UNIT;
  const fold = (currency: Currency | undefined, bidder?: PartyId): void => {
    if (currency === undefined || currency === input.currency) return;
    const den = ratioOf(input, currency, bidder)?.den;
    if (den !== undefined && den !== 1n) scale = lcm(scale, UNIT * den);
  };
  for (const amount of amountsOf(input, commitments)) fold(amount?.currency);
  for (const bid of input.bids) {
    fold(bid.package?.price?.currency, bid.bidder);
    for (const { tiers } of bid.lines) fold(tiers[0]?.rate.currency, bid.bidder);
  }
  return scale;
}

/** Every amount and rate beside the bids', without whose conversion nothing can be compared. */
export function* amountsOf(
  input: EvaluationInput,
  commitments: readonly Commitment[],
): Generator<Money | Rate | undefined> {
  yield input.budget;
  for (const { lot, delayCost } of input.lots) {
    yield lot.terms.price;
    yield delayCost;
  }
  for (const { cost } of input.fixedCosts ?? NOTHING) yield cost;
  for (const { override } of input.minimumShares ?? NOTHING) yield override;
  for (const { hourly } of input.settled ?? NOTHING) yield hourly;
  for (const { clause } of commitments) {
    yield clause.price;
    for (const period of clause.schedule) yield period.amount;
  }
}

const NOTHING: readonly never[] = [];

/** The ratio of a currency that was looked for when the evaluation began. */
export function knownRatio(input: EvaluationInput, currency: Currency, bidder?: PartyId): Rational {
  const ratio = ratioOf(input, currency, bidder);
  believe(ratio !== undefined, "a rate that is missing ends an evaluation before it begins");
  return ratio;
}

/** An amount in the account's scaled micro-units. */
export function scaledAmount(
  input: EvaluationInput,
  account: Account,
  { micros, currency }: Money,
  bidder?: PartyId,
): bigint {
  const { num, den } = knownRatio(input, currency, bidder);
  return (micros * account.scale * num) / den;
}

/** A rate as scaled micro-units for one accelerator and one second. */
export function scaledPerSecond(input: EvaluationInput, account: Account, rate: Rate, bidder?: PartyId): bigint {
  return scaledAmount(input, account, { micros: rate.microsPerHour, currency: rate.currency }, bidder) / 3600n;
}
