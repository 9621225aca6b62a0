import type { Money, PartyId, Rate } from "../kernel/index.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import { alternativeOf } from "../tenders/form.ts";
import {
  CONSTRAINTS,
  type ChosenPart,
  type ConsideredLine,
  type EvaluationInput,
  type EvaluationResult,
} from "./evaluation.ts";
import { type LotFacts, onlyRate, whyNoCount, whyNot } from "./fit.ts";
import { gcd } from "./integers.ts";
import { lotFacts } from "./make-options.ts";
import { sharesRoot } from "./shared-roots.ts";

/** A bid of the plain kind: one line, one price for all of it that fits. */
interface Plain {
  readonly bid: Bid;
  readonly line: BidLine;
  readonly step: number;
  /** Steps. */
  readonly min: number;
  readonly max: number;
  readonly why: string | undefined;
  /** Micro-units for an accelerator over the window; whole and exact. */
  readonly cost: number;
}

/** A lot and its bids, all of the plain kind. */
interface PlainMarket {
  readonly input: EvaluationInput;
  readonly count: number;
  readonly list: readonly Plain[];
}

/** What of each bid is taken, in accelerators. */
interface Filled {
  readonly taken: readonly number[];
  /** Places of those that were taken, in the order in which they were, and of those whose blocks carry less than was wanted. */
  readonly order: readonly number[];
  readonly limited: readonly number[];
  readonly left: number;
}

/**
 * The same result as `evaluate` gives, found without a search and without a description of every way to fill: where one lot is
 * open, and every bid has one line, one price, the window of the lot and the currency of the comparison; nothing but their price
 * and their blocks decides between them; and no two that matter cost the same. That is what price lists are like. Undefined
 * wherever it is not so, or where a closer look is needed to say why something is unfilled.
 *
 * @source Rule AWD13 in ./SPEC.md
 */
export function evaluatePlain(input: EvaluationInput): EvaluationResult | undefined {
  const market = plainMarket(input);
  const filled = market === undefined ? undefined : fill(market, undefined);
  if (market === undefined || filled === undefined || isTied(market, filled)) return undefined;
  const { list } = market;
  const chosen = filled.order.map((place) => partOf(input, list[place] as Plain, filled.taken[place] as number));
  const why = filled.left > 0 ? whyShort(market, filled) : undefined;
  if (filled.left > 0 && why === undefined) return undefined;
  const [first] = chosen;
  const without = first === undefined || input.withRunnerUp === false ? undefined : fill(market, first.provider);
  if (first !== undefined && input.withRunnerUp !== false && without === undefined) return undefined;
  const [second] = without?.order ?? [];
  const lot = input.lots[0]?.lot.id;
  // Added where it is there: spreading what may be missing costs more than all the rest of this.
  const result: EvaluationResult & { runnerUp?: NonNullable<EvaluationResult["runnerUp"]> } = {
    chosen,
    value: { micros: chosen.reduce((sum, part) => sum + part.cost.micros, 0n), currency: input.currency },
    unfilled: why === undefined || lot === undefined ? [] : [{ lot, count: filled.left, why }],
    binding: [],
    considered: list.map((one, place) => considered(input, one, filled.taken[place] as number)),
    tied: [],
    effects: [],
    nodes: 0,
    exact: true,
  };
  if (without !== undefined && second !== undefined) result.runnerUp = runnerUp(market, without, second);
  return result;
}

function plainMarket(input: EvaluationInput): PlainMarket | undefined {
  const [lot, another] = input.lots;
  if (lot === undefined || another !== undefined || input.withBinding !== false || isCoupled(input)) return undefined;
  const facts = lotFacts(lot, 0, undefined);
  if (facts.seconds % 3600 !== 0 || (facts.cap !== undefined && facts.cap.currency !== input.currency))
    return undefined;
  const cap = facts.cap === undefined ? Infinity : Number(facts.cap.microsPerHour);
  if (facts.cap !== undefined && !Number.isSafeInteger(cap)) return undefined;
  const list: Plain[] = [];
  let order = -1;
  for (const bid of input.bids) {
    const [line, more] = bid.lines;
    if (line === undefined || more !== undefined || bid.order <= order) return undefined;
    order = bid.order;
    if (line.lot !== lot.lot.id) continue;
    const one = plainBid(input, facts, cap, bid, line);
    if (one === undefined) return undefined;
    list.push(one);
  }
  return { input, count: lot.count, list };
}

/** Something beside price and blocks decides, or couples bids. */
function isCoupled({ commitments, minimumShares, fixedCosts, budget, concentration }: EvaluationInput): boolean {
  const isSome = (items: readonly unknown[] | undefined): boolean => items !== undefined && items.length > 0;
  return (
    budget !== undefined ||
    concentration !== undefined ||
    isSome(commitments) ||
    isSome(minimumShares) ||
    isSome(fixedCosts)
  );
}

const known = new WeakMap<Rate, number>();

/** Millionths an hour as a number. A price list has the same rates in every tender, and converting takes longer than comparing. */
function microsOf(rate: Rate): number {
  let micros = known.get(rate);
  if (micros === undefined) {
    micros = Number(rate.microsPerHour);
    known.set(rate, micros);
  }
  return micros;
}

/** @param cap the most that an hour may cost, in millionths */
function plainBid(input: EvaluationInput, facts: LotFacts, cap: number, bid: Bid, line: BidLine): Plain | undefined {
  const alternative = alternativeOf(line, facts.lot.lot);
  const isPlain =
    bid.package === undefined &&
    bid.contingency === undefined &&
    line.window === undefined &&
    line.stated["setupFee"] === undefined &&
    (alternative === undefined || alternative.factor.num === alternative.factor.den);
  if (!isPlain) return undefined;
  const block = facts.lot.lot.terms.blockSize;
  const step = block === line.multiple ? block : (block / gcd(block, line.multiple)) * line.multiple;
  const countMin = Math.max(line.countMin, line.tiers[0]?.from ?? 1);
  const min = Math.max(1, Math.ceil(countMin / step), Math.ceil(facts.smallest / step));
  const max = Math.min(Math.floor(line.countMax / step), Math.floor(facts.lot.count / step));
  const why =
    input.excluded?.(bid, line) ??
    whyNot(input, facts, bid, line, facts.window.from, facts.seconds, alternative) ??
    whyNoCount(facts, bid, line, min, max, step, step);
  if (why !== undefined) return { bid, line, step, min, max, why, cost: 0 };
  const rate = onlyRate(line, min * step, max * step);
  if (rate === undefined || rate.currency !== input.currency) return undefined;
  const micros = microsOf(rate);
  const cost = micros * (facts.seconds / 3600);
  if (!Number.isSafeInteger(cost * facts.lot.count)) return undefined;
  return { bid, line, step, min, max, why: micros > cap ? "above_cap" : undefined, cost };
}

/** Cheapest first, as far as blocks carry it. Undefined where that is no combination. */
function fill({ input, count, list }: PlainMarket, without: PartyId | undefined): Filled | undefined {
  const taken = list.map(() => 0);
  let common = 0;
  for (const { why, bid, step } of list) {
    if (why === undefined && step !== common && bid.bidder !== without) common = gcd(step, common);
  }
  let left = common === 0 ? 0 : count - (count % common);
  const rest = count - left;
  const order: number[] = [];
  const limited: number[] = [];
  for (
    let place = cheapestAfter(list, -1, without);
    left > 0 && place >= 0;
    place = cheapestAfter(list, place, without)
  ) {
    const { bid, line, step, min, max } = list[place] as Plain;
    const wanted = Math.min(max, Math.floor(left / step));
    if (Math.min(max * step, left) % step !== 0) return undefined;
    const room = input.room === undefined ? wanted * step : input.room(bid, line, wanted * step);
    const steps = Math.min(wanted, Math.floor(room / step));
    if (steps < wanted) limited.push(place);
    if (steps === 0) continue;
    if (steps < min || order.some((other) => sharesRoot((list[other] as Plain).line, line))) return undefined;
    taken[place] = steps * step;
    left -= steps * step;
    order.push(place);
  }
  return { taken, order, limited, left: left + rest };
}

/** The place of the next in order of cost, then of receipt; -1 after the last. */
function cheapestAfter(list: readonly Plain[], after: number, without: PartyId | undefined): number {
  const last = list[after];
  let best = -1;
  for (let place = 0; place < list.length; place += 1) {
    const { why, cost, bid } = list[place] as Plain;
    if (why !== undefined || bid.bidder === without) continue;
    if (last !== undefined && (cost < last.cost || (cost === last.cost && place <= after))) continue;
    if (best < 0 || cost < (list[best] as Plain).cost) best = place;
  }
  return best;
}

/** Another bid costs the same as one that is taken. */
function isTied({ list }: PlainMarket, { order }: Filled): boolean {
  return order.some((place) => {
    const { cost } = list[place] as Plain;
    return list.some((other, index) => index !== place && other.why === undefined && other.cost === cost);
  });
}

/**
 * The constraint to which a gap is put down, where that is plain: the cap, or what blocks carry, keeps out as much as is missing, or
 * nothing else has kept anything out.
 */
function whyShort({ input, list }: PlainMarket, { taken, order, limited, left }: Filled): string | undefined {
  const met = new Set<string>();
  for (const { why } of list) if (why !== undefined) met.add(why);
  const dear = keptOutByCap({ input, list, order, left });
  if (dear === undefined) return undefined;
  if (dear >= left) return "above_cap";
  const isPlain = CONSTRAINTS.every(
    (constraint) => constraint === "above_cap" || constraint === "no_capacity" || !met.has(constraint),
  );
  const { terms } = input.lots[0]?.lot ?? {};
  if (!isPlain || met.has("no_capacity") || terms === undefined || terms.gangMin > terms.blockSize) return undefined;
  const isCut = list.some(
    ({ why, line, step, max }, place) =>
      why === undefined && (line.countMax > max * step || (taken[place] as number) < max * step),
  );
  if (isCut || (met.has("above_cap") && dear === 0) || limited.length > 0) return undefined;
  if (dear > 0) return "above_cap";
  return list.find(({ why }) => why !== undefined)?.why ?? "no_bids";
}

interface Gap {
  readonly input: EvaluationInput;
  readonly list: readonly Plain[];
  readonly order: readonly number[];
  readonly left: number;
}

/**
 * Accelerators that bids above the cap would fill of a gap; not more than it. Undefined where their steps, their minimums or their
 * blocks make a puzzle of it.
 */
function keptOutByCap({ input, list, order, left }: Gap): number | undefined {
  const coming: Plain[] = [];
  let sum = 0;
  for (const one of list) {
    if (one.why !== "above_cap") continue;
    if (sum >= left) break;
    const { bid, line, step, min, max } = one;
    const isPuzzle = left % step !== 0 || min !== 1 || (coming[0]?.step ?? step) !== step;
    if (isPuzzle || coming.some((other) => sharesRoot(other.line, line))) return undefined;
    coming.push(one);
    if (order.some((place) => sharesRoot((list[place] as Plain).line, line))) continue;
    const room = input.room === undefined ? max * step : input.room(bid, line, max * step);
    sum += Math.min(max, Math.floor(room / step)) * step;
  }
  return Math.min(sum, left);
}

function amountOf(input: EvaluationInput, cost: number, count: number): Money {
  return { micros: BigInt(cost * count), currency: input.currency };
}

function partOf(input: EvaluationInput, { bid, line, cost }: Plain, count: number): ChosenPart {
  const price = amountOf(input, cost, count);
  return {
    bid: bid.id,
    provider: bid.bidder,
    lot: line.lot,
    line: 0,
    count,
    offered: count,
    price,
    cost: price,
    incremental: price,
  };
}

function runnerUp(
  { input, list }: PlainMarket,
  { order, taken }: Filled,
  first: number,
): NonNullable<EvaluationResult["runnerUp"]> {
  let count = 0;
  let micros = 0n;
  for (const place of order) {
    const own = taken[place] as number;
    count += own;
    micros += BigInt((list[place] as Plain).cost * own);
  }
  return { value: { micros, currency: input.currency }, provider: (list[first] as Plain).bid.bidder, count };
}

function considered(input: EvaluationInput, one: Plain, taken: number): ConsideredLine {
  const { line, why, step, max, cost } = one;
  const { id: bid, bidder: provider } = one.bid;
  const { lot } = line;
  if (taken > 0) {
    const how = taken < max * step ? "taken_in_part" : "taken";
    return { bid, provider, lot, line: 0, verdict: "taken", why: how };
  }
  if (why !== undefined) return { bid, provider, lot, line: 0, verdict: "infeasible", why };
  const incremental = amountOf(input, cost, max * step);
  return { bid, provider, lot, line: 0, verdict: "beaten", why: "beaten", incremental };
}
