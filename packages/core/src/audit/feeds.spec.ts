import { describe, expect, test } from "vitest";
import { changed, cleanHistory, event, usd } from "./history.fixture.ts";
import { type AuditedFeed, auditFeeds } from "./index.ts";

const clean = cleanHistory();
const i4 = (feeds: Readonly<Record<string, AuditedFeed>>): string[] =>
  auditFeeds(clean, new Map(Object.entries(feeds))).map((finding) => `${finding.position} ${finding.message}`);
const opening = { type: "bidsUnsealed", request: "q1", bids: [{ id: "bid_1" }, { id: "bid_2" }] };

describe("I4: bids stay sealed", () => {
  test("[AUD7] what is a party's own proves nothing", () => {
    expect(
      i4({
        gamma: [{ type: "invited" }, { bid: "bid_1", price: usd(2_600_000n) }, { award: { price: usd(2_600_000n) } }],
        beta: [{ notice: "ntc_2", thirdParty: { price: usd(2_600_000n) } }],
        alfa: [{ notice: "ntc_1", terms: { price: usd(3_000_000n) } }],
        kappa: [{ bid: "bid_2", lines: [{ tiers: [{ rate: usd(2_710_000n) }] }] }, { selected: 0 }],
      }),
    ).toEqual([]);
  });

  test("[AUD7] the id of another's bid, however deep it lies", () => {
    expect(i4({ kappa: [{ type: "lost", beside: [{ of: "bid_1" }] }] })).toEqual([
      "0 kappa was shown the bid of another",
    ]);
    expect(i4({ alfa: [{}, { map: new Map([["x", "bid_2"]]) }] })).toEqual(["1 alfa was shown the bid of another"]);
  });

  test("[AUD7] a price of another's bid", () => {
    expect(i4({ kappa: [{ best: usd(2_600_000n) }] })).toEqual(["0 kappa was shown a price of the bid of another"]);
    expect(i4({ beta: [{ also: { micros: 2_710_000n } }] })).toEqual([
      "0 beta was shown a price of the bid of another",
    ]);
  });

  test("[AUD7] the keeper sees that a bid is there and, before the opening, no price of it", () => {
    const sealed = { type: "bidSealed", request: "q1", bid: "bid_1", bidder: "gamma" };
    const early = { type: "peek", request: "q1", price: usd(2_600_000n) };
    expect(i4({ lab: [sealed, { request: "q1", cap: usd(3_000_000n) }, opening, early] })).toEqual([]);
    expect(i4({ lab: [sealed, early, opening] })).toEqual(["1 the keeper was shown a price of a sealed bid"]);
    expect(i4({ lab: [{ ...sealed, price: usd(2_600_000n) }] })).toHaveLength(1);
  });

  test("[AUD7] the opening of one bid opens no other", () => {
    const first = { ...opening, bids: [{ id: "bid_2" }] };
    const early = { type: "peek", tender: "tnd_1", price: usd(2_600_000n) };
    expect(i4({ lab: [first, early] })).toEqual(["1 the keeper was shown a price of a sealed bid"]);
  });

  test("[AUD7] whoever took an agreement over knows what was asked and answered under it; a mere claim shows nothing", () => {
    const feed: AuditedFeed = [{ terms: { price: usd(2_600_000n) } }];
    const found = (effective: boolean): number => {
      const at = clean[clean.length - 1]?.at as never;
      const moved = event("agreementAssigned", { at, agreement: "a2", from: "beta", to: "kappa", effective });
      return auditFeeds([...clean, moved], new Map([["kappa", feed]])).length;
    };
    expect([found(true), found(false)]).toEqual([0, 1]);
  });

  test("[AUD7] nothing is no price", () => {
    const free = changed(clean, "bidReceived", 0, (one) => {
      const lines = one.bid.lines.map((line) => ({ ...line, tiers: [{ from: 1, rate: usd(0n) }] })) as never;
      return { ...one, bid: { ...one.bid, lines } };
    });
    expect(auditFeeds(free, new Map([["kappa", [{ avoided: usd(0n) }]]]))).toEqual([]);
  });
});
