import { describe, expect, test } from "vitest";
import { spend } from "../commitments/world.ts";
import type { BidId } from "../kernel/index.ts";
import type { EvaluationInput } from "./evaluation.ts";
import { evaluate } from "./evaluate.ts";
import { evaluateParts } from "./parts.ts";
import { type Scenario, scenariosOf } from "./scenarios.ts";
import { bid, line, lot, market, usd } from "./world.ts";

function scenarios(input: EvaluationInput): readonly Scenario[] {
  const found = scenariosOf(input);
  if (!found.ok) throw new Error(found.problem.detail);
  return found.value;
}

const told = (input: EvaluationInput): string[] =>
  scenarios(input).map(
    ({ kind, result, exact }) =>
      `${kind}: ${result.chosen.map(({ provider, count }) => `${provider} ${count}`).join(", ")}${exact ? "" : " (not proved)"}`,
  );

const part = (bidder: string, count: number, more = {}) => ({
  bid: `bid_${bidder}` as BidId,
  line: 0,
  count,
  ...more,
});

function refused(input: EvaluationInput, parts: Parameters<typeof evaluateParts>[1]): string[] {
  const found = evaluateParts(input, parts);
  if (!found.ok) throw new Error(found.problem.detail);
  return found.value.problems.map(({ bid: id, why }) => `${id} ${why}`);
}

/** Two cheap halves, and one who could supply all of it. */
const halves = market([
  bid("alfa", 0, line(2, { countMax: 512 })),
  bid("beta", 1, line(2.1, { countMax: 512 })),
  bid("gamma", 2, line(2.2)),
  bid("delta", 3, line(2.3)),
]);

describe("award scenarios", () => {
  test("[AWD28] the fewest providers fill as much, at the least cost of those", () => {
    expect(told(halves)).toEqual([
      "cheapest: alfa 512, beta 512",
      "fewest-providers: gamma 1024",
      "commitment-first: alfa 512, beta 512",
    ]);
    const [cheapest, few] = scenarios(halves);
    expect(few?.result.value.micros).toBeGreaterThan(cheapest?.result.value.micros ?? 0n);
    expect(few?.providers).toEqual(["gamma"]);
  });

  test("[AWD28] where nobody supplies as much alone, more are taken; where the cheapest are the fewest, they are told again", () => {
    const three = market([
      bid("alfa", 0, line(2, { countMax: 256 })),
      bid("beta", 1, line(2.1, { countMax: 256 })),
      bid("gamma", 2, line(2.2, { countMax: 512 })),
      bid("delta", 3, line(2.4, { countMax: 512 })),
    ]);
    expect(told(three).slice(0, 2)).toEqual([
      "cheapest: alfa 256, beta 256, gamma 512",
      "fewest-providers: gamma 512, delta 512",
    ]);
    const one = market([bid("alfa", 0, line(2)), bid("beta", 1, line(2.1))]);
    expect(told(one).slice(0, 2)).toEqual(["cheapest: alfa 1024", "fewest-providers: alfa 1024"]);
  });

  test("[AWD28] too many sets of bidders are not all tried, and it says so", () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      bid(`p${String(index).padStart(2, "0")}`, index, line(2 + index / 100, { countMax: 32 })),
    );
    expect(scenarios(market(many, { lots: [lot({ count: 160 })] })).map(({ exact }) => exact)).toEqual([
      true,
      false,
      true,
    ]);
  });

  test("[AWD29] a provider to whom something is promised comes first, the rest from everybody", () => {
    const promised = market(
      [bid("alfa", 0, line(2.9, { countMax: 512 })), bid("beta", 1, line(2.1)), bid("gamma", 2, line(2))],
      { commitments: [spend(1, {}, {})] },
    );
    expect(told(promised)).toEqual([
      "cheapest: gamma 1024",
      "fewest-providers: gamma 1024",
      "commitment-first: gamma 512, alfa 512",
    ]);
    const elsewhere = { ...promised, counted: () => undefined };
    expect(told(elsewhere)[2]).toBe("commitment-first: gamma 1024");
  });

  test("[AWD29] what would break a limit of the whole is not told as proved", () => {
    const capped = market([bid("alfa", 0, line(2.9)), bid("beta", 1, line(2.1))], {
      commitments: [spend(1, {}, {})],
      budget: { micros: usd(2.2).microsPerHour * 1_024n * 8_760n, currency: usd(1).currency },
    });
    const [, , first] = scenarios(capped);
    const parts = evaluateParts(capped, first?.parts ?? []);
    expect(parts).toMatchObject({ ok: true, value: { problems: [] } });
  });

  test("[AWD26] the parts of the best choice come to the same when somebody names them", () => {
    const best = evaluate(halves);
    const again = evaluateParts(halves, [part("beta", 512), part("alfa", 512)]);
    if (!best.ok || !again.ok) throw new Error("Broken belief: it can be compared");
    expect(again.value.problems).toEqual([]);
    expect(again.value.result.value).toEqual(best.value.value);
    expect(again.value.result.chosen).toEqual(best.value.chosen);
  });

  test("[AWD26] a part that is not offered so is refused, and the others are priced", () => {
    const wrong = [
      part("alfa", 512),
      part("nobody", 8),
      part("beta", 520),
      part("gamma", 4),
      part("gamma", 8, { line: 3 }),
      part("delta", 12),
    ];
    expect(refused(halves, wrong)).toEqual([
      "bid_nobody unknown_bid",
      "bid_beta outside_bid",
      "bid_gamma outside_bid",
      "bid_gamma unknown_line",
      "bid_delta block_size",
    ]);
    expect(refused(halves, [part("alfa", 8), part("alfa", 16)])).toEqual(["bid_alfa named_twice"]);
  });

  test("[AWD27] more than is asked for is told so, and so is what a comparison would leave out", () => {
    expect(refused(halves, [part("gamma", 1_024), part("alfa", 8)])).toContain("bid_alfa over_asked");
    const dear = market([bid("alfa", 0, line(3.5)), bid("beta", 1, line(2))]);
    expect(refused(dear, [part("alfa", 512), part("beta", 512)])).toEqual(["bid_alfa above_cap"]);
    const barred = {
      ...halves,
      excluded: ({ bidder }: { bidder: string }) => (bidder === "alfa" ? "defaulted" : undefined),
    };
    expect(refused(barred, [part("alfa", 512)])).toEqual(["bid_alfa defaulted"]);
  });
});
