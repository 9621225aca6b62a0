import { describe, expect, test } from "vitest";
import type { MatchBasis } from "../agreements/clause.ts";
import {
  addMs,
  type Currency,
  compareRational,
  divRational,
  formatRational,
  HOUR_MS,
  type Instant,
  mulRational,
  parseInstant,
  type Rate,
  type Rational,
  rational,
} from "../kernel/index.ts";
import { breakEvenPrice, levelisedPrice, monthlyHours, presentValues } from "./levelised.ts";
import { compareMatch, type MatchSide, termsOf } from "./match.ts";

const usd = (microsPerHour: bigint): Rate => ({ microsPerHour, currency: "USD" as Currency });
const START = parseInstant("2027-01-01T00:00:00Z") as Instant;
const BASIS = { mode: "levelised", monthlyRate: rational(1n, 100n), delayCost: usd(200_000n) } as const;
const PARETO: MatchBasis = { mode: "pareto" };

/** 1,024 accelerators for twelve months of 730 h. */
const side = (price: bigint, more: Partial<MatchSide> & { delayHours?: number; hours?: number } = {}): MatchSide => {
  const { delayHours = 0, hours = 8760, ...rest } = more;
  const from = addMs(START, delayHours * HOUR_MS);
  return { price: usd(price), count: 1024, window: { from, to: addMs(from, hours * HOUR_MS) }, stated: {}, ...rest };
};

const noStated = (): readonly string[] => [];
const shown = (micros: Rational): string => formatRational(divRational(micros, rational(1_000_000n)), 4);
const late = side(2_600_000n, { delayHours: 720 });

const levelisedOf = (one: MatchSide): Rational => levelisedPrice(one.price, termsOf(BASIS, START, one));

const compare = (basis: MatchBasis, offer: MatchSide, answer: MatchSide, burdens: "demand" | "capacity" = "demand") =>
  compareMatch(basis, burdens, START, offer, answer, noStated);

describe("levelised price", () => {
  test("[PRC9] domain row M4: an offer on time costs its price, 30 days of delay add 1.77 cents", () => {
    expect(shown(levelisedOf(side(2_600_000n)))).toBe("2.6000");
    expect(shown(levelisedOf(late))).toBe("2.6177");
    expect(shown(levelisedOf({ ...late, price: usd(2_580_000n) }))).toBe("2.5977");
    expect(shown(levelisedOf({ ...late, price: usd(2_450_000n) }))).toBe("2.4677");
  });

  test("[PRC9] domain row M4: raw present values would have called the delayed offer the cheaper one", () => {
    const cost = (one: MatchSide): string =>
      formatRational(divRational(presentValues(one.price, termsOf(BASIS, START, one)).cost, rational(1_000_000n)), 2);
    expect([cost(late), cost(side(2_600_000n))]).toEqual(["21294.63", "21362.14"]);
  });

  test("[PRC9] a part of a month of delay counts as one for the discount, and by its hours for the delay cost", () => {
    const hourLate = side(2_600_000n, { delayHours: 1 });
    const monthLate = side(2_600_000n, { delayHours: 730 });
    const overMonth = side(2_600_000n, { delayHours: 731 });
    const hoursOf = (one: MatchSide): Rational => presentValues(one.price, termsOf(BASIS, START, one)).hours;
    expect(hoursOf(hourLate)).toEqual(hoursOf(monthLate));
    expect(compareRational(hoursOf(overMonth), hoursOf(monthLate))).toBeLessThan(0);
    const extra = (one: MatchSide): Rational => mulRational(levelisedOf(one), hoursOf(one));
    const delayOf = (one: MatchSide): Rational => ({
      num: extra(one).num * hoursOf(one).den - 2_600_000n * hoursOf(one).num * extra(one).den,
      den: extra(one).den * hoursOf(one).den,
    });
    expect(compareRational(delayOf(hourLate), rational(200_000n))).toBe(0);
    expect(compareRational(delayOf(monthLate), rational(146_000_000n))).toBe(0);
  });

  test("[PRC9] an early start is no delay and no gain", () => {
    expect(shown(levelisedOf(side(2_600_000n, { delayHours: -720 })))).toBe("2.6000");
  });

  test("[PRC9] months are of 730 h, the last one as long as it is", () => {
    const hours = monthlyHours(side(1n, { hours: 1825 }).window);
    expect(hours.map((month) => formatRational(month, 1))).toEqual(["730.0", "730.0", "365.0"]);
  });

  test("[PRC10] the break-even price is exactly the one at which the choice flips", () => {
    const even = breakEvenPrice(levelisedOf(side(2_600_000n)), termsOf(BASIS, START, late));
    expect(shown(even)).toBe("2.5823");
    const floor = even.num / even.den;
    const matchesAt = (micros: bigint): boolean =>
      compare(BASIS, side(2_600_000n), { ...late, price: usd(micros) }).matches;
    expect([matchesAt(floor), matchesAt(floor + 1n)]).toEqual([true, false]);
  });
});

describe("match", () => {
  test("[PRC12] domain row M4: $2.600 is no match, $2.580 and $2.450 are", () => {
    const verdicts = [2_600_000n, 2_580_000n, 2_450_000n].map((price) =>
      compare(BASIS, side(2_600_000n), { ...late, price: usd(price) }),
    );
    expect(verdicts.map((one) => one.matches)).toEqual([false, true, true]);
    expect(verdicts.map((one) => one.worse)).toEqual([["price"], [], []]);
    expect(verdicts.map((one) => shown(one.levelisedAnswer as Rational))).toEqual(["2.6177", "2.5977", "2.4677"]);
  });

  test("[PRC12] price and start are replaced, the length of the term and all else are not", () => {
    const longer = { ...late, price: usd(2_000_000n), window: { ...late.window, to: addMs(late.window.to, HOUR_MS) } };
    expect(compare(BASIS, side(2_600_000n), longer).worse).toEqual(["term"]);
    const few = { ...late, price: usd(2_000_000n), count: 600 };
    expect(compare(BASIS, side(2_600_000n, { countMin: 1024 }), few).worse).toEqual(["count"]);
  });

  test("[PRC11] domain row M2: the same terms match; domain row M3: 30 days later they do not", () => {
    expect(compare(PARETO, side(2_600_000n), side(2_600_000n)).matches).toBe(true);
    expect(compare(PARETO, side(2_600_000n), late).worse).toEqual(["start"]);
  });

  test("[PRC11] each term that is worse is named", () => {
    const short = side(2_600_001n, { hours: 8759 });
    expect(compare(PARETO, side(2_600_000n), short).worse).toEqual(["price", "end"]);
    const longer = side(2_500_000n, { hours: 8761 });
    expect(compare(PARETO, side(2_600_000n), longer).worse).toEqual(["term"]);
    expect(compare(PARETO, side(2_600_000n, { countMin: 1024 }), side(2_600_000n, { count: 1016 })).worse).toEqual([
      "count",
    ]);
    expect(compare(PARETO, side(2_600_000n, { countMin: 600 }), side(2_600_000n, { count: 600 })).matches).toBe(true);
    const stated = compareMatch(PARETO, "demand", START, side(1n), side(1n), () => ["sla"]);
    expect(stated).toEqual({ matches: false, worse: ["sla"] });
  });

  test("[PRC11] two currencies are no match: the caller converts first", () => {
    const euro = { ...side(1n), price: { microsPerHour: 1n, currency: "EUR" as Currency } };
    expect(compare(PARETO, side(2_600_000n), euro).worse).toEqual(["currency"]);
    expect(compare(BASIS, side(2_600_000n), euro).worse).toEqual(["currency"]);
  });

  test("[PRC13] where capacity is burdened the signs turn", () => {
    expect(compare(PARETO, side(2_600_000n), side(2_599_999n), "capacity").worse).toEqual(["price"]);
    expect(compare(PARETO, side(2_600_000n), side(2_700_000n, { hours: 9000 }), "capacity").matches).toBe(true);
    expect(compare(PARETO, side(2_600_000n), side(2_700_000n, { hours: 8000 }), "capacity").worse).toEqual(["end"]);
  });
});
