import type { Commitment } from "../commitments/index.ts";
import {
  addRational,
  compareRational,
  type Currency,
  divRational,
  mulRational,
  type Rational,
  rational,
  subRational,
  type TimeWindow,
} from "../kernel/index.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import type { EvaluationInput, EvaluationLot } from "./evaluation.ts";

/**
 * The evaluation by its definition, for specs: every quantity of every line, every accelerator and every second by itself. Shares no
 * code with the evaluation but exact fractions. For worlds of a few accelerators and a few seconds.
 */
export interface Outcome {
  /** Accelerators of the lot's unit, by bid and line. */
  readonly counts: readonly (readonly number[])[];
  readonly filled: bigint;
  readonly money: Rational;
  readonly contingent: number;
  readonly ranks: number;
}

const ZERO = rational(0n);

export function bestByForce(input: EvaluationInput): Outcome {
  const lines = input.bids.flatMap((bid, place) => bid.lines.map((line, index) => ({ bid, line, place, index })));
  const choices = lines.map(({ bid, line }) => [0, ...quantities(input, bid, line)]);
  let best: Outcome | undefined;
  const counts = lines.map(() => 0);
  const visit = (depth: number): void => {
    if (depth < lines.length) {
      for (const count of choices[depth] ?? []) {
        counts[depth] = count;
        visit(depth + 1);
      }
      counts[depth] = 0;
      return;
    }
    const byBid = input.bids.map((_, place) => counts.filter((_, one) => lines[one]?.place === place));
    if (!allowed(input, byBid)) return;
    const outcome = outcomeOf(input, byBid);
    if (best === undefined || better(outcome, best)) best = outcome;
  };
  visit(0);
  return best as Outcome;
}

export function better(a: Outcome, b: Outcome): boolean {
  if (a.filled !== b.filled) return a.filled > b.filled;
  const money = compareRational(a.money, b.money);
  if (money !== 0) return money < 0;
  return a.contingent !== b.contingent ? a.contingent < b.contingent : a.ranks < b.ranks;
}

const ratio = (input: EvaluationInput, currency: Currency, bid?: Bid): Rational =>
  currency === input.currency ? rational(1n) : (input.ratioOf?.(currency, bid?.bidder) as Rational);
const lotOf = (input: EvaluationInput, line: BidLine): EvaluationLot =>
  input.lots.find((one) => one.lot.id === line.lot) as EvaluationLot;
const windowOf = (input: EvaluationInput, line: BidLine): TimeWindow => line.window ?? lotOf(input, line).lot.window;
const secondsIn = (window: TimeWindow): number => (window.to - window.from) / 1000;
const factorOf = (input: EvaluationInput, line: BidLine): Rational =>
  lotOf(input, line).lot.alternatives.find(
    (one) => (line.acceleratorType ?? one.acceleratorType) === one.acceleratorType,
  )?.factor ?? rational(1n);
const offeredFor = (input: EvaluationInput, line: BidLine, count: number): Rational =>
  mulRational(rational(BigInt(count)), factorOf(input, line));

/** Cost of one hour in the bid's own currency, accelerator by accelerator. */
function hourly(line: BidLine, offered: number): bigint {
  const tierAt = (count: number) => line.tiers.findLast((tier) => tier.from <= count) ?? line.tiers[0];
  let sum = 0n;
  for (let unit = 1; unit <= offered; unit += 1) {
    sum += tierAt(line.tierMode === "marginal" ? unit : offered)?.rate.microsPerHour ?? 0n;
  }
  return sum;
}

function quantities(input: EvaluationInput, bid: Bid, line: BidLine): number[] {
  const { lot, count, minimumUsable = 0 } = lotOf(input, line);
  const window = windowOf(input, line);
  if (bid.validUntil <= input.at || window.from > (lot.terms.latestStart ?? lot.window.from)) return [];
  if (secondsIn(window) < secondsIn(lot.window)) return [];
  const found: number[] = [];
  for (let units = 1; units <= count; units += 1) {
    const offered = offeredFor(input, line, units);
    const whole = Number(offered.num);
    if (offered.den !== 1n || units % lot.terms.blockSize !== 0 || whole % line.multiple !== 0) continue;
    if (whole < line.countMin || whole > line.countMax || units < minimumUsable) continue;
    if (units < Math.ceil(lot.terms.gangMin / lot.terms.blockSize) * lot.terms.blockSize) continue;
    if (!lot.terms.divisible && units !== lot.terms.count) continue;
    if (whole < (line.tiers[0]?.from ?? 1)) continue;
    if (input.room !== undefined && input.room(bid, line, whole) < whole) continue;
    const cap = lot.terms.price;
    const cost = mulRational(
      rational(hourly(line, whole)),
      ratio(input, line.tiers[0]?.rate.currency as Currency, bid),
    );
    const most = cap && mulRational(rational(cap.microsPerHour * BigInt(units)), ratio(input, cap.currency));
    if (most !== undefined && compareRational(cost, most) > 0) continue;
    found.push(units);
  }
  return found;
}

interface Part {
  readonly bid: Bid;
  readonly line: BidLine;
  readonly units: number;
  readonly offered: number;
  readonly window: TimeWindow;
  /** Exact, in the currency of the evaluation. */
  readonly cost: Rational;
}

function partsOf(input: EvaluationInput, counts: readonly (readonly number[])[]): Part[] {
  return input.bids.flatMap((bid, place) =>
    bid.lines.flatMap((line, index) => {
      const units = counts[place]?.[index] ?? 0;
      if (units === 0) return [];
      const offered = Number(offeredFor(input, line, units).num);
      const window = windowOf(input, line);
      const own = rational(hourly(line, offered) * BigInt(secondsIn(window)), 3600n);
      const cost = mulRational(own, ratio(input, line.tiers[0]?.rate.currency as Currency, bid));
      return [{ bid, line, units, offered, window, cost }];
    }),
  );
}

/** Whether every quantity is one that its line may have, and all together keep every constraint. */
export function isAllowed(input: EvaluationInput, counts: readonly (readonly number[])[]): boolean {
  const each = input.bids.every((bid, place) =>
    bid.lines.every((line, index) => {
      const count = counts[place]?.[index] ?? 0;
      return count === 0 || quantities(input, bid, line).includes(count);
    }),
  );
  return each && allowed(input, counts);
}

function allowed(input: EvaluationInput, counts: readonly (readonly number[])[]): boolean {
  const parts = partsOf(input, counts);
  for (const { lot, count } of input.lots) {
    if (parts.filter(({ line }) => line.lot === lot.id).reduce((sum, { units }) => sum + units, 0) > count)
      return false;
  }
  for (const [place, bid] of input.bids.entries()) {
    const taken = counts[place]?.filter((one) => one > 0).length ?? 0;
    if (bid.package !== undefined && taken !== 0 && taken !== bid.lines.length) return false;
  }
  for (const a of parts) {
    for (const b of parts) {
      const root = a.line.rootBlocks.some((one) => b.line.rootBlocks.includes(one));
      if (a.bid !== b.bid && a.line.lot === b.line.lot && root) return false;
    }
  }
  const sharing = parts.filter((a) =>
    parts.some((b) => a !== b && a.line.rootBlocks.some((one) => b.line.rootBlocks.includes(one))),
  );
  const asked = sharing.map(({ bid, line, offered }) => ({ bid, line, count: offered }));
  if (asked.length > 0 && input.together !== undefined && !input.together(asked)) return false;
  return withinBudget(input, parts) && withinConcentration(input, parts) && sharesHold(input, parts, false);
}

function withinBudget(input: EvaluationInput, parts: readonly Part[]): boolean {
  if (input.budget === undefined || parts.length === 0) return true;
  const spent = parts.reduce((sum, { cost }) => addRational(sum, cost), ZERO);
  return compareRational(spent, mulRational(rational(input.budget.micros), ratio(input, input.budget.currency))) <= 0;
}

function withinConcentration({ concentration, settled = [] }: EvaluationInput, parts: readonly Part[]): boolean {
  if (concentration === undefined) return true;
  return parts.every(({ bid }) => {
    const own = parts.filter((one) => one.bid.bidder === bid.bidder).reduce((sum, { units }) => sum + units, 0);
    const before = settled.filter((one) => one.provider === bid.bidder).reduce((sum, { count }) => sum + count, 0);
    return (own + before) * 10_000 <= concentration.shareBp * concentration.total;
  });
}

/** Minimum shares that bind; with `decided`, those that the buyer has decided it may miss. */
function sharesHold(input: EvaluationInput, parts: readonly Part[], decided: boolean): boolean {
  return (input.minimumShares ?? []).every((share) => {
    if ((share.override !== undefined) !== decided) return true;
    let [own, total] = [share.projected.beneficiary, share.projected.total];
    for (const { bid, offered, window } of parts) {
      for (const second of eachSecond(window)) {
        if (share.periods !== undefined && !share.periods.some(({ from, to }) => from <= second && second < to))
          continue;
        total += BigInt(offered);
        if (bid.bidder === share.beneficiary) own += BigInt(offered);
      }
    }
    const { projected } = share;
    const lowered = projected.total === 0n ? true : projected.beneficiary * total > own * projected.total;
    return own * 10_000n >= BigInt(share.shareBp) * total || !lowered;
  });
}

function* eachSecond({ from, to }: TimeWindow): Generator<number> {
  for (let second: number = from; second < to; second += 1000) yield second;
}

export function outcomeOf(input: EvaluationInput, counts: readonly (readonly number[])[]): Outcome {
  const parts = partsOf(input, counts);
  let money = parts.reduce((sum, { cost }) => addRational(sum, cost), ZERO);
  for (const { line, bid, units, window } of parts) {
    const { delayCost, lot } = lotOf(input, line);
    const late = Math.max(0, (window.from - lot.window.from) / 1000);
    if (delayCost !== undefined) {
      const delay = rational(delayCost.microsPerHour * BigInt(units * late), 3600n);
      money = addRational(money, mulRational(delay, ratio(input, delayCost.currency)));
    }
    const fee = line.stated["setupFee"];
    if (fee !== undefined && typeof fee !== "string") {
      const micros = mulRational(fee, rational(1_000_000n));
      money = addRational(money, mulRational(micros, ratio(input, line.tiers[0]?.rate.currency as Currency, bid)));
    }
  }
  for (const { provider, lots, cost } of input.fixedCosts ?? []) {
    if (!parts.some(({ bid, line }) => bid.bidder === provider && lots.includes(line.lot))) continue;
    money = addRational(money, mulRational(rational(cost.micros), ratio(input, cost.currency)));
  }
  for (const share of input.minimumShares ?? []) {
    if (share.override !== undefined && !sharesHold({ ...input, minimumShares: [share] }, parts, true)) {
      money = addRational(money, mulRational(rational(share.override.micros), ratio(input, share.override.currency)));
    }
  }
  const ranked = [...input.bids].sort(
    (a, b) => a.order - b.order || (a.bidder < b.bidder ? -1 : a.bidder > b.bidder ? 1 : 0),
  );
  return {
    counts,
    filled: parts.reduce((sum, { line, units }) => sum + BigInt(units * secondsIn(lotOf(input, line).lot.window)), 0n),
    money: subRational(money, avoidedUnitByUnit(input, parts)),
    contingent: parts.reduce((sum, { bid, units }) => sum + (bid.contingency === undefined ? 0 : units), 0),
    ranks: parts.reduce((sum, { bid, units }) => sum + ranked.indexOf(bid) * units, 0),
  };
}

interface Room {
  readonly commitment: Commitment;
  readonly period: TimeWindow;
  left: Rational;
}

/** Every accelerator of every second draws on the first commitment that covers it and still misses something. */
function avoidedUnitByUnit(input: EvaluationInput, parts: readonly Part[]): Rational {
  let avoided = ZERO;
  for (const provider of new Set(parts.map(({ bid }) => bid.bidder))) {
    const own = parts.filter(({ bid }) => bid.bidder === provider);
    const rooms: Room[] = (input.commitments ?? [])
      .filter(({ clause }) => clause.beneficiary === provider && clause.status === "active")
      .sort((a, b) => a.clause.stackPriority - b.clause.stackPriority)
      .flatMap((commitment) =>
        commitment.clause.schedule.map((period) => ({ commitment, period, left: missing(input, commitment, period) })),
      );
    const edges = [...rooms.map(({ period }) => period), ...own.map(({ window }) => window)].flatMap(({ from, to }) => [
      from,
      to,
    ]);
    const cuts = [...new Set(edges)].sort((a, b) => a - b);
    for (const [index, to] of cuts.slice(1).entries()) {
      const from = cuts[index] as TimeWindow["from"];
      for (const part of own.filter(({ window }) => window.from <= from && to <= window.to)) {
        for (let unit = 0; unit < part.offered * secondsIn({ from, to }); unit += 1) {
          avoided = addRational(avoided, drawUnit(input, rooms, part, from));
        }
      }
    }
  }
  return avoided;
}

function drawUnit(input: EvaluationInput, rooms: readonly Room[], part: Part, at: number): Rational {
  const each = divRational(part.cost, rational(BigInt(part.offered * secondsIn(part.window))));
  for (const room of rooms) {
    const { clause } = room.commitment;
    const isMoney = clause.type === "spend" || clause.type === "prepaid";
    const worth = isMoney ? each : rational(1n);
    const covers = room.period.from <= at && at < room.period.to && room.left.num > 0n && worth.num > 0n;
    if (!covers) continue;
    const drawn = compareRational(worth, room.left) < 0 ? worth : room.left;
    room.left = subRational(room.left, drawn);
    const price = isMoney ? rational(1n) : pricePerSecond(input, room.commitment);
    return mulRational(mulRational(drawn, price), rational(BigInt(clause.shortfallBp), 10_000n));
  }
  return ZERO;
}

function pricePerSecond(input: EvaluationInput, { clause }: Commitment): Rational {
  if (clause.price === undefined) return ZERO;
  return mulRational(rational(clause.price.microsPerHour, 3600n), ratio(input, clause.price.currency));
}

function missing(
  input: EvaluationInput,
  { clause }: Commitment,
  period: Commitment["clause"]["schedule"][0],
): Rational {
  if (clause.type === "spend" || clause.type === "prepaid") {
    const left = (period.amount?.micros ?? 0n) - (period.drawn?.micros ?? 0n) - (period.expectedOther?.micros ?? 0n);
    return mulRational(rational(left < 0n ? 0n : left), ratio(input, period.amount?.currency as Currency));
  }
  const left = (period.acceleratorSeconds ?? 0n) - (period.drawnSeconds ?? 0n) - (period.expectedOtherSeconds ?? 0n);
  return rational(left < 0n ? 0n : left);
}
