import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import { type Instant, type Money, type PartyId, type RequestId } from "../kernel/index.ts";
import { at, q1, q1Line, USD } from "../requests/f0.ts";
import type { ComputeRequest } from "../requests/request.ts";
import type { CommandBody } from "./commands.ts";
import { auditMade, F0, type F0Options } from "./f0.ts";

afterEach(() => {
  auditMade(audit);
});

const money = (units: number): Money => ({ micros: BigInt(units) * 1_000_000n, currency: USD });
const BUDGET = { approvals: ["budget"], budget: money(1) };

/** Submitted on Monday with a budget of one dollar, by ANN. */
function submitted(options: F0Options = {}): F0 {
  return new F0(options).send("2026-09-14T17:00:00Z", "lab", {
    type: "submitRequest",
    request: q1(BUDGET),
    askedBy: "ann",
  });
}

function revise(world: F0, time: string, changed: Partial<ComputeRequest>, askedBy?: string, line = {}): F0 {
  const request = q1({ ...BUDGET, version: 2, ...changed }, line);
  return world.send(time, "lab", {
    type: "reviseRequest",
    request,
    ...(askedBy === undefined ? {} : { askedBy }),
  });
}

function decide(world: F0, time: string, given = true, more: Partial<CommandBody> = {}): F0 {
  return world.send(time, "lab", {
    type: given ? "giveApproval" : "denyApproval",
    request: "q1" as RequestId,
    approval: "budget",
    by: "cfo",
    ...more,
  } as CommandBody);
}

const requestOf = (world: F0) => world.state.requests.get("q1" as RequestId);

describe("a revision of what was approved", () => {
  test("[BOK211] an approval of one dollar is none of a hundred million", () => {
    const world = decide(submitted(), "2026-09-15T17:00:00Z").answer("2026-09-15T18:00:00Z", "alfa", {
      type: "refuse",
    });
    revise(world, "2026-09-15T19:00:00Z", { budget: money(100_000_000) });
    expect(world.of("approvalsVoided")).toMatchObject([{ approvals: ["budget"], why: "request_revised" }]);
    expect(requestOf(world)).toMatchObject({ approvalsGiven: [], approvalAwaited: "notice" });
    world.bid("2026-09-16T18:00:00Z", "gamma", 2.6).wait("2026-09-19T18:00:00Z");
    expect(world.of("noticeSent").filter(({ notice }) => notice.holder === "beta")).toEqual([]);
    expect(world.awards()).toEqual([]);
    decide(world, "2026-09-21T17:00:00Z").answer("2026-09-21T18:00:00Z", "beta", { type: "refuse" });
    expect(world.awards()).toEqual([["gamma", 1024]]);
  });

  test.each([
    ["a budget", { budget: money(2) }],
    ["none", { budget: undefined }],
    ["a price", { lines: [q1Line({ cap: { microsPerHour: 3_000_001n, currency: USD } })] }],
    ["a count", { lines: [q1Line({ count: 1_032 })] }],
    ["a window", { lines: [q1Line({ window: { from: at("2027-01-01T00:00:00Z"), to: at("2028-01-02T00:00:00Z") } })] }],
    ["a place", { lines: [q1Line({ regions: ["us-central", "us-east"] })] }],
    ["what moving costs", { lines: [q1Line({ switchingCosts: [{ provider: "beta" as PartyId, cost: money(1) }] })] }],
    ["another line", { lines: [q1Line(), q1Line()] }],
    ["what becomes of the rest", { unfilled: "close" }],
  ] as readonly (readonly [string, object])[])("[BOK211] %s is another decision", (_, changed) => {
    const world = decide(submitted(), "2026-09-15T17:00:00Z");
    const { budget, ...rest } = { ...BUDGET, version: 2, ...changed } as Partial<ComputeRequest>;
    const request = q1(budget === undefined ? rest : { ...rest, budget });
    world.send("2026-09-15T19:00:00Z", "lab", { type: "reviseRequest", request });
    expect(world.rejected).toBeUndefined();
    expect(world.of("approvalsVoided")).toHaveLength(1);
    expect(requestOf(world)?.askedAt).toBe(at("2026-09-15T19:00:00Z"));
  });

  test("[BOK211] a note, a label and the same in another order are not: nobody is asked again", () => {
    const world = decide(submitted(), "2026-09-15T17:00:00Z");
    const before = requestOf(world);
    revise(world, "2026-09-15T19:00:00Z", { notes: "for the board", project: "spring", overrides: [] }, "bob");
    revise(world, "2026-09-15T20:00:00Z", { version: 3 }, "bob");
    expect(world.of("approvalsVoided")).toEqual([]);
    expect(world.of("requestRevised").map((event) => event.askedAt)).toEqual([undefined, undefined]);
    expect(requestOf(world)).toMatchObject({ approvalsGiven: ["budget"], askedAt: before?.askedAt, askedBy: "ann" });
    expect(world.open("alfa").status).toBe("open");
  });

  test("[BOK211] a denial is void as well, and what it had ended is asked for again", () => {
    const world = decide(submitted(), "2026-09-15T17:00:00Z").answer("2026-09-15T18:00:00Z", "alfa", {
      type: "refuse",
    });
    decide(world, "2026-09-16T17:00:00Z", false);
    expect(requestOf(world)?.rested?.outcome).toBe("unfilled");
    revise(world, "2026-09-17T17:00:00Z", { budget: money(2) });
    expect(requestOf(world)).toMatchObject({ approvalsDenied: [], approvalAwaited: "notice" });
    decide(world, "2026-09-18T17:00:00Z");
    // ALFA has let it pass, and is not asked again: what follows is the market.
    expect(world.of("noticeSent")).toHaveLength(1);
    expect(world.of("tenderOpened")).toHaveLength(2);
  });

  test("[BOK211] an approval that is named anew is awaited by its name, one that is named no more by nobody", () => {
    const world = revise(submitted(), "2026-09-15T17:00:00Z", { approvals: ["board"] });
    expect(world.of("approvalAwaited").map((event) => event.approvals)).toEqual([["budget"], ["board"]]);
    revise(world, "2026-09-16T17:00:00Z", { approvals: [], version: 3 });
    expect(requestOf(world)?.approvalAwaited).toBeUndefined();
    expect(world.of("noticeSent")).toHaveLength(1);
  });

  test("[BOK209] what was noticed and is asked still runs to its end; what is accepted waits, and is awarded once approved", () => {
    const world = revise(decide(submitted(), "2026-09-15T17:00:00Z"), "2026-09-16T17:00:00Z", { budget: money(2) });
    world.answer("2026-09-17T17:00:00Z", "alfa", { type: "accept", count: 512 });
    expect(world.of("holdPlaced")).toMatchObject([{ count: 512 }]);
    expect(world.of("stageClosed")).toHaveLength(1);
    expect(world.of("tenderOpened")).toEqual([]);
    expect(world.awards()).toEqual([]);
    decide(world, "2026-09-18T17:00:00Z");
    expect(world.of("tenderOpened")).toHaveLength(1);
  });

  test("[BOK209] denied then, what was accepted is awarded, and nothing more", () => {
    const world = revise(decide(submitted(), "2026-09-15T17:00:00Z"), "2026-09-16T17:00:00Z", { budget: money(2) });
    world.answer("2026-09-17T17:00:00Z", "alfa", { type: "accept", count: 512 });
    decide(world, "2026-09-18T17:00:00Z", false);
    expect(world.rejected).toBeUndefined();
    expect(world.awards()).toEqual([["alfa", 512]]);
    expect(world.of("tenderOpened")).toEqual([]);
    expect(world.of("requestRested").concat(world.of("requestClosed") as never)).toMatchObject([
      { outcome: "awarded_part", why: "approval_denied" },
    ]);
  });

  test("[BOK209] denied while one of two holders has accepted, its part is awarded, and the other's notice is taken back", () => {
    const world = decide(
      submitted({
        r1: { sameRank: "weights", weight: 1 },
        r2: {
          kind: "first-refusal",
          trigger: "request",
          rank: 10,
          sameRank: "weights",
          weight: 1,
          partial: "multiple" as never,
        },
      }),
      "2026-09-15T17:00:00Z",
    );
    world.answer("2026-09-15T18:00:00Z", "alfa", { type: "accept", count: 256 });
    revise(world, "2026-09-16T17:00:00Z", { budget: money(2) });
    decide(world, "2026-09-17T17:00:00Z", false);
    expect(world.open("beta")).toMatchObject({ status: "withdrawn" });
    expect(world.awards()).toEqual([["alfa", 256]]);
  });
});

describe("who decides, and on what", () => {
  test("[BOK210] whoever asks does not approve: who submitted it, then who changed it last", () => {
    const world = decide(submitted(), "2026-09-15T17:00:00Z", true, { by: "ann" });
    expect(world.rejected).toBe("own_proposal");
    revise(world, "2026-09-15T18:00:00Z", { budget: money(2) }, "bob");
    decide(world, "2026-09-15T19:00:00Z", false, { by: "bob" });
    expect(world.rejected).toBe("own_proposal");
    decide(world, "2026-09-15T20:00:00Z", true, { by: "ann" });
    expect(world.rejected).toBeUndefined();
    expect(requestOf(world)?.approvalsGiven).toEqual(["budget"]);
  });

  test("[BOK210] a change that nobody is known to ask is nobody's own", () => {
    const world = revise(submitted(), "2026-09-15T18:00:00Z", { budget: money(2) });
    expect(decide(world, "2026-09-15T19:00:00Z", true, { by: "ann" }).rejected).toBeUndefined();
  });

  test("[BOK210] a decision on what was asked before does not count", () => {
    const world = submitted();
    const askedAt = requestOf(world)?.askedAt as Instant;
    revise(world, "2026-09-15T18:00:00Z", { budget: money(2) }, "bob");
    expect(decide(world, "2026-09-15T19:00:00Z", true, { askedAt }).rejected).toBe("approval_outdated");
    expect(decide(world, "2026-09-15T19:00:00Z", false, { askedAt }).rejected).toBe("approval_outdated");
    const now = requestOf(world)?.askedAt as Instant;
    expect(now).toBeGreaterThan(askedAt);
    expect(decide(world, "2026-09-15T19:00:00Z", true, { askedAt: now }).rejected).toBeUndefined();
  });

  test("[BOK210] two changes at one instant are two: what names the first does not name the second", () => {
    const world = submitted();
    const first = requestOf(world)?.askedAt as Instant;
    revise(world, "2026-09-14T17:00:00Z", { budget: money(2) });
    const second = requestOf(world)?.askedAt as Instant;
    revise(world, "2026-09-14T17:00:00Z", { budget: money(3), version: 3 });
    expect([second - first, (requestOf(world)?.askedAt ?? 0) - first]).toEqual([1, 2]);
  });
});
