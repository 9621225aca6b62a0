import type { Account } from "../commitments/index.ts";
import { acceleratorSeconds, type Currency, type Money } from "../kernel/index.ts";
import { knownRatio, scaledAmount, scaledPerSecond } from "./account.ts";
import type { EvaluationInput } from "./evaluation.ts";
import { piecesWithinCap } from "./fit.ts";
import type { Market, Option } from "./option.ts";
import { allocatedPackagePrice, packageShares } from "./package-price.ts";
import { linePieces } from "./line-cost.ts";
import type { Piece } from "./piece.ts";

/** An option with its exact costs, before they are weighed. */
export interface PricedOption {
  readonly option: Option;
  readonly gross: readonly Piece[];
  readonly money: readonly Piece[];
}

/** The currency in which an option is priced. */
export function priceCurrency(input: EvaluationInput, { bid, line }: Option): Currency {
  return bid.package?.price?.currency ?? line.tiers[0]?.rate.currency ?? input.currency;
}

/** The costs of an option from `min` to `max` steps; without pieces where the cap leaves nothing. */
export function pricedOption(market: Market, account: Account, option: Option, max: number): PricedOption {
  const gross =
    option.bid.package?.price === undefined
      ? grossPieces(market, account, option, max)
      : packagePiece(market, account, option, option.bid.package.price, max);
  const delay = delayPerStep(market, account, option);
  const money = delay === 0n ? gross : gross.map((piece) => ({ ...piece, perStep: piece.perStep + delay }));
  return { option, gross, money };
}

function grossPieces({ input, relaxed }: Market, account: Account, option: Option, max: number): Piece[] {
  const { bid, line, lotIndex, step, offeredPerStep, min, seconds } = option;
  const currency = priceCurrency(input, option);
  const cap = input.lots[lotIndex]?.lot.terms.price;
  const own = knownRatio(input, currency, bid.bidder);
  const all = linePieces(line, offeredPerStep, min, max, seconds);
  const capped = cap !== undefined && relaxed !== "above_cap";
  const pieces = capped ? piecesWithinCap(input, cap, bid, line, step, seconds, all) : all;
  const perMicro = ((account.scale / 3600n) * own.num) / own.den;
  return pieces.map(({ lo, hi, base, perStep }) => ({ lo, hi, base: base * perMicro, perStep: perStep * perMicro }));
}

function delayPerStep({ input }: Market, account: Account, { lotIndex, delaySeconds, step }: Option): bigint {
  const rate = input.lots[lotIndex]?.delayCost;
  if (rate === undefined || delaySeconds === 0) return 0n;
  return scaledPerSecond(input, account, rate) * BigInt(delaySeconds) * BigInt(step);
}

/** A package with one price: its lines at their full counts, each with its part of the price. */
function packagePiece(market: Market, account: Account, option: Option, price: Money, max: number): Piece[] {
  const { bid, lineIndex, min } = option;
  if (max < min || !isPackageWithinCap(market, option, price)) return [];
  const lines = bid.lines.map((line, index) => {
    const list = bid.package?.listPrices[index];
    return { seconds: secondsOf(market, option, index, line.countMax), ...(list !== undefined && { list }) };
  });
  const shares = packageShares(scaledAmount(market.input, account, price, bid.bidder), lines);
  return [{ lo: min, hi: min, base: shares[lineIndex] as bigint, perStep: 0n }];
}

function secondsOf(market: Market, option: Option, lineIndex: number, count: number): bigint {
  const found = market.options.find((one) => one.bid === option.bid && one.lineIndex === lineIndex);
  return acceleratorSeconds(count, found?.seconds ?? option.seconds);
}

/**
 * A package stays within the cap of a lot by the price allocated to it; where no price can be allocated, the whole price must stay
 * within what the caps of all its lots allow together.
 */
function isPackageWithinCap(market: Market, option: Option, price: Money): boolean {
  const { input, relaxed, options } = market;
  if (relaxed === "above_cap") return true;
  const { bid, lineIndex } = option;
  const allocated = allocatedPackagePrice(price, bid.package?.listPrices ?? [], lineIndex);
  if (allocated !== undefined) {
    const most = capOf(market, option);
    return most === undefined || compareScaled(market, allocated, option, most);
  }
  const caps = options.filter((one) => one.bid === bid).map((one) => capOf(market, one));
  if (caps.length < bid.lines.length || caps.some((cap) => cap === undefined)) return true;
  const own = knownRatio(input, price.currency, bid.bidder);
  let sum = 0n;
  let den = 1n;
  for (const cap of caps as Cap[]) [sum, den] = [sum * cap.den + cap.num * den, den * cap.den];
  return price.micros * own.num * den <= sum * own.den;
}

interface Cap {
  readonly num: bigint;
  readonly den: bigint;
}

/** Most that the full count of an option may cost, in micro-units of the evaluation's currency, exact. */
function capOf({ input }: Market, option: Option): Cap | undefined {
  const cap = input.lots[option.lotIndex]?.lot.terms.price;
  if (cap === undefined) return undefined;
  const { num, den } = knownRatio(input, cap.currency);
  const asked = BigInt(option.min * option.step) * BigInt(option.seconds);
  return { num: cap.microsPerHour * asked * num, den: 3600n * den };
}

function compareScaled({ input }: Market, amount: Money, option: Option, cap: Cap): boolean {
  const own = knownRatio(input, amount.currency, option.bid.bidder);
  return amount.micros * own.num * cap.den <= cap.num * own.den;
}
