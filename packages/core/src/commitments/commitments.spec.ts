import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CommitmentClause } from "../agreements/clause.ts";
import { parseZone, type ZoneId } from "../calendar/index.ts";
import { type ClauseId, type Currency, costOf, type Instant, rational } from "../kernel/index.ts";
import { type Commitment, drawOrder, isCounted, isScenario, periodOf } from "./commitment.ts";
import { type Account, drawOn, WHOLE } from "./draw.ts";
import { expecting } from "./expecting.ts";
import { countedSpend, shortfallAvoided } from "./plain-use.ts";
import { closePeriod, expectedShortfall, yearlySchedule } from "./shortfall.ts";
import { at, dollars, span, spend, USD, use, YEAR_2027 } from "./world.ts";

const LOS_ANGELES = parseZone("America/Los_Angeles") as ZoneId;
const price = (dollarsPerHour: number) => ({ microsPerHour: BigInt(Math.round(dollarsPerHour * 1e6)), currency: USD });
const avoided = (commitments: readonly Commitment[], ...uses: Parameters<typeof shortfallAvoided>[1]) =>
  shortfallAvoided(commitments, uses, USD);

describe("periods", () => {
  const years = yearlySchedule(LOS_ANGELES, 2026, [dollars(1), dollars(2)]);
  const { clause } = spend(1, { schedule: years });

  test("[CMT2] domain row K6: the hour from 2027-01-01T07:00Z belongs to 2026 in Los Angeles", () => {
    expect(periodOf(clause, at("2027-01-01T07:00:00Z"))?.amount).toEqual(dollars(1));
    expect(periodOf(clause, at("2027-01-01T07:59:59.999Z"))?.amount).toEqual(dollars(1));
    expect(periodOf(clause, at("2027-01-01T08:00:00Z"))?.amount).toEqual(dollars(2));
  });

  test("[CMT1] a period holds its first instant and not its last", () => {
    const [first, second] = years;
    expect(periodOf(clause, first?.from as Instant)).toBe(first);
    expect(periodOf(clause, ((first?.from as Instant) - 1) as Instant)).toBeUndefined();
    expect(periodOf(clause, second?.to as Instant)).toBeUndefined();
    expect(first?.to).toBe(second?.from);
  });

  test("[CMT3] met + short = committed + excess, one of them 0", () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(amount, amount, amount, amount, (committed, drawn, carriedIn, waived) => {
        const { met, short, excess } = closePeriod(committed, drawn, carriedIn, waived);
        expect(met).toBe(drawn + carriedIn + waived);
        expect(met + short).toBe(committed + excess);
        expect(short >= 0n && excess >= 0n && short * excess === 0n).toBe(true);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("[CMT4] what is drawn or expected is not missing, and the shortfall rate weighs what is", () => {
    const schedule = [{ ...YEAR_2027, amount: dollars(12), drawn: dollars(3), expectedOther: dollars(4) }];
    const at50 = spend(0, { schedule, shortfallBp: 5_000 }).clause;
    expect(expectedShortfall(at50, schedule[0] as (typeof schedule)[0])).toEqual(dollars(2.5));
    expect(expectedShortfall(at50, schedule[0] as (typeof schedule)[0], dollars(1).micros)).toEqual(dollars(2));
    expect(expectedShortfall(at50, schedule[0] as (typeof schedule)[0], dollars(9).micros)).toEqual(dollars(0));
  });

  test("[CMT4] a volume counts accelerator-seconds at its price; without one it has no amount", () => {
    const schedule = [
      { ...YEAR_2027, acceleratorSeconds: 36_000n, drawnSeconds: 3_600n, expectedOtherSeconds: 3_600n },
    ];
    const volume = (changed: Partial<CommitmentClause>): CommitmentClause =>
      spend(0, { type: "take-or-pay", schedule, ...changed }).clause;
    const [period = {} as never] = schedule;
    expect(expectedShortfall(volume({ price: price(2.5) }), period)).toEqual(dollars(20));
    expect(expectedShortfall(volume({}), period)).toBeUndefined();
    expect(expectedShortfall(spend(0, { type: "minimum-share", schedule }).clause, period)).toBeUndefined();
    expect(expectedShortfall(spend(0, { schedule }).clause, period)).toBeUndefined();
  });
});

describe("draws", () => {
  test("[CMT5] domain row K2: a commitment that ends mid-window counts 4,344 of the hours", () => {
    const half = spend(50_000_000, {}, { to: at("2027-07-01T00:00:00Z") });
    expect(countedSpend(half, use(3, YEAR_2027), USD)).toEqual(dollars(13_344_768));
    expect(avoided([half], use(3, YEAR_2027))).toEqual(dollars(13_344_768));
    expect(countedSpend(half, use(3, span("2027-07-01", "2028-01-01")), USD)).toEqual(dollars(0));
  });

  test("[CMT5] period by period: what one year avoids too much does not help the next", () => {
    const years = [
      { ...span("2027-01-01", "2027-07-01"), amount: dollars(1_000_000) },
      { ...span("2027-07-01", "2028-01-01"), amount: dollars(100_000_000) },
    ];
    const both = spend(0, { schedule: years });
    expect(avoided([both], use(3, YEAR_2027))).toEqual(dollars(1_000_000 + 13_565_952));
  });

  test("[CMT8] domain row K1: the shortfall is avoided once", () => {
    expect(avoided([spend(4_000_000)], use(3.1, span("2027-01-01", "2027-04-01")))).toEqual(dollars(4_000_000));
    expect(avoided([spend(9_000_000)], use(3.1, span("2027-01-01", "2027-04-01")))).toEqual(dollars(6_856_704));
  });

  test("[CMT8] never more than the shortfall, and more use never avoids less", () => {
    const counts = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(
        counts,
        counts,
        fc.integer({ min: 0, max: 3_000_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (a, b, missing, bp) => {
          const commitment = spend(missing, { shortfallBp: bp });
          const [period] = commitment.clause.schedule;
          const ceiling = expectedShortfall(commitment.clause, period as NonNullable<typeof period>)?.micros ?? 0n;
          const less = avoided([commitment], use(2, YEAR_2027, a)).micros;
          const more = avoided([commitment], use(2, YEAR_2027, a), use(2, YEAR_2027, b)).micros;
          expect(less <= more && more <= ceiling).toBe(true);
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  test("[CMT6] priority, then expiry, then the narrowest scope, then ids", () => {
    const named = (id: string, changed: Partial<CommitmentClause> = {}, period = {}): Commitment =>
      spend(1, { id: id as ClauseId, ...changed }, period);
    const narrow = {
      Inclusions: [{ Dimension: "x_Purpose", Operator: "In", Values: ["inference"] }],
    } as const;
    const order = drawOrder([
      named("z-last", { stackPriority: 2 }),
      named("c-by-id"),
      named("b-by-id"),
      named("narrow", { scope: narrow }),
      named("early", {}, { to: at("2027-06-01T00:00:00Z") }),
    ]);
    expect(order.map((one) => one.clause.id)).toEqual(["early", "narrow", "b-by-id", "c-by-id", "z-last"]);
  });

  test("[CMT7] the first in order is filled before the next draws", () => {
    const first = spend(1_000, { id: "first" as ClauseId });
    const second = spend(10_000_000, { id: "second" as ClauseId, stackPriority: 2, shortfallBp: 5_000 });
    const cost = 3 * 1_024 * 8_760;
    expect(avoided([second, first], use(3, YEAR_2027)).micros).toBe(dollars(1_000 + 5_000_000).micros);
    const less = spend(cost - 2_000, { id: "second" as ClauseId, stackPriority: 2, shortfallBp: 5_000 });
    expect(avoided([less, first], use(3, YEAR_2027)).micros / 10_000n).toBe(
      dollars(1_000 + (cost - 2_000) / 2).micros / 10_000n,
    );
  });

  test("[CMT7] what is used earlier draws earlier, in whatever order it is given", () => {
    const all = spend(1_000_000, { id: "all" as ClauseId });
    const early = spend(1_000_000, { id: "early" as ClauseId, stackPriority: 2 }, { to: at("2027-07-01T00:00:00Z") });
    const first = use(3, span("2027-01-01", "2027-07-01"), 80);
    const second = use(3, span("2027-07-01", "2028-01-01"), 80);
    const expected = dollars(80 * 4_344 * 3);
    expect(avoided([all, early], second, first)).toEqual(expected);
    expect(avoided([all, early], first, second)).toEqual(expected);
  });

  test("[CMT7] each accelerator-second draws on one commitment", () => {
    const account: Account = { currency: USD, scale: 36_000_000n, ratioOf: () => rational(1n) };
    const amounts = fc.integer({ min: 0, max: 60_000 });
    fc.assert(
      fc.property(amounts, amounts, amounts, fc.integer({ min: 1, max: 9 }), (a, b, volume, count) => {
        const commitments = [
          spend(a, { id: "a" as ClauseId }),
          spend(b, { id: "b" as ClauseId, stackPriority: 2 }, { to: at("2027-07-01T00:00:00Z") }),
          spend(0, {
            id: "v" as ClauseId,
            type: "volume",
            price: price(2),
            stackPriority: 3,
            schedule: [{ ...YEAR_2027, acceleratorSeconds: BigInt(volume) * 3_600n }],
          }),
        ];
        const perSecond = 3_000_000n * BigInt(count) * 10_000n;
        const draws = drawOn(commitments, [{ window: YEAR_2027, count, perSecond, counted: () => WHOLE }], account);
        const units = draws.reduce((sum, draw) => sum + draw.units, 0n);
        expect(units <= BigInt(count) * 8_760n * 3_600n).toBe(true);
        for (const draw of draws) {
          const worth =
            draw.commitment.clause.type === "volume" ? draw.units : (draw.units * perSecond) / BigInt(count);
          expect(draw.drawn <= worth).toBe(true);
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("[CMT7] a volume draws accelerator-seconds, whatever they cost", () => {
    const volume = spend(0, {
      type: "take-or-pay",
      price: price(2.5),
      schedule: [{ ...YEAR_2027, acceleratorSeconds: 730_000n * 3_600n, drawnSeconds: 640_000n * 3_600n }],
    });
    expect(avoided([volume], use(1, YEAR_2027))).toEqual(dollars(225_000));
    expect(avoided([volume], use(1, YEAR_2027, 8))).toEqual(dollars(8 * 8_760 * 2.5));
  });

  test("[CMT9] half of the cost counts, half of it draws", () => {
    const account: Account = { currency: USD, scale: 72_000_000n, ratioOf: () => rational(1n) };
    const half = { cost: rational(1n, 2n), usage: rational(1n) };
    const perSecond = costOf(price(3), 3_600n as never).micros * 1_024n * 20_000n;
    const [draw] = drawOn(
      [spend(20_000_000)],
      [{ window: YEAR_2027, count: 1_024, perSecond, counted: () => half }],
      account,
    );
    expect(draw?.drawn).toBe((dollars(3 * 1_024 * 8_760).micros / 2n) * 72_000_000n);
  });

  test("[CMT9] what is out of scope draws nothing", () => {
    const account: Account = { currency: USD, scale: 36_000_000n, ratioOf: () => rational(1n) };
    const out = { window: YEAR_2027, count: 8, perSecond: 1n, counted: () => undefined };
    expect(drawOn([spend(1)], [out], account)).toEqual([]);
  });

  test("[CMT5] an account in another currency converts what is missing", () => {
    const euro = "EUR" as Currency;
    const account: Account = { currency: euro, scale: 36_000_000n * 2n, ratioOf: () => rational(1n, 2n) };
    const all = { window: YEAR_2027, count: 8, perSecond: 10n ** 15n, counted: () => WHOLE };
    expect(drawOn([spend(100)], [all], account)[0]?.avoided).toBe(50_000_000n * account.scale);
  });

  test("[CMT13] what is settled already is no longer missing for the next part", () => {
    const account: Account = { currency: USD, scale: 36_000_000n, ratioOf: () => rational(1n) };
    const volume = spend(0, {
      id: "v" as ClauseId,
      type: "volume",
      price: price(2),
      stackPriority: 2,
      schedule: [{ ...YEAR_2027, acceleratorSeconds: 1_024n * 8_760n * 3_600n }],
    });
    const both = [spend(4_000_000), volume];
    const settled = { window: YEAR_2027, count: 600, perSecond: 3_000_000n * 600n * 10_000n, counted: () => WHOLE };
    const after = expecting(both, [settled], account);
    const alone = shortfallAvoided(both, [use(3, YEAR_2027, 600)], USD);
    const later = shortfallAvoided(after, [use(3, YEAR_2027, 424)], USD);
    const together = shortfallAvoided(both, [use(3, YEAR_2027, 600), use(3, YEAR_2027, 424)], USD);
    expect(alone.micros + later.micros).toBe(together.micros);
    expect(expecting(both, [{ ...settled, counted: () => undefined }], account)).toBe(both);
  });

  test("[CMT10] domain row K7: proposed and pending are scenarios, active counts, the rest neither", () => {
    const statuses = ["proposed", "pending", "active", "exhausted", "expired", "canceled", "superseded"] as const;
    const of = (is: (clause: CommitmentClause) => boolean) =>
      statuses.filter((status) => is(spend(1, { status }).clause));
    expect(of(isCounted)).toEqual(["active"]);
    expect(of(isScenario)).toEqual(["proposed", "pending"]);
  });
});
