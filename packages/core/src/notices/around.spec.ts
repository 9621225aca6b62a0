import { describe, expect, test } from "vitest";
import { r1 } from "../agreements/f0.ts";
import type { ZoneId } from "../calendar/index.ts";
import { at } from "../requests/f0.ts";
import { deMinimis } from "./de-minimis.ts";
import { minimumUsable, strandedStep } from "./stranded.ts";
import { coverOf, nextRound, priceToleranceOf } from "./tolerance.ts";

describe("stranded remainders", () => {
  test("[NTC29] the minimum is the gang, what the smallest source supplies, or the buyer's own", () => {
    expect(minimumUsable({ gangMin: 8, sourceMins: [] })).toBe(8);
    expect(minimumUsable({ gangMin: 8, sourceMins: [512, 64, 128] })).toBe(64);
    expect(minimumUsable({ gangMin: 256, sourceMins: [64] })).toBe(256);
    expect(minimumUsable({ gangMin: 8, sourceMins: [64], policyMin: 128 })).toBe(128);
  });

  test("[NTC29] offered once more to those that accepted, then it ends", () => {
    const remainder = { left: 56, gangMin: 8, sourceMins: [64] };
    expect(strandedStep(remainder, 1, false)).toBe("offer");
    expect(strandedStep(remainder, 1, true)).toBe("end");
    expect(strandedStep(remainder, 0, false)).toBe("end");
    expect(strandedStep({ ...remainder, left: 64 }, 1, false)).toBe("usable");
    expect(strandedStep({ ...remainder, left: 0 }, 1, false)).toBe("usable");
  });
});

describe("de-minimis", () => {
  const zone = "America/Los_Angeles" as ZoneId;
  const rule = { count: 256, aggregateDays: 30 };
  const first = at("2026-09-14T17:00:00Z");

  test("[NTC30] A10: 248 is clear; at the second the sum is 496, and it and later ones are noticed", () => {
    const history = [{ at: first, count: 248 }];
    expect(deMinimis([], { at: first, count: 248 }, rule, zone)).toEqual({ sum: 248, clear: true, earlier: [] });
    expect(deMinimis(history, { at: at("2026-09-17T17:00:00Z"), count: 248 }, rule, zone)).toEqual({
      sum: 496,
      clear: false,
      earlier: history,
    });
    const twice = [...history, { at: at("2026-09-17T17:00:00Z"), count: 248 }];
    expect(deMinimis(twice, { at: at("2026-09-20T17:00:00Z"), count: 248 }, rule, zone).sum).toBe(744);
  });

  test("[NTC30] at the quantity itself nothing is clear", () => {
    expect(deMinimis([], { at: first, count: 256 }, rule, zone).clear).toBe(false);
    expect(deMinimis([{ at: first, count: 8 }], { at: first, count: 247 }, rule, zone).clear).toBe(true);
  });

  test("[NTC30] a submission counts until 24:00 of day 30 in the clause's zone", () => {
    const history = [{ at: first, count: 248 }];
    const sum = (text: string) => deMinimis(history, { at: at(text), count: 8 }, rule, zone).sum;
    expect(sum("2026-10-15T06:59:59.999Z")).toBe(256); // 14 October, 23:59:59.999 in Los Angeles
    expect(sum("2026-10-15T07:00:00Z")).toBe(8);
  });
});

describe("tolerances and rounds", () => {
  const tail = { days: 60, priceToleranceBp: 50, countToleranceBp: 1_000 };

  test("[NTC31] T11: the last round lets 10 % more pass", () => {
    expect(priceToleranceOf({ finalRound: false }, r1())).toBe(0);
    expect(priceToleranceOf({ finalRound: true }, r1())).toBe(1_000);
    expect(priceToleranceOf({ finalRound: true }, r1({ tail }))).toBe(1_050);
  });

  test("[NTC31] growth inside the tolerance is covered", () => {
    expect(coverOf(1_024, r1())).toBe(1_024);
    expect(coverOf(1_024, r1({ tail }))).toBe(1_126);
  });

  test("[NTC32] at most three re-offers, the third is the last", () => {
    expect(nextRound(r1(), 0)).toEqual({ round: 1, finalRound: false });
    expect(nextRound(r1(), 2)).toEqual({ round: 3, finalRound: true });
    expect(nextRound(r1(), 3)).toBeUndefined();
  });
});
