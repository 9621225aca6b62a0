import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import { auditMade, F0 } from "../book/f0.ts";
import { BookState } from "../book/state.ts";
import { at } from "../requests/f0.ts";
import type { PartyId } from "../kernel/index.ts";
import { feedOf, foldKnown } from "./index.ts";

afterEach(() => {
  auditMade(audit);
});

function knownTo(party: string, story: F0): BookState {
  const state = new BookState();
  for (const event of feedOf(story.events, party as PartyId)) foldKnown(state, event);
  return state;
}

/** Which commands were seen is no matter of a feed. */
const bytes = (state: BookState): string => {
  const { keys: _, ...rest } = JSON.parse(state.canonical()) as Record<string, unknown>;
  return JSON.stringify(rest);
};

const bids = (story: F0): F0 =>
  story
    .submit()
    .answer("2026-09-16T18:00:00Z", "alfa", { type: "accept", count: 600 })
    .bid("2026-09-17T18:00:00Z", "gamma", 2.6)
    .bid("2026-09-17T19:00:00Z", "delta", 2.7);

describe("the book as its keeper knows it", () => {
  test("[DSC25] is the book, once the bids are open", () => {
    const story = bids(new F0({ policy: { autoAward: false } })).wait("2026-09-24T00:00:00Z");
    expect(story.of("evaluated").length).toBeGreaterThan(0);
    const known = knownTo("lab", story);
    expect(bytes(known)).toBe(bytes(story.state));
    expect(known.requests.sortedValues()[0]?.market?.bids.map(({ bidder }) => bidder)).toEqual(["gamma", "delta"]);
  });

  test("[DSC25] lacks sealed bids and the answers that others have left in advance", () => {
    const standing = { id: "s1", party: "alfa" as PartyId, side: "holder", validUntil: at("2027-01-01T00:00:00Z") };
    const story = bids(new F0()).send("2026-09-17T20:00:00Z", "alfa", {
      type: "giveStandingAnswer",
      standing: { ...standing, rules: [] } as never,
    });
    const known = knownTo("lab", story);
    expect(known.requests.sortedValues()[0]?.market).toMatchObject({ bids: [], opened: false });
    expect(story.state.requests.sortedValues()[0]?.market?.bids).toHaveLength(2);
    expect([known.standing.size, known.bids.size]).toEqual([0, 0]);
  });

  test("[DSC25] is the keeper's alone", () => {
    expect(() => knownTo("alfa", bids(new F0()))).toThrow("it is the keeper's");
  });
});
