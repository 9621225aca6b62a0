import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { agreement, r1 } from "../agreements/f0.ts";
import { audit } from "../audit/index.ts";
import { formatInstant, windowSeconds } from "../kernel/index.ts";
import type { Answer } from "../notices/notice.ts";
import { at, usd, YEAR_2027 } from "../requests/f0.ts";
import { F0, auditMade } from "./f0.ts";

afterEach(() => {
  auditMade(audit);
});

const BY_MONTH = { partial: { mode: "multiple", of: 8, byMonth: true } } as const;
const SUMMER = { window: { from: at("2027-05-01T07:00:00Z"), to: at("2027-07-30T07:00:00Z") } };
const ANSWERED = "2026-09-15T18:00:00Z";

/** ALFA takes so many of each month; 0 refuses it. */
function taken(world: F0, counts: readonly number[]): F0 {
  const notices = world.of("noticeSent").filter(({ notice }) => notice.holder === "alfa");
  for (const [index, { notice }] of notices.entries()) {
    const count = counts[index] ?? 0;
    const given = { orLess: false, rootBlocks: [] };
    const answer: Answer = count === 0 ? { ...given, type: "refuse" } : { ...given, type: "accept", count };
    world.send(ANSWERED, "alfa", { type: "answerNotice", notice: notice.id, answer });
  }
  return world;
}

describe("a right that is taken month by month", () => {
  test("[BOK208] asks about each month, and what is left of each goes on by itself", () => {
    const world = new F0({ r1: BY_MONTH, without: ["r2"] }).submit("2026-09-14T17:00:00Z", {}, SUMMER);
    const asked = world.of("noticeSent").map(({ notice }) => [formatInstant(notice.terms.window.from), notice.count]);
    expect(asked).toEqual([
      ["2027-05-01T07:00:00Z", 1_024],
      ["2027-06-01T07:00:00Z", 1_024],
      ["2027-07-01T07:00:00Z", 1_024],
    ]);
    taken(world, [1_024, 600, 0]);
    expect(world.of("holdPlaced").map(({ count, window }) => [count, formatInstant(window.to)])).toEqual([
      [1_024, "2027-06-01T07:00:00Z"],
      [600, "2027-07-01T07:00:00Z"],
    ]);
    expect(world.of("tenderOpened")[0]?.tender.lots.map(({ count }) => count)).toEqual([424, 1_024]);
  });

  test("[BOK208] hours of the month before, in another zone, are no month; without the word the lot stays whole", () => {
    const world = new F0({ r1: BY_MONTH, without: ["r2"] }).submit();
    expect(world.of("noticeSent")).toHaveLength(12);
    const [first] = world.of("noticeSent");
    expect(first?.notice.terms.window).toEqual({ from: YEAR_2027.from, to: at("2027-02-01T08:00:00Z") });
    expect(new F0({ without: ["r2"] }).submit().of("noticeSent")).toHaveLength(1);
  });

  test("[BOK208] a right that does not reach the lot, or is of a version to come, cuts nothing", () => {
    const later = new F0({ without: ["r1", "r2"] }).send("2026-01-02T00:00:00Z", "lab", {
      type: "recordAgreement",
      activate: true,
      agreement: agreement("lab-alfa", { clauses: [r1(BY_MONTH)], effectiveFrom: at("2026-12-01T08:00:00Z") }),
    });
    expect(later.submit("2026-09-14T17:00:00Z", {}, SUMMER).of("lotFormed")).toHaveLength(1);
    const other = new F0({ r1: BY_MONTH, without: ["r2"] }).submit(
      "2026-09-14T17:00:00Z",
      {},
      { regions: ["eu-west"] },
    );
    expect(other.of("lotFormed")).toHaveLength(1);
  });

  test("[BOK208] small submissions are counted by what they want at a time", () => {
    const small = { ...BY_MONTH, deMinimis: { count: 1_100, aggregateDays: 30, by: "control-group" } } as const;
    const world = new F0({ r1: small, without: ["r2"] }).submit("2026-09-14T17:00:00Z", {}, SUMMER);
    expect(world.of("deMinimisCounted").map(({ count, clear }) => [count, clear])).toEqual([[1_024, true]]);
    expect(world.of("noticeSent")).toHaveLength(0);
  });

  test("[BOK208] what is told to be asked for and awarded is what is wanted at a time", () => {
    const world = new F0({ r1: BY_MONTH, without: ["r2"] }).submit(
      "2026-09-14T17:00:00Z",
      { unfilled: "close" },
      SUMMER,
    );
    taken(world, [1_024, 1_024, 1_024]);
    const [ended] = [...world.of("requestClosed"), ...world.of("requestRested")];
    expect(ended).toMatchObject({ outcome: "awarded_full", asked: 1_024, awarded: 1_024 });
  });

  test("[BOK208] whatever is taken of whichever month, nothing is taken twice and the parts add up", () => {
    const counts = fc.array(
      fc.integer({ min: 0, max: 128 }).map((blocks) => blocks * 8),
      { minLength: 3, maxLength: 3 },
    );
    fc.assert(
      fc.property(counts, fc.boolean(), (chosen, bids) => {
        const world = taken(
          new F0({ r1: BY_MONTH, without: ["r2"] }).submit("2026-09-14T17:00:00Z", { unfilled: "close" }, SUMMER),
          chosen,
        );
        if (bids && chosen.some((count) => count < 1_024)) {
          const tender = world.of("tenderOpened")[0]?.tender;
          const lines = (tender?.lots ?? []).map(({ lot, count }) => ({
            lot,
            countMin: 8,
            countMax: count,
            multiple: 8,
            tiers: [{ from: 8, rate: usd(2.6) }],
            tierMode: "all-units" as const,
            stated: {},
            rootBlocks: [],
          }));
          const bid = { lines, validUntil: at("2026-12-01T00:00:00Z"), discloseIdentity: true };
          if (tender !== undefined)
            world.send("2026-09-16T18:00:00Z", "gamma", { type: "placeBid", tender: tender.id, bid });
        }
        world.wait("2026-09-30T18:00:00Z").wait("2026-12-30T18:00:00Z");
        const lots = world.of("lotFormed").map(({ lot }) => lot);
        expect(lots).toHaveLength(3);
        for (const [index, lot] of lots.entries()) {
          const inLot = world
            .of("awardIssued")
            .flatMap(({ award }) => award.lines)
            .filter((line) => line.lot === lot.id);
          const own = inLot.filter(({ provider }) => provider === "alfa").reduce((sum, { count }) => sum + count, 0);
          expect(own).toBe(chosen[index]);
          expect(inLot.reduce((sum, { count }) => sum + count, 0)).toBe(bids ? 1_024 : own);
          expect(inLot.every(({ window }) => windowSeconds(window) === windowSeconds(lot.window))).toBe(true);
        }
      }),
      { seed: 20_270_501, numRuns: 40 },
    );
  });
});
