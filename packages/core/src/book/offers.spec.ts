import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import type { AcceleratorType, AgreementId, BlockId, OfferId, PartyId, RequestId } from "../kernel/index.ts";
import { agreement, r1 } from "../agreements/f0.ts";
import { at, usd, YEAR_2027 } from "../requests/f0.ts";
import { F0, auditMade } from "./f0.ts";

const GB200 = "gb200" as AcceleratorType;

/** F0 with a block of GAMMA's and a price list that stands on it. */
function withList(count: number): F0 {
  const world = new F0({ without: ["r2"], policy: { tenderWindow: { n: 0, unit: "hours" } } });
  const block = {
    id: "g-17" as BlockId,
    rootId: "g-17" as BlockId,
    provider: "gamma" as PartyId,
    acceleratorType: GB200,
    region: "us-central",
    quantity: count,
    window: YEAR_2027,
    firmness: "firm",
    blockSize: 8,
  } as const;
  world.send("2026-09-01T00:00:00Z", "lab", { type: "recordBlock", block });
  return world.send("2026-09-01T00:00:00Z", "gamma", {
    type: "listOffer",
    offer: {
      id: "list" as OfferId,
      provider: "gamma" as PartyId,
      acceleratorType: GB200,
      region: "us-central",
      tiers: [{ from: 8, rate: usd(2.6) }],
      blockSize: 8,
      blocks: ["g-17" as BlockId],
      source: "list",
      standing: true,
    },
  });
}

const REFUSED = "2026-09-15T18:00:00Z";

/** Two price lists of one seller, of which a request needs both; the holder of the match right refuses in advance, or is asked. */
function withTwoLists(inAdvance: boolean): F0 {
  const world = new F0({ without: ["r1"], policy: { tenderWindow: { n: 0, unit: "hours" } } });
  const gamma = "gamma" as PartyId;
  for (const [id, price] of [
    ["first", 2.6],
    ["second", 2.8],
  ] as const) {
    world.send("2026-09-01T00:00:00Z", "gamma", {
      type: "listOffer",
      offer: {
        id: id as OfferId,
        provider: gamma,
        acceleratorType: GB200,
        region: "us-central",
        tiers: [{ from: 8, rate: usd(price) }],
        blockSize: 8,
        countMax: 512,
        blocks: [],
        source: "list",
        standing: true,
      },
    });
  }
  if (inAdvance) {
    world.send("2026-09-02T00:00:00Z", "beta", {
      type: "giveStandingAnswer",
      standing: {
        id: "never",
        party: "beta" as PartyId,
        scope: { IsGlobalScope: true },
        answer: { type: "refuse" },
        byCapacity: false,
      },
    });
  }
  return world.submit();
}

describe("several offers of one third party", () => {
  test.each([true, false])(
    "[BOK22] each is put to the holder once, as an offer of its own (in advance: %s)",
    (inAdvance) => {
      const world = withTwoLists(inAdvance);
      for (const time of ["2026-09-15T18:00:00Z", "2026-09-16T18:00:00Z"])
        if (!inAdvance) world.answer(time, "beta", { type: "refuse" });
      expect(world.of("noticeSent").map(({ notice }) => [notice.kind, notice.thirdParty?.price])).toEqual([
        ["match", usd(2.6)],
        ["match", usd(2.8)],
      ]);
      expect(world.of("awardBlocked")).toEqual([]);
      expect(world.awards()).toEqual([
        ["gamma", 512],
        ["gamma", 512],
      ]);
    },
  );
});

afterEach(() => {
  auditMade(audit);
});

describe("offers that stand", () => {
  test("[BOK21] bid by themselves, as far as their blocks have room", () => {
    const world = withList(512).submit().answer(REFUSED, "alfa", { type: "refuse" });
    const [entered] = world.of("listBidsReceived");
    expect(entered?.bids.map((bid) => [bid.bidder, bid.standing])).toEqual([["gamma", true]]);
    expect(entered?.taken).toEqual([]);
    expect(world.awards()).toEqual([["gamma", 512]]);
    expect(world.of("requestRested")[0]).toMatchObject({ outcome: "awarded_part" });
  });

  test("[BOK21] are told that their blocks are taken, and win nothing", () => {
    const world = withList(1024)
      .submit()
      .answer("2026-09-15T17:00:00Z", "alfa", {
        type: "accept",
        count: 1024,
        rootBlocks: ["g-17" as BlockId],
        host: "gamma" as PartyId,
      });
    expect(world.awards()).toEqual([["alfa", 1024]]);
    world
      .submit("2026-09-16T17:00:00Z", { id: "q2" as RequestId })
      .answer("2026-09-17T18:00:00Z", "alfa", { type: "refuse" });
    const [entered] = world.of("listBidsReceived");
    expect(entered?.taken).toEqual(entered?.bids.map((bid) => bid.id));
    expect(world.of("bidsOpened").map((event) => event.bids)).toEqual([[]]);
  });
});

describe("bids and the holder of a match right", () => {
  const opened = (validUntil: string): F0 => {
    const world = new F0().submit().answer(REFUSED, "alfa", { type: "refuse" });
    return world.bid("2026-09-16T18:00:00Z", "gamma", 2.6, {}, { validUntil: at(validUntil) });
  };

  test("[BOK23] a bid that would end before the holder's window is asked to last longer, and wins nothing burdened if it does not", () => {
    const world = opened("2026-09-20T00:00:00Z").wait("2026-09-17T18:00:01Z");
    expect(world.of("extensionAsked")[0]).toMatchObject({ bidder: "gamma", until: at("2026-09-22T00:00:00Z") });
    expect(world.of("noticeSent").filter((event) => event.notice.kind === "match")).toEqual([]);
    world.wait("2026-09-19T00:00:00Z");
    expect(world.of("bidVoided")[0]).toMatchObject({ why: "not_extended" });
    expect(world.awards()).toEqual([]);
  });

  test("[BOK23] an extended bid is put to the holder", () => {
    const world = opened("2026-09-20T00:00:00Z").wait("2026-09-17T18:00:01Z");
    const bid = world.of("bidReceived")[0]?.bid.id;
    world.send("2026-09-18T00:00:00Z", "gamma", {
      type: "extendBid",
      bid: bid as never,
      validUntil: at("2026-12-01T00:00:00Z"),
    });
    expect(world.open("beta", "match").count).toBe(1024);
  });

  test("[BOK23] a bid that is withdrawn takes its notice with it, and the next best starts a new one", () => {
    const world = opened("2026-12-01T00:00:00Z").bid("2026-09-16T19:00:00Z", "delta", 2.7).wait("2026-09-17T18:00:01Z");
    const bid = world.of("bidReceived")[0]?.bid.id;
    world.send("2026-09-18T00:00:00Z", "gamma", { type: "withdrawBid", bid: bid as never });
    expect(world.of("noticeClosed").at(-1)).toMatchObject({ status: "withdrawn", why: "offer_gone" });
  });
});

describe("before an award", () => {
  const propose = (world: F0, time: string, price: number): F0 =>
    world.send(time, "lab", {
      type: "proposeAward",
      request: "q1" as RequestId,
      lines: [{ provider: "gamma" as PartyId, count: 1024, price: usd(price), stated: {}, rootBlocks: [] }],
    });

  test("[BOK24] terms better for the third party are put to the holder again, as often as the clause says", () => {
    const world = new F0({
      without: ["r2"],
      r1: {
        reoffer: {
          on: "supplier-favourable",
          window: { n: 2, unit: "business-days" },
          maxRounds: 1,
          lastRoundToleranceBp: 0,
        },
      },
    });
    world.submit().answer(REFUSED, "alfa", { type: "refuse" }).wait("2026-09-20T00:00:00Z");
    propose(world, "2026-09-21T17:00:00Z", 3.05);
    expect(world.of("awardBlocked")[0]).toMatchObject({ why: "changed_terms" });
    expect(world.open("alfa", "re-offer")).toMatchObject({
      round: 1,
      finalRound: true,
      respondBy: at("2026-09-24T00:00:00Z"),
    });
    world.answer("2026-09-22T17:00:00Z", "alfa", { type: "refuse" }, "re-offer");
    expect(world.awards()).toEqual([["gamma", 1024]]);
  });

  test("[BOK24] a price no better for the third party than what was refused needs no second question", () => {
    const world = new F0({ without: ["r2"] })
      .submit()
      .answer(REFUSED, "alfa", { type: "refuse" })
      .wait("2026-09-20T00:00:00Z");
    propose(world, "2026-09-21T17:00:00Z", 3);
    expect(world.awards()).toEqual([["gamma", 1024]]);
  });

  test("[BOK26] an award to an affiliate waits for the second approval", () => {
    const world = new F0().submit().answer(REFUSED, "alfa", { type: "refuse" });
    world.bid("2026-09-16T18:00:00Z", "delta", 2.6).wait("2026-09-17T18:00:01Z");
    expect(world.of("approvalAwaited")[0]).toMatchObject({ approvals: ["related-party"], before: "award" });
    expect(world.of("noticeSent").filter((event) => event.notice.kind === "match")).toEqual([]);
    world.send("2026-09-18T00:00:00Z", "lab", {
      type: "giveApproval",
      request: "q1" as RequestId,
      approval: "related-party",
      by: "audit",
    });
    expect(world.awards()).toEqual([["delta", 1024]]);
  });
});

describe("agreements that meet", () => {
  test("[BOK30] two exclusives over one thing hold the requests in their overlap until a person decides", () => {
    const world = new F0({ r1: { kind: "exclusivity" }, without: ["r2"] });
    const second = agreement("lab-beta", {
      provider: "beta" as PartyId,
      clauses: [r1({ kind: "exclusivity", id: "x2" as never, lineageId: "x2", holder: "beta" as PartyId })],
    });
    world.send("2026-09-10T00:00:00Z", "lab", { type: "recordAgreement", agreement: second, activate: true });
    expect(world.of("agreementStatusChanged").at(-1)).toMatchObject({ agreement: "lab-beta", status: "conflicted" });
    world.submit();
    expect(world.of("requestHeld")).toHaveLength(1);
    expect(world.of("noticeSent")).toEqual([]);
    world.submit("2026-09-14T18:00:00Z", { id: "elsewhere" as RequestId }, { regions: ["eu-north"] });
    expect(world.of("requestHeld")).toHaveLength(1);
    world.send("2026-09-15T00:00:00Z", "lab", {
      type: "decideConflict",
      agreement: "lab-beta" as AgreementId,
      clause: "x2" as never,
      withAgreement: "lab-alfa" as AgreementId,
      withClause: "r1" as never,
      prevails: "lab-alfa" as AgreementId,
      by: "counsel",
      reason: "earlier",
    });
    expect(world.open("alfa", "exclusivity").count).toBe(1024);
  });

  test("[BOK10 BOK31] a change of a window reaches open notices only where both signed it, and never shortens them", () => {
    const longer = (signedBy: readonly string[], n: number, version: number) =>
      agreement("lab-alfa", {
        version,
        effectiveFrom: at("2026-09-16T07:00:00Z"),
        clauses: [r1({ window: { n, unit: "business-days" } })],
        ...(signedBy.length === 0 ? {} : { appliesToOpenNotices: { signedBy: signedBy as PartyId[] } }),
      });
    const world = new F0().submit();
    world.send("2026-09-16T08:00:00Z", "lab", {
      type: "recordAgreement",
      agreement: longer([], 10, 2),
      activate: true,
    });
    expect(world.open("alfa").respondBy).toBe(at("2026-09-22T00:00:00Z"));
    world.submit("2026-09-16T17:00:00Z", { id: "q2" as RequestId });
    expect(world.open("alfa").respondBy).toBe(at("2026-10-01T00:00:00Z"));
    const both = new F0().submit();
    both.send("2026-09-16T08:00:00Z", "lab", {
      type: "recordAgreement",
      agreement: longer(["lab"], 10, 2),
      activate: true,
    });
    expect(both.rejected).toBe("not_signed_by_both");
    both.send("2026-09-16T08:00:00Z", "lab", {
      type: "recordAgreement",
      agreement: longer(["lab", "alfa"], 3, 2),
      activate: true,
    });
    expect(both.rejected).toBe("notice_cannot_shorten");
    both.send("2026-09-16T08:00:00Z", "lab", {
      type: "recordAgreement",
      agreement: longer(["lab", "alfa"], 10, 2),
      activate: true,
    });
    expect(both.of("deadlineExtended")[0]).toMatchObject({ respondBy: at("2026-09-29T00:00:00Z"), why: "amendment" });
  });
});
