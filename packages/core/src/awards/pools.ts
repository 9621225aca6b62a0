import {
  type Account,
  type Commitment,
  type CommitmentPeriod,
  type CommittedUse,
  committedIn,
  measureOf,
  missingIn,
} from "../commitments/index.ts";
import {
  addRational,
  believe,
  compareRational,
  divCeil,
  type Instant,
  intersection,
  mulRational,
  type PartyId,
  type Rational,
  rational,
  type TimeWindow,
  windowSeconds,
} from "../kernel/index.ts";
import { accountOf, knownRatio, scaledAmount, scaledPerSecond } from "./account.ts";
import { countedOf } from "./counted.ts";
import type { PricedOption } from "./item.ts";
import { stretchUses } from "./line-cost.ts";
import type { Market, Option } from "./option.ts";
import { gridOf, type Piece } from "./piece.ts";
import type { Committed, Term } from "./program.ts";

const ZERO = rational(0n);

/** A period of a commitment that still misses something: what of it can fall away, at most. */
interface Shortage {
  readonly commitment: Commitment;
  readonly period: CommitmentPeriod;
  readonly measure: "money" | "accelerator-seconds";
  readonly worth: bigint;
  readonly limit: bigint;
}

/** Commitments towards bidders with options, and what each of them would draw. */
export function committedOf(market: Market, items: readonly PricedOption[]): Committed[] {
  return [...market.committed].flatMap(([provider, commitments]) => {
    const own = items.flatMap(({ option }, item) => (option.bid.bidder === provider ? [item] : []));
    if (own.length === 0) return [];
    const account = accountOf(market);
    const uses = (item: number, steps: number) => usesOf(market, account, items[item] as PricedOption, steps);
    return [{ provider, commitments, items: own, uses }];
  });
}

function usesOf(market: Market, account: Account, priced: PricedOption, steps: number): ReturnType<Committed["uses"]> {
  const { option, gross } = priced;
  const { line } = option;
  const counted: CommittedUse["counted"] = (commitment) => countedOf(market, commitment, option);
  if (line.costs !== undefined) {
    return stretchUses(line, steps * option.offeredPerStep, scaler(market, account, option), counted);
  }
  const piece = gross.find(({ lo, hi }) => lo <= steps && steps <= hi);
  believe(piece !== undefined, "an option is used as far as it is offered");
  const perSecond = (piece.base + piece.perStep * BigInt(steps)) / BigInt(option.seconds);
  return [{ window: option.window, count: steps * option.offeredPerStep, perSecond, counted }];
}

/** Costs of a line, in micro-units times 3,600, as the account's scaled micro-units. */
function scaler({ input }: Market, { scale }: Account, { bid, line }: Option): (cost: bigint) => bigint {
  const { num, den } = knownRatio(input, line.costs?.currency ?? input.currency, bid.bidder);
  return (cost) => (cost * scale * num) / (3600n * den);
}

/**
 * Shortfall that can fall away, as pools of the search. One for each period; where several commitments of one bidder could take the
 * same use, which draws on one of them only, one pool for all of them that is never too small.
 */
export function poolsOf(
  market: Market,
  account: Account,
  items: readonly PricedOption[],
  committed: readonly Committed[],
  weight: bigint,
): Term[] {
  return committed.flatMap((one) => {
    const shortages = one.commitments.flatMap((commitment) => shortagesOf(market, account, commitment));
    const groups = overlap(market, items, one, shortages) ? [shortages] : shortages.map((shortage) => [shortage]);
    return groups.flatMap((group) => poolOf(market, account, items, one.items, group, weight));
  });
}

function shortagesOf({ input }: Market, account: Account, commitment: Commitment): Shortage[] {
  const { clause } = commitment;
  const measure = measureOf(clause.type);
  if (measure === undefined) return [];
  const rate = BigInt(clause.shortfallBp);
  return clause.schedule.flatMap((period) => {
    const missing = missingIn(clause, period);
    if (missing <= 0n || committedIn(clause, period) === undefined) return [];
    if (measure === "money" && period.amount !== undefined) {
      const { currency } = period.amount;
      const limit = (scaledAmount(input, account, { micros: missing, currency }) * rate) / 10_000n;
      return limit === 0n ? [] : [{ commitment, period, measure, worth: rate, limit }];
    }
    const perSecond = clause.price === undefined ? 0n : scaledPerSecond(input, account, clause.price);
    const limit = (missing * perSecond * rate) / 10_000n;
    return limit <= 0n ? [] : [{ commitment, period, measure, worth: rate * perSecond, limit }];
  });
}

/** Whether one use could draw on two of them. */
function overlap(
  market: Market,
  items: readonly PricedOption[],
  one: Committed,
  shortages: readonly Shortage[],
): boolean {
  return shortages.some((a, index) =>
    shortages.slice(index + 1).some((b) => {
      const both = a.commitment === b.commitment ? undefined : intersection(a.period, b.period);
      return (
        both !== undefined && one.items.some((item) => isCoveredBy(market, items[item] as PricedOption, [a, b], both))
      );
    }),
  );
}

function isCoveredBy(
  market: Market,
  priced: PricedOption,
  shortages: readonly Shortage[],
  window: TimeWindow,
): boolean {
  if (intersection(window, priced.option.window) === undefined) return false;
  return shortages.every(({ commitment }) => countedOf(market, commitment, priced.option) !== undefined);
}

function poolOf(
  market: Market,
  account: Account,
  items: readonly PricedOption[],
  members: readonly number[],
  shortages: readonly Shortage[],
  weight: bigint,
): Term[] {
  const amounts: (readonly Piece[] | undefined)[] = items.map(() => undefined);
  for (const item of members)
    amounts[item] = avoidable(market, account, items[item] as PricedOption, shortages, weight);
  const limit = weight * shortages.reduce((sum, one) => sum + one.limit, 0n);
  const grid = gridOf(amounts);
  return grid === 0n ? [] : [{ kind: "pool", amounts, limit, grid }];
}

/** What an option could avoid if nothing else did: in each stretch of time by the worthiest shortage that covers it. */
function avoidable(
  market: Market,
  account: Account,
  priced: PricedOption,
  shortages: readonly Shortage[],
  weight: bigint,
): Piece[] | undefined {
  const { option, gross } = priced;
  const { window, seconds, offeredPerStep, line } = option;
  const part = { money: ZERO, "accelerator-seconds": ZERO };
  const cuts = (line.costs?.windows ?? []).map(({ from }) => from);
  const costs: { readonly from: Instant; readonly worth: Rational }[] = [];
  for (const stretch of stretchesOf(window, shortages, cuts)) {
    const best = { money: ZERO, "accelerator-seconds": ZERO };
    for (const { commitment, period, measure, worth } of shortages) {
      const counted =
        intersection(period, stretch) === undefined ? undefined : countedOf(market, commitment, priced.option);
      if (counted === undefined) continue;
      const { num, den } = measure === "money" ? counted.cost : counted.usage;
      best[measure] = larger(best[measure], rational(worth * num * BigInt(windowSeconds(stretch)), den));
    }
    part.money = addRational(part.money, best.money);
    costs.push({ from: stretch.from, worth: best.money });
    part["accelerator-seconds"] = addRational(part["accelerator-seconds"], best["accelerator-seconds"]);
  }
  if (part.money.num === 0n && part["accelerator-seconds"].num === 0n) return undefined;
  if (line.costs !== undefined) return byStretch(market, account, priced, costs, part["accelerator-seconds"], weight);
  const perCost = mulRational(part.money, rational(weight, BigInt(seconds) * 10_000n));
  const perStepUsed = mulRational(part["accelerator-seconds"], rational(weight * BigInt(offeredPerStep), 10_000n));
  // Rounded up, so that a pool is never too small; exact for all but the parts of a package.
  const of = (cost: bigint, steps: bigint): bigint => {
    const { num, den } = addRational(mulRational(perCost, rational(cost)), mulRational(perStepUsed, rational(steps)));
    return divCeil(num, den);
  };
  return gross.map(({ lo, hi, base, perStep }) => ({ lo, hi, base: of(base, 0n), perStep: of(perStep, 1n) }));
}

/** The same for a line whose price changes over the window: each stretch of it avoids what it costs itself. */
function byStretch(
  market: Market,
  account: Account,
  { option, gross }: PricedOption,
  stretches: readonly { readonly from: Instant; readonly worth: Rational }[],
  used: Rational,
  weight: bigint,
): Piece[] {
  const { line, offeredPerStep } = option;
  const scaled = scaler(market, account, option);
  const perStepUsed = mulRational(used, rational(weight * BigInt(offeredPerStep), 10_000n));
  const worths = (line.costs?.windows ?? []).map((window) => {
    const own = stretches.filter(({ from }) => window.from <= from && from < window.to);
    const worth = own.reduce((sum, one) => addRational(sum, one.worth), ZERO);
    return { window, share: mulRational(worth, rational(weight, BigInt(windowSeconds(window)) * 10_000n)) };
  });
  return gross.map(({ lo, hi }) => {
    let [base, perStep] = [ZERO, perStepUsed];
    for (const { window, share } of worths) {
      const part = window.parts.findLast(({ from }) => from <= lo * offeredPerStep);
      base = addRational(base, mulRational(share, rational(scaled(part?.base ?? 0n))));
      const each = scaled((part?.each ?? 0n) * BigInt(offeredPerStep));
      perStep = addRational(perStep, mulRational(share, rational(each)));
    }
    return { lo, hi, base: divCeil(base.num, base.den), perStep: divCeil(perStep.num, perStep.den) };
  });
}

const larger = (a: Rational, b: Rational): Rational => (compareRational(a, b) >= 0 ? a : b);

function stretchesOf(window: TimeWindow, shortages: readonly Shortage[], more: readonly Instant[]): TimeWindow[] {
  const cuts = new Set<Instant>([window.from, window.to, ...more]);
  for (const { period } of shortages) {
    const inside = intersection(period, window);
    if (inside !== undefined) cuts.add(inside.from).add(inside.to);
  }
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(1).map((to, index) => ({ from: edges[index] as Instant, to }));
}

/** Commitments of the buyer by the party they favour: those that draw, and are in force. */
export function byBeneficiary(commitments: readonly Commitment[]): ReadonlyMap<PartyId, readonly Commitment[]> {
  const found = new Map<PartyId, Commitment[]>();
  for (const commitment of commitments) {
    const { beneficiary } = commitment.clause;
    const own = found.get(beneficiary);
    if (own === undefined) found.set(beneficiary, [commitment]);
    else own.push(commitment);
  }
  return found;
}
