import { type Account, type Commitment, type CommittedUse, type Draw, drawOn } from "../commitments/index.ts";
import { divFloor, divHalfAway, type Money } from "../kernel/index.ts";
import { hourlyMicros, tieredCost } from "../prices/index.ts";
import { lineCost, stretchUses } from "./line-cost.ts";
import { accountOf, knownRatio, scaledAmount } from "./account.ts";
import type { EvaluationInput } from "./evaluation.ts";
import { onlyRate } from "./fit.ts";
import type { Market, Option } from "./option.ts";
import { packageShares } from "./package-price.ts";
import { priceCurrency } from "./item.ts";
import { countedOf } from "./counted.ts";

/** The price of so many steps of an option, in its own currency. */
export function priceOfSteps(market: Market, option: Option, steps: number): Money {
  const { bid, line, offeredPerStep, seconds, lineIndex } = option;
  const priced = bid.package?.price;
  if (priced !== undefined) {
    const lines = bid.lines.map((one, index) => {
      const list = bid.package?.listPrices[index];
      const its = market.options.find((other) => other.bid === bid && other.lineIndex === index)?.seconds ?? seconds;
      return { seconds: BigInt(one.countMax) * BigInt(its), ...(list !== undefined && { list }) };
    });
    return { micros: packageShares(priced.micros, lines)[lineIndex] as bigint, currency: priced.currency };
  }
  const count = steps * offeredPerStep;
  if (line.costs !== undefined) {
    return { micros: divHalfAway(lineCost(line, count, seconds), 3600n), currency: line.costs.currency };
  }
  const rate = onlyRate(line, count, count);
  if (rate !== undefined && seconds % 3600 === 0) {
    // The common case in plain numbers, as long as they are exact.
    const micros = Number(rate.microsPerHour) * count * (seconds / 3600);
    if (Number.isSafeInteger(micros)) return { micros: BigInt(micros), currency: rate.currency };
  }
  return (
    tieredCost(line.tiers, line.tierMode, count, seconds) ?? {
      micros: 0n,
      currency: priceCurrency(market.input, option),
    }
  );
}

/** What an amount of a bid is in the currency of the evaluation. */
export function reported(input: EvaluationInput, amount: Money, option: Option): Money {
  if (amount.currency === input.currency) return amount;
  const { num, den } = knownRatio(input, amount.currency, option.bid.bidder);
  return { micros: divHalfAway(amount.micros * num, den), currency: input.currency };
}

/** Declared and stated costs beside the price, of one option alone: delay by quantity, set-up once. */
export function extraMicros(market: Market, option: Option, steps: number): bigint {
  const { input } = market;
  const { lotIndex, delaySeconds, step, line } = option;
  let sum = 0n;
  const delay = input.lots[lotIndex]?.delayCost;
  if (delay !== undefined && delaySeconds > 0) {
    const { num, den } = knownRatio(input, delay.currency);
    sum += divHalfAway(delay.microsPerHour * BigInt(delaySeconds) * BigInt(steps * step) * num, 3600n * den);
  }
  const fee = line.stated["setupFee"];
  if (fee !== undefined && typeof fee !== "string") {
    const { num, den } = knownRatio(input, priceCurrency(input, option), option.bid.bidder);
    sum += divHalfAway(fee.num * 1_000_000n * num, fee.den * den);
  }
  return sum;
}

/** What a provider's part of a choice draws on commitments, and the account in which that is reckoned. */
export function drawsOf(
  market: Market,
  commitments: readonly Commitment[],
  taken: readonly Option[],
  steps: readonly number[],
): { readonly draws: readonly Draw[]; readonly account: Account } {
  const account = accountOf(market);
  const uses = taken.flatMap((option) => usesOf(market, account, option, steps[option.index] as number));
  return { draws: drawOn(commitments, uses, account), account };
}

/** Shortfall that a provider's part of a choice avoids, in micro-units of the evaluation's currency. */
export function avoidedMicros(
  market: Market,
  commitments: readonly Commitment[],
  taken: readonly Option[],
  steps: readonly number[],
): bigint {
  if (commitments.length === 0 || taken.length === 0) return 0n;
  const { draws, account } = drawsOf(market, commitments, taken, steps);
  return divHalfAway(
    draws.reduce((sum, draw) => sum + draw.avoided, 0n),
    account.scale,
  );
}

function usesOf(market: Market, account: Account, option: Option, steps: number): CommittedUse[] {
  const { input } = market;
  const { bid, line, window, seconds, offeredPerStep } = option;
  const { num, den } = knownRatio(input, priceCurrency(input, option), bid.bidder);
  const count = steps * offeredPerStep;
  const counted: CommittedUse["counted"] = (commitment) => countedOf(market, commitment, option);
  if (line.costs !== undefined) {
    return stretchUses(line, count, (cost) => (cost * account.scale * num) / (3600n * den), counted);
  }
  const perSecond =
    bid.package?.price === undefined
      ? ((hourlyMicros(line.tiers, line.tierMode, count) ?? 0n) * account.scale * num) / den / 3600n
      : divFloor(scaledAmount(input, account, priceOfSteps(market, option, steps), bid.bidder), BigInt(seconds));
  return [{ window, count, perSecond, counted }];
}
