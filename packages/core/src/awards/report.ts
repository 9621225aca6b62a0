import { type Commitment, isScenario, measureOf } from "../commitments/index.ts";
import { divHalfAway, type Money, type PartyId } from "../kernel/index.ts";
import { knownRatio } from "./account.ts";
import { avoidedMicros, drawsOf, extraMicros, priceOfSteps, reported } from "./costs.ts";
import type { ChosenPart, CommitmentEffect, ConsideredLine } from "./evaluation.ts";
import type { Market, Option } from "./option.ts";
import { isRuledOutByShare } from "./ruled-out.ts";
import { settledFor, type Solution } from "./solve.ts";

/** The chosen parts: by lot, then by incremental cost of an accelerator, then what is not contingent, then by receipt. */
export function chosenParts({ market }: Solution, steps: readonly number[]): ChosenPart[] {
  const taken = market.options.filter(({ index }) => (steps[index] as number) > 0);
  const joint = jointMicros(market, taken, steps);
  const parts = taken.map((option) => ({ option, part: partOf(market, option, steps[option.index] as number, joint) }));
  if (parts.length > 1) {
    parts.sort(
      (a, b) =>
        a.option.lotIndex - b.option.lotIndex ||
        compareUnit(a.part, b.part) ||
        Number(a.option.bid.contingency !== undefined) - Number(b.option.bid.contingency !== undefined) ||
        a.option.rank - b.option.rank ||
        a.option.index - b.option.index,
    );
  }
  return parts.map(({ part }) => part);
}

function compareUnit(a: ChosenPart, b: ChosenPart): number {
  const left = a.incremental.micros * BigInt(b.count);
  const right = b.incremental.micros * BigInt(a.count);
  return left < right ? -1 : left > right ? 1 : 0;
}

function partOf(market: Market, option: Option, steps: number, joint: ReadonlyMap<number, bigint>): ChosenPart {
  const { bid, line, lineIndex, step, offeredPerStep, index } = option;
  const price = priceOfSteps(market, option, steps);
  const cost = reported(market.input, price, option);
  const more = extraMicros(market, option, steps) + (joint.get(index) ?? 0n);
  return {
    bid: bid.id,
    provider: bid.bidder,
    lot: line.lot,
    line: lineIndex,
    count: steps * step,
    offered: steps * offeredPerStep,
    price,
    cost,
    incremental: more === 0n ? cost : { micros: cost.micros + more, currency: cost.currency },
  };
}

/**
 * What is not one option's own: switching, which the first part concerned bears, and shortfall avoided, which a provider's parts
 * share by cost, the last one taking what rounding leaves.
 */
function jointMicros(market: Market, taken: readonly Option[], steps: readonly number[]): ReadonlyMap<number, bigint> {
  const { input } = market;
  const joint = new Map<number, bigint>();
  const add = (option: Option, micros: bigint): void => {
    joint.set(option.index, (joint.get(option.index) ?? 0n) + micros);
  };
  for (const { provider, lots, cost } of input.fixedCosts ?? []) {
    const first = taken.find(({ bid, line }) => bid.bidder === provider && lots.includes(line.lot));
    if (first === undefined) continue;
    const { num, den } = knownRatio(input, cost.currency);
    add(first, divHalfAway(cost.micros * num, den));
  }
  for (const [provider, commitments] of market.committed) {
    const own = taken.filter(({ bid }) => bid.bidder === provider);
    const avoided = avoidedMicros(market, commitments, own, steps);
    if (avoided !== 0n) spread(market, own, steps, avoided, (option, micros) => add(option, -micros));
  }
  return joint;
}

function spread(
  market: Market,
  own: readonly Option[],
  steps: readonly number[],
  micros: bigint,
  add: (option: Option, micros: bigint) => void,
): void {
  const costs = own.map(
    (option) => reported(market.input, priceOfSteps(market, option, steps[option.index] as number), option).micros,
  );
  const sum = costs.reduce((all, cost) => all + cost, 0n);
  let left = micros;
  for (const [place, option] of own.entries()) {
    const part = place === own.length - 1 || sum === 0n ? left : (micros * (costs[place] as bigint)) / sum;
    add(option, part);
    left -= part;
  }
}

/** Sum of the incremental costs, and of what a miss of a minimum share costs that the buyer has decided on. */
export function valueOf(market: Market, parts: readonly ChosenPart[], missed: bigint): Money {
  return {
    micros: parts.reduce((sum, part) => sum + part.incremental.micros, missed),
    currency: market.input.currency,
  };
}

/** Every line of a lot with its place. */
export function consideredLines({ market, dropped }: Solution, steps: readonly number[]): ConsideredLine[] {
  const lines: ConsideredLine[] = [];
  for (const option of market.options) {
    const { bid, line, lineIndex, index, max } = option;
    const { id, bidder: provider } = bid;
    const { lot } = line;
    const taken = steps[index] as number;
    const ruledOut = taken === 0 && isRuledOutByShare(market, option, steps) ? "minimum_share" : undefined;
    const out = taken > 0 ? undefined : (option.why ?? dropped.get(index) ?? ruledOut);
    if (taken > 0) {
      lines.push({
        bid: id,
        provider,
        lot,
        line: lineIndex,
        verdict: "taken",
        why: taken < max ? "taken_in_part" : "taken",
      });
    } else if (out !== undefined) {
      lines.push({ bid: id, provider, lot, line: lineIndex, verdict: "infeasible", why: out });
    } else {
      const incremental = aloneMoney(market, option);
      lines.push({ bid: id, provider, lot, line: lineIndex, verdict: "beaten", why: "beaten", incremental });
    }
  }
  return lines;
}

/** What the most that an option could fill would cost by itself. */
function aloneMoney(market: Market, option: Option): Money {
  const cost = reported(market.input, priceOfSteps(market, option, option.max), option);
  let more = extraMicros(market, option, option.max);
  for (const { provider, lots, cost: fixed } of market.input.fixedCosts ?? []) {
    if (provider !== option.bid.bidder || !lots.includes(option.line.lot)) continue;
    const { num, den } = knownRatio(market.input, fixed.currency);
    more += divHalfAway(fixed.micros * num, den);
  }
  const commitments = market.committed.get(option.bid.bidder);
  if (commitments !== undefined) {
    const steps: number[] = [];
    steps[option.index] = option.max;
    more -= avoidedMicros(market, commitments, [option], steps);
  }
  return more === 0n ? cost : { micros: cost.micros + more, currency: cost.currency };
}

/** What each commitment gains from the choice, and what each that is not in force yet would on top (row K7). */
export function effectsOf({ market }: Solution, steps: readonly number[]): CommitmentEffect[] {
  const { input, committed } = market;
  if ((input.commitments ?? []).length === 0) return [];
  const ownOf = (provider: PartyId): Option[] =>
    market.options.filter(({ index, bid }) => bid.bidder === provider && (steps[index] as number) > 0);
  const counted = [...committed].flatMap(([provider, commitments]) => {
    return gains(market, commitments, commitments, ownOf(provider), steps, true);
  });
  const waiting = (input.commitments ?? []).filter(
    ({ clause }) => isScenario(clause) && measureOf(clause.type) !== undefined,
  );
  const scenarios = settledFor(input, waiting).flatMap((commitment) => {
    const { beneficiary } = commitment.clause;
    const all = [...(committed.get(beneficiary) ?? []), commitment];
    return gains(market, all, [commitment], ownOf(beneficiary), steps, false);
  });
  return [...counted, ...scenarios];
}

function gains(
  market: Market,
  all: readonly Commitment[],
  shown: readonly Commitment[],
  taken: readonly Option[],
  steps: readonly number[],
  counted: boolean,
): CommitmentEffect[] {
  if (taken.length === 0) return [];
  const { draws, account } = drawsOf(market, all, taken, steps);
  return shown.flatMap((commitment) => {
    const own = draws.filter((draw) => draw.commitment === commitment);
    const avoided = own.reduce((sum, draw) => sum + draw.avoided, 0n);
    const micros = divHalfAway(avoided, account.scale);
    return micros === 0n ? [] : [{ commitment, avoided: { micros, currency: account.currency }, counted }];
  });
}
