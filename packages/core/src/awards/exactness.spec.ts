import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Commitment } from "../commitments/index.ts";
import {
  type AgreementId,
  type BlockId,
  type ClauseId,
  type Currency,
  type Instant,
  type PartyId,
  Random,
  rational,
  type TimeWindow,
} from "../kernel/index.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import { bestByForce, better, type Outcome, outcomeOf } from "./brute-force.ts";
import type { EvaluationInput, EvaluationLot } from "./evaluation.ts";
import { marketOf, solve } from "./solve.ts";
import { bid, CLOSE, line, lot, USD } from "./world.ts";

/** Worlds of a few accelerators and a few seconds, drawn from a seed, with everything that a bid or a request may have. */
const EUR = "EUR" as Currency;
const ROOTS = ["r1", "r2", "r3"] as BlockId[];
const at = (second: number): Instant => (1_800_000_000_000 + second * 1000) as Instant;
const span = (from: number, to: number): TimeWindow => ({ from: at(from), to: at(to) });
const PROVIDERS = ["alfa", "beta", "gamma"];

/** Micro-units per hour that are whole micro-units per second, or nearly. */
const price = (random: Random): number => (random.between(1, 6) * 3600 + (random.chance(1, 4) ? random.below(3) : 0)) / 1e6;
const maybe = <T>(random: Random, num: number, den: number, value: () => T): T | undefined =>
  random.chance(num, den) ? value() : undefined;

function drawnLot(random: Random, id: string): EvaluationLot {
  const count = random.between(1, 8);
  const blockSize = random.pick([1, 1, 2]);
  const gangMin = random.chance(1, 3) ? Math.min(count, random.between(1, 3)) : 1;
  const cap = maybe(random, 1, 3, () => ({ microsPerHour: BigInt(random.between(3, 6) * 3600), currency: random.chance(1, 5) ? EUR : USD }));
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
  const bids = Array.from({ length: random.between(1, 4) }, (_, place) => drawnBid(random, lots, place, orders[place] as number));
  const input: EvaluationInput = {
    lots,
    bids,
    currency: USD,
    at: CLOSE,
    ratioOf: (currency) => (currency === EUR ? rational(11n, 10n) : undefined),
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
  const fixed = { provider: random.pick(PROVIDERS) as PartyId, lots: lots.map((one) => one.lot.id), cost: { micros: BigInt(random.between(1, 30)), currency: USD } };
  return {
    ...input,
    ...(random.chance(1, 3) && {
      room: (one: Bid, its: BidLine, wanted: number) => Math.min(wanted, (roomy + one.order * 7 + its.countMax * 3) % 9),
    }),
    ...(random.chance(1, 2) && {
      together: (parts: readonly { readonly line: BidLine; readonly count: number }[]) =>
        ROOTS.every((root) => parts.filter((part) => part.line.rootBlocks.includes(root)).reduce((sum, part) => sum + part.count, 0) <= roomy % 8),
    }),
    ...(random.chance(1, 2) && { commitments: Array.from({ length: random.between(1, 3) }, (_, place) => drawnCommitment(random, place)) }),
    ...(random.chance(1, 4) && { budget: { micros: BigInt(random.between(0, 60)), currency: random.pick([USD, EUR]) } }),
    ...(random.chance(1, 4) && { concentration: { shareBp: random.between(2_000, 9_000), total: 8 } }),
    ...(random.chance(1, 4) && { minimumShares: [share] }),
    ...(random.chance(1, 4) && { fixedCosts: [fixed] }),
  };
}

/** What the choice of the evaluation amounts to, by the definition. */
function chosenOutcome(input: EvaluationInput): { readonly outcome: Outcome; readonly exact: boolean; readonly nodes: number } {
  const solution = solve(marketOf(input));
  const counts = input.bids.map((one) => one.lines.map(() => 0));
  for (const { bid: its, lineIndex, index, step } of solution.market.options) {
    (counts[input.bids.indexOf(its)] as number[])[lineIndex] = (solution.steps[index] as number) * step;
  }
  return { outcome: outcomeOf(input, counts), exact: solution.exact, nodes: solution.nodes };
}

function compare(seed: number, rich: boolean): void {
  const input = drawnWorld(seed, rich);
  const best = bestByForce(input);
  const { outcome, exact, nodes } = chosenOutcome(input);
  const story = `seed ${seed}, nodes ${nodes}: ${JSON.stringify([outcome.counts, best.counts])}`;
  expect(exact, story).toBe(true);
  expect(better(best, outcome), story).toBe(false);
  expect(better(outcome, best), story).toBe(false);
}

describe("the choice is the best there is", () => {
  test("[AWD1] equal to trying every combination: prices, blocks, gangs, packages, windows", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seed) => compare(seed, false)),
      { seed: 1, numRuns: 300 },
    );
  });

  test("[AWD1] equal to trying every combination: with commitments, budget, caps, shares and shared blocks", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seed) => compare(seed, true)),
      { seed: 2, numRuns: 300 },
    );
  });
});
