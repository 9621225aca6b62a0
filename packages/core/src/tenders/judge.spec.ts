import { describe, expect, test } from "vitest";
import { parties, party } from "../agreements/f0.ts";
import {
  type BidId,
  type BlockId,
  type Currency,
  type Instant,
  type LotId,
  type Money,
  money,
  type PartyId,
  rational,
  type RequestId,
  type TenderId,
} from "../kernel/index.ts";
import { at, ONE, q1Lot, USD, usd, YEAR_2027 } from "../requests/f0.ts";
import type { Bid, BidLine, Tender } from "./bid.ts";
import { alternativeOf } from "./form.ts";
import { type BidContext, judgeBid } from "./judge.ts";
import { lookThrough } from "./look-through.ts";

const CLOSE = at("2026-09-25T00:00:00Z");
const LOT = "lot_1" as LotId;
const OTHER = "lot_2" as LotId;
const lots = [q1Lot(), { ...q1Lot(), id: OTHER }];

const tender: Tender = {
  id: "tnd_1" as TenderId,
  request: "q1" as RequestId,
  lots: [
    { lot: LOT, count: 1_024 },
    { lot: OTHER, count: 1_024 },
  ],
  closesAt: CLOSE,
  round: 0,
};

const line = (changed: Partial<BidLine> = {}): BidLine => ({
  lot: LOT,
  countMin: 8,
  countMax: 1_024,
  multiple: 8,
  tiers: [{ from: 1, rate: usd(2.6) }],
  tierMode: "all-units",
  stated: {},
  rootBlocks: [],
  ...changed,
});

const bid = (changed: Partial<Bid> = {}): Bid => ({
  id: "bid_1" as BidId,
  tender: tender.id,
  bidder: "gamma" as PartyId,
  lines: [line()],
  validUntil: at("2026-10-30T00:00:00Z"),
  discloseIdentity: true,
  receivedAt: at("2026-09-23T00:00:00Z"),
  order: 0,
  standing: false,
  ...changed,
});

const world = (changed: Partial<BidContext> = {}): BidContext => ({
  receivedAt: at("2026-09-23T00:00:00Z"),
  invited: true,
  burdened: () => true,
  inseparable: "reject",
  identityDemanded: () => false,
  blockFree: () => true,
  lineageCyclic: () => false,
  knownBlock: () => true,
  knownCurrency: (currency) => currency === USD,
  knownParty: () => true,
  ...changed,
});

/** The verdict, and why. */
function judge(changed: Partial<Bid>, context: Partial<BidContext> = {}): string {
  const { verdict, why } = judgeBid(bid(changed), tender, lots, world(context));
  return [verdict, ...why].join(", ");
}

const judgeLine = (changed: Partial<BidLine>, context: Partial<BidContext> = {}) =>
  judge({ lines: [line(changed)] }, context);

describe("in time and invited", () => {
  test("[TND1] the common close is in time", () => {
    expect(judge({}, { receivedAt: CLOSE })).toBe("sealed");
    expect(judge({}, { receivedAt: (CLOSE + 1) as Instant })).toBe("late, after_close");
  });

  test("[TND2 TND11] not invited, and the order of the checks", () => {
    expect(judge({ lines: [] }, { invited: false })).toBe("not_invited, not_invited");
    expect(judge({ lines: [] }, { invited: false, receivedAt: (CLOSE + 1) as Instant })).toBe("late, after_close");
  });

  test("[TND11] a price above the cap, a late start or too many are sealed like any other", () => {
    const window = { from: YEAR_2027.to, to: (YEAR_2027.to + 3_600_000) as Instant };
    expect(judgeLine({ tiers: [{ from: 1, rate: usd(99) }], window, countMax: 9_999_999 })).toBe("sealed");
  });
});

describe("form", () => {
  test.each<[string, Partial<BidLine>]>([
    ["counts_out_of_order", { countMin: 16, countMax: 8 }],
    ["counts_out_of_order", { countMin: 1.5 }],
    ["counts_out_of_order", { countMax: Number.NaN }],
    ["counts_out_of_order", { multiple: 1.5 }],
    ["no_multiple_in_range", { countMin: 9, countMax: 15 }],
  ])("[TND3] %s", (code, changed) => {
    expect(judgeLine(changed)).toBe(`malformed, ${code} lot_1`);
  });

  const euro = { microsPerHour: 1n, currency: "EUR" as Currency };
  test.each<[string, BidLine["tiers"]]>([
    ["tiers_empty", []],
    [
      "tiers_unordered",
      [
        { from: 8, rate: usd(2) },
        { from: 8, rate: usd(1) },
      ],
    ],
    [
      "tiers_mixed_currency",
      [
        { from: 1, rate: usd(2) },
        { from: 8, rate: euro },
      ],
    ],
    ["tier_above_smallest_part", [{ from: 16, rate: usd(2) }]],
    ["price_not_positive", [{ from: 1, rate: usd(0) }]],
    ["rate_missing", [{ from: 1, rate: euro }]],
  ])("[TND4] %s", (code, tiers) => {
    expect(judgeLine({ tiers })).toBe(`malformed, ${code} lot_1`);
  });

  test("[TND5] valid beyond the close", () => {
    expect(judge({ validUntil: CLOSE })).toBe("malformed, validity_before_close");
    expect(judge({ validUntil: (CLOSE + 1) as Instant })).toBe("sealed");
    expect(judge({ validUntil: Number.NaN as Instant })).toBe("malformed, validity_before_close");
  });

  test("[TND6] lots of the tender, each once", () => {
    expect(judge({ lines: [] })).toBe("malformed, no_lines");
    expect(judgeLine({ lot: "lot_9" as LotId })).toBe("malformed, unknown_lot lot_9");
    expect(judge({ lines: [line(), line()] })).toBe("malformed, lot_bid_twice lot_1");
    expect(judge({ lines: [line(), line(), line()] })).toBe("malformed, lot_bid_twice");
    expect(judge({ lines: [line(), line({ lot: OTHER })] })).toBe("sealed");
  });

  test("[TND6] one of the lot's alternatives", () => {
    expect(judgeLine({ region: "us-east" })).toBe("malformed, not_an_alternative lot_1");
    expect(judgeLine({ acceleratorType: "h100" })).toBe("malformed, not_an_alternative lot_1");
    expect(judgeLine({ region: "us-central", acceleratorType: "gb200" })).toBe("sealed");
    const h100 = { acceleratorType: "h100", factor: ONE } as const;
    const lot = q1Lot({ accelerators: [{ acceleratorType: "gb200", factor: ONE }, h100] as never, regions: ["us-*"] });
    expect(alternativeOf(line({ acceleratorType: "h100", region: "us-east" }), lot)).toMatchObject(h100);
    expect(alternativeOf(line(), lot)?.acceleratorType).toBe("gb200");
  });

  test("[TND6] windows, blocks, hosts and stated terms that can be read", () => {
    const { from, to } = YEAR_2027;
    expect(judgeLine({ window: { from: to, to: from } })).toBe("malformed, invalid_window lot_1");
    expect(judgeLine({ window: { from: (from + 1) as Instant, to } })).toBe("malformed, invalid_window lot_1");
    expect(judgeLine({ rootBlocks: ["g17", "g17"] as BlockId[] })).toBe("malformed, block_named_twice lot_1");
    expect(judgeLine({ rootBlocks: ["g9"] as BlockId[] }, { knownBlock: () => false })).toBe(
      "malformed, unknown_block g9",
    );
    expect(judgeLine({ host: "who" as PartyId }, { knownParty: () => false })).toBe("malformed, unknown_party lot_1");
    expect(judgeLine({ stated: { prepayment: rational(-1n) } })).toBe("malformed, term_malformed lot_1");
    const contingency = { party: "who" as PartyId, until: Number.NaN as Instant };
    expect(judge({ contingency }, { knownParty: () => false })).toBe(
      "malformed, contingency_not_an_instant, unknown_party",
    );
  });
});

describe("packages", () => {
  const dollars = (amount: bigint): Money => money(amount * 1_000_000n, USD);
  const pack = (listPrices: readonly (Money | undefined)[], tiers: BidLine["tiers"] = []): Partial<Bid> => ({
    lines: [line({ tiers })],
    package: { price: dollars(30n), extras: ["2 PB storage"], listPrices },
  });

  test("[TND7] A12: one price for a burdened lot and storage", () => {
    expect(judge(pack([]))).toBe("inseparable, no_price_of_its_own lot_1");
    expect(judge(pack([], [{ from: 1, rate: usd(2.6) }]))).toBe("sealed");
    expect(judge(pack([]), { burdened: () => false })).toBe("sealed");
  });

  test("[TND7] allocated by list prices where policy allows it and all parts have one", () => {
    const allowed = { inseparable: "allocate" } as const;
    expect(judge(pack([dollars(27n), dollars(3n)]), allowed)).toBe("sealed");
    expect(judge(pack([dollars(27n), dollars(3n)]))).toBe("inseparable, no_price_of_its_own lot_1");
    for (const listPrices of [
      [],
      [dollars(27n)],
      [dollars(27n), undefined],
      [dollars(27n), money(1n, "EUR" as Currency)],
      [dollars(0n), dollars(0n)],
      [dollars(5n), dollars(-5n)],
    ]) {
      expect(judge(pack(listPrices), allowed)).toBe("inseparable, no_price_of_its_own lot_1");
    }
  });

  test("[TND4] a package's price is one that can be compared", () => {
    const priced = (price: Money) => judge({ package: { price, extras: [], listPrices: [] } });
    expect(priced(dollars(0n))).toBe("malformed, package_price_not_positive");
    expect(priced(money(1n, "EUR" as Currency))).toBe("malformed, rate_missing");
    expect(judge({ package: { extras: [], listPrices: [] } })).toBe("sealed");
  });
});

describe("blocks and identity", () => {
  const g17 = { rootBlocks: ["g17"] as BlockId[] };

  test("[TND8] M10: ALFA holds G-17; GAMMA's bid on it is void, its other blocks are not", () => {
    const held: Partial<BidContext> = {
      blockFree: (blocks, lot, count) => !blocks.includes("g17" as BlockId) && lot.id === LOT && count === 8,
    };
    expect(judgeLine(g17, held)).toBe("block_taken, block_unavailable g17");
    expect(judgeLine({ rootBlocks: ["g18"] as BlockId[] }, held)).toBe("sealed");
    expect(judgeLine({}, { blockFree: () => false })).toBe("sealed");
  });

  test("[TND8] one live bid for a root block and a lot", () => {
    const context: Partial<BidContext> = { otherBidOn: (block, lot) => block === "g17" && lot === LOT };
    expect(judgeLine(g17, context)).toBe("block_taken, block_has_bid g17");
    expect(judgeLine({ ...g17, lot: OTHER }, context)).toBe("sealed");
  });

  test("[TND9] X4: GAMMA sources from ALFA what ALFA sources from GAMMA", () => {
    const lineageCyclic = (block: BlockId) => block === "g17";
    const lines = [line(g17), line({ ...g17, lot: OTHER })];
    expect(judge({ lines }, { lineageCyclic })).toBe("lineage_cycle, lineage_cycle g17");
    expect(judgeLine({ rootBlocks: ["g18"] as BlockId[] }, { lineageCyclic })).toBe("sealed");
  });

  test("[TND10] M9: ineligible for the lots that demand identity, and for those only", () => {
    const identityDemanded = (lot: LotId) => lot === LOT;
    const hidden = { discloseIdentity: false };
    expect(judge(hidden, { identityDemanded })).toBe("ineligible_identity, ineligible_identity lot_1");
    expect(judge({ ...hidden, lines: [line(), line({ lot: OTHER })] }, { identityDemanded })).toBe(
      "sealed, ineligible_identity lot_1",
    );
    expect(judge({ ...hidden, lines: [line({ lot: OTHER })] }, { identityDemanded })).toBe("sealed");
    expect(judge({}, { identityDemanded })).toBe("sealed");
  });
});

describe("whose offer it is", () => {
  const all = parties(party("delta", { lab: 40 }), party("front"));
  const through = (bidder: string, host?: string) =>
    lookThrough(
      { bidder: bidder as PartyId },
      host === undefined ? {} : { host: host as PartyId },
      all,
      "lab" as PartyId,
      2_000,
    );

  test("[TND12] M8: DELTA's own capacity is nobody's third-party offer, also behind a front", () => {
    expect(through("delta")).toEqual({ host: "delta" });
    expect(through("lab", "delta")).toEqual({ host: "delta" });
    expect(through("front", "delta")).toEqual({ host: "delta" });
  });

  test("[TND13] M17: DELTA resells GAMMA: the offer is GAMMA's", () => {
    expect(through("delta", "gamma")).toEqual({ thirdParty: "gamma", host: "gamma" });
    expect(through("gamma")).toEqual({ thirdParty: "gamma", host: "gamma" });
    expect(through("azure", "gamma")).toEqual({ thirdParty: "azure", host: "gamma" });
  });

  test("[TND13] below the agreement's share DELTA is a bidder like others", () => {
    expect(lookThrough({ bidder: "delta" as PartyId }, {}, all, "lab" as PartyId, 4_001)).toEqual({
      thirdParty: "delta",
      host: "delta",
    });
  });
});
