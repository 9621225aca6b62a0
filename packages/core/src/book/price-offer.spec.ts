import { afterEach, describe, expect, test } from "vitest";
import type { CommitmentClause } from "../agreements/clause.ts";
import { agreement } from "../agreements/f0.ts";
import type { PriceBookClause, PriceEntry } from "../agreements/price-book.ts";
import { UTC } from "../calendar/index.ts";
import { audit } from "../audit/index.ts";
import type { AcceleratorType, AgreementId, ClauseId, Instant, OfferId, PartyId } from "../kernel/index.ts";
import { rational } from "../kernel/index.ts";
import { at, USD, usd } from "../requests/f0.ts";
import { F0, auditMade } from "./f0.ts";

const GAMMA = "gamma" as PartyId;
const PRICED = "lab-gamma" as AgreementId;

afterEach(() => {
  auditMade(audit);
});

/** F0 without rights, in which GAMMA bids at once by the price book of its agreement. */
function priced(
  price: PriceEntry["price"],
  changed: Partial<PriceBookClause> = {},
  more: readonly CommitmentClause[] = [],
): F0 {
  const world = new F0({ without: ["r1", "r2"], policy: { tenderWindow: { n: 0, unit: "hours" } } });
  const clause: PriceBookClause = {
    kind: "price-book",
    id: "prices" as ClauseId,
    lineageId: "prices",
    defaults: [],
    seller: GAMMA,
    entries: [{ id: "e1", scope: { IsGlobalScope: true }, price }],
    ...changed,
  };
  world.send("2026-09-01T00:00:00Z", "lab", {
    type: "recordAgreement",
    activate: true,
    agreement: agreement("lab-gamma", { provider: GAMMA, clauses: [clause, ...more] }),
  });
  return list(world, PRICED);
}

function list(world: F0, priceBy: AgreementId): F0 {
  return world.send("2026-09-02T00:00:00Z", "lab", {
    type: "listOffer",
    offer: {
      id: "standing" as OfferId,
      provider: GAMMA,
      acceleratorType: "gb200" as AcceleratorType,
      region: "us-central",
      tiers: [],
      priceBy,
      blockSize: 8,
      blocks: [],
      source: "agreement",
      standing: true,
    },
  });
}

const fixed = (price: number) => ({ form: "fixed", rate: usd(price) }) as const;
const JULY = at("2027-07-01T00:00:00Z");
const STEPS: PriceEntry["price"] = {
  form: "steps",
  steps: [
    { from: 0 as Instant, price: fixed(2.6) },
    { from: JULY, price: fixed(2.3) },
  ],
};

const awarded = (world: F0) =>
  world
    .of("awardIssued")
    .flatMap(({ award }) => award.lines.map(({ provider, count, cost }) => [provider, count, cost?.micros]));

describe("an offer that an agreement prices", () => {
  test("[BOK80] bids what the price book says, and is awarded at exactly that cost", () => {
    expect(awarded(priced(fixed(2.4)).submit())).toEqual([["gamma", 1_024, 21_528_576_000_000n]]);
    const world = priced(STEPS).submit();
    expect(awarded(world)).toEqual([["gamma", 1_024, 21_966_028_800_000n]]);
    expect(world.of("listBidsReceived")[0]?.bids[0]?.lines[0]?.pricedBy).toEqual(["lab-gamma/prices/e1"]);
  });

  test("[BOK80] a part of it costs its part, by its own tiers", () => {
    const tiers: PriceEntry["price"] = {
      form: "volume",
      mode: "marginal",
      measure: "accelerator-hours",
      period: { unit: "order" },
      tiers: [
        { from: 0n, price: fixed(2.8) },
        { from: 4_380_003n * 3_600n, price: fixed(2.5) },
      ],
      taken: [],
    };
    const world = priced(tiers).submit("2026-09-14T17:00:00Z", {}, { count: 512 });
    // 512 x 8,760 h are 4,485,120 h: the first tier ends inside an accelerator.
    expect(awarded(world)).toEqual([["gamma", 512, 4_380_003n * 2_800_000n + 105_117n * 2_500_000n]]);
  });

  test("[BOK109] a price that a commitment fixes holds for what is missing of it; the price book prices the rest", () => {
    const commitment = (changed: Partial<CommitmentClause> = {}): CommitmentClause => ({
      kind: "commitment",
      id: "promise" as ClauseId,
      lineageId: "promise",
      defaults: [],
      type: "take-or-pay",
      obligor: "lab" as PartyId,
      beneficiary: GAMMA,
      scope: { IsGlobalScope: true },
      status: "active",
      price: usd(2),
      // 3,000,000 of the 4,485,120 accelerator-hours that 512 take in a year.
      schedule: [
        { from: at("2027-01-01T00:00:00Z"), to: at("2028-01-01T00:00:00Z"), acceleratorSeconds: 3_000_000n * 3_600n },
      ],
      shortfallBp: 10_000,
      stackPriority: 1,
      ...changed,
    });
    const cost = (changed: Partial<CommitmentClause> = {}) => {
      const world = priced(fixed(2.4), {}, [commitment(changed)]);
      world.submit("2026-09-14T17:00:00Z", {}, { count: 512 });
      const bid = world.of("listBidsReceived")[0]?.bids[0]?.lines[0];
      return { awarded: awarded(world), pricedBy: bid?.pricedBy };
    };
    const both = 3_000_000n * 2_000_000n + 1_485_120n * 2_400_000n;
    expect(cost()).toEqual({
      awarded: [["gamma", 512, both]],
      pricedBy: ["lab-gamma/promise", "lab-gamma/prices/e1"],
    });
    const plain = { awarded: [["gamma", 512, 4_485_120n * 2_400_000n]], pricedBy: ["lab-gamma/prices/e1"] };
    expect(cost({ status: "proposed" })).toEqual(plain);
    const elsewhere = { Inclusions: [{ Dimension: "RegionId", Operator: "In" as const, Values: ["eu-west"] }] };
    expect(cost({ scope: elsewhere })).toEqual(plain);
  });

  test("[BOK81] without a price there is no bid, and the record says why", () => {
    const index: PriceEntry["price"] = {
      form: "index",
      index: "gb200-rental",
      base: usd(2.5),
      baseValue: rational(100n),
      share: rational(1n),
      reset: "year",
      zone: UTC,
    };
    const world = priced(index).submit();
    expect(world.of("bidReceived").map(({ verdict, why }) => [verdict, why])).toEqual([
      ["unpriced", ["index_value_missing"]],
    ]);
    expect(awarded(world)).toEqual([]);
    const known = priced(index);
    const value = { index: "gb200-rental", date: "2026-09-01", value: rational(96n), source: "monthly report" };
    known.send("2026-09-03T00:00:00Z", "lab", { type: "recordIndexValue", value });
    expect(awarded(known.submit())).toEqual([["gamma", 1_024, 21_528_576_000_000n]]);
  });

  test("[BOK82] is what a standing answer accepts from, to the last millionth", () => {
    const status = (cap: bigint, entries = 1) => {
      const world = new F0({ without: ["r2"] });
      const clause: PriceBookClause = {
        kind: "price-book",
        id: "prices" as ClauseId,
        lineageId: "prices",
        defaults: [],
        seller: "alfa" as PartyId,
        entries: [{ id: "e1", scope: { IsGlobalScope: true }, price: STEPS }].slice(0, entries),
      };
      world.send("2026-09-01T00:00:00Z", "lab", {
        type: "recordAgreement",
        activate: true,
        agreement: agreement("alfa-prices", { clauses: [clause] }),
      });
      const standing = {
        id: "by-prices",
        party: "alfa" as PartyId,
        scope: { IsGlobalScope: true },
        answer: { type: "accept", blocks: [] } as const,
        priceMinBy: "alfa-prices" as AgreementId,
        byCapacity: false,
      };
      world.send("2026-09-01T00:00:00Z", "alfa", { type: "giveStandingAnswer", standing });
      world.submit("2026-09-14T17:00:00Z", {}, { cap: { microsPerHour: cap, currency: USD } });
      return world.state.notices.sortedValues().map((notice) => notice.status);
    };
    // The mean of the steps is 2.44876712...
    expect([status(2_448_768n), status(2_448_767n), status(2_448_768n, 0)]).toEqual([
      ["accepted"],
      ["refused"],
      ["open"],
    ]);
  });

  test("[BOK81] prices of another seller, or of an agreement that is not in force, are no price", () => {
    const verdicts = (world: F0) =>
      world
        .submit()
        .of("bidReceived")
        .map(({ verdict }) => verdict);
    expect(verdicts(priced(fixed(2.4), { seller: "alfa" as PartyId }))).toEqual(["unpriced"]);
    const ended = priced(fixed(2.4));
    ended.send("2026-09-03T00:00:00Z", "lab", {
      type: "changeAgreementStatus",
      agreement: PRICED,
      status: "suspended",
      why: "test",
    });
    expect(verdicts(ended)).toEqual(["unpriced"]);
  });

  test("[BOK81] names an agreement that is there; values of an index are the keeper's to record, above zero", () => {
    const world = new F0();
    expect(list(world, "nowhere" as AgreementId).rejected).toBe("not_found");
    const value = { index: "i", date: "2026-09-01", value: rational(1n), source: "s" };
    const record = (by: string, num: bigint) =>
      world.send("2026-09-03T00:00:00Z", by, { type: "recordIndexValue", value: { ...value, value: rational(num) } })
        .rejected;
    expect([record("alfa", 1n), record("lab", 0n), record("lab", 1n)]).toEqual([
      "not_authorised",
      "malformed",
      undefined,
    ]);
  });
});
