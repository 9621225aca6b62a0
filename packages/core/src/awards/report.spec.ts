import { describe, expect, test } from "vitest";
import { dollars } from "../commitments/world.ts";
import type { LotId } from "../kernel/index.ts";
import { evaluate } from "./evaluate.ts";
import type { EvaluationInput, EvaluationResult } from "./evaluation.ts";
import { bid, block, line, lot, market, usd, YEAR_2027 } from "./world.ts";

function resultOf(input: EvaluationInput): EvaluationResult {
  const result = evaluate(input);
  if (!result.ok) throw new Error(result.problem.detail);
  return result.value;
}

const counts = (input: EvaluationInput): [string, number][] =>
  resultOf(input).chosen.map(({ provider, count }) => [provider, count]);
const contingent = { contingency: { until: YEAR_2027.from } };

describe("ties", () => {
  test("[AWD15 AWD18] domain row M13: GAMMA and BETA tie at $2.600 and share in blocks", () => {
    const input = market([bid("gamma", 0, line(2.6)), bid("beta", 1, line(2.6)), bid("delta", 2, line(2.7))]);
    expect(counts(input)).toEqual([
      ["gamma", 512],
      ["beta", 512],
    ]);
    expect(resultOf(input).tied).toEqual([{ lot: "lot_1", bids: ["bid_gamma", "bid_beta"] }]);
  });

  test("[AWD15] pro rata to what is offered for the lot, odd blocks to the earlier receipt", () => {
    const offers = [1_024, 512, 504].map((countMax, order) => bid(`p${order}`, order, line(2.6, { countMax })));
    expect(counts(market(offers))).toEqual([
      ["p0", 512],
      ["p1", 256],
      ["p2", 256],
    ]);
    const odd = [0, 1].map((order) => bid(`p${order}`, order, line(2.6)));
    expect(counts(market(odd, { lots: [lot({ count: 1_000 })] }))).toEqual([
      ["p0", 504],
      ["p1", 496],
    ]);
  });

  test("[AWD15] what blocks do not carry is shared among the others", () => {
    const input = market([bid("gamma", 0, line(2.6)), bid("beta", 1, line(2.6))], {
      room: (one, _, wanted) => Math.min(wanted, one.bidder === "gamma" ? 200 : wanted),
    });
    expect(counts(input)).toEqual([
      ["gamma", 200],
      ["beta", 824],
    ]);
  });

  test("[AWD16 AWD18] where a bid cannot be shared receipt order decides, and the tie is named", () => {
    const whole = { countMin: 1_024 };
    const input = market([bid("gamma", 1, line(2.6, whole)), bid("beta", 0, line(2.6, whole))]);
    expect(counts(input)).toEqual([["beta", 1_024]]);
    expect(resultOf(input).tied).toEqual([{ lot: "lot_1", bids: ["bid_beta", "bid_gamma"] }]);
  });

  test.each([
    2.5,
    [
      [8, 2.5],
      [16, 2.5],
    ] as const,
  ])("[AWD15 AWD16] bids are not shared where that breaks what couples them with another lot", (price) => {
    const lots = [lot({ id: "a", count: 512 }), lot({ id: "b", count: 512 })];
    const on = (id: string, root?: string) => ({
      lot: id as LotId,
      rootBlocks: root === undefined ? [] : [block(root)],
    });
    const tied = [bid("gamma", 0, line(2.6, on("a"))), bid("beta", 1, line(2.6, on("a", "r")))];
    const alone = market([...tied, bid("alfa", 2, line(price, on("b", "r")))], { lots, together: () => false });
    expect(counts(alone)).toEqual([
      ["gamma", 512],
      ["alfa", 512],
    ]);
    expect(counts({ ...alone, together: () => true })).toEqual([
      ["gamma", 256],
      ["beta", 256],
      ["alfa", 512],
    ]);
  });

  test("[AWD16] of one receipt the provider id decides", () => {
    const whole = { countMin: 1_024 };
    expect(counts(market([bid("gamma", 0, line(2.6, whole)), bid("beta", 0, line(2.6, whole))]))).toEqual([
      ["beta", 1_024],
    ]);
  });

  test("[AWD18] bids that would replace a chosen one whole at the same value are a tie, whatever their tiers", () => {
    const tiered = bid(
      "beta",
      1,
      line(
        [
          [8, 2.9],
          [1_024, 2.6],
        ],
        { countMin: 1_024 },
      ),
    );
    const input = market([bid("gamma", 0, line(2.6, { countMin: 1_024 })), tiered]);
    expect(counts(input)).toEqual([["gamma", 1_024]]);
    expect(resultOf(input).tied).toEqual([{ lot: "lot_1", bids: ["bid_gamma", "bid_beta"] }]);
  });

  test("[AWD18] all taken whole, or of different price, is no tie", () => {
    const halves = [0, 1].map((order) => bid(`p${order}`, order, line(2.6, { countMax: 512 })));
    expect(resultOf(market(halves)).tied).toEqual([]);
    expect(resultOf(market([bid("gamma", 0, line(2.6)), bid("beta", 1, line(2.600001))])).tied).toEqual([]);
  });

  test("[AWD17] domain row M16: contingent ranks after non-contingent at equal cost, and is no tie with it", () => {
    const input = market([bid("gamma", 0, line(2.6), contingent), bid("beta", 1, line(2.6))]);
    expect(counts(input)).toEqual([["beta", 1_024]]);
    expect(resultOf(input).tied).toEqual([]);
    expect(counts(market([bid("gamma", 0, line(2.599999), contingent), bid("beta", 1, line(2.6))]))).toEqual([
      ["gamma", 1_024],
    ]);
    const part = market([bid("gamma", 0, line(2.6), contingent), bid("beta", 1, line(2.6, { countMax: 600 }))]);
    expect(counts(part)).toEqual([
      ["beta", 600],
      ["gamma", 424],
    ]);
  });
});

describe("what is said of a choice", () => {
  test("[AWD19] parts by lot, then by cost of an accelerator; the value is their sum", () => {
    const lots = [lot({ id: "a", count: 128 }), lot({ id: "b", count: 64 })];
    const input = market(
      [
        bid("gamma", 0, [line(2.8, { lot: "a" as LotId }), line(2.7, { lot: "b" as LotId })]),
        bid("beta", 1, line(2.5, { lot: "a" as LotId, countMax: 64 })),
      ],
      { lots },
    );
    const result = resultOf(input);
    expect(result.chosen.map(({ lot: its, provider, line: place }) => [its, provider, place])).toEqual([
      ["a", "beta", 0],
      ["a", "gamma", 0],
      ["b", "gamma", 1],
    ]);
    expect(result.value).toEqual(dollars(64 * 8_760 * (2.5 + 2.8 + 2.7)));
  });

  test("[AWD19] costs are exact, however large", () => {
    const huge = market([bid("gamma", 0, line(2.999999, { countMax: 200_000_000 }))], {
      lots: [lot({ count: 100_000_008 })],
    });
    expect(resultOf(huge).value.micros).toBe(2_999_999n * 100_000_008n * 8_760n);
    const cents = market([bid("gamma", 0, line(0.000001, { countMax: 8 }))], {
      lots: [
        lot({ count: 8, window: { from: YEAR_2027.from, to: (YEAR_2027.from + 225_000) as typeof YEAR_2027.to } }),
      ],
    });
    expect(resultOf(cents).value.micros).toBe(1n);
  });

  test("[AWD20] the runner-up does without the provider of the first part", () => {
    const input = market([
      bid("gamma", 0, line(2.5)),
      bid("gamma", 1, line(2.55), { id: "bid_gamma2" as never }),
      bid("beta", 2, line(2.9, { countMax: 600 })),
    ]);
    expect(resultOf(input).runnerUp).toEqual({ value: dollars(600 * 8_760 * 2.9), provider: "beta", count: 600 });
    expect(resultOf({ ...input, bids: input.bids.slice(0, 2) }).runnerUp).toBeUndefined();
    expect(resultOf({ ...input, withRunnerUp: false }).runnerUp).toBeUndefined();
  });

  test.each<[string, EvaluationInput]>([
    ["no_bids", market([])],
    ["no_bids", market([bid("gamma", 0, line(2.6, { countMax: 600 }))])],
    ["above_cap", market([bid("gamma", 0, line(3.1))])],
    ["above_cap", market([bid("gamma", 0, line(2.6, { countMax: 600 })), bid("beta", 1, line(3.1))])],
    [
      "below_gang_minimum",
      market([bid("gamma", 0, line(2.6, { countMax: 600 }))], { lots: [lot({ terms: { gangMin: 1_024 } })] }),
    ],
    [
      "below_gang_minimum",
      market([bid("gamma", 0, line(2.6, { countMax: 600 }))], { lots: [lot({ terms: { divisible: false } })] }),
    ],
    ["block_size", market([bid("gamma", 0, line(2.6, { multiple: 5 }))], { lots: [lot({ count: 39 })] })],
    ["block_size", market([bid("gamma", 0, line(2.6))], { lots: [lot({ count: 1_020 })] })],
    ["no_capacity", market([bid("gamma", 0, line(2.6))], { room: () => 0 })],
    [
      "no_capacity",
      market(
        [
          bid(
            "gamma",
            0,
            line([
              [8, 2.6],
              [9, 2.6],
            ]),
          ),
        ],
        { room: () => 0 },
      ),
    ],
    ["concentration_cap", market([bid("gamma", 0, line(2.6))], { concentration: { shareBp: 5_000, total: 1_024 } })],
    ["over_budget", market([bid("gamma", 0, line(2.6))], { budget: dollars(1_000_000) })],
    ["minimum_above_rest", market([bid("gamma", 0, line(2.6, { countMin: 1_032, countMax: 2_000 }))])],
    ["sealed_elsewhere", market([bid("gamma", 0, line(2.6))], { excluded: () => "sealed_elsewhere" })],
  ])("[AWD21] a gap is put down to %s", (why, input) => {
    const { unfilled } = resultOf(input);
    expect(unfilled.map((gap) => gap.why)).toEqual([why]);
  });

  test("[AWD21] of several constraints the one without which most would be filled is named", () => {
    const room = (one: { bidder: string }, _: unknown, wanted: number): number =>
      Math.min(wanted, one.bidder === "beta" ? 504 : wanted);
    const short = market([bid("gamma", 0, line(3.1)), bid("beta", 1, line(2.6, { countMax: 512 }))], { room });
    expect(resultOf(short)).toMatchObject({
      unfilled: [{ count: 520, why: "above_cap" }],
      binding: ["above_cap", "no_capacity"],
    });
    const input = market([bid("gamma", 0, line(3.1)), bid("beta", 1, line(2.6))], {
      budget: dollars(1_000_000),
      concentration: { shareBp: 5_000, total: 1_024 },
    });
    expect(resultOf(input).unfilled).toMatchObject([{ why: "over_budget" }]);
  });

  test("[AWD22] a constraint is binding when the choice without it is another", () => {
    const late = { from: usd(0) && YEAR_2027.from, to: YEAR_2027.to };
    expect(resultOf(market([bid("gamma", 0, line(2.6)), bid("beta", 1, line(3.1))])).binding).toEqual([]);
    const shifted = { from: (late.from + 3_600_000) as typeof late.from, to: (late.to + 3_600_000) as typeof late.to };
    const tooLate = bid("beta", 1, line(2.5, { window: shifted }));
    expect(resultOf(market([bid("gamma", 0, line(2.6)), tooLate])).binding).toEqual(["starts_too_late"]);
    const dearer = bid("beta", 1, line(2.7, { window: shifted }));
    expect(resultOf(market([bid("gamma", 0, line(2.6)), dearer])).binding).toEqual([]);
    const short = market([bid("gamma", 0, line(2.6)), bid("beta", 1, line(2.7))], {
      room: (one, _, wanted) => (one.bidder === "gamma" ? 512 : wanted),
    });
    expect(resultOf(short).binding).toEqual(["no_capacity"]);
    expect(resultOf({ ...short, withBinding: false }).binding).toEqual([]);
  });

  test("[AWD23] every line is named with its place", () => {
    const input = market([
      bid("gamma", 0, line(2.6, { countMax: 600 })),
      bid("beta", 1, line(2.7)),
      bid("delta", 2, line(2.8)),
      bid("eps", 3, line(3.1)),
    ]);
    expect(resultOf(input).considered).toMatchObject([
      { provider: "gamma", verdict: "taken", why: "taken" },
      { provider: "beta", verdict: "taken", why: "taken_in_part" },
      { provider: "delta", verdict: "beaten", incremental: dollars(1_024 * 8_760 * 2.8) },
      { provider: "eps", verdict: "infeasible", why: "above_cap" },
    ]);
  });
});
