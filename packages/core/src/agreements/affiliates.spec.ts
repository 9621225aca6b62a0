import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PartyId } from "../kernel/index.ts";
import { controlGroupOf, holderGroupOf, isAffiliate, sameControl } from "./affiliates.ts";
import { parties, party } from "./f0.ts";

const id = (text: string) => text as PartyId;
const affiliated = (a: string, b: string, all: ReturnType<typeof parties>, thresholdBp = 2_000) =>
  isAffiliate(id(a), id(b), all, thresholdBp);

describe("affiliates", () => {
  test("[AGR2] F0: DELTA is 40 % owned by LAB, the share is 20 %", () => {
    const all = parties(party("lab"), party("delta", { lab: 40 }), party("gamma"));
    expect(affiliated("delta", "lab", all)).toBe(true);
    expect(affiliated("lab", "delta", all)).toBe(true);
    expect(affiliated("gamma", "lab", all)).toBe(false);
    expect(affiliated("delta", "lab", all, 4_000)).toBe(true);
    expect(affiliated("delta", "lab", all, 4_001)).toBe(false);
    expect(affiliated("lab", "lab", parties())).toBe(true);
  });

  test("[AGR2] 40 % of 50 % is 20 %, and chains add up", () => {
    const through = parties(party("mid", { lab: 40 }), party("site", { mid: 50 }));
    expect(affiliated("lab", "site", through)).toBe(true);
    expect(affiliated("lab", "site", through, 2_001)).toBe(false);
    const twice = parties(party("a", { lab: 40 }), party("b", { lab: 40 }), party("site", { a: 30, b: 30 }));
    expect(affiliated("lab", "site", twice, 2_400)).toBe(true);
    expect(affiliated("lab", "site", twice, 2_401)).toBe(false);
    const deep = parties(party("m1", { lab: 33 }), party("m2", { m1: 33 }), party("site", { m2: 33, lab: 1 }));
    expect(affiliated("lab", "site", deep, 459)).toBe(true); // 1 % + 3.5937 % = 4.5937 %
    expect(affiliated("lab", "site", deep, 460)).toBe(false);
  });

  test("[AGR2] two parties of which a third owns parts are no affiliates; under its control they are", () => {
    expect(affiliated("a", "b", parties(party("a", { fund: 40 }), party("b", { fund: 40 })))).toBe(false);
    expect(affiliated("a", "b", parties(party("a", { fund: 51 }), party("b", { fund: 51 })))).toBe(true);
  });

  test("[AGR1] control is over half, or recorded; either way up", () => {
    const half = parties(party("a", { top: 50 }), party("b", { top: { shareBp: 100, control: true } }));
    expect(sameControl(id("a"), id("top"), half)).toBe(false);
    expect(sameControl(id("top"), id("b"), half)).toBe(true);
    const chain = parties(party("a", { mid: 51 }), party("mid", { top: 51 }), party("b", { top: 60 }));
    expect(sameControl(id("a"), id("b"), chain)).toBe(true);
    expect(affiliated("a", "b", chain, 9_999)).toBe(true);
  });
});

describe("groups", () => {
  test("[AGR3] the group is named by its top", () => {
    const all = parties(party("a", { mid: 51 }), party("mid", { top: 51 }), party("top"));
    expect(["a", "mid", "top", "other"].map((name) => controlGroupOf(id(name), all))).toEqual([
      "top",
      "top",
      "top",
      "other",
    ]);
  });

  test("[AGR3] of several in control the larger share leads, of equal ones the first id", () => {
    const joint = (x: number, y: number) =>
      parties(party("jv", { y: { shareBp: y, control: true }, x: { shareBp: x, control: true } }));
    expect(controlGroupOf(id("jv"), joint(3_000, 4_000))).toBe("y");
    expect(controlGroupOf(id("jv"), joint(4_000, 4_000))).toBe("x");
  });

  test("[AGR4] an independent interest leaves a holder of its own, and the control in place", () => {
    const all = parties(party("a", { top: { shareBp: 6_000, independentInterest: true } }), party("b", { top: 60 }));
    expect(holderGroupOf(id("a"), all)).toBe("a");
    expect(holderGroupOf(id("b"), all)).toBe("top");
    expect(controlGroupOf(id("a"), all)).toBe("top");
    expect(sameControl(id("a"), id("b"), all)).toBe(true);
  });

  test("[AGR5] owners in a circle have one group, whoever asks", () => {
    const circle = parties(party("c", { b: 60 }), party("b", { a: 60 }), party("a", { c: 60 }), party("d", { c: 60 }));
    expect(["a", "b", "c", "d"].map((name) => controlGroupOf(id(name), circle))).toEqual(["a", "a", "a", "a"]);
    expect(affiliated("d", "b", circle)).toBe(true);
    expect(affiliated("d", "x", circle)).toBe(false);
  });

  test("[AGR1 AGR5] affiliation is mutual, and common control is affiliation, in any web of owners", () => {
    const names = ["a", "b", "c", "d"];
    const web = fc.array(
      fc.record({
        of: fc.constantFrom(...names),
        by: fc.constantFrom(...names),
        share: fc.integer({ min: 1, max: 100 }),
      }),
      { maxLength: 7 },
    );
    fc.assert(
      fc.property(web, fc.integer({ min: 1, max: 10_000 }), (stakes, threshold) => {
        const all = parties(
          ...names.map((name) =>
            party(
              name,
              Object.fromEntries(stakes.filter((item) => item.of === name).map((item) => [item.by, item.share])),
            ),
          ),
        );
        for (const a of names) {
          for (const b of names) {
            expect(affiliated(a, b, all, threshold)).toBe(affiliated(b, a, all, threshold));
            const oneGroup = controlGroupOf(id(a), all) === controlGroupOf(id(b), all);
            const controlled = sameControl(id(a), id(b), all);
            expect(controlled || !oneGroup).toBe(true);
            expect(affiliated(a, b, all, threshold) || !controlled).toBe(true);
          }
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
