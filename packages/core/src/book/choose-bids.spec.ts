import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import type { BidId, RequestId } from "../kernel/index.ts";
import { at } from "../requests/f0.ts";
import { awardChoices } from "./choose-bids.ts";
import { auditMade, F0 } from "./f0.ts";

afterEach(() => {
  auditMade(audit);
});

const Q1 = "q1" as RequestId;
const LATER = "2026-09-19T17:00:00Z";

/** 424 are left for the market; GAMMA and BETA bid for them, and nobody awards by itself. */
const bidFor = (): F0 =>
  new F0({ policy: { autoAward: false, tie: "none" }, without: ["r2"] })
    .submit()
    .answer("2026-09-16T18:00:00Z", "alfa", { type: "accept", count: 600 })
    .bid("2026-09-17T18:00:00Z", "gamma", 2.6)
    .bid("2026-09-17T19:00:00Z", "beta", 2.7);
const opened = (): F0 => bidFor().wait(LATER);

const idOf = (story: F0, bidder: string): BidId =>
  story.of("bidReceived").find(({ bid }) => bid.bidder === bidder)?.bid.id ?? ("bid_none" as BidId);

function choose(story: F0, time: string, ...counts: readonly (readonly [bidder: string, count: number])[]): F0 {
  const parts = counts.map(([bidder, count]) => ({ bid: idOf(story, bidder), line: 0, count }));
  return story.send(time, "lab", { type: "proposeAward", request: Q1, lines: [], parts });
}

describe("choosing between opened bids", () => {
  test("[BOK111] shows the ways side by side, and leaves the book as it was", () => {
    const story = opened();
    const before = story.state.canonical();
    const parts = [{ bid: idOf(story, "beta"), line: 0, count: 424 }];
    const found = awardChoices(story.state, Q1, at("2026-09-20T00:00:00Z"), parts);
    if (!found.ok) throw new Error(found.rejection.detail);
    const { scenarios, manual } = found.value;
    expect(scenarios.map(({ kind, providers }) => [kind, ...providers])).toEqual([
      ["cheapest", "gamma"],
      ["fewest-providers", "gamma"],
      ["commitment-first", "gamma"],
    ]);
    expect(manual).toMatchObject({ problems: [], result: { chosen: [{ provider: "beta", count: 424 }] } });
    expect(story.state.canonical()).toBe(before);
  });

  test("[BOK111] shows nothing while bids are sealed, and nothing of a request that is not there", () => {
    expect(awardChoices(bidFor().state, Q1, at("2026-09-18T00:00:00Z"))).toEqual({
      ok: true,
      value: { scenarios: [] },
    });
    const none = awardChoices(opened().state, "q9" as RequestId, at("2026-09-20T00:00:00Z"));
    expect(none).toEqual({ ok: true, value: { scenarios: [] } });
  });

  test("[BOK110] awards parts of bids at the prices of the bids, also those that are not the cheapest", () => {
    const story = choose(opened(), "2026-09-20T00:00:00Z", ["gamma", 200], ["beta", 224]);
    expect(story.rejected).toBeUndefined();
    expect(story.awards()).toEqual([
      ["alfa", 600],
      ["gamma", 200],
      ["beta", 224],
    ]);
    const lines = story.of("awardIssued").flatMap(({ award }) => award.lines);
    expect(lines.slice(1).map(({ basis, price, bid }) => [basis, price?.microsPerHour, bid])).toEqual([
      ["bid", 2_600_000n, idOf(story, "gamma")],
      ["bid", 2_700_000n, idOf(story, "beta")],
    ]);
  });

  test("[BOK110] takes all of what was chosen or nothing, and says what is wrong", () => {
    const story = choose(opened(), "2026-09-20T00:00:00Z", ["gamma", 200], ["beta", 225]);
    expect(story.rejected).toBe("not_takable");
    expect(choose(story, "2026-09-20T00:01:00Z", ["gamma", 424], ["beta", 8]).rejected).toBe("not_takable");
    expect(choose(story, "2026-09-20T00:02:00Z").rejected).toBe("malformed");
    expect(story.of("awardProposed").filter(({ lines }) => lines.length > 0)).toEqual([]);
  });

  test("[BOK110] takes nothing of sealed bids, and nothing for somebody else", () => {
    const sealed = choose(bidFor(), "2026-09-18T00:00:00Z", ["gamma", 424]);
    expect(sealed.rejected).toBe("not_opened");
    const story = opened();
    const parts = [{ bid: idOf(story, "gamma"), line: 0, count: 424 }];
    story.send("2026-09-20T00:00:00Z", "gamma", { type: "proposeAward", request: Q1, lines: [], parts });
    expect(story.rejected).toBe("unknown_request");
  });
});
