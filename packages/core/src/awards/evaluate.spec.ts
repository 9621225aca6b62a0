import { describe, expect, test } from "vitest";
import type { CommitmentClause } from "../agreements/clause.ts";
import { dollars, span, spend } from "../commitments/world.ts";
import {
  type AcceleratorType,
  acceleratorSeconds,
  addMs,
  type BidId,
  type Currency,
  HOUR_MS,
  type LotId,
  type PartyId,
  rational,
} from "../kernel/index.ts";
import type { Bid } from "../tenders/bid.ts";
import { evaluate } from "./evaluate.ts";
import type { EvaluationInput, EvaluationResult } from "./evaluation.ts";
import { bid, block, line, lot, market, usd, YEAR_2027 } from "./world.ts";

const EUR = "EUR" as Currency;
const QUARTER = span("2027-01-01", "2027-04-01");

function resultOf(input: EvaluationInput): EvaluationResult {
  const result = evaluate(input);
  if (!result.ok) throw new Error(result.problem.detail);
  return result.value;
}

/** "gamma 1024" for each part. */
const taken = (input: EvaluationInput): string[] =>
  resultOf(input).chosen.map(({ provider, count }) => `${provider} ${count}`);
const whole = (price: number) => line(price, { countMin: 1_024 });
const alfas = (missing: number, changed: Partial<CommitmentClause> = {}, period = {}) =>
  spend(missing, changed, period);

describe("least incremental effective cost", () => {
  const k1 = (missing: number): EvaluationInput =>
    market([bid("alfa", 0, line(3.1)), bid("gamma", 1, line(2.2))], {
      lots: [lot({ window: QUARTER, terms: { price: usd(3.2) } })],
      commitments: [alfas(missing)],
    });

  test("[AWD2] domain row K1: $6,856,704 less $4,000,000 of shortfall is less than $4,866,048", () => {
    const all = market(
      [bid("alfa", 0, { ...line(3.1), countMin: 1_024 }), bid("gamma", 1, { ...line(2.2), countMin: 1_024 })],
      {
        lots: [lot({ window: QUARTER, terms: { price: usd(3.2) } })],
        commitments: [alfas(4_000_000)],
      },
    );
    const result = resultOf(all);
    expect(result.chosen).toMatchObject([
      { provider: "alfa", count: 1_024, cost: dollars(6_856_704), incremental: dollars(2_856_704) },
    ]);
    expect(result.value).toEqual(dollars(2_856_704));
    expect(result.runnerUp).toEqual({ value: dollars(4_866_048), provider: "gamma", count: 1_024 });
    expect(result.effects).toMatchObject([{ avoided: dollars(4_000_000), counted: true }]);
  });

  test("[AWD2] what a commitment still misses is filled, and the rest goes to whom is cheaper", () => {
    // 597.4 accelerators at $3.10 fill $4,000,000: 592 cost nothing more, and in the next block of 8 that is still cheaper than $2.20.
    expect(taken(k1(4_000_000))).toEqual(["alfa 600", "gamma 424"]);
    expect(taken(k1(0))).toEqual(["gamma 1024"]);
    expect(resultOf(k1(4_000_000)).value).toEqual(dollars(600 * 2_160 * 3.1 - 4_000_000 + 424 * 2_160 * 2.2));
  });

  test("[AWD2] at half the shortfall rate the same commitment no longer decides", () => {
    const half = market([bid("alfa", 0, line(3.1)), bid("gamma", 1, line(1.5))], {
      commitments: [alfas(40_000_000, { shortfallBp: 5_000 })],
      lots: [lot({ terms: { price: usd(3.2) } })],
    });
    expect(taken(half)).toEqual(["gamma 1024"]);
    const cheaper = { ...half, bids: [bid("alfa", 0, line(3.1)), bid("gamma", 1, line(1.6))] };
    expect(taken(cheaper)).toEqual(["alfa 1024"]);
  });

  test("[AWD4] domain row K2: a commitment that ends on 1 July counts $13,344,768 of the year", () => {
    const ends = alfas(50_000_000, {}, { to: span("2027-01-01", "2027-07-01").to });
    const result = resultOf(market([bid("alfa", 0, line(3)), bid("gamma", 1, line(2.6))], { commitments: [ends] }));
    expect(result.effects).toMatchObject([{ avoided: dollars(13_344_768), counted: true }]);
    expect(result.value).toEqual(dollars(13_565_952));
  });

  test("[AWD4] domain row K7: a proposed commitment weighs nothing and is shown as a scenario", () => {
    const proposed = alfas(40_000_000, { status: "proposed" });
    const input = market([bid("alfa", 0, line(2.5)), bid("gamma", 1, line(2.6))], { commitments: [proposed] });
    const result = resultOf(input);
    expect(result.value).toEqual(dollars(1_024 * 8_760 * 2.5));
    expect(result.effects).toMatchObject([{ avoided: dollars(1_024 * 8_760 * 2.5), counted: false }]);
    expect(taken({ ...input, bids: [bid("alfa", 0, line(2.61)), bid("gamma", 1, line(2.6))] })).toEqual(["gamma 1024"]);
  });

  test("[AWD2] switching and set-up fall once, delay by accelerator and hour", () => {
    const switching = [{ provider: "gamma" as PartyId, lots: ["lot_1" as LotId], cost: dollars(1_000_000) }];
    const bids = [bid("alfa", 0, line(2.7)), bid("gamma", 1, line(2.6))];
    expect(taken(market(bids, { fixedCosts: switching }))).toEqual(["alfa 1024"]);
    const cheap = [{ ...switching[0], cost: dollars(800_000) }] as EvaluationInput["fixedCosts"];
    const result = resultOf(market(bids, { fixedCosts: cheap as NonNullable<typeof cheap> }));
    expect(result.chosen).toMatchObject([{ provider: "gamma", incremental: dollars(1_024 * 8_760 * 2.6 + 800_000) }]);
    const fee = bid("gamma", 1, line(2.6, { stated: { setupFee: rational(900_000n) } }));
    expect(taken(market([bid("alfa", 0, line(2.7)), fee]))).toEqual(["alfa 1024"]);
    const shifted = { from: addMs(YEAR_2027.from, 720 * HOUR_MS), to: addMs(YEAR_2027.to, 720 * HOUR_MS) };
    const late = bid("gamma", 1, line(2.6, { window: shifted }));
    const patient = lot({ delayCost: usd(0.2), terms: { latestStart: shifted.from } });
    const delayed = resultOf(market([late], { lots: [patient] }));
    expect(delayed.chosen).toMatchObject([{ incremental: dollars(1_024 * (8_760 * 2.6 + 720 * 0.2)) }]);
    expect(taken(market([late, bid("alfa", 2, line(2.61))], { lots: [patient] }))).toEqual(["alfa 1024"]);
  });

  test("[AWD12] what a holder took before has filled the commitment", () => {
    const settled = [{ provider: "alfa" as PartyId, count: 600, window: QUARTER, hourly: usd(3.1 * 600) }];
    expect(taken({ ...k1(4_000_000), settled })).toEqual(["gamma 1024"]);
    const half = [{ ...settled[0], count: 300, hourly: usd(3.1 * 300) }] as NonNullable<EvaluationInput["settled"]>;
    expect(taken({ ...k1(4_000_000), settled: half })).toEqual(["alfa 296", "gamma 728"]);
  });

  test("[AWD12] what a holder took before counts towards the concentration cap", () => {
    const settled = [{ provider: "gamma" as PartyId, count: 600, window: YEAR_2027, hourly: usd(3) }];
    const input = market([bid("gamma", 0, line(2.6))], {
      lots: [lot({ count: 424 })],
      concentration: { shareBp: 7_500, total: 1_024 },
      settled,
    });
    expect(resultOf(input)).toMatchObject({
      chosen: [{ count: 168 }],
      unfilled: [{ count: 256, why: "concentration_cap" }],
    });
  });
});

describe("constraints", () => {
  const seconds = acceleratorSeconds(1_024, 8_760 * 3_600);
  const share = {
    beneficiary: "alfa" as PartyId,
    shareBp: 6_000,
    projected: { total: 9n * seconds, beneficiary: (58n * seconds) / 10n },
  };

  test("[AWD5] domain row K4: 58 % of 60 % is infeasible, so that the beneficiary gets the missing blocks", () => {
    const input = market([bid("alfa", 0, line(2.9)), bid("gamma", 1, line(2.6))], { minimumShares: [share] });
    expect(taken(input)).toEqual(["gamma 816", "alfa 208"]);
    expect(resultOf(input).binding).toEqual(["minimum_share"]);
    expect(resultOf(market([bid("gamma", 0, whole(2.6))], { minimumShares: [share] }))).toMatchObject({
      chosen: [],
      unfilled: [{ count: 1_024, why: "minimum_share" }],
    });
  });

  test("[AWD5] domain row K4: a decided miss costs what was recorded, and is weighed", () => {
    const decided = (cost: number) =>
      market([bid("alfa", 0, line(2.9)), bid("gamma", 1, line(2.6))], {
        minimumShares: [{ ...share, override: dollars(cost) }],
      });
    expect(taken(decided(100_000))).toEqual(["gamma 1024"]);
    expect(resultOf(decided(100_000)).value).toEqual(dollars(1_024 * 8_760 * 2.6 + 100_000));
    expect(taken(decided(1_000_000))).toEqual(["gamma 816", "alfa 208"]);
  });

  test("[AWD3] quantity comes before price: the dear bid is taken rather than nothing", () => {
    const input = market([bid("gamma", 0, line(2.2, { countMax: 600 })), bid("beta", 1, line(3))]);
    expect(taken(input)).toEqual(["gamma 600", "beta 424"]);
    const gang = market([bid("gamma", 0, line(2.2, { countMax: 600 })), bid("beta", 1, line(3, { countMin: 800 }))]);
    expect(taken(gang)).toEqual(["gamma 224", "beta 800"]);
  });

  test("[AWD3] an accelerator of a longer window counts for more", () => {
    const lots = [lot({ id: "short", window: QUARTER, count: 64 }), lot({ id: "long", count: 64 })];
    const one = bid("gamma", 0, [
      line(2, { lot: "short" as LotId, rootBlocks: [block("g")] }),
      line(2, { lot: "long" as LotId, rootBlocks: [block("g")] }),
    ]);
    const together = (parts: readonly { count: number }[]): boolean =>
      parts.reduce((sum, part) => sum + part.count, 0) <= 64;
    const result = resultOf(market([one], { lots, together }));
    expect(result.chosen).toMatchObject([{ lot: "long", count: 64 }]);
    expect(result.unfilled).toEqual([{ lot: "short", count: 64, why: "no_capacity" }]);
  });

  test("[AWD6] budget: as much as it pays for, in whole blocks", () => {
    const result = resultOf(market([bid("gamma", 0, line(2.6))], { budget: dollars(10_000_000) }));
    expect(result.chosen).toMatchObject([{ count: 432, cost: dollars(432 * 8_760 * 2.6) }]);
    expect(result.unfilled).toMatchObject([{ count: 592, why: "over_budget" }]);
    expect(taken(market([bid("gamma", 0, line(2.6))], { budget: dollars(-1) }))).toEqual([]);
  });

  test("[AWD6] the budget limits what is paid, not the incremental cost", () => {
    const input = market([bid("alfa", 0, line(3)), bid("gamma", 1, line(2.6))], {
      commitments: [alfas(90_000_000)],
      budget: dollars(23_500_000),
    });
    const { chosen } = resultOf(input);
    expect(chosen.reduce((sum, part) => sum + part.count, 0)).toBe(1_024);
    expect(chosen.reduce((sum, part) => sum + part.cost.micros, 0n) <= dollars(23_500_000).micros).toBe(true);
    expect(taken({ ...input, budget: dollars(90_000_000) })).toEqual(["alfa 1024"]);
  });

  test("[AWD6] no provider gets more than its share", () => {
    const input = market([bid("gamma", 0, line(2.2)), bid("beta", 1, line(2.9))], {
      concentration: { shareBp: 6_000, total: 1_024 },
    });
    expect(taken(input)).toEqual(["gamma 608", "beta 416"]);
    expect(resultOf(input).binding).toEqual(["concentration_cap"]);
  });

  test("[AWD6 AWD8] the cap is inclusive and tested on the mean price of what is taken", () => {
    expect(taken(market([bid("gamma", 0, line(3))]))).toEqual(["gamma 1024"]);
    expect(taken(market([bid("gamma", 0, line(3.000001))]))).toEqual([]);
    const bands = [
      [1, 3.2],
      [513, 2.6],
    ] as const;
    expect(taken(market([bid("gamma", 0, line(bands))]))).toEqual(["gamma 1024"]);
    const small = { lots: [lot({ count: 512 })] };
    expect(taken(market([bid("gamma", 0, line(bands))], small))).toEqual([]);
    // Marginal: 512 at $3.20 and the rest at $2.60 come to $3.00 with 768 in all.
    const marginal = bid("gamma", 0, line(bands, { tierMode: "marginal" }));
    expect(taken(market([marginal], { lots: [lot({ count: 768 })] }))).toEqual(["gamma 768"]);
    expect(taken(market([marginal], { lots: [lot({ count: 760 })] }))).toEqual([]);
  });

  test("[AWD6] a line runs as long as the lot and starts by the latest start", () => {
    const later = (hours: number, length = 8_760) => {
      const from = addMs(YEAR_2027.from, hours * HOUR_MS);
      return bid("gamma", 0, line(2.6, { window: { from, to: addMs(from, length * HOUR_MS) } }));
    };
    const patient = { lots: [lot({ terms: { latestStart: addMs(YEAR_2027.from, 24 * HOUR_MS) } })] };
    expect(taken(market([later(24)], patient))).toEqual(["gamma 1024"]);
    expect(resultOf(market([later(25)], patient)).unfilled).toMatchObject([{ why: "starts_too_late" }]);
    expect(resultOf(market([later(1)])).unfilled).toMatchObject([{ why: "starts_too_late" }]);
    expect(resultOf(market([later(0, 8_759)])).unfilled).toMatchObject([{ why: "window_too_short" }]);
  });

  test("[AWD7] a package is taken whole or not at all", () => {
    const lots = [lot({ id: "a", count: 64 }), lot({ id: "b", count: 64 })];
    const both = (prices: readonly [number, number], changed: Partial<Bid> = {}) =>
      bid(
        "gamma",
        0,
        [
          line(prices[0], { lot: "a" as LotId, countMin: 64, countMax: 64 }),
          line(prices[1], { lot: "b" as LotId, countMin: 64, countMax: 64 }),
        ],
        {
          package: { extras: [], listPrices: [] },
          ...changed,
        },
      );
    const alone = bid("beta", 1, line(2, { lot: "a" as LotId }));
    expect(taken(market([both([2.5, 2.5]), alone], { lots }))).toEqual(["gamma 64", "gamma 64"]);
    const rival = bid("delta", 2, line(2.6, { lot: "b" as LotId }));
    expect(taken(market([both([2.5, 2.5]), alone, rival], { lots }))).toEqual(["beta 64", "delta 64"]);
    const broken = resultOf(market([both([2.5, 3.5]), alone], { lots }));
    expect(broken.chosen).toMatchObject([{ provider: "beta", lot: "a" }]);
    expect(broken.considered).toMatchObject([{ why: "package_broken" }, { why: "above_cap" }, { verdict: "taken" }]);
  });

  test("[AWD7 AWD8] a package with one price is taken at its full quantity, within the caps", () => {
    const lots = [lot({ id: "a", count: 64 }), lot({ id: "b", count: 128 })];
    const hours = 8_760;
    const packaged = (price: number, lists: readonly number[] = []) =>
      bid("gamma", 0, [line([], { lot: "a" as LotId, countMax: 64 }), line([], { lot: "b" as LotId, countMax: 128 })], {
        package: { price: dollars(price), extras: [], listPrices: lists.map(dollars) },
      });
    const caps = 192 * hours * 3;
    const result = resultOf(market([packaged(caps)], { lots }));
    expect(result.chosen.map(({ lot: its, cost }) => [its, cost])).toEqual([
      ["a", dollars(caps / 3)],
      ["b", dollars((caps / 3) * 2)],
    ]);
    expect(taken(market([packaged(caps + 0.01)], { lots }))).toEqual([]);
    expect(taken(market([packaged(caps - 100, [1, 1])], { lots }))).toEqual([]);
    expect(taken(market([packaged(caps - 100, [1, 2])], { lots }))).toEqual(["gamma 64", "gamma 128"]);
    expect(taken(market([packaged(1)], { lots: [lot({ id: "a", count: 64 }), lot({ id: "b", count: 120 })] }))).toEqual(
      [],
    );
  });

  test("[AWD9] an alternative accelerator fills by its factor", () => {
    const alternatives = [
      { acceleratorType: "gb200" as AcceleratorType, factor: rational(1n), region: "us-central" },
      { acceleratorType: "h100" as AcceleratorType, factor: rational(5n, 2n), region: "us-*" },
    ];
    const h100 = bid("gamma", 0, line(1, { acceleratorType: "h100", region: "us-west", countMax: 4_000 }));
    const result = resultOf(market([h100, bid("beta", 1, line(2.6))], { lots: [lot({ alternatives })] }));
    expect(result.chosen).toMatchObject([
      { provider: "gamma", count: 1_024, offered: 2_560, cost: dollars(2_560 * 8_760) },
    ]);
    const dear = { ...h100, lines: [{ ...(h100.lines[0] as Bid["lines"][0]), tiers: [{ from: 1, rate: usd(1.05) }] }] };
    expect(taken(market([dear, bid("beta", 1, line(2.6))], { lots: [lot({ alternatives })] }))).toEqual(["beta 1024"]);
    const abroad = bid("gamma", 0, line(1, { acceleratorType: "h100", region: "eu-west" }));
    expect(resultOf(market([abroad], { lots: [lot({ alternatives })] })).considered).toMatchObject([
      { why: "outside_lot" },
    ]);
  });

  test("[AWD10] two bids on one root block are not taken together for one lot", () => {
    const shared = { rootBlocks: [block("g-17")], countMax: 512 };
    const input = market([
      bid("gamma", 0, line(2.5, shared)),
      bid("alfa", 1, line(2.6, shared)),
      bid("beta", 2, line(2.9)),
    ]);
    expect(taken(input)).toEqual(["gamma 512", "beta 512"]);
  });

  test("[AWD10] lines of two lots on one root block are taken as far as both can be placed", () => {
    const lots = [lot({ id: "a", count: 512 }), lot({ id: "b", count: 512 })];
    const on = (id: string) => ({ lot: id as LotId, rootBlocks: [block("g-17")] });
    const bids = [
      bid("gamma", 0, line(2.5, on("a"))),
      bid("alfa", 1, line(2.6, on("b"))),
      bid("beta", 2, line(2.9, { lot: "b" as LotId })),
    ];
    const asked: number[][] = [];
    const together = (parts: readonly { count: number }[]): boolean => {
      asked.push(parts.map((part) => part.count));
      return parts.reduce((sum, part) => sum + part.count, 0) <= 800;
    };
    expect(taken(market(bids, { lots, together }))).toEqual(["gamma 512", "alfa 288", "beta 224"]);
    expect(asked.every((parts) => parts.length === 2)).toBe(true);
  });

  test("[AWD11] domain row S13: EUR 2.40 at 1.09 is $2.616, behind $2.600", () => {
    const euro = { ...line(2.4), tiers: [{ from: 1, rate: { microsPerHour: 2_400_000n, currency: EUR } }] };
    const at = (rate: bigint | undefined) =>
      market([bid("beta", 0, { ...euro, countMin: 1_024 }), bid("gamma", 1, whole(2.6))], {
        ratioOf: () => (rate === undefined ? undefined : rational(rate, 100n)),
      });
    const result = resultOf(at(109n));
    expect(result.chosen).toMatchObject([{ provider: "gamma" }]);
    expect(result.considered[0]).toMatchObject({ verdict: "beaten", incremental: dollars(1_024 * 8_760 * 2.616) });
    expect(resultOf(at(108n)).chosen).toMatchObject([
      { provider: "beta", price: { currency: EUR }, cost: dollars(1_024 * 8_760 * 2.592) },
    ]);
    expect(resultOf(at(undefined)).considered[0]).toMatchObject({ verdict: "infeasible", why: "rate_missing" });
  });

  test("[AWD11 AWD17] what is equal after conversion is equal: nothing is rounded before it is compared", () => {
    const euro = { ...line(2.1), tiers: [{ from: 1, rate: { microsPerHour: 2_100_000n, currency: EUR } }] };
    const bids = [bid("beta", 0, euro, { contingency: { until: YEAR_2027.from } }), bid("gamma", 1, line(2.4))];
    expect(taken(market(bids, { ratioOf: () => rational(8n, 7n) }))).toEqual(["gamma 1024"]);
  });

  test("[AWD11] without a rate for the cap or the budget nothing is compared", () => {
    const budget = { micros: 1n, currency: EUR };
    expect(evaluate(market([], { budget }))).toMatchObject({ ok: false, problem: { code: "rate_missing" } });
    const capped = lot({ terms: { price: { microsPerHour: 1n, currency: EUR } } });
    expect(evaluate(market([], { lots: [capped] }))).toMatchObject({ ok: false, problem: { code: "rate_missing" } });
    expect(evaluate(market([], { lots: [capped], ratioOf: () => rational(1n) })).ok).toBe(true);
  });

  test("[AWD6] what the caller excludes, what has expired and what is beyond the blocks is not taken", () => {
    const bids = [
      bid("gamma", 0, line(2.2)),
      bid("beta", 1, line(2.3), { validUntil: market([]).at }),
      bid("delta", 2, line(2.4)),
    ];
    const excluded = (one: Bid): string | undefined =>
      one.bidder === "gamma" ? "ends_before_match_window" : undefined;
    const room = (): number => 300;
    const result = resultOf(market(bids, { excluded, room }));
    expect(result.chosen).toMatchObject([{ provider: "delta", count: 296 }]);
    expect(result.considered).toMatchObject([
      { why: "ends_before_match_window" },
      { why: "expired" },
      { verdict: "taken", why: "taken_in_part" },
    ]);
  });

  test("[AWD13] blocks are asked only for what would be taken, cheapest first", () => {
    const asked: BidId[] = [];
    const room = (one: Bid, _: unknown, wanted: number): number => {
      asked.push(one.id);
      return one.bidder === "gamma" ? 0 : wanted;
    };
    const bids = [
      bid("beta", 0, line(2.8)),
      bid("gamma", 1, line(2.2)),
      bid("delta", 2, line(2.5)),
      bid("eps", 3, line(2.9)),
    ];
    const result = resultOf(market(bids, { room, withRunnerUp: false, withBinding: false }));
    expect(result.chosen).toMatchObject([{ provider: "delta", count: 1_024 }]);
    expect(asked).toEqual(["bid_gamma", "bid_delta"]);
  });
});
