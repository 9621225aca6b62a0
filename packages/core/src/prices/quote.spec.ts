import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addMs, type Currency, HOUR_MS, type PartyId, rational } from "../kernel/index.ts";
import type { ListPrice } from "./list-price.ts";
import type { IndexValue } from "./plain-price.ts";
import {
  at,
  book,
  entry,
  fixed,
  H100,
  linked,
  problemsOf,
  query,
  quoted,
  rate,
  rowsText,
  USD,
  volume,
} from "./world.ts";
import { quote } from "./quote.ts";

const EUR = "EUR" as Currency;
const ALFA = "alfa" as PartyId;

const list = (price: number, asOf: string | undefined, changed: Partial<ListPrice> = {}): ListPrice => ({
  provider: "alfa",
  acceleratorType: H100,
  regions: ["us-central"],
  kind: "on_demand",
  rate: rate(price),
  source: `list ${asOf ?? "undated"}`,
  ...(asOf === undefined ? {} : { asOf }),
  ...changed,
});

const offList = (discountBp: number, asOf?: string) =>
  entry({ form: "list", provider: ALFA, kind: "on_demand", discountBp, ...(asOf === undefined ? {} : { asOf }) });

const observed = (date: string, value: bigint): IndexValue => ({
  index: "h100-rental",
  date,
  value: rational(value),
  source: "weekly report",
});

describe("a price book", () => {
  test("[PRC14 PRC21] steps cut a use, and each part is rated once", () => {
    const steps = entry({
      form: "steps",
      steps: [
        { from: at("2026-01-01"), price: fixed(2.5) },
        { from: at("2027-01-11"), price: fixed(2.333333) },
      ],
    });
    const found = quoted([steps]);
    expect(rowsText(found)).toEqual(["24000 h at 2.5", "76000 h at 2.333333"]);
    expect(found.cost).toEqual({ micros: 60_000_000_000n + 177_333_308_000n, currency: USD });
    expect(found.rows[1]?.reason).toMatchObject({
      agreement: "lab-alfa",
      clause: "prices",
      entry: "e1",
      form: "steps",
    });
    expect(problemsOf([steps], { window: { from: at("2025-12-01"), to: at("2026-02-01") } })).toEqual([
      "price_not_stated",
    ]);
  });

  test("[PRC14] the rows hold every accelerator-second, and the cost is their sum, however the use is cut", () => {
    const tiers = volume("marginal", [
      [0, fixed(3)],
      [20, linked()],
      [50, fixed(1.999999)],
    ]);
    const entries = [
      entry(tiers, { id: "a", to: at("2027-01-20"), order: 1 }),
      entry(fixed(2.777777), { id: "b", order: 2 }),
      entry(fixed(2.123457), { id: "c", from: at("2027-02-01"), order: 0 }),
    ];
    const values = { lists: [], indexValues: [observed("2026-09-01", 97n)] };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_096 }), fc.integer({ min: 1, max: 2_000 }), (count, hours) => {
        const from = at("2027-01-01");
        const found = quoted(entries, { count, window: { from, to: addMs(from, hours * HOUR_MS) } }, values);
        const held = found.rows.reduce((sum, row) => sum + row.held, 0n);
        expect(held).toBe(BigInt(count) * BigInt(hours) * 3_600n);
        expect(found.cost.micros).toBe(found.rows.reduce((sum, { cost }) => sum + cost.micros, 0n));
        for (const row of found.rows) {
          const twice = 2n * row.exact.num - 2n * row.cost.micros * row.exact.den;
          expect(twice <= row.exact.den && -twice <= row.exact.den).toBe(true);
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test("[PRC15] scope, validity and length of the use must fit", () => {
    const scope = { Inclusions: [{ Dimension: "x_Purpose", Operator: "In" as const, Values: ["training"] }] };
    expect(problemsOf([entry(fixed(2), { scope })])).toEqual(["price_not_stated"]);
    expect(problemsOf([entry(fixed(2), { termDaysMin: 42 })])).toEqual(["price_not_stated"]);
    expect(problemsOf([entry(fixed(2), { termDaysMin: 41, termDaysBelow: 42 })])).toEqual([]);
    expect(problemsOf([entry(fixed(2), { termDaysBelow: 41 })])).toEqual(["price_not_stated"]);
    const late = quote(query(), [book(entry(fixed(2), { from: at("2027-01-05") }))], { lists: [], indexValues: [] });
    expect(late).toEqual({
      ok: false,
      problems: [
        {
          code: "price_not_stated",
          detail: "Between 2027-01-01T00:00:00Z and 2027-01-05T00:00:00Z no entry of the price book is for this use.",
          entries: [],
          from: at("2027-01-01"),
          to: at("2027-01-05"),
        },
      ],
    });
  });

  test("[PRC15] what nobody declared is no ground for a price", () => {
    const scope = { Inclusions: [{ Dimension: "x_Channel", Operator: "In" as const, Values: ["api"] }] };
    expect(problemsOf([entry(fixed(2), { scope })])).toEqual(["price_not_stated"]);
  });

  test("[PRC16] the declared order decides, and nothing else does", () => {
    const [a, b] = [entry(fixed(2), { id: "a" }), entry(fixed(3), { id: "b" })];
    expect(problemsOf([a, b])).toEqual(["price_conflict"]);
    expect(problemsOf([{ ...a, order: 1 }, b])).toEqual(["price_conflict"]);
    expect(
      problemsOf([
        { ...a, order: 1 },
        { ...b, order: 1 },
      ]),
    ).toEqual(["price_conflict"]);
    const found = quoted([
      { ...a, order: 2 },
      { ...b, order: 1 },
    ]);
    expect(rowsText(found)).toEqual(["100000 h at 3"]);
    expect(found.rows[0]?.reason.passedOver).toEqual(["lab-alfa/prices/a"]);
  });

  test("[PRC17] the list of the date that the clause names, or the newest known", () => {
    const lists = [list(4, "2026-01-01"), list(3, "2026-06-01"), list(1, "2026-12-01"), list(0.5, undefined)];
    const facts = { lists, indexValues: [] };
    expect(rowsText(quoted([offList(2_500, "2026-03-31")], {}, facts))).toEqual(["100000 h at 3"]);
    expect(rowsText(quoted([offList(2_500)], {}, facts))).toEqual(["100000 h at 2.25"]);
    expect(quoted([offList(2_500)], {}, facts).rows[0]?.reason.basis).toMatchObject({
      list: { source: "list 2026-06-01" },
    });
    expect(problemsOf([offList(2_500, "2025-12-31")], {}, facts)).toEqual(["list_price_missing"]);
    expect(problemsOf([offList(2_500)], { region: "eu-west" }, facts)).toEqual(["list_price_missing"]);
    const nodes = [list(3.2, "2026-06-01"), list(3.1, "2026-06-01")];
    expect(rowsText(quoted([offList(0)], { region: "us-*" }, { lists: nodes, indexValues: [] }))).toEqual([
      "100000 h at 3.1",
    ]);
  });

  test("[PRC18] a discounted price is rounded to the micro-unit, and more discount never costs more", () => {
    const facts = { lists: [list(2.333333, "2026-06-01")], indexValues: [] };
    expect(quoted([offList(3_333)], {}, facts).rows[0]?.rate.microsPerHour).toBe(1_555_633n);
    const share = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        const costs = [less, more].map((bp) => quoted([offList(bp)], {}, facts).cost.micros) as [bigint, bigint];
        expect(costs[1] <= costs[0]).toBe(true);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test("[PRC19] an index moves the price from each reset on, between floor and cap", () => {
    const facts = {
      lists: [],
      indexValues: [observed("2026-12-20", 110n), observed("2027-03-25", 60n), observed("2027-06-28", 150n)],
    };
    const year = { at: at("2027-12-01"), count: 1, window: { from: at("2027-02-01"), to: at("2027-08-01") } };
    const bounded = linked({ floor: rate(1.5), cap: rate(2.75) });
    const found = quoted([entry(bounded)], year, facts);
    expect(found.rows.map(({ rate: { microsPerHour } }) => microsPerHour)).toEqual([
      2_200_000n,
      1_500_000n,
      2_750_000n,
    ]);
    expect(found.rows.map(({ reason }) => (reason.basis.form === "index" ? reason.basis.held : ""))).toEqual([
      undefined,
      "floor",
      "cap",
    ]);
    const half = quoted([entry(linked({ share: rational(1n, 2n) }))], year, facts);
    expect(half.rows.map(({ rate: { microsPerHour } }) => microsPerHour)).toEqual([2_100_000n, 1_600_000n, 2_500_000n]);
  });

  test("[PRC19] a value that is not there, or is of a period before, is a problem; a corrected one counts", () => {
    const june = { at: at("2027-12-01"), window: { from: at("2027-05-01"), to: at("2027-06-01") } };
    const with_ = (...indexValues: IndexValue[]) => ({ lists: [], indexValues });
    expect(problemsOf([entry(linked())], june, with_())).toEqual(["index_value_missing"]);
    expect(problemsOf([entry(linked())], june, with_(observed("2027-01-01", 90n)))).toEqual(["index_value_missing"]);
    expect(problemsOf([entry(linked())], june, with_(observed("2027-04-02", 90n)))).toEqual(["index_value_missing"]);
    expect(problemsOf([entry(linked())], june, with_(observed("2027-01-02", 90n)))).toEqual([]);
    const corrected = with_(observed("2027-04-01", 90n), observed("2027-04-01", 95n));
    expect(quoted([entry(linked())], june, corrected).rows[0]?.rate.microsPerHour).toBe(1_900_000n);
  });

  test("[PRC20] what nobody can know yet is assumed, and says so", () => {
    const facts = { lists: [], indexValues: [observed("2026-02-01", 120n)] };
    const found = quoted([entry(linked())], {}, facts);
    expect(found.rows[0]).toMatchObject({ rate: rate(2.4), reason: { basis: { assumed: true } } });
    expect(problemsOf([entry(linked())], {}, { lists: [], indexValues: [observed("2026-12-20", 120n)] })).toEqual([
      "index_value_missing",
    ]);
  });

  test("[PRC22] marginal tiers price each its own part, on from what was taken before", () => {
    const tiers = volume("marginal", [
      [0, fixed(3)],
      [50, fixed(2)],
      [90, fixed(1)],
    ]);
    expect(rowsText(quoted([entry(tiers)]))).toEqual(["50000 h at 3", "40000 h at 2", "10000 h at 1"]);
    const taken = [{ from: at("2027-01-01"), to: at("2027-01-02"), volume: 60_000n * 3_600n }];
    expect(rowsText(quoted([entry({ ...tiers, taken })]))).toEqual(["30000 h at 2", "70000 h at 1"]);
    const before = [{ from: at("2026-12-31"), to: at("2027-01-02"), volume: 60_000n * 3_600n }];
    expect(rowsText(quoted([entry({ ...tiers, taken: before })]))).toHaveLength(3);
  });

  test("[PRC22] each period begins at the first tier", () => {
    const monthly = volume(
      "marginal",
      [
        [0, fixed(3)],
        [30, fixed(2)],
      ],
      { period: { unit: "month", zone: "UTC" as never } },
    );
    expect(rowsText(quoted([entry(monthly)]))).toEqual(["30000 h at 3", "44400 h at 2", "25600 h at 3"]);
  });

  test("[PRC23] a retroactive tier prices the whole period, and what was taken before once more", () => {
    const tiers = volume("retroactive", [
      [0, fixed(3)],
      [150, fixed(2)],
    ]);
    expect(rowsText(quoted([entry(tiers)]))).toEqual(["100000 h at 3"]);
    const taken = [{ from: at("2027-01-01"), to: at("2027-01-02"), volume: 60_000n * 3_600n }];
    const found = quoted([entry({ ...tiers, taken })]);
    expect(rowsText(found)).toEqual(["reprice 60000 h at -1", "100000 h at 2"]);
    expect(found.cost.micros).toBe(140_000_000_000n);
  });

  test("[PRC22 PRC23] with prices that fall: retroactive <= marginal <= the first price, for any volume", () => {
    const price = fc.integer({ min: 1, max: 5_000_000 });
    const start = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(price, price, price, start, start, fc.integer({ min: 1, max: 300 }), (a, b, c, s, t, count) => {
        const [high, middle, low] = [a, b, c].sort((x, y) => y - x).map((micros) => fixed(micros / 1_000_000)) as [
          ReturnType<typeof fixed>,
          ReturnType<typeof fixed>,
          ReturnType<typeof fixed>,
        ];
        const [first, second] = [Math.min(s, t), Math.max(s, t) + 1];
        const tiers = [
          [0, high],
          [first, middle],
          [second, low],
        ] as const;
        const costs = (["retroactive", "marginal"] as const).map(
          (mode) => quoted([entry(volume(mode, tiers))], { count }).exact,
        );
        const plain = quoted([entry(high)], { count }).exact;
        const [retro, marginal] = costs as [typeof plain, typeof plain];
        expect(retro.num * marginal.den <= marginal.num * retro.den).toBe(true);
        expect(marginal.num * plain.den <= plain.num * marginal.den).toBe(true);
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  test("[PRC24] tiers by money count what is paid", () => {
    const by = (mode: "marginal" | "retroactive") =>
      volume(mode, [], {
        measure: "money",
        tiers: [
          { from: 0n, price: fixed(3) },
          { from: 150_000_000_000n, price: fixed(2.5) },
        ],
      });
    expect(rowsText(quoted([entry(by("marginal"))]))).toEqual(["50000 h at 3", "50000 h at 2.5"]);
    expect(rowsText(quoted([entry(by("retroactive"))]))).toEqual(["100000 h at 2.5"]);
    expect(rowsText(quoted([entry(by("retroactive"))], { count: 49 }))).toEqual(["49000 h at 3"]);
  });

  test("[PRC25] two currencies are never added", () => {
    const entries = [
      entry(fixed(2), { id: "a", to: at("2027-01-05") }),
      entry(fixed(2, EUR), { id: "b", from: at("2027-01-05") }),
    ];
    expect(problemsOf(entries)).toEqual(["mixed_currency"]);
  });

  test("[PRC26] a committed price goes first, as far as what is left pays for it", () => {
    const committed = {
      agreement: book().agreement,
      clause: book().clause.id,
      rate: rate(1.5),
      left: { micros: 60_000_000_001n, currency: USD },
      from: at("2027-01-01"),
      to: at("2027-01-11"),
    };
    const found = quoted([entry(fixed(2))], { committed: [committed] });
    expect(rowsText(found)).toEqual(["24000 h at 1.5", "76000 h at 2"]);
    expect(found.rows[0]?.reason.form).toBe("committed");
    const later = { ...committed, to: at("2028-01-01") };
    expect(rowsText(quoted([entry(fixed(2))], { committed: [later] }))).toEqual(["40000 h at 1.5", "60000 h at 2"]);
    expect(rowsText(quoted([entry(fixed(2))], { committed: [{ ...later, left: 3_600n }] }))).toEqual([
      "1 h at 1.5",
      "99999 h at 2",
    ]);
  });
});
