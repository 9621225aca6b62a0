import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Currency, DAY_MS, type Instant, rational } from "../kernel/index.ts";
import { compareTerms, type FinalTerms, reofferChanges, worseStated } from "./compare.ts";
import { TERM_DIRECTIONS } from "./directions.ts";
import { at, q1Terms, usd, YEAR_2027 } from "./f0.ts";
import type { StatedTerms, Terms } from "./terms.ts";

const DEMAND = { side: "demand", priceToleranceBp: 0, countToleranceBp: 0 } as const;
const CAPACITY = { ...DEMAND, side: "capacity" } as const;

const final = (changed: Partial<FinalTerms> = {}): FinalTerms => ({
  price: usd(3),
  count: 1_024,
  window: YEAR_2027,
  stated: {},
  ...changed,
});

const later = (days: number) => ({
  from: (YEAR_2027.from + days * DAY_MS) as Instant,
  to: (YEAR_2027.to + days * DAY_MS) as Instant,
});

/** Names of what moved, by whom it serves. */
function moved(noticed: Terms, terms: FinalTerms, options: Parameters<typeof compareTerms>[2] = DEMAND) {
  const { better, worse, tolerated } = compareTerms(noticed, terms, options);
  const names = (list: typeof better) => list.map((change) => change.term).join(" ");
  return { better: names(better), worse: names(worse), tolerated: names(tolerated) };
}

const NONE = { better: "", worse: "", tolerated: "" };
const statedMove = (before: StatedTerms, after: StatedTerms, options?: Parameters<typeof compareTerms>[2]) =>
  moved(q1Terms({ stated: before }), final({ stated: after }), options);

describe("price", () => {
  test("[REQ19] T1 and T2: below the noticed price is for the buyer, above it for the third party", () => {
    expect(moved(q1Terms(), final({ price: usd(2.6) }))).toEqual({ ...NONE, worse: "price" });
    expect(moved(q1Terms(), final({ price: usd(3.05) }))).toEqual({ ...NONE, better: "price" });
    expect(compareTerms(q1Terms(), final(), DEMAND).same).toBe(true);
  });

  test("[REQ19] T11: a tolerance of 10 % reaches $3.300 and not a millionth more", () => {
    const options = { ...DEMAND, priceToleranceBp: 1_000 };
    expect(moved(q1Terms(), final({ price: usd(3.3) }), options)).toEqual({ ...NONE, tolerated: "price" });
    expect(moved(q1Terms(), final({ price: usd(3.300001) }), options)).toEqual({ ...NONE, better: "price" });
  });

  test("[REQ20] without a cap every price is below it; another currency has no direction", () => {
    const { price: _, ...uncapped } = q1Terms();
    expect(moved(uncapped, final({ price: usd(9) }))).toEqual(NONE);
    const { price: __, ...silent } = final();
    expect(moved(q1Terms(), silent)).toEqual(NONE);
    const euro = { microsPerHour: 1_000_000n, currency: "EUR" as Currency };
    expect(moved(q1Terms(), final({ price: euro })).better).toBe("price");
    expect(moved(q1Terms(), final({ price: euro }), CAPACITY).better).toBe("price");
  });
});

describe("window and count", () => {
  test("[REQ21] T4: 45 days later is for the third party, earlier for the buyer", () => {
    expect(moved(q1Terms(), final({ window: later(45) }))).toEqual({ ...NONE, better: "start" });
    expect(moved(q1Terms(), final({ window: later(-1) }))).toEqual({ ...NONE, worse: "start" });
  });

  test("[REQ21] T4: 24 months instead of 12 is for the third party, fewer for the buyer", () => {
    const until = (text: string) => final({ window: { from: YEAR_2027.from, to: at(text) } });
    expect(moved(q1Terms(), until("2029-01-01T00:00:00Z"))).toEqual({ ...NONE, better: "length" });
    expect(moved(q1Terms(), until("2027-12-31T23:59:59Z"))).toEqual({ ...NONE, worse: "length" });
  });

  test("[REQ21] a start up to the latest one noticed is let pass, on the demand side", () => {
    const noticed = q1Terms({ latestStart: later(45).from });
    expect(moved(noticed, final({ window: later(45) }))).toEqual({ ...NONE, tolerated: "start" });
    expect(moved(noticed, final({ window: later(46) }))).toEqual({ ...NONE, better: "start" });
    expect(moved(noticed, final({ window: later(45) }), CAPACITY)).toEqual({ ...NONE, worse: "start" });
  });

  test("[REQ22] T8: more is better for the third party on either side, fewer never", () => {
    for (const options of [DEMAND, CAPACITY]) {
      expect(moved(q1Terms(), final({ count: 1_280 }), options)).toEqual({ ...NONE, better: "count" });
      expect(moved(q1Terms(), final({ count: 512 }), options)).toEqual({ ...NONE, worse: "count" });
    }
    const options = { ...DEMAND, countToleranceBp: 2_500 };
    expect(moved(q1Terms(), final({ count: 1_280 }), options)).toEqual({ ...NONE, tolerated: "count" });
    expect(moved(q1Terms(), final({ count: 1_288 }), options)).toEqual({ ...NONE, better: "count" });
  });
});

describe("stated terms", () => {
  test("[REQ18] T4: prepayment 0 to 20 %, or availability 99.9 to 99.5", () => {
    expect(statedMove({}, { prepayment: rational(20n) })).toEqual({ ...NONE, better: "prepayment" });
    expect(statedMove({ slaUptime: rational(999n, 10n) }, { slaUptime: rational(995n, 10n) })).toEqual({
      ...NONE,
      better: "slaUptime",
    });
    expect(statedMove({ slaUptime: rational(99n) }, { slaUptime: rational(999n, 10n) })).toEqual({
      ...NONE,
      worse: "slaUptime",
    });
  });

  test.each([
    ["prepayment", "up"],
    ["minimumTake", "up"],
    ["minimumSpend", "up"],
    ["termMonths", "up"],
    ["paymentDays", "down"],
    ["slaUptime", "down"],
    ["slaCredit", "down"],
    ["delayDamages", "down"],
    ["liabilityCap", "down"],
    ["priceRiseCap", "up"],
    ["exitAfter", "up"],
    ["exitFee", "up"],
  ])("[REQ18] %s is for the supplier when it goes %s", (name, way) => {
    expect(TERM_DIRECTIONS.get(name)?.supplierFavourable).toBe(way);
    const [low, high] = [{ [name]: rational(2n) }, { [name]: rational(5n) }];
    expect(statedMove(low, high)).toEqual(way === "up" ? { ...NONE, better: name } : { ...NONE, worse: name });
    expect(statedMove(high, low)).toEqual(way === "up" ? { ...NONE, worse: name } : { ...NONE, better: name });
  });

  test("[REQ23] a term without direction is for the third party whichever way it moves", () => {
    const [a, b] = [{ indexation: rational(1n) }, { indexation: rational(2n) }];
    for (const options of [DEMAND, CAPACITY]) {
      expect(statedMove(a, b, options).better).toBe("indexation");
      expect(statedMove(b, a, options).better).toBe("indexation");
      expect(statedMove({}, a, options).better).toBe("indexation");
      expect(statedMove({ place: "us" }, { place: "eu" }, options).better).toBe("place");
    }
    expect(statedMove(a, { indexation: rational(2n, 2n) })).toEqual(NONE);
    expect(statedMove({ place: "us" }, { place: "us" })).toEqual(NONE);
    const [change] = compareTerms(q1Terms(), final({ stated: { constructor: "x" } }), DEMAND).better;
    expect(change).toEqual({ term: "constructor", final: "x", favours: "undeclared" });
  });

  test("[REQ23] a declared direction needs something to move from", () => {
    expect(statedMove({}, { paymentDays: rational(30n) }).better).toBe("paymentDays");
    expect(statedMove({}, { paymentDays: rational(30n) }, CAPACITY).better).toBe("paymentDays");
  });

  test("[REQ24] what is not stated is as noticed; none is nothing, or no limit", () => {
    expect(statedMove({ prepayment: rational(5n), slaUptime: rational(99n) }, {})).toEqual(NONE);
    expect(statedMove({ prepayment: rational(5n) }, { prepayment: "none" })).toEqual({ ...NONE, worse: "prepayment" });
    expect(statedMove({ prepayment: "none" }, { prepayment: rational(0n) })).toEqual(NONE);
    expect(statedMove({ liabilityCap: rational(50n) }, { liabilityCap: "none" }).worse).toBe("liabilityCap");
    expect(statedMove({ liabilityCap: "none" }, { liabilityCap: rational(50n) }).better).toBe("liabilityCap");
    expect(statedMove({ priceRiseCap: rational(2n) }, { priceRiseCap: "none" }).better).toBe("priceRiseCap");
    expect(statedMove({ priceRiseCap: "none" }, { priceRiseCap: "none" })).toEqual(NONE);
    expect(statedMove({}, { slaUptime: rational(99n) })).toEqual({ ...NONE, worse: "slaUptime" });
  });

  test("[REQ26] A15: an option that the notice did not state is not part of what was cleared", () => {
    const options = (before: StatedTerms, after: StatedTerms) =>
      compareTerms(q1Terms({ stated: before }), final({ stated: after }), DEMAND).optionsNotCleared;
    expect(options({}, { optionCount: rational(1_024n) })).toEqual(["optionCount"]);
    expect(options({ optionCount: rational(1_024n) }, { optionCount: rational(1_024n) })).toEqual([]);
    expect(options({ optionCount: rational(1_024n) }, { optionCount: rational(512n) })).toEqual([]);
    expect(statedMove({ optionCount: rational(1_024n) }, { optionCount: rational(512n) }).better).toBe("optionCount");
  });
});

describe("a match", () => {
  test("[REQ30] what an answer falls short in, for the party that granted the right", () => {
    const offer = { slaUptime: rational(99n), prepayment: rational(10n), place: "us" };
    const demand = (answer: StatedTerms) => worseStated(offer, answer, "demand");
    expect(demand({})).toEqual([]);
    expect(demand({ slaUptime: rational(98n), prepayment: rational(5n) })).toEqual(["slaUptime"]);
    expect(demand({ place: "eu" })).toEqual(["place"]);
    expect(worseStated(offer, { slaUptime: rational(98n), prepayment: rational(5n) }, "capacity")).toEqual([
      "prepayment",
    ]);
  });
});

describe("the other side, and re-offers", () => {
  test("[REQ25] where capacity is burdened, what favours the buyer is for the third party", () => {
    expect(moved(q1Terms(), final({ price: usd(2.9) }), CAPACITY)).toEqual({ ...NONE, better: "price" });
    expect(moved(q1Terms(), final({ price: usd(3.1) }), CAPACITY)).toEqual({ ...NONE, worse: "price" });
    expect(moved(q1Terms(), final({ window: later(-30) }), CAPACITY)).toEqual({ ...NONE, better: "start" });
    expect(statedMove({ prepayment: rational(20n) }, { prepayment: rational(10n) }, CAPACITY).better).toBe(
      "prepayment",
    );
  });

  test("[REQ25] the two sides disagree about every move but those without direction and those of the count", () => {
    const move = fc.record({
      price: fc.integer({ min: 1, max: 5 }).map(usd),
      window: fc.integer({ min: -3, max: 3 }).map(later),
      stated: fc.dictionary(
        fc.constantFrom("prepayment", "slaUptime", "paymentDays"),
        fc.bigInt(0n, 3n).map((n) => rational(n)),
      ),
    });
    const noticed = q1Terms({
      stated: { prepayment: rational(1n), slaUptime: rational(2n), paymentDays: rational(1n) },
    });
    fc.assert(
      fc.property(move, (changed) => {
        const demand = moved(noticed, final(changed));
        const capacity = moved(noticed, final(changed), CAPACITY);
        expect([capacity.better, capacity.worse]).toEqual([demand.worse, demand.better]);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test("[REQ27] a re-offer is made by what the third party gains by, or by any change", () => {
    const changed = final({ price: usd(2.9), window: later(10) });
    const compared = compareTerms(q1Terms(), changed, { ...DEMAND });
    expect(reofferChanges(compared, "supplier-favourable").map((change) => change.term)).toEqual(["start"]);
    expect(reofferChanges(compared, "any").map((change) => change.term)).toEqual(["start", "price"]);
    const tolerated = compareTerms(q1Terms(), final({ price: usd(2.9) }), { ...DEMAND, priceToleranceBp: 400 });
    expect(reofferChanges(tolerated, "any")).toEqual([]);
  });
});
