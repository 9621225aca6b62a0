import { afterEach, describe, expect, test } from "vitest";
import { agreement, r1 } from "../agreements/f0.ts";
import { audit } from "../audit/index.ts";
import type { AcceleratorType, AgreementId, ClauseId, OfferId, PartyId, RequestId } from "../kernel/index.ts";
import { at, q1, usd } from "../requests/f0.ts";
import type { Offer } from "./documents.ts";
import { F0, auditMade } from "./f0.ts";

afterEach(() => {
  auditMade(audit);
});

const REFUSED = "2026-09-15T18:00:00Z";
const Q1 = "q1" as RequestId;
const SPLIT = { partial: { mode: "multiple", of: 8 } } as const;
const NO_TIE = { tie: "none" } as const;
/** BETA is asked after ALFA, as ALFA is. */
const BEHIND = { kind: "first-refusal", trigger: "request", ...SPLIT } as const;

/** GAMMA's price list stands as a bid beside the one that it makes. */
const LIST: Offer = {
  id: "list" as OfferId,
  provider: "gamma" as PartyId,
  acceleratorType: "gb200" as AcceleratorType,
  region: "us-central",
  tiers: [{ from: 8, rate: usd(2.6) }],
  blockSize: 8,
  countMax: 600,
  blocks: [],
  source: "list",
  standing: true,
};

function asked(world: F0, holder: string): (readonly [kind: string, count: number])[] {
  return world
    .of("noticeSent")
    .filter((event) => event.notice.holder === holder)
    .map((event) => [event.notice.kind, event.notice.count]);
}

function propose(world: F0, time: string, provider: string, price: number, count = 1024): F0 {
  return world.send(time, "lab", {
    type: "proposeAward",
    request: Q1,
    lines: [{ provider: provider as PartyId, count, price: usd(price), stated: {}, rootBlocks: [] }],
  });
}

describe("two offers on the same terms", () => {
  test("[BOK86] of one third party are each asked about once", () => {
    const world = new F0({ r2: SPLIT }).send("2026-09-01T00:00:00Z", "gamma", { type: "listOffer", offer: LIST });
    world.submit().answer(REFUSED, "alfa", { type: "refuse" });
    world.bid("2026-09-16T19:00:00Z", "gamma", 2.7, { countMax: 424 }).wait("2026-09-18T18:00:00Z");
    const refuse = (time: string, count: number) => {
      const notice = world.of("noticeSent").find((event) => event.notice.count === count);
      if (notice === undefined) throw new Error(`Broken belief: somebody was asked about ${count}`);
      return world.send(time, "beta", {
        type: "answerNotice",
        notice: notice.notice.id,
        answer: { type: "refuse", orLess: false, rootBlocks: [] },
      });
    };
    refuse("2026-09-18T19:00:00Z", 424);
    refuse("2026-09-18T20:00:00Z", 600);
    expect(asked(world, "beta")).toEqual([
      ["match", 600],
      ["match", 424],
    ]);
    expect(world.awards()).toEqual([
      ["gamma", 600],
      ["gamma", 424],
    ]);
  });

  test("[BOK86] of two third parties are each asked about, also where the terms are alike", () => {
    const world = new F0({
      r1: { reoffer: { on: "any", window: { n: 2, unit: "days" }, maxRounds: 3, lastRoundToleranceBp: 0 } },
      without: ["r2"],
      policy: NO_TIE,
    });
    world.submit().answer(REFUSED, "alfa", { type: "refuse" });
    world.bid("2026-09-16T18:00:00Z", "gamma", 2.6).bid("2026-09-16T19:00:00Z", "beta", 2.6);
    world.wait("2026-09-18T18:00:00Z").answer("2026-09-18T19:00:00Z", "alfa", { type: "refuse" }, "re-offer");
    world.answer("2026-09-18T20:00:00Z", "alfa", { type: "refuse" }, "re-offer");
    expect(asked(world, "alfa")).toEqual([
      ["first-refusal", 1024],
      ["re-offer", 512],
      ["re-offer", 512],
    ]);
    expect(new Set(world.of("noticeSent").map((event) => event.notice.thirdParty?.bid)).size).toBe(3);
    expect(world.awards()).toHaveLength(2);
  });
});

describe("who is asked before", () => {
  const both = (): F0 => {
    const world = new F0({ r2: BEHIND }).submit().answer(REFUSED, "alfa", { type: "refuse" });
    world.answer("2026-09-16T18:00:00Z", "beta", { type: "refuse" }).wait("2026-09-18T18:00:01Z");
    return propose(world, "2026-09-21T18:00:00Z", "alfa", 3.2);
  };

  test("[BOK87] is asked before those behind it, when they are to be asked about new terms", () => {
    const world = both();
    expect(asked(world, "alfa").at(-1)).toEqual(["re-offer", 1024]);
    expect(asked(world, "beta")).toEqual([["first-refusal", 1024]]);
    world.answer("2026-09-21T19:00:00Z", "alfa", { type: "accept" }, "re-offer");
    expect(asked(world, "beta")).toHaveLength(1);
    expect(world.awards()).toEqual([["alfa", 1024]]);
  });

  test("[BOK87] those behind it follow when it lets the new terms pass", () => {
    const world = both().answer("2026-09-21T19:00:00Z", "alfa", { type: "refuse" }, "re-offer");
    world.answer("2026-09-21T20:00:00Z", "beta", { type: "accept" }, "re-offer");
    expect(world.awards()).toEqual([["beta", 1024]]);
  });

  test("[BOK87] is asked before whoever may match its own offer", () => {
    const world = new F0().submit().answer(REFUSED, "alfa", { type: "refuse" }).wait("2026-09-18T18:00:01Z");
    propose(world, "2026-09-21T18:00:00Z", "alfa", 3.2);
    expect([asked(world, "alfa").at(-1), asked(world, "beta")]).toEqual([["re-offer", 1024], []]);
    world.answer("2026-09-21T19:00:00Z", "alfa", { type: "refuse" }, "re-offer");
    world.answer("2026-09-21T20:00:00Z", "beta", { type: "accept" }, "match");
    expect(world.awards()).toEqual([["beta", 1024]]);
  });

  test("[BOK87] stays asked although it lets one third party pass: those behind it are none", () => {
    const world = new F0({ r2: BEHIND }).submit();
    world.send("2026-09-15T18:00:00Z", "alfa", {
      type: "grantWaiver",
      waiver: {
        id: "w1",
        right: { agreement: "lab-alfa" as AgreementId, clause: "r1" as ClauseId },
        standing: false,
        from: at("2026-09-15T18:00:00Z"),
        limits: { provider: "gamma" },
        infoNotice: false,
      },
    });
    expect(world.of("noticeClosed")).toEqual([]);
    world.answer("2026-09-16T18:00:00Z", "alfa", { type: "refuse" });
    world.answer("2026-09-17T18:00:00Z", "beta", { type: "accept" });
    expect(world.awards()).toEqual([["beta", 1024]]);
  });
});

test("[BOK93] who is asked after a first offer that the buyer did not take is asked for better than that", () => {
  const world = new F0({ r1: { kind: "first-offer" }, r2: BEHIND }).submit();
  world.answer(REFUSED, "alfa", { type: "accept", price: usd(2.9) });
  world.send("2026-09-16T18:00:00Z", "lab", { type: "decideOffer", notice: world.open("alfa").id, take: false });
  expect(world.open("beta").terms.price).toEqual({ ...usd(2.9), microsPerHour: 2_899_999n });
  world.answer("2026-09-17T18:00:00Z", "beta", { type: "accept" });
  expect(world.awards()).toEqual([["beta", 1024]]);
  const dear = new F0({ r1: { kind: "first-offer" }, r2: BEHIND }).submit();
  dear.answer(REFUSED, "alfa", { type: "accept", price: usd(3.4) });
  dear.send("2026-09-16T18:00:00Z", "lab", { type: "decideOffer", notice: dear.open("alfa").id, take: false });
  expect(dear.open("beta").terms.price).toEqual(usd(3));
});

test("[BOK61] a bid that has been awarded is used up, and does not fill what somebody else failed to deliver", () => {
  const world = new F0({ without: ["r1", "r2"], policy: NO_TIE }).submit();
  world.bid("2026-09-15T18:00:00Z", "gamma", 2.5, { countMax: 512 });
  world.bid("2026-09-15T19:00:00Z", "beta", 2.6, { countMax: 600 }).wait("2026-09-17T18:00:00Z");
  expect(world.awards()).toEqual([
    ["gamma", 512],
    ["beta", 512],
  ]);
  world.send("2026-09-18T18:00:00Z", "lab", {
    type: "reportDefault",
    award: world.of("awardIssued")[0]?.award.id as never,
    provider: "beta" as PartyId,
    why: "not delivered",
  });
  expect(world.of("awardIssued")).toHaveLength(1);
});

test("[BOK97] what the buyer means to sign outlives a tender that closes without a bid", () => {
  const world = new F0({ without: ["r1", "r2"] }).submit();
  world.send("2026-09-15T00:00:00Z", "lab", {
    type: "recordAgreement",
    activate: true,
    agreement: agreement("lab-beta", {
      provider: "beta" as PartyId,
      clauses: [r1({ holder: "beta" as PartyId, attachBy: "award" })],
    }),
  });
  propose(world, "2026-09-15T18:00:00Z", "gamma", 2.6).wait("2026-09-17T18:00:00Z");
  expect(world.of("bidsOpened")).toHaveLength(1);
  expect(world.open("beta").closedAt).toBeUndefined();
  world.answer("2026-09-18T18:00:00Z", "beta", { type: "refuse" });
  expect(world.awards()).toEqual([["gamma", 1024]]);
});

test("[BOK94] whoever takes an offer of another alternative takes that alternative, and is told which", () => {
  const h100 = { acceleratorType: "h100" as AcceleratorType, factor: { num: 1n, den: 1n } };
  const gb200 = { acceleratorType: "gb200" as AcceleratorType, factor: { num: 1n, den: 1n } };
  const world = new F0({ r2: { scope: { IsGlobalScope: true } } });
  world.submit("2026-09-14T17:00:00Z", {}, { accelerators: [gb200, h100] });
  world.answer(REFUSED, "alfa", { type: "refuse" });
  world.bid("2026-09-16T18:00:00Z", "gamma", 2.6, { acceleratorType: "h100" }).wait("2026-09-18T18:00:00Z");
  expect(world.open("beta", "match").thirdParty).toMatchObject({ acceleratorType: "h100", region: "us-central" });
  world.answer("2026-09-18T19:00:00Z", "beta", { type: "accept" }, "match");
  expect(world.of("awardIssued")[0]?.award.lines).toMatchObject([{ provider: "beta", acceleratorType: "h100" }]);
});

test("[BOK88] an exclusive supplier that does not let an offer go keeps it from being awarded, and is not asked again", () => {
  const world = new F0({
    r1: {
      kind: "exclusivity",
      tail: { days: 0, priceToleranceBp: 0, countToleranceBp: 0 },
      release: { refusal: false, silence: true, inability: false },
    },
    without: ["r2"],
  }).submit();
  world.wait("2026-09-28T18:00:00Z");
  propose(world, "2026-09-29T18:00:00Z", "gamma", 2.6).answer("2026-09-30T18:00:00Z", "alfa", { type: "refuse" });
  expect(world.of("awardBlocked").at(-1)).toMatchObject({ why: "exclusivity_not_released" });
  expect(asked(world, "alfa")).toEqual([
    ["exclusivity", 1024],
    ["exclusivity", 1024],
  ]);
  expect(world.awards()).toEqual([]);
});

test("[BOK89] a right that attaches at award waits for who is being asked already", () => {
  const world = new F0({ without: ["r2"] }).submit();
  world.send("2026-09-15T00:00:00Z", "lab", {
    type: "recordAgreement",
    activate: true,
    agreement: agreement("lab-beta", {
      provider: "beta" as PartyId,
      clauses: [
        r1({ id: "late" as ClauseId, lineageId: "late", holder: "beta" as PartyId, attachBy: "award", rank: 5 }),
      ],
    }),
  });
  propose(world, "2026-09-15T18:00:00Z", "alfa", 2.9);
  expect([asked(world, "alfa"), asked(world, "beta")]).toEqual([[["first-refusal", 1024]], []]);
  world.answer("2026-09-16T18:00:00Z", "alfa", { type: "refuse" });
  expect(asked(world, "alfa")).toHaveLength(1);
  world.answer("2026-09-17T18:00:00Z", "beta", { type: "refuse" });
  expect(asked(world, "alfa")).toHaveLength(1);
  expect(world.awards()).toEqual([["alfa", 1024]]);
});

test("[BOK90] a revision that comes back to the terms that were let pass does not have its holder asked again", () => {
  const world = new F0({ r2: { ...BEHIND, partial: { mode: "none" } } });
  world.submit("2026-09-14T17:00:00Z", {}, { count: 1024 });
  world.answer(REFUSED, "alfa", { type: "accept", count: 224 });
  world.answer("2026-09-16T18:00:00Z", "beta", { type: "refuse" });
  world.wait("2026-09-19T18:00:00Z");
  const award = world.of("awardIssued")[0]?.award.id;
  if (award === undefined) throw new Error("Broken belief: what ALFA took is awarded");
  world.send("2026-09-20T18:00:00Z", "lab", {
    type: "reportDefault",
    award,
    provider: "alfa" as PartyId,
    why: "not delivered",
  });
  world.answer("2026-09-21T18:00:00Z", "beta", { type: "refuse" });
  expect(asked(world, "beta")).toEqual([
    ["first-refusal", 800],
    ["first-refusal", 224],
  ]);
  world.send("2026-09-22T18:00:00Z", "lab", {
    type: "reviseRequest",
    request: q1({ version: 2 }, { count: 800 }),
  });
  expect(asked(world, "beta")).toHaveLength(2);
  expect(
    world.state.requests
      .get(Q1)
      ?.lots.at(-1)
      ?.clearances.map((item) => item.right.clause),
  ).toContain("r2");
});

test("[BOK90] an option at its own price is the same whatever the request would pay", () => {
  const option = { count: 2048, price: usd(2.4), until: at("2026-12-31T00:00:00Z"), blocks: [] };
  const world = new F0({ r1: { kind: "option", option }, without: ["r2"] }).submit();
  world.answer(REFUSED, "alfa", { type: "refuse" });
  world.send("2026-09-16T18:00:00Z", "lab", { type: "reviseRequest", request: q1({ version: 2 }, { cap: usd(3.1) }) });
  expect(asked(world, "alfa")).toEqual([["option", 1024]]);
});

test("[BOK91] a right that is suspended lets all third parties pass for what they get together, and no more", () => {
  const world = new F0({ r2: { ...SPLIT, suspendOnDefault: true }, policy: NO_TIE });
  world.submit().answer(REFUSED, "alfa", { type: "refuse" });
  world.bid("2026-09-16T18:00:00Z", "gamma", 2.6).bid("2026-09-16T19:00:00Z", "alfa", 2.6);
  world.send("2026-09-17T00:00:00Z", "lab", {
    type: "recordDefault",
    party: "beta" as PartyId,
    agreement: "lab-beta" as AgreementId,
    cured: false,
  });
  world.wait("2026-09-18T18:00:00Z");
  const suspended = world.of("clearanceIssued").filter((event) => event.clearance.reason === "suspended");
  expect(suspended.reduce((sum, event) => sum + event.clearance.count, 0)).toBe(1024);
  expect(world.awards()).toHaveLength(2);
});

test("[BOK92] a waiver that is used without a notice lasts from its use on, however late it is looked at", () => {
  const world = new F0({
    r1: { tail: { days: 0, priceToleranceBp: 0, countToleranceBp: 0 } },
    without: ["r2"],
  }).submit();
  world.answer(REFUSED, "alfa", { type: "refuse" }).bid("2026-09-16T18:00:00Z", "gamma", 2.6);
  world.send("2026-09-16T19:00:00Z", "alfa", {
    type: "grantWaiver",
    waiver: {
      id: "w1",
      right: { agreement: "lab-alfa" as AgreementId, clause: "r1" as ClauseId },
      standing: false,
      from: at("2026-09-16T19:00:00Z"),
      limits: { provider: "gamma" },
      infoNotice: false,
    },
  });
  world.wait("2026-09-25T18:00:00Z");
  expect(world.awards()).toEqual([["gamma", 1024]]);
});

test("[BOK98] who answers a notice that was taken back is told that it was, and takes nothing", () => {
  const world = new F0().submit().answer(REFUSED, "alfa", { type: "refuse" });
  world.bid("2026-09-16T18:00:00Z", "gamma", 2.6).wait("2026-09-18T18:00:00Z");
  const bid = world.of("bidReceived")[0]?.bid.id as never;
  world.send("2026-09-18T19:00:00Z", "gamma", { type: "withdrawBid", bid });
  expect(world.of("noticeClosed").at(-1)).toMatchObject({ status: "withdrawn", why: "offer_gone" });
  world.answer("2026-09-18T20:00:00Z", "beta", { type: "accept" }, "match");
  expect(world.rejected).toBeUndefined();
  expect(world.of("answerReceived").at(-1)?.answer).toMatchObject({
    verdict: "non_conforming",
    defects: ["notice_withdrawn"],
  });
  expect(world.awards()).toEqual([]);
});

test("[BOK99] an option is used up by all that is taken of it, also by what was asked about at the same time", () => {
  const option = { count: 1024, price: usd(2.4), until: at("2026-12-31T00:00:00Z"), blocks: [] };
  const world = new F0({ r1: { kind: "option", option }, without: ["r2"], policy: { autoAward: false } });
  world.submit("2026-09-14T17:00:00Z", {}, { count: 600 });
  world.submit("2026-09-14T18:00:00Z", { id: "q2" as RequestId }, { count: 600 });
  const [first, second] = world.of("noticeSent").map((event) => event.notice);
  const accept = (time: string, notice: typeof first) =>
    world.send(time, "alfa", {
      type: "answerNotice",
      notice: notice?.id as never,
      answer: { type: "accept", orLess: true, rootBlocks: [] },
    });
  accept("2026-09-15T18:00:00Z", first);
  accept("2026-09-16T18:00:00Z", second);
  expect(world.of("holdPlaced").map((event) => event.count)).toEqual([600, 424]);
});
