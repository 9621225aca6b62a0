import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NoticeId, PartyId } from "../kernel/index.ts";
import { type Acceptance, allocateStage, type StageToAllocate } from "./allocate.ts";
import { overAllotmentTo } from "./over-allotment.ts";

/** An acceptance by `holder`; the notice has the holder's name, so has its group. */
function accepts(holder: string, count: number, changed: Partial<Acceptance> = {}): Acceptance {
  return {
    notice: holder as NoticeId,
    holder: holder as PartyId,
    group: holder as PartyId,
    rank: 10,
    weight: 50,
    right: holder,
    count,
    orLess: true,
    order: 0,
    ...changed,
  };
}

function allocate(acceptances: readonly Acceptance[], changed: Partial<StageToAllocate> = {}) {
  const { allocations, ...rest } = allocateStage({
    count: 1_024,
    blockSize: 8,
    acceptances,
    sameRank: "weights",
    aggregateAllOrNone: false,
    ...changed,
  });
  return { ...rest, allocations: Object.fromEntries(allocations) };
}

describe("ranks", () => {
  test("[NTC20] P6: ALFA takes 600 at rank 10, 424 are left", () => {
    expect(allocate([accepts("alfa", 600)])).toEqual({
      allocations: { alfa: 600 },
      forfeited: [],
      toConfirm: [],
      unserved: [],
      left: 424,
    });
  });

  test("[NTC20 NTC25] P7: asked at once, BETA gets 424; 1,024 only is to be confirmed, 1,024 or less is not", () => {
    const beta = (orLess: boolean) => accepts("beta", 1_024, { rank: 20, orLess });
    expect(allocate([beta(true), accepts("alfa", 600)])).toMatchObject({
      allocations: { alfa: 600, beta: 424 },
      toConfirm: [],
      left: 0,
    });
    expect(allocate([beta(false), accepts("alfa", 600)])).toMatchObject({
      allocations: { alfa: 600, beta: 424 },
      toConfirm: ["beta"],
    });
  });

  test("[NTC20 NTC25] a better rank that takes all leaves nothing, and nothing to confirm", () => {
    expect(allocate([accepts("alfa", 1_024), accepts("beta", 1_024, { rank: 20, orLess: false })])).toMatchObject({
      allocations: { alfa: 1_024 },
      toConfirm: [],
      unserved: ["beta"],
      left: 0,
    });
  });

  test("[NTC20] nobody accepted", () => {
    expect(allocate([])).toMatchObject({ allocations: {}, forfeited: [], left: 1_024 });
    expect(allocate([], { aggregateAllOrNone: true })).toMatchObject({ forfeited: [], left: 1_024 });
  });
});

describe("one rank", () => {
  test("[NTC21] equal weights, both want all", () => {
    expect(allocate([accepts("alfa", 1_024), accepts("beta", 1_024)]).allocations).toEqual({ alfa: 512, beta: 512 });
  });

  test("[NTC21] nobody above what it accepted, the rest again by the same weights", () => {
    expect(allocate([accepts("alfa", 104), accepts("beta", 1_024)]).allocations).toEqual({ alfa: 104, beta: 920 });
    const three = [
      accepts("alfa", 104, { weight: 2 }),
      accepts("beta", 1_024, { weight: 1 }),
      accepts("gamma", 1_024, { weight: 1 }),
    ];
    expect(allocate(three).allocations).toEqual({ alfa: 104, beta: 464, gamma: 456 });
  });

  test("[NTC21] the odd block goes by largest remainder, then by right", () => {
    const odd = [accepts("beta", 1_024, { right: "b" }), accepts("alfa", 1_024, { right: "c" })];
    expect(allocate(odd, { count: 1_000 }).allocations).toEqual({ beta: 504, alfa: 496 });
    const weighted = [accepts("alfa", 1_024, { weight: 1 }), accepts("beta", 1_024, { weight: 2 })];
    expect(allocate(weighted, { count: 32 }).allocations).toEqual({ alfa: 8, beta: 24 });
  });

  test("[NTC22] a control group has one weight, and inside the first acceptance in the log is served first", () => {
    const group = { group: "top" as PartyId };
    const acceptances = [
      accepts("alfa", 400, { ...group, order: 7 }),
      accepts("alfa2", 400, { ...group, order: 3 }),
      accepts("beta", 1_024, { order: 1 }),
    ];
    expect(allocate(acceptances)).toMatchObject({ allocations: { alfa2: 400, alfa: 112, beta: 512 }, left: 0 });
  });

  test("[NTC22] the group's weight is the largest of its members'", () => {
    const group = { group: "top" as PartyId };
    const acceptances = [
      accepts("alfa", 1_024, { ...group, weight: 1 }),
      accepts("alfa2", 1_024, { ...group, weight: 3 }),
      accepts("beta", 1_024, { weight: 1 }),
    ];
    expect(allocate(acceptances).allocations).toEqual({ alfa: 768, beta: 256 });
  });

  test("[NTC23] first come, first served", () => {
    const acceptances = [accepts("alfa", 800, { order: 2 }), accepts("beta", 600, { order: 1 })];
    expect(allocate(acceptances, { sameRank: "first-come" }).allocations).toEqual({ beta: 600, alfa: 424 });
  });

  test("[NTC24] P8: 600 + 304 do not cover 1,024, both are forfeited", () => {
    const acceptances = [accepts("alfa", 600), accepts("beta", 304)];
    expect(allocate(acceptances, { aggregateAllOrNone: true })).toEqual({
      allocations: {},
      forfeited: ["alfa", "beta"],
      toConfirm: [],
      unserved: [],
      left: 1_024,
    });
    expect(allocate([accepts("alfa", 600), accepts("beta", 424)], { aggregateAllOrNone: true })).toMatchObject({
      allocations: { alfa: 600, beta: 424 },
      forfeited: [],
      left: 0,
    });
  });

  test("[NTC26] a share too small to be of use goes to the others: least weight, then latest", () => {
    const both = [accepts("alfa", 1_024, { order: 2 }), accepts("beta", 1_024, { order: 1 })];
    expect(allocate(both, { minimumPart: 600 })).toMatchObject({ allocations: { beta: 1_024 }, unserved: ["alfa"] });
    const weighted = [accepts("alfa", 1_024, { order: 2, weight: 60 }), accepts("beta", 1_024, { order: 1 })];
    expect(allocate(weighted, { minimumPart: 520 }).allocations).toEqual({ alfa: 1_024 });
    expect(allocate(weighted, { minimumPart: 464 }).allocations).toEqual({ alfa: 560, beta: 464 });
  });

  test("[NTC26] what better ranks leave may be of no use", () => {
    const acceptances = [accepts("alfa", 600), accepts("beta", 1_024, { rank: 20 })];
    expect(allocate(acceptances, { minimumPart: 512 })).toMatchObject({
      allocations: { alfa: 600 },
      unserved: ["beta"],
      left: 424,
    });
    const come = { sameRank: "first-come", minimumPart: 512 } as const;
    expect(allocate([accepts("alfa", 600), accepts("beta", 512, { order: 1 })], come).allocations).toEqual({
      alfa: 600,
    });
  });

  test("[NTC26] a remainder noticed whole may be taken whole", () => {
    expect(allocate([accepts("alfa", 420)], { count: 420, minimumPart: 512 }).allocations).toEqual({ alfa: 420 });
  });
});

describe("any stage", () => {
  const acceptance = fc.record({
    rank: fc.constantFrom(10, 20, 30),
    weight: fc.integer({ min: 1, max: 5 }),
    group: fc.constantFrom("a", "b", "c", "d"),
    blocks: fc.integer({ min: 1, max: 40 }),
    orLess: fc.boolean(),
    order: fc.integer({ min: 0, max: 9 }),
  });
  const stage = fc.record({
    acceptances: fc
      .array(acceptance, { maxLength: 7 })
      .map((list) =>
        list.map(({ blocks, group, ...rest }, index) =>
          accepts(`h${index}`, blocks * 8, { ...rest, group: group as PartyId }),
        ),
      ),
    count: fc.integer({ min: 1, max: 60 }).map((blocks) => blocks * 8),
    sameRank: fc.constantFrom("weights", "first-come"),
    aggregateAllOrNone: fc.boolean(),
    minimumPart: fc.constantFrom(8, 8, 8, 64, 200),
  });

  test("[NTC27] parts add up, nobody above what it accepted, and all that could be taken is", () => {
    fc.assert(
      fc.property(stage, (given) => {
        const { allocations, left, forfeited, toConfirm, unserved } = allocateStage({ blockSize: 8, ...given });
        const taken = [...allocations.values()].reduce((sum, count) => sum + count, 0);
        expect(taken + left).toBe(given.count);
        const accepted = given.acceptances.reduce((sum, item) => sum + item.count, 0);
        for (const item of given.acceptances) {
          const count = allocations.get(item.notice) ?? 0;
          expect(count).toBeLessThanOrEqual(item.count);
          expect(count % 8).toBe(0);
          expect(toConfirm.includes(item.notice)).toBe(!item.orLess && count > 0 && count < item.count);
          expect(unserved.includes(item.notice) || forfeited.includes(item.notice)).toBe(count === 0);
        }
        const all = given.aggregateAllOrNone && accepted < given.count ? 0 : Math.min(accepted, given.count);
        expect(given.minimumPart > 8 || taken === all).toBe(true);
      }),
      { seed: 7, numRuns: 1_500 },
    );
  });

  test("[NTC27] the order in which acceptances are given changes nothing", () => {
    fc.assert(
      fc.property(stage, fc.infiniteStream(fc.nat()), (given, keys) => {
        const shuffled = given.acceptances
          .map((item) => ({ item, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }) => item);
        const sorted = (acceptances: readonly Acceptance[]) => {
          const { allocations, ...rest } = allocateStage({ blockSize: 8, ...given, acceptances });
          return { ...rest, allocations: Object.fromEntries(allocations) };
        };
        expect(sorted(shuffled)).toEqual(sorted(given.acceptances));
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  test("[NTC20 NTC27] a worse rank takes nothing from a better one", () => {
    fc.assert(
      fc.property(stage, (given) => {
        const rule = { blockSize: 8, ...given, aggregateAllOrNone: false };
        const best = given.acceptances.filter((item) => item.rank === 10);
        const alone = allocateStage({ ...rule, acceptances: best }).allocations;
        const together = allocateStage(rule).allocations;
        for (const { notice } of best) expect(together.get(notice)).toBe(alone.get(notice));
      }),
      { seed: 9, numRuns: 500 },
    );
  });
});

describe("the over-allotment round", () => {
  const asked = (holder: string, allocated: number, weight = 50, group = holder) => ({
    notice: holder as NoticeId,
    group: group as PartyId,
    weight,
    right: holder,
    allocated,
  });

  test("[NTC28] P9: ALFA took its 512, BETA refused: ALFA is offered the other 512", () => {
    expect(overAllotmentTo(1_024, 8, [asked("alfa", 512), asked("beta", 0)])).toEqual(["alfa"]);
  });

  test("[NTC28] not to who chose less than its share, and not when nothing is left or taken", () => {
    expect(overAllotmentTo(1_024, 8, [asked("alfa", 504), asked("beta", 0)])).toEqual([]);
    expect(overAllotmentTo(1_024, 8, [asked("alfa", 600), asked("beta", 424)])).toEqual([]);
    expect(overAllotmentTo(1_024, 8, [asked("alfa", 0), asked("beta", 0)])).toEqual([]);
    expect(overAllotmentTo(1_024, 8, [asked("alfa", 600, 60), asked("beta", 100, 40)])).toEqual([]);
    expect(overAllotmentTo(1_024, 8, [asked("alfa", 616, 60), asked("beta", 104, 40)])).toEqual(["alfa"]);
  });

  test("[NTC28] a group is one holder with one share", () => {
    const list = [asked("alfa", 256, 50, "top"), asked("alfa2", 256, 50, "top"), asked("beta", 0)];
    expect(overAllotmentTo(1_024, 8, list)).toEqual(["alfa", "alfa2"]);
  });
});
