import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import { r2 } from "../agreements/f0.ts";
import type { RightClause } from "../agreements/clause.ts";
import { F0, auditMade } from "./f0.ts";

const first = (changed: Partial<RightClause> = {}): Partial<RightClause> => ({
  kind: "first-refusal",
  trigger: "request",
  window: { n: 5, unit: "business-days" },
  partial: { mode: "multiple", of: 8 },
  ...changed,
});

afterEach(() => {
  auditMade(audit);
});

describe("several holders", () => {
  test("[BOK12] the next rank is asked for what the first left, with its own full window", () => {
    const world = new F0({ r2: first() })
      .submit()
      .answer("2026-09-16T18:00:00Z", "alfa", { type: "accept", count: 600 });
    expect(world.open("beta")).toMatchObject({ count: 424, kind: "first-refusal" });
    world.answer("2026-09-17T18:00:00Z", "beta", { type: "accept" });
    expect(world.awards()).toEqual([
      ["alfa", 600],
      ["beta", 424],
    ]);
  });

  test("[BOK12] asked at the same time, a lower rank gets what the better one leaves", () => {
    const world = new F0({ r1: { parallel: true }, r2: first({ parallel: true }) }).submit();
    world.answer("2026-09-15T18:00:00Z", "beta", { type: "accept", count: 1024, orLess: true });
    world.answer("2026-09-16T18:00:00Z", "alfa", { type: "accept", count: 600 });
    expect(world.awards()).toEqual([
      ["alfa", 600],
      ["beta", 424],
    ]);
  });

  test("[BOK12] a cut that was not agreed to is confirmed within its window, or lapses", () => {
    const world = new F0({ r1: { parallel: true }, r2: first({ parallel: true }) }).submit();
    world.answer("2026-09-15T18:00:00Z", "beta", { type: "accept", count: 1024 });
    world.answer("2026-09-16T18:00:00Z", "alfa", { type: "accept", count: 600 });
    expect(world.open("beta", "confirmation")).toMatchObject({ count: 424 });
    world.wait("2026-09-18T18:00:00Z");
    expect(world.of("holdPlaced").map((event) => [event.holder, event.count])).toEqual([["alfa", 600]]);
    expect(world.of("tenderOpened")[0]?.tender.lots[0]?.count).toBe(424);
  });

  test("[BOK13] acceptances that do not cover the lot together are forfeited where the clause says all or none", () => {
    const world = new F0({
      r1: { aggregateAllOrNone: true },
      r2: first({ rank: 10, aggregateAllOrNone: true }),
    }).submit();
    world.answer("2026-09-15T18:00:00Z", "alfa", { type: "accept", count: 600 });
    world.answer("2026-09-16T18:00:00Z", "beta", { type: "accept", count: 304 });
    expect(world.of("noticeClosed").map((event) => event.status)).toEqual(["forfeited", "forfeited"]);
    expect(world.of("clearanceIssued").map((event) => [event.clearance.reason, event.clearance.count])).toEqual([
      ["forfeited", 1024],
      ["forfeited", 1024],
    ]);
  });

  test("[BOK12] the rest is offered to the one that took its part", () => {
    const over = { overAllotment: { n: 1, unit: "business-days" } } as const;
    const world = new F0({ r1: over, r2: first({ rank: 10, ...over }) }).submit();
    world.answer("2026-09-15T18:00:00Z", "alfa", { type: "accept", count: 512 });
    world.answer("2026-09-16T18:00:00Z", "beta", { type: "refuse" });
    expect(world.open("alfa", "over-allotment")).toMatchObject({ count: 512 });
    world.answer("2026-09-16T20:00:00Z", "alfa", { type: "accept" }, "over-allotment");
    expect(world.awards()).toEqual([["alfa", 1024]]);
  });

  test("[BOK15] a remainder too small to be of use is offered once more to the holder that accepted", () => {
    const world = new F0()
      .submit("2026-09-14T17:00:00Z", {}, { gangMin: 512 })
      .answer("2026-09-15T18:00:00Z", "alfa", { type: "accept", count: 600 });
    expect(world.open("alfa", "stranded")).toMatchObject({ count: 424 });
    world.answer("2026-09-16T18:00:00Z", "alfa", { type: "refuse" }, "stranded");
    expect(world.awards()).toEqual([["alfa", 600]]);
    expect(world.of("requestRested")[0]).toMatchObject({ outcome: "awarded_part", why: "below_minimum_usable" });
  });

  test("[BOK14] a consent that nobody gives bars the lot", () => {
    const consent = {
      ...r2(),
      kind: "consent" as const,
      trigger: "request" as const,
      silence: "blocks" as const,
      rank: 1,
    };
    const world = new F0({ r2: consent }).submit();
    expect(world.open("beta", "consent")).toMatchObject({ count: 1024 });
    world.wait("2026-09-20T00:00:00Z");
    expect(world.of("lotDropped")[0]?.why).toBe("no_answer_is_not_allowed");
    expect(world.of("requestClosed")[0]).toMatchObject({ outcome: "unfilled", why: "no_answer_is_not_allowed" });
    const deemed = new F0({ r2: { ...consent, silence: "consents" } }).submit().wait("2026-09-20T00:00:00Z");
    expect(deemed.of("clearanceIssued")[0]?.clearance.reason).toBe("consented");
    expect(deemed.open("alfa", "first-refusal").count).toBe(1024);
  });
});
