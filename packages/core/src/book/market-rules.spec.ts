import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import { agreement, r1 } from "../agreements/f0.ts";
import type { CommitmentClause } from "../agreements/clause.ts";
import { type AgreementId, type ClauseId, type PartyId, type RequestId } from "../kernel/index.ts";
import { at, USD } from "../requests/f0.ts";
import { F0, auditMade } from "./f0.ts";

afterEach(() => {
  auditMade(audit);
});

const GAMMA = "gamma" as PartyId;
const RESOLD = { host: GAMMA };
const CARVED = {
  carveOuts: [
    { id: "inference", scope: { Inclusions: [{ Dimension: "x_Purpose", Operator: "In", Values: ["inference"] }] } },
  ],
} as never;

function approve(world: F0, time: string, given: boolean): F0 {
  return world.send(time, "lab", {
    type: given ? "giveApproval" : "denyApproval",
    request: "q1" as RequestId,
    approval: "related-party",
    by: "cfo",
  });
}

describe("related parties", () => {
  test("[BOK26] what an affiliate resells waits for the second approval too", () => {
    const world = new F0({ without: ["r2"] }).submit().answer("2026-09-15T18:00:00Z", "alfa", { type: "refuse" });
    world.bid("2026-09-16T18:00:00Z", "delta", 2.6, RESOLD).wait("2026-09-18T18:00:00Z");
    expect(world.of("approvalAwaited").at(-1)).toMatchObject({ approvals: ["related-party"], before: "award" });
    expect(approve(world, "2026-09-18T19:00:00Z", true).awards()).toEqual([["delta", 1024]]);
  });

  test("[BOK22] what an affiliate resells is put to the holder once, as its host's offer", () => {
    const world = new F0().submit().answer("2026-09-15T18:00:00Z", "alfa", { type: "refuse" });
    world.bid("2026-09-16T18:00:00Z", "delta", 2.6, RESOLD).wait("2026-09-18T18:00:00Z");
    world.answer("2026-09-18T19:00:00Z", "beta", { type: "refuse" });
    expect(world.of("noticeSent").filter((event) => event.notice.holder === "beta")).toHaveLength(1);
    expect(approve(world, "2026-09-18T20:00:00Z", true).awards()).toEqual([["delta", 1024]]);
  });

  test("[BOK26] denied, it is not awarded, and the next best bid is", () => {
    const world = new F0({ without: ["r2"] }).submit().answer("2026-09-15T18:00:00Z", "alfa", { type: "refuse" });
    world
      .bid("2026-09-16T18:00:00Z", "delta", 2.5, RESOLD)
      .bid("2026-09-16T19:00:00Z", "gamma", 2.6)
      .wait("2026-09-18T18:00:00Z");
    approve(world, "2026-09-18T19:00:00Z", false);
    expect(world.of("bidVoided")).toMatchObject([{ bidder: "delta", why: "approval_denied" }]);
    expect(world.awards()).toEqual([["gamma", 1024]]);
  });

  test("[BOK62] who is one is said by the agreement of a right that is carved out", () => {
    const world = new F0({ r1: CARVED, without: ["r2"] }).submit();
    world.bid("2026-09-15T18:00:00Z", "delta", 2.6).wait("2026-09-18T18:00:00Z");
    expect(world.awards()).toEqual([]);
    expect(world.of("approvalAwaited")).toHaveLength(1);
    const free = new F0({ without: ["r1", "r2"] }).submit();
    free.bid("2026-09-15T18:00:00Z", "delta", 2.6).wait("2026-09-18T18:00:00Z");
    expect(free.awards()).toEqual([["delta", 1024]]);
  });
});

describe("what a match takes", () => {
  const split = { r2: { partial: { mode: "multiple", of: 8 } } as never };

  test("[BOK61] is not filled once more out of the bid that was matched", () => {
    const world = new F0(split).submit().answer("2026-09-15T18:00:00Z", "alfa", { type: "refuse" });
    world.bid("2026-09-16T18:00:00Z", "gamma", 2.6, { countMax: 600 }).wait("2026-09-18T17:00:00Z");
    world.answer("2026-09-18T18:00:00Z", "beta", { type: "accept", count: 600 });
    expect(world.awards()).toEqual([["beta", 600]]);
    expect(world.of("requestRested").at(-1)).toMatchObject({ outcome: "awarded_part", awarded: 600 });
  });

  test("[BOK61] leaves what the bid offers beyond it", () => {
    const world = new F0(split).submit().answer("2026-09-15T18:00:00Z", "alfa", { type: "refuse" });
    world.bid("2026-09-16T18:00:00Z", "gamma", 2.6, { countMax: 800 }).wait("2026-09-18T17:00:00Z");
    world.answer("2026-09-18T18:00:00Z", "beta", { type: "accept", count: 600 });
    world.answer("2026-09-18T19:00:00Z", "beta", { type: "refuse" });
    expect(world.awards()).toEqual([
      ["beta", 600],
      ["gamma", 200],
    ]);
  });
});

describe("commitments in time", () => {
  const missing = (status: CommitmentClause["status"]): CommitmentClause => ({
    id: "spend" as ClauseId,
    kind: "commitment",
    type: "spend",
    obligor: "lab" as PartyId,
    beneficiary: "beta" as PartyId,
    scope: { IsGlobalScope: true },
    status,
    schedule: [
      {
        from: at("2027-01-01T00:00:00Z"),
        to: at("2028-01-01T00:00:00Z"),
        amount: { micros: 30_000_000_000_000n, currency: USD },
      },
    ],
    shortfallBp: 10_000,
    stackPriority: 0,
    lineageId: "spend",
    defaults: [],
  });

  function bought(status: CommitmentClause["status"], effectiveFrom: string, ended = false): [string, number][] {
    const world = new F0({ without: ["r1", "r2"] });
    world.send("2026-01-03T00:00:00Z", "lab", {
      type: "recordAgreement",
      activate: true,
      agreement: agreement("later", {
        provider: "beta" as PartyId,
        effectiveFrom: at(effectiveFrom),
        clauses: [missing(status), r1({ grantor: "gamma" as PartyId })],
      }),
    });
    if (ended)
      world.send("2026-01-04T00:00:00Z", "lab", {
        type: "terminateAgreement",
        agreement: "later" as AgreementId,
        effectiveAt: at("2026-02-01T00:00:00Z"),
      });
    world
      .submit()
      .bid("2026-09-15T18:00:00Z", "gamma", 2.2)
      .bid("2026-09-15T19:00:00Z", "beta", 2.9)
      .wait("2026-09-18T18:00:00Z");
    return world.awards();
  }

  test("[BOK63] one that takes force before or while a lot is served is weighed, one that comes after is not", () => {
    expect(bought("active", "2026-12-01T00:00:00Z")).toEqual([["beta", 1024]]);
    expect(bought("active", "2027-06-01T00:00:00Z")).toEqual([["beta", 1024]]);
    expect(bought("active", "2028-01-01T00:00:00Z")).toEqual([["gamma", 1024]]);
    expect(bought("proposed", "2026-12-01T00:00:00Z")).toEqual([["gamma", 1024]]);
  });

  test("[BOK63] one that has ended is not", () => {
    expect(bought("active", "2026-01-01T08:00:00Z")).toEqual([["beta", 1024]]);
    expect(bought("active", "2026-01-01T08:00:00Z", true)).toEqual([["gamma", 1024]]);
  });
});
