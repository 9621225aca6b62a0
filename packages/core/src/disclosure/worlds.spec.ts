import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { audit, auditFeeds } from "../audit/index.ts";
import { F0, type F0Options } from "../book/f0.ts";
import { canonicalText, type PartyId } from "../kernel/index.ts";
import { disclose, emptyDisclosure, advanceDisclosure, feedOf, feedsOf } from "./index.ts";

/** What the rivals do in one world; the story around it is always the same. */
interface Rivals {
  /** DELTA's price; no bid when absent. */
  readonly delta?: number;
  readonly withdrawn?: boolean;
  /** What ALFA, asked first, does before it accepts 600. */
  readonly alfaFirst?: "nothing" | "curable" | "counter_offer";
  readonly alfaTakes?: number;
  readonly betaAt?: string;
  /** As much as GAMMA bids for; what is left when absent. */
  readonly gammaMax?: number;
}

/** Every world sends the same number of commands, so that all ids are drawn alike. */
function world(rivals: Rivals, options: F0Options = {}): F0 {
  const {
    delta,
    withdrawn = false,
    alfaFirst = "nothing",
    alfaTakes = 600,
    betaAt = "2026-09-21T18:00:00Z",
    gammaMax,
  } = rivals;
  const story = new F0(options).submit();
  if (alfaFirst === "nothing") story.wait("2026-09-15T18:00:00Z");
  else if (alfaFirst === "curable") story.answer("2026-09-15T18:00:00Z", "alfa", { type: "accept", count: 601 });
  else
    story.answer("2026-09-15T18:00:00Z", "alfa", {
      type: "accept",
      price: { microsPerHour: 3_010_000n, currency: "USD" as never },
    });
  story.answer("2026-09-16T18:00:00Z", "alfa", { type: "accept", count: alfaTakes });
  story.bid("2026-09-17T18:00:00Z", "gamma", 2.6, gammaMax === undefined ? {} : { countMax: gammaMax });
  if (delta === undefined) story.wait("2026-09-17T19:00:00Z");
  else story.bid("2026-09-17T19:00:00Z", "delta", delta);
  const own = story.of("bidReceived").find((event) => event.bid.bidder === "delta");
  if (withdrawn && own !== undefined)
    story.send("2026-09-17T20:00:00Z", "delta", { type: "withdrawBid", bid: own.bid.id });
  else story.wait("2026-09-17T20:00:00Z");
  return story.wait("2026-09-19T17:00:00Z").answer(betaAt, "beta", { type: "refuse" });
}

const bytes = (story: F0, party: string): string[] => feedOf(story.events, party as PartyId).map(canonicalText);
const without2 = (lines: readonly string[]): string[] =>
  lines.filter((line) => !line.includes('"type":"ownAwardIssued"'));

describe("two worlds that differ in a rival's secrets", () => {
  const plain = world({});

  test("[DSC19] a losing bid, its price and its withdrawal are nothing to anybody else", () => {
    for (const rivals of [{ delta: 2.7 }, { delta: 2.95 }, { delta: 2.7, withdrawn: true }]) {
      const other = world(rivals);
      expect(bytes(other, "delta")).not.toEqual(bytes(plain, "delta"));
      for (const party of ["gamma", "alfa", "beta", "zeta"]) expect(bytes(other, party)).toEqual(bytes(plain, party));
    }
  });

  test("[DSC19] at any price at which it loses", () => {
    const base = world({ delta: 2.7 });
    fc.assert(
      fc.property(fc.integer({ min: 2_610_000, max: 2_999_999 }), (micros) => {
        const other = world({ delta: micros / 1_000_000 });
        for (const party of ["gamma", "alfa", "beta"]) expect(bytes(other, party)).toEqual(bytes(base, party));
      }),
      { seed: 1, numRuns: 25 },
    );
  });

  test("[DSC19] what a holder answered on the way to its answer is nothing to bidders and other holders", () => {
    for (const alfaFirst of ["curable", "counter_offer"] as const) {
      const other = world({ alfaFirst });
      expect(bytes(other, "alfa")).not.toEqual(bytes(plain, "alfa"));
      for (const party of ["gamma", "beta", "delta"]) expect(bytes(other, party)).toEqual(bytes(plain, party));
    }
  });

  test("[DSC19] how much a holder took is hidden by the step of the counts", () => {
    const options = { policy: { shownCountStep: 100 } };
    const [some, more] = [world({ gammaMax: 400 }, options), world({ gammaMax: 400, alfaTakes: 616 }, options)];
    expect([some.awards(), more.awards()]).toEqual([
      [
        ["alfa", 600],
        ["gamma", 400],
      ],
      [
        ["alfa", 616],
        ["gamma", 400],
      ],
    ]);
    for (const party of ["gamma", "delta"]) expect(bytes(more, party)).toEqual(bytes(some, party));
    expect(bytes(world({ alfaTakes: 616 }), "gamma")).not.toEqual(bytes(plain, "gamma"));
  });

  test("[DSC19] where an end comes at another time, the bytes up to there are the same", () => {
    const later = world({ betaAt: "2026-09-22T18:00:00Z" });
    const [early, late] = [bytes(plain, "gamma"), bytes(later, "gamma")];
    expect(early).not.toEqual(late);
    const first = early.findIndex((line, index) => line !== late[index]);
    expect(early[first]).toContain('"type":"ownAwardIssued"');
    expect(without2(early.slice(0, first))).toEqual(without2(late.slice(0, first)));
  });
});

describe("feeds", () => {
  const story = world({ delta: 2.7 });

  test("[DSC18] are in the order of the history, and more history only adds to them", () => {
    for (const party of ["lab", "alfa", "beta", "gamma", "delta"]) {
      const whole = bytes(story, party);
      for (let length = 0; length <= story.events.length; length += 5) {
        const part = feedOf(story.events.slice(0, length), party as PartyId).map(canonicalText);
        expect(part).toEqual(whole.slice(0, part.length));
      }
    }
  });

  test("[DSC18] made all at once are the same as one by one", () => {
    const all = feedsOf(story.events);
    expect([...all.keys()].sort()).toEqual(["alfa", "beta", "delta", "gamma", "lab"]);
    for (const [party, feed] of all) expect(feed).toEqual(feedOf(story.events, party));
  });

  test("[DSC18] made event by event are the same as in one go", () => {
    const state = emptyDisclosure();
    const feed = story.events.flatMap((event) => {
      const shown = disclose(event, "gamma" as PartyId, state);
      advanceDisclosure(state, event);
      return shown ?? [];
    });
    expect(feed).toEqual(feedOf(story.events, "gamma" as PartyId));
  });

  test("[DSC17] no id of the book is in any feed but the keeper's", () => {
    const ids = [
      ...story.of("lotFormed").map((event) => event.lot.id),
      ...story.of("tenderOpened").map((event) => event.tender.id),
      ...story.of("clearanceIssued").map((event) => event.clearance.id),
      ...story.of("awardIssued").map((event) => event.award.id),
      '"q1"',
    ];
    expect(ids.length).toBeGreaterThan(5);
    for (const party of ["alfa", "beta", "gamma", "delta"]) {
      const text = bytes(story, party).join("\n");
      expect(ids.filter((id) => text.includes(id))).toEqual([]);
      expect(text).not.toMatch(/"(order|left|rank|termsText)":/);
    }
  });

  test("[DSC17] secrets of their own give each party other names", () => {
    const secretOf = (party: string): string => `secret of ${party}`;
    const named = feedOf(story.events, "alfa" as PartyId, { secretOf })
      .map(canonicalText)
      .join("\n");
    expect(named).not.toBe(bytes(story, "alfa").join("\n"));
  });

  test("[DSC17] handles are made by whatever a server brings for it", () => {
    const handleOf = (party: string, kind: string, id: string): string => `${kind}_${party}_${id.length}`;
    const [first] = feedOf(story.events, "alfa" as PartyId, { handleOf }).filter((one) => one.type === "ownNoticeSent");
    expect(first?.notice.request).toBe("req_alfa_2");
  });

  test("[DSC2 DSC11] the audit finds nothing in them, nor in the history", () => {
    expect(audit(story.events)).toEqual([]);
    expect(auditFeeds(story.events, feedsOf(story.events))).toEqual([]);
  });

  test("[DSC2 DSC11] and it would find a feed with the history itself in it", () => {
    expect(auditFeeds(story.events, new Map([["delta", story.events]])).length).toBeGreaterThan(2);
    expect(auditFeeds(story.events, new Map([["lab", story.events]])).length).toBeGreaterThan(0);
  });
});
