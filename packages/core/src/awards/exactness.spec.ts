import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Commitment } from "../commitments/index.ts";
import {
  type AgreementId,
  type BlockId,
  type ClauseId,
  type Currency,
  compareRational,
  type Instant,
  type PartyId,
  Random,
  rational,
  type TimeWindow,
} from "../kernel/index.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import { bestByForce, better, isAllowed, type Outcome, outcomeOf } from "./brute-force.ts";
import { evaluate } from "./evaluate.ts";
import type { EvaluationInput, EvaluationLot, EvaluationResult } from "./evaluation.ts";
import type { Market } from "./option.ts";
import { marketOf, solve, solveBySearch } from "./solve.ts";
import { bid, CLOSE, line, lot, USD } from "./world.ts";

/** Worlds of a few accelerators and a few seconds, drawn from a seed, with everything that a bid or a request may have. */
const EUR = "EUR" as Currency;
const ROOTS = ["r1", "r2", "r3"] as BlockId[];
const at = (second: number): Instant => (1_800_000_000_000 + second * 1000) as Instant;
const span = (from: number, to: number): TimeWindow => ({ from: at(from), to: at(to) });
const PROVIDERS = ["alfa", "beta", "gamma"];

/** Micro-units per hour that are whole micro-units per second, or nearly. */
const price = (random: Random): number =>
  (random.between(1, 8) * 3600 + (random.chance(1, 4) ? random.below(3) : 0)) / 1e6;
const maybe = <T>(random: Random, num: number, den: number, value: () => T): T | undefined =>
  random.chance(num, den) ? value() : undefined;

function drawnLot(random: Random, id: string): EvaluationLot {
  const count = random.between(1, 8);
  const blockSize = random.pick([1, 1, 2]);
  const gangMin = random.chance(1, 3) ? Math.min(count, random.between(1, 3)) : 1;
  const cap = maybe(random, 1, 3, () => ({
    microsPerHour: BigInt(random.between(4, 8) * 3600),
    currency: random.chance(1, 5) ? EUR : USD,
  }));
  const latestStart = maybe(random, 1, 3, () => at(random.between(0, 2)));
  const factor = random.chance(1, 5) ? rational(random.pick([1n, 3n]), 2n) : rational(2n);
  const alternatives = [
    { acceleratorType: "gb200" as never, factor: rational(1n), region: "us-*" },
    { acceleratorType: "h200" as never, factor, region: "us-*" },
  ];
  return lot({
    id,
    count,
    window: span(0, random.between(1, 3)),
    alternatives,
    ...(random.chance(1, 6) && { minimumUsable: random.between(1, 3) }),
    ...(random.chance(1, 4) && { delayCost: { microsPerHour: 3600n, currency: USD } }),
    terms: {
      count,
      blockSize,
      gangMin,
      divisible: !random.chance(1, 8),
      ...(cap === undefined ? { price: undefined as never } : { price: cap }),
      ...(latestStart !== undefined && { latestStart }),
    },
  });
}

function drawnLine(random: Random, lots: readonly EvaluationLot[], lotIndex: number): BidLine {
  const { lot: its } = lots[lotIndex] as EvaluationLot;
  const first = random.chance(1, 6) ? 2 : 1;
  const bands: (readonly [number, number])[] = [[first, price(random)]];
  if (random.chance(1, 3)) bands.push([first + random.between(1, 3), price(random)]);
  const made = line(bands);
  const currency = random.chance(1, 6) ? EUR : USD;
  const shift = random.chance(1, 5) ? random.between(0, 2) : 0;
  const length = (its.window.to - its.window.from) / 1000 + (random.chance(1, 6) ? random.between(-1, 1) : 0);
  const countMin = random.between(1, 4);
  return {
    ...made,
    lot: its.id,
    countMin,
    countMax: countMin + random.below(8),
    multiple: random.pick([1, 1, 2, 3]),
    tiers: made.tiers.map(({ from, rate }) => ({ from, rate: { ...rate, currency } })),
    tierMode: random.pick(["all-units", "marginal"]),
    rootBlocks: random.chance(1, 2) ? [] : random.chance(1, 3) ? ROOTS.slice(random.below(2)) : [random.pick(ROOTS)],
    region: "us-central",
    acceleratorType: random.chance(1, 6) ? "h200" : "gb200",
    ...((shift !== 0 || random.chance(1, 8)) && { window: span(shift, shift + Math.max(1, length)) }),
    ...(random.chance(1, 10) && { stated: { setupFee: rational(BigInt(random.between(1, 20)), 1_000_000n) } }),
  };
}

function drawnBid(random: Random, lots: readonly EvaluationLot[], place: number, order: number): Bid {
  const lines = [drawnLine(random, lots, random.below(lots.length))];
  if (random.chance(1, 4)) lines.push(drawnLine(random, lots, random.below(lots.length)));
  const packaged = random.chance(1, 3);
  return bid(random.pick(PROVIDERS), order, lines, {
    id: `b${place}` as never,
    ...(packaged && lines.length > 1 && { package: { extras: [], listPrices: [] } }),
    ...(random.chance(1, 4) && { contingency: { until: at(99) } }),
    ...(random.chance(1, 12) && { validUntil: CLOSE }),
  });
}

function drawnCommitment(random: Random, place: number): Commitment {
  const type = random.pick(["spend", "spend", "prepaid", "volume", "take-or-pay"] as const);
  const cut = random.between(1, 3);
  const periods = random.chance(1, 3) ? [span(0, cut), span(cut, 9)] : [span(random.below(2), random.between(2, 9))];
  const money = type === "spend" || type === "prepaid";
  return {
    agreement: "a" as AgreementId,
    clause: {
      kind: "commitment",
      id: `c${place}` as ClauseId,
      lineageId: `c${place}`,
      defaults: [],
      type,
      obligor: "lab" as PartyId,
      beneficiary: random.pick(PROVIDERS.slice(0, 2)) as PartyId,
      scope: { IsGlobalScope: true },
      status: random.chance(1, 6) ? "proposed" : "active",
      schedule: periods.map((period) => {
        const amount = BigInt(random.between(0, 40));
        return money
          ? { ...period, amount: { micros: amount, currency: random.chance(1, 6) ? EUR : USD } }
          : { ...period, acceleratorSeconds: amount / 3n };
      }),
      shortfallBp: random.pick([10_000, 10_000, 5_000, 3_333]),
      stackPriority: place,
      ...(random.chance(4, 5) && { price: { microsPerHour: BigInt(random.between(1, 5) * 3600), currency: USD } }),
    },
  };
}

function drawnWorld(seed: number, rich: boolean): EvaluationInput {
  const random = new Random(`evaluation ${seed}`);
  const lots = random.chance(1, 3) ? [drawnLot(random, "l1"), drawnLot(random, "l2")] : [drawnLot(random, "l1")];
  const orders = [0, 1, 2, 3].sort(() => random.below(3) - 1);
  const bids = Array.from({ length: random.between(1, 4) }, (_, place) =>
    drawnBid(random, lots, place, orders[place] as number),
  );
  const input: EvaluationInput = {
    lots,
    bids,
    currency: USD,
    at: CLOSE,
    ratioOf: (currency) => (currency === EUR ? rational(8n, 7n) : undefined),
  };
  if (!rich) return input;
  const roomy = random.below(1000);
  const projected = { total: BigInt(random.between(0, 30)), beneficiary: 0n };
  const share = {
    beneficiary: "alfa" as PartyId,
    shareBp: random.between(0, 10_000),
    projected: { ...projected, beneficiary: (projected.total * BigInt(random.below(11))) / 10n },
    ...(random.chance(1, 3) && { periods: [span(0, 2)] }),
    ...(random.chance(1, 2) && { override: { micros: BigInt(random.between(0, 30)), currency: USD } }),
  };
  const fixed = {
    provider: random.pick(PROVIDERS) as PartyId,
    lots: lots.map((one) => one.lot.id),
    cost: { micros: BigInt(random.between(1, 30)), currency: USD },
  };
  return {
    ...input,
    ...(random.chance(1, 3) && {
      room: (one: Bid, its: BidLine, wanted: number) =>
        Math.min(wanted, (roomy + one.order * 7 + its.countMax * 3) % 9),
    }),
    ...(random.chance(1, 2) && {
      together: (parts: readonly { readonly line: BidLine; readonly count: number }[]) =>
        ROOTS.every(
          (root) =>
            parts.filter((part) => part.line.rootBlocks.includes(root)).reduce((sum, part) => sum + part.count, 0) <=
            roomy % 8,
        ),
    }),
    ...(random.chance(1, 2) && {
      commitments: Array.from({ length: random.between(1, 3) }, (_, place) => drawnCommitment(random, place)),
    }),
    ...(random.chance(1, 4) && {
      budget: { micros: BigInt(random.between(0, 60)), currency: random.pick([USD, EUR]) },
    }),
    ...(random.chance(1, 4) && { concentration: { shareBp: random.between(2_000, 9_000), total: 8 } }),
    ...(random.chance(1, 4) && { minimumShares: [share] }),
    ...(random.chance(1, 4) && { fixedCosts: [fixed] }),
  };
}

/** What a choice amounts to, by the definition. */
function outcomeBy(input: EvaluationInput, market: Market, steps: readonly number[]): Outcome {
  const counts = input.bids.map((one) => one.lines.map(() => 0));
  for (const { bid: its, lineIndex, index, step } of market.options) {
    (counts[input.bids.indexOf(its)] as number[])[lineIndex] = (steps[index] as number) * step;
  }
  return outcomeOf(input, counts);
}

function resultOf(input: EvaluationInput): EvaluationResult {
  const result = evaluate(input);
  if (!result.ok) throw new Error(result.problem.detail);
  return result.value;
}

/** Quantities by bid and line, as the result lists them. */
function countsOf(input: EvaluationInput, { chosen }: EvaluationResult): number[][] {
  return input.bids.map((one) =>
    one.lines.map((_, place) => chosen.find((part) => part.bid === one.id && part.line === place)?.count ?? 0),
  );
}

/** How the choice differs from the best one; undefined where it does not. */
function differs(seed: number, rich: boolean): string | undefined {
  const input = drawnWorld(seed, rich);
  const best = bestByForce(input);
  const { market, steps, exact, nodes } = solve(marketOf(input));
  const outcome = outcomeBy(input, market, steps);
  if (exact && !better(best, outcome) && !better(outcome, best)) return undefined;
  return `${nodes} nodes, exact ${exact}: ${JSON.stringify(outcome.counts)} instead of ${JSON.stringify(best.counts)}`;
}

const seeds = fc.nat(1_000_000);

describe("the choice is the best there is", () => {
  test("[AWD1] equal to trying every combination: prices, blocks, gangs, packages, windows", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(differs(seed, false)).toBeUndefined();
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("[AWD1] equal to trying every combination: with commitments, budget, caps, shares and shared blocks", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(differs(seed, true)).toBeUndefined();
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test("[AWD6 AWD15] after ties are settled nothing is passed, and nothing is filled or paid differently", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const input = { ...drawnWorld(seed, true), withBinding: false, withRunnerUp: false };
        const result = resultOf(input);
        const counts = countsOf(input, result);
        const best = bestByForce(input);
        const outcome = outcomeOf(input, counts);
        expect(isAllowed(input, counts)).toBe(true);
        expect([outcome.filled, outcome.money, outcome.contingent]).toEqual([best.filled, best.money, best.contingent]);
        const apart = Number(result.value.micros) - Number(outcome.money.num) / Number(outcome.money.den);
        expect(Math.abs(apart)).toBeLessThanOrEqual(2 * result.chosen.length + 1);
        for (const { lot: its, count } of input.lots) {
          const filled = result.chosen.filter((part) => part.lot === its.id).reduce((sum, part) => sum + part.count, 0);
          const gap = result.unfilled.find((one) => one.lot === its.id)?.count ?? 0;
          expect(filled + gap).toBe(count);
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  test("[AWD13] comparing alone and searching come to the same", () => {
    let alone = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const input = drawnWorld(seed, true);
        const market = marketOf(input);
        const separable = solve(market);
        if (separable.searched !== undefined) return;
        alone += 1;
        const searched = solveBySearch(market);
        const outcomes = [separable, searched].map(({ steps }) => outcomeBy(input, market, steps));
        expect(better(outcomes[0] as Outcome, outcomes[1] as Outcome)).toBe(false);
        expect(better(outcomes[1] as Outcome, outcomes[0] as Outcome)).toBe(false);
      }),
      { seed: 4, numRuns: 1_000 },
    );
    expect(alone).toBeGreaterThan(200);
  });

  test("[AWD14] the order in which bids are listed does not matter", () => {
    fc.assert(
      fc.property(seeds, fc.nat(1_000), (seed, turn) => {
        const input = drawnWorld(seed, true);
        const random = new Random(`order ${turn}`);
        const bids = input.bids.map((one, place) => ({ one, key: random.below(1_000) + place / 10 }));
        const turned = { ...input, bids: bids.sort((a, b) => a.key - b.key).map(({ one }) => one) };
        const [a, b] = [resultOf(input), resultOf(turned)];
        expect(b.chosen).toEqual(a.chosen);
        expect([b.value, b.unfilled, b.binding, b.runnerUp?.value]).toEqual([
          a.value,
          a.unfilled,
          a.binding,
          a.runnerUp?.value,
        ]);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test("[AWD14] a search that meets its limit says so, and its bound holds", () => {
    let [limited, bounded] = [0, 0];
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 3 }), (seed, nodesMax) => {
        const input = { ...drawnWorld(seed, true), nodesMax };
        const { market, steps, exact, searched } = solve(marketOf(input));
        const outcome = outcomeBy(input, market, steps);
        const best = bestByForce(input);
        expect(isAllowed(input, outcome.counts)).toBe(true);
        expect(better(best, outcome) && exact).toBe(false);
        if (exact) return;
        limited += 1;
        if (searched?.bound === undefined) return;
        bounded += 1;
        const bound = rational(searched.bound, searched.program.account.scale);
        expect(outcome.filled).toBe(best.filled);
        expect(compareRational(bound, best.money)).toBeLessThanOrEqual(0);
      }),
      { seed: 6, numRuns: 1_000 },
    );
    expect([limited > 50, bounded > 10]).toEqual([true, true]);
  });
});
