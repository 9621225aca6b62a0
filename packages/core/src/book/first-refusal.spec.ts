import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import { formatInstant } from "../kernel/index.ts";
import { at } from "../requests/f0.ts";
import { F0, auditMade } from "./f0.ts";

afterEach(() => {
  auditMade(audit);
});

describe("first refusal", () => {
  test("[BOK11] the notice runs to the close of the fifth business day", () => {
    const world = new F0().submit();
    expect(world.rejected).toBeUndefined();
    expect(formatInstant(world.open("alfa").respondBy ?? at("2000-01-01T00:00:00Z"))).toBe("2026-09-22T00:00:00Z");
  });

  test("[BOK12 BOK13] a full acceptance ends the stage at once and is awarded; nobody else is asked", () => {
    const world = new F0().submit().answer("2026-09-15T18:00:00Z", "alfa", { type: "accept" });
    expect(world.awards()).toEqual([["alfa", 1024]]);
    expect(world.of("tenderOpened")).toEqual([]);
    expect(world.of("noticeSent")).toHaveLength(1);
  });

  test("[BOK13] what a partial acceptance leaves is cleared until the end of the tail", () => {
    const world = new F0().submit().answer("2026-09-15T18:00:00Z", "alfa", { type: "accept", count: 600 });
    const [cleared] = world.of("clearanceIssued");
    expect(cleared?.clearance).toMatchObject({ reason: "refused", count: 424, validUntil: at("2026-11-15T08:00:00Z") });
    expect(world.of("holdPlaced").map((event) => event.count)).toEqual([600]);
    expect(world.of("tenderOpened")[0]?.tender.lots.map((lot) => lot.count)).toEqual([424]);
  });

  test("[BOK12] a lapse is settled at the first command after the deadline, as of the deadline", () => {
    const world = new F0().submit().wait("2026-09-22T00:00:00.000Z");
    expect(world.of("noticeClosed")).toEqual([]);
    world.wait("2026-09-22T08:00:00Z");
    expect(world.of("noticeClosed")[0]).toMatchObject({ status: "lapsed", closedAt: at("2026-09-22T00:00:00Z") });
  });

  test("[BOK13] a tail of no days that ends with the deadline lasts for what follows at once: nobody is asked for ever", () => {
    const atMidnight = {
      window: { n: 2, unit: "days" },
      tail: { days: 0, priceToleranceBp: 0, countToleranceBp: 0 },
    } as const;
    // BETA may take back its refusal until the deadline, 24:00 of the second day in Los Angeles.
    const world = new F0({ without: ["r1"], r2: { ...atMidnight, refusalFinal: false } }).submit();
    world.bid("2026-09-15T18:00:00Z", "gamma", 2.6).wait("2026-09-16T18:00:00Z");
    world.answer("2026-09-17T18:00:00Z", "beta", { type: "refuse" }).wait("2026-10-30T18:00:00Z");
    expect(world.of("noticeSent").map(({ notice }) => notice.kind)).toEqual(["match"]);
    expect(world.awards()).toEqual([["gamma", 1_024]]);
    const [cleared] = world.of("clearanceIssued");
    expect(cleared?.clearance.validUntil).toBe(Number(cleared?.at) + 1);
  });

  test("[BOK13] what does not follow at once is asked about once more, on the offer that is about to be taken", () => {
    const atMidnight = {
      window: { n: 2, unit: "days" },
      tail: { days: 0, priceToleranceBp: 0, countToleranceBp: 0 },
    } as const;
    const world = new F0({ without: ["r2"], r1: { ...atMidnight, refusalFinal: false } }).submit();
    world.wait("2026-09-17T07:00:00Z");
    world.bid("2026-09-17T18:00:00Z", "gamma", 2.6).wait("2026-09-19T18:00:00Z").wait("2026-09-30T18:00:00Z");
    expect(world.of("noticeSent").map(({ notice }) => notice.thirdParty?.price.microsPerHour)).toEqual([
      undefined,
      2_600_000n,
    ]);
    expect(world.awards()).toEqual([["gamma", 1_024]]);
  });
});

describe("market and match", () => {
  test("[BOK20 BOK22] the best bid is put to the holder of the match right, without a name", () => {
    const world = new F0().submit().answer("2026-09-15T18:00:00Z", "alfa", { type: "refuse" });
    world.bid("2026-09-16T18:00:00Z", "gamma", 2.6).wait("2026-09-18T17:00:00Z");
    const match = world.open("beta", "match");
    expect(match.thirdParty).toMatchObject({ count: 1024, price: { microsPerHour: 2_600_000n } });
    expect(match.thirdParty?.provider).toBeUndefined();
    world.answer("2026-09-18T18:00:00Z", "beta", { type: "accept" });
    expect(world.awards()).toEqual([["beta", 1024]]);
    const [told] = world.of("invitationsClosed");
    expect(told?.closed.find(({ provider }) => provider === "gamma")?.selected).toBe(0);
  });

  test("[BOK22 BOK25] a refused match leaves the bid to be awarded with its clearances", () => {
    const world = new F0().submit().answer("2026-09-15T18:00:00Z", "alfa", { type: "accept", count: 600 });
    world.bid("2026-09-16T18:00:00Z", "gamma", 2.6).wait("2026-09-18T17:00:00Z");
    world.answer("2026-09-18T18:00:00Z", "beta", { type: "refuse" });
    expect(world.awards()).toEqual([
      ["alfa", 600],
      ["gamma", 424],
    ]);
    const lines = world.of("awardIssued")[0]?.award.lines ?? [];
    expect(lines[1]?.clearances).toHaveLength(2);
  });
});
