import { type Commitment, type CommitmentPeriod, measureOf, missingIn } from "../commitments/index.ts";
import { intersection, overlaps, windowSeconds } from "../kernel/index.ts";
import { roomFor } from "./build-program.ts";
import { countedOf } from "./counted.ts";
import { onlyRate } from "./fit.ts";
import { gcd } from "./integers.ts";
import type { Market, Option } from "./option.ts";

/** Steps of each option, and which of them their blocks cut short. */
export interface Separable {
  readonly steps: readonly number[];
  readonly limited: readonly number[];
  /** What an accelerator of each option costs over the window; not a number where it cannot be taken. */
  readonly costs: readonly number[];
}

/** A run of accelerators of one option at one cost. */
interface Run {
  readonly option: Option;
  /** Micro-unit-seconds per hour and accelerator, times the lot's common multiple of steps: whole and exact. */
  readonly cost: number;
  /** Accelerators. */
  readonly count: number;
}

/**
 * Bids that do not depend on each other: one price each for all that fits, no package, at most one commitment period that pays the whole shortfall.
 * Then taking the cheapest first fills most at the least cost, which is exact as long as every quantity comes out in whole steps
 * and above its minimum; what couples bids is checked afterwards by the caller. Blocks are asked only for what would be taken,
 * cheapest first. Undefined where the bids are not of this kind, or where the cheapest first is no combination.
 * `outdone` are options to leave aside.
 */
export function solveSeparable(market: Market, outdone: ReadonlySet<number> = NONE): Separable | undefined {
  if ((market.input.fixedCosts?.length ?? 0) > 0) return undefined;
  const costs = plainCosts(market);
  const steps = costs.map(() => 0);
  const limited: number[] = [];
  for (let lot = 0; lot < market.input.lots.length; lot += 1) {
    const runs = runsOf(market, lot, costs, outdone);
    if (runs === undefined || !fill(market, lot, runs, steps, limited)) return undefined;
  }
  return { steps, limited, costs };
}

const NONE: ReadonlySet<number> = new Set();

function runsOf(
  market: Market,
  lot: number,
  costs: readonly number[],
  outdone: ReadonlySet<number>,
): Run[] | undefined {
  const common = commonSteps(market, lot);
  const runs: Run[] = [];
  for (const option of market.options) {
    if (option.lotIndex !== lot || option.why !== undefined || outdone.has(option.index)) continue;
    const each = (costs[option.index] as number) * common;
    if (!Number.isSafeInteger(each * option.step)) return undefined;
    const commitments = market.committed.get(option.bid.bidder);
    if (commitments === undefined) {
      runs.push({ option, cost: each, count: option.max * option.step });
    } else {
      const discounted = discountedRuns(market, option, commitments, each, common);
      if (discounted === undefined) return undefined;
      runs.push(...discounted);
    }
  }
  return runs;
}

/** A number that all steps of a lot divide. */
function commonSteps({ options }: Market, lot: number): number {
  let common = 1;
  for (const { lotIndex, why, step } of options) {
    if (lotIndex === lot && why === undefined && common % step !== 0) common = (common / gcd(common, step)) * step;
  }
  return common;
}

/** By option: what one accelerator costs over the window. */
export function plainCosts(market: Market): number[] {
  const costs: number[] = [];
  for (const option of market.options) costs.push(option.why === undefined ? plainCost(market, option) : Number.NaN);
  return costs;
}

/** What one accelerator costs over the window, delay included; not a number where it takes more than one price to say. */
function plainCost(
  { input }: Market,
  { bid, line, lotIndex, step, offeredPerStep, seconds, delaySeconds, min, max }: Option,
): number {
  const plain = bid.package === undefined && step === offeredPerStep;
  const rate = plain ? onlyRate(line, min * step, max * step) : undefined;
  if (rate === undefined || rate.currency !== input.currency || "setupFee" in line.stated) return Number.NaN;
  const delay = input.lots[lotIndex]?.delayCost;
  if (delaySeconds > 0 && delay !== undefined && delay.currency !== input.currency) return Number.NaN;
  const late = delay === undefined ? 0 : Number(delay.microsPerHour) * delaySeconds;
  return Number(rate.microsPerHour) * seconds + late;
}

/** With a commitment up to three runs: what still fills it, the step in which it is full, and the rest. */
function discountedRuns(
  market: Market,
  option: Option,
  [commitment, another]: readonly Commitment[],
  each: number,
  common: number,
): Run[] | undefined {
  const all = option.max * option.step;
  const alone =
    market.options.filter((one) => one.bid.bidder === option.bid.bidder && one.why === undefined).length === 1;
  if (commitment === undefined || another !== undefined || !alone) return undefined;
  const { clause } = commitment;
  const counted = countedOf(market, commitment, option);
  if (counted === undefined) return [{ option, cost: each, count: all }];
  if (counted.cost.num !== counted.cost.den) return undefined;
  const touched = clause.schedule.filter((period) => overlaps(period, option.window));
  const [period, next] = touched;
  if (period === undefined) return [{ option, cost: each, count: all }];
  if (next !== undefined || clause.shortfallBp !== 10_000 || measureOf(clause.type) !== "money") return undefined;
  if (period.amount?.currency !== market.input.currency) return undefined;
  return splitAtFull(option, each, common, all, period, missingIn(clause, period));
}

/** `missing` micro-units of the option's own cost inside the period cost nothing. */
function splitAtFull(
  option: Option,
  each: number,
  common: number,
  all: number,
  period: CommitmentPeriod,
  missing: bigint,
): Run[] | undefined {
  const inside = intersection(period, option.window) ?? period;
  const saved =
    Number(onlyRate(option.line, option.min * option.step, option.max * option.step)?.microsPerHour) *
    windowSeconds(inside) *
    common;
  const filled = missing * 3600n * BigInt(common);
  if (!Number.isSafeInteger(saved * option.step) || saved <= 0) return undefined;
  const whole = Number(filled / BigInt(saved * option.step)) * option.step;
  if (whole >= all) return [{ option, cost: each - saved, count: all }];
  const left = Number(filled - BigInt(saved) * BigInt(whole));
  const part = each - left / option.step;
  const rest = all - whole - option.step;
  if (!Number.isSafeInteger(part)) return undefined;
  return [
    { option, cost: each - saved, count: whole },
    { option, cost: part, count: option.step },
    { option, cost: each, count: rest },
  ].filter(({ count }) => count > 0);
}

/** Cheapest first; at equal cost what is not contingent, then what came first. Says whether the result is a combination. */
function fill(market: Market, lot: number, runs: Run[], steps: number[], limited: number[]): boolean {
  const count = market.input.lots[lot]?.count ?? 0;
  let common = 0;
  for (const { option } of runs) common = gcd(option.step, common);
  let left = common === 0 ? 0 : count - (count % common);
  const room = new Map<number, number>();
  for (let next = 0; left > 0 && next < runs.length; next += 1) {
    const run = bringCheapest(runs, next);
    const { option } = run;
    if (Math.min(run.count, left) % option.step !== 0) return false;
    let free = room.get(option.index);
    if (free === undefined) {
      const wanted = Math.min(option.max, Math.floor(left / option.step));
      free = roomFor(market, option, wanted) * option.step;
      if (free < wanted * option.step) limited.push(option.index);
    }
    const taken = Math.min(run.count, free, left);
    room.set(option.index, free - taken);
    steps[option.index] = (steps[option.index] as number) + taken / option.step;
    left -= taken;
  }
  for (const { option } of runs) {
    const taken = steps[option.index] as number;
    if (taken > 0 && taken < option.min) return false;
  }
  return true;
}

/** Puts the cheapest run from `place` on at that place: seldom more than a few are needed, so they are not all sorted. */
function bringCheapest(runs: Run[], place: number): Run {
  let best = place;
  for (let other = place + 1; other < runs.length; other += 1) {
    if (comesBefore(runs[other] as Run, runs[best] as Run)) best = other;
  }
  const found = runs[best] as Run;
  // Keeps the order of the others, in which runs of one option and one cost stay.
  for (let one = best; one > place; one -= 1) runs[one] = runs[one - 1] as Run;
  runs[place] = found;
  return found;
}

function comesBefore(a: Run, b: Run): boolean {
  if (a.cost !== b.cost) return a.cost < b.cost;
  const left = a.option.bid.contingency === undefined ? 0 : 1;
  const right = b.option.bid.contingency === undefined ? 0 : 1;
  return left !== right ? left < right : a.option.rank < b.option.rank;
}
