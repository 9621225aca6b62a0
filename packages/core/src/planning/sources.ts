import type { BookState } from "../book/state.ts";
import { addRational, divHalfAway, type Money, type Rate, rational, windowSeconds } from "../kernel/index.ts";
import { priceOf } from "../prices/index.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest } from "../requests/request.ts";
import { isAboveCap } from "./caps.ts";
import { nameOf } from "./clauses.ts";
import { usesOfPrice } from "./book-price.ts";
import { effectiveCost, type EffectiveCost, type PlannedUse, type Reckoning, useAt } from "./costs.ts";
import type { Quote } from "./quotes.ts";

/** Why a source cannot simply be taken. */
export type Obstacle =
  | "no_price"
  | "price_incomplete"
  | "no_capacity"
  | "too_few"
  | "above_cap"
  | "not_invited"
  | "rate_missing";

/** A source with its prices: what the list says, what the buyer pays, and what it costs once the commitments are looked at. */
export interface PlannedSource {
  readonly quote: Quote;
  readonly providerName: string;
  readonly hostName?: string;
  /** What is priced: the wanted count, or as much of it as the source has. */
  readonly count: number;
  readonly listPrice?: Rate;
  readonly ownPrice?: Rate;
  /** Effective cost by accelerator-hour, rounded to the micro-unit: for showing. */
  readonly effectivePrice?: Rate;
  readonly cost?: Money;
  readonly effective?: EffectiveCost;
  readonly obstacles: readonly Obstacle[];
}

/** Every quote priced alone, the cheapest by what it effectively costs an hour first; those without a price last. */
export function sourcesOf(reckoning: Reckoning, quotes: readonly Quote[], lots: readonly Lot[]): PlannedSource[] {
  return quotes.map((quote) => sourceOf(reckoning, quote, lots)).sort(byWorth);
}

function sourceOf(reckoning: Reckoning, quote: Quote, lots: readonly Lot[]): PlannedSource {
  const { state, request } = reckoning;
  const { count } = quote;
  const listPrice = quote.list === undefined ? undefined : priceOf(quote.list, "all-units", count);
  const ownPrice = priceOf(quote.own, "all-units", count);
  const uses = usesFor(quote, count, request, lots);
  const reckoned = uses === undefined ? undefined : effectiveCost(reckoning, uses);
  const effective = reckoned === undefined || "rateMissing" in reckoned ? undefined : reckoned;
  const seconds = (uses ?? []).reduce(
    (sum, { count: part, window }) => sum + BigInt(part) * BigInt(windowSeconds(window)),
    0n,
  );
  return {
    quote,
    providerName: nameOf(state, quote.provider),
    ...(quote.host === undefined ? {} : { hostName: nameOf(state, quote.host) }),
    count,
    ...(listPrice === undefined ? {} : { listPrice }),
    ...(ownPrice === undefined ? {} : { ownPrice }),
    ...(uses === undefined ? {} : { cost: costOfUses(uses) }),
    ...(effective === undefined ? {} : { effective, effectivePrice: perHour(effective.effective, seconds) }),
    obstacles: obstaclesOf(state, request, quote, ownPrice, reckoned !== undefined && "rateMissing" in reckoned),
  };
}

/** So many of a quote, at its own price; undefined where it has no price for that count. */
export function usesFor(
  quote: Quote,
  count: number,
  request: ComputeRequest,
  lots: readonly Lot[],
): readonly PlannedUse[] | undefined {
  const line = request.lines[quote.lineIndex];
  const lot = lots.find((item) => item.lineIndex === quote.lineIndex);
  if (line === undefined || lot === undefined || count <= 0) return undefined;
  if (quote.rowsAt !== undefined) {
    const rows = quote.rowsAt(count);
    return rows === undefined ? undefined : usesOfPrice(rows, { ...quote, lot, at: line.window.from });
  }
  const rate = priceOf(quote.own, "all-units", count);
  return rate === undefined ? undefined : [useAt(lot, { ...quote, count, window: line.window }, rate)];
}

function costOfUses(uses: readonly PlannedUse[]): Money {
  const exact = uses.reduce((sum, use) => addRational(sum, use.exact), rational(0n));
  return { micros: divHalfAway(exact.num, exact.den), currency: uses[0]?.currency as Money["currency"] };
}

/** An amount by accelerator-hour, half away from zero. `seconds`: accelerator-seconds. */
export function perHour({ micros, currency }: Money, seconds: bigint): Rate {
  return { microsPerHour: seconds > 0n ? divHalfAway(micros * 3600n, seconds) : 0n, currency };
}

function obstaclesOf(
  state: BookState,
  request: ComputeRequest,
  quote: Quote,
  price: Rate | undefined,
  rateMissing: boolean,
): Obstacle[] {
  const line = request.lines[quote.lineIndex];
  const found: Obstacle[] = [];
  if (quote.own.length === 0) found.push(quote.problems === undefined ? "no_price" : "price_incomplete");
  else if (quote.count === 0) found.push("no_capacity");
  else if (line !== undefined && quote.count < line.count) found.push("too_few");
  if (price !== undefined && isAboveCap(price, line?.cap)) found.push("above_cap");
  if (rateMissing) found.push("rate_missing");
  const invited = state.policy?.invite;
  const bids = quote.kind !== "entitlement" && quote.own.length > 0;
  if (bids && invited !== undefined && !invited.includes(quote.provider)) found.push("not_invited");
  return found;
}

function byWorth(a: PlannedSource, b: PlannedSource): number {
  const line = a.quote.lineIndex - b.quote.lineIndex;
  if (line !== 0) return line;
  const [x, y] = [a.effectivePrice?.microsPerHour, b.effectivePrice?.microsPerHour];
  if (x === undefined || y === undefined)
    return (x === undefined ? 1 : 0) - (y === undefined ? 1 : 0) || (a.quote.id < b.quote.id ? -1 : 1);
  return x === y ? (a.quote.id < b.quote.id ? -1 : 1) : x < y ? -1 : 1;
}
