import { describe, expect, test } from "vitest";
import {
  type AcceleratorType,
  type AgreementId,
  type BlockId,
  type ClauseId,
  type Instant,
  type PartyId,
  rational,
} from "../kernel/index.ts";
import { atomise, partLabel } from "./atomise.ts";
import { compileScope, matchesScope } from "../scope/index.ts";
import { at, lotIds, ONE, q1, q1Line, q1Lot, USD, usd, YEAR_2027 } from "./f0.ts";
import { fitsRegion, lotFacts } from "./facts.ts";
import type { Lot } from "./lot.ts";
import type { RequestLine } from "./request.ts";
import { parseSourceClass } from "./source-class.ts";
import { splitLot } from "./split.ts";

const lotsOf = (line: Partial<RequestLine>): Lot[] => atomise(q1({}, line), lotIds());
const values = (lot: Lot) => {
  const facts = lotFacts(lot, lot.alternatives[0] as Lot["alternatives"][number]);
  return Object.fromEntries([...facts].map(([dimension, fact]) => [dimension, fact.value]));
};

describe("lots of a request", () => {
  test("[REQ8] one plain line is one lot", () => {
    expect(lotsOf({})).toMatchObject([
      { id: "lot_1", request: "q1", label: "1", side: "demand", count: 1_024, purposes: ["inference"], warnings: [] },
    ]);
  });

  test("[REQ8] accelerators times regions are alternatives of one lot", () => {
    const accelerators = [
      { acceleratorType: "gb200" as AcceleratorType, factor: ONE },
      { acceleratorType: "h100" as AcceleratorType, factor: rational(2n) },
    ];
    const [lot, ...others] = lotsOf({ accelerators, regions: ["us-*", "eu-west"] });
    expect(others).toEqual([]);
    expect(lot?.alternatives.map((item) => `${item.acceleratorType}*${item.factor.num} ${item.region}`)).toEqual([
      "gb200*1 us-*",
      "gb200*1 eu-west",
      "h100*2 us-*",
      "h100*2 eu-west",
    ]);
    expect(lot?.terms).toMatchObject({ acceleratorType: "gb200", regions: ["eu-west", "us-*"] });
  });

  test("[REQ8] a bid's region fits the same region or the pattern that begins it", () => {
    const alternative = (region: string) => ({ acceleratorType: "gb200" as AcceleratorType, factor: ONE, region });
    expect(fitsRegion(alternative("us-*"), "us-central")).toBe(true);
    expect(fitsRegion(alternative("us-*"), "eu-west")).toBe(false);
    expect(fitsRegion(alternative("us"), "us-central")).toBe(false);
  });

  test("[REQ9] A4: 768 training and 256 inference are two lots", () => {
    const purposes = [
      { purpose: "training", count: 768 },
      { purpose: "inference", count: 256 },
    ];
    expect(lotsOf({ purposes, sourceClass: "own_build" })).toMatchObject([
      { label: "1a", count: 768, purposes: ["training"], purposeDeclared: true, terms: { purpose: "training" } },
      { label: "1b", count: 256, purposes: ["inference"], purposeDeclared: true, terms: { purpose: "inference" } },
    ]);
  });

  test("[REQ10] A5: an undeclared split stays one lot of 1,024 with a warning", () => {
    const purposes = [{ purpose: "training" }, { purpose: "inference" }];
    const lots = lotsOf({ purposes });
    expect(lots).toMatchObject([{ count: 1_024, purposeDeclared: false, warnings: ["purpose_split_not_declared"] }]);
    expect(lots[0]?.terms.purposes).toEqual(["inference", "training"]);
    expect(lots[0]?.terms.purpose).toBeUndefined();
  });

  test("[REQ10] no purpose at all is a lot with a warning", () => {
    expect(lotsOf({ purposes: [] })).toMatchObject([
      { count: 1_024, purposes: [], purposeDeclared: false, warnings: ["purpose_not_declared"] },
    ]);
  });

  test("[REQ11] A7 and A9: a call or renewal at its preset price is not new, a negotiated one is", () => {
    const under = { agreement: "gamma" as AgreementId, clause: "call" as ClauseId };
    expect(lotsOf({ under: { ...under, negotiated: false } })[0]?.newCapacity).toBe(false);
    expect(lotsOf({ under: { ...under, negotiated: true } })[0]?.newCapacity).toBe(true);
    expect(lotsOf({})[0]?.newCapacity).toBe(true);
    const request = q1({}, { under: { ...under, negotiated: false } });
    expect(atomise(request, lotIds(), () => true)[0]?.newCapacity).toBe(true); // a contract signed under the right
  });

  test("[REQ8] a sale is a lot on the capacity side, at its price", () => {
    const sale = { to: "beta" as PartyId, price: usd(2.5), blocks: ["g1"] as BlockId[] };
    const [lot] = atomise(q1({ sale }), lotIds());
    expect(lot).toMatchObject({ side: "capacity", terms: { price: usd(2.5) } });
  });

  test("[REQ8] lines are told apart by their labels", () => {
    const lots = atomise(q1({ lines: [q1Line(), q1Line({ count: 8 })] }), lotIds());
    expect(lots.map((lot) => lot.label)).toEqual(["1", "2"]);
    expect([0, 25, 26, 701, 702].map((index) => partLabel("1", index))).toEqual(["1a", "1z", "1aa", "1zz", "1aaa"]);
    expect(partLabel("1a", 0)).toBe("1a1");
  });

  test("[REQ16] what is not material is not in the terms", () => {
    const bare = q1Lot();
    const dressed = atomise(
      q1(
        { project: "copilot", notes: "call Ann", approvals: ["board"], budget: { micros: 9n, currency: USD } },
        { incumbent: "alfa" as PartyId },
      ),
      lotIds(),
    )[0];
    expect(dressed?.termsText).toBe(bare.termsText);
    expect(Object.keys(bare.terms).sort()).toEqual([
      "acceleratorType",
      "blockSize",
      "count",
      "divisible",
      "gangMin",
      "price",
      "purpose",
      "regions",
      "stated",
      "window",
    ]);
  });
});

describe("a lot cut where a right ends", () => {
  test("[REQ12] by count: what the right reaches comes first, in whole blocks", () => {
    const parts = splitLot(q1Lot(), { count: 300 }, lotIds());
    expect(parts.map((part) => [part.label, part.count, part.terms.count])).toEqual([
      ["1a", 304, 304],
      ["1b", 720, 720],
    ]);
    expect(parts[0]?.termsText).not.toBe(parts[1]?.termsText);
  });

  test("[REQ12] a cut outside the lot leaves it as it is", () => {
    const lot = q1Lot();
    for (const count of [0, -8, 1_024, 2_000, 1_017, Number.NaN]) {
      expect(splitLot(lot, { count }, lotIds())).toEqual([lot]);
    }
  });

  test("[REQ12] a gang or an indivisible lot is flagged, and the part can be taken", () => {
    const [reached, rest] = splitLot(q1Lot({ gangMin: 512 }), { count: 256 }, lotIds());
    expect(reached).toMatchObject({ warnings: ["gang_split"], terms: { count: 256, gangMin: 256 } });
    expect(rest).toMatchObject({ warnings: [], terms: { count: 768, gangMin: 512 } });
    const parts = splitLot(q1Lot({ divisible: false }), { count: 256 }, lotIds());
    expect(parts.map((part) => part.warnings)).toEqual([["indivisible_split"], ["indivisible_split"]]);
  });

  test("[REQ13] by window: before, inside and after, without gap", () => {
    const window = { from: at("2027-03-01T08:00:00Z"), to: at("2027-06-30T00:00:00Z") };
    const parts = splitLot(q1Lot({ latestStart: at("2027-01-11T00:00:00Z") }), { window }, lotIds());
    expect(parts.map((part) => [part.label, part.window.from, part.window.to])).toEqual([
      ["1a", YEAR_2027.from, window.from],
      ["1b", window.from, window.to],
      ["1c", window.to, YEAR_2027.to],
    ]);
    expect(parts.map((part) => part.terms.latestStart)).toEqual([
      at("2027-01-11T00:00:00Z"),
      at("2027-03-11T08:00:00Z"),
      at("2027-07-10T00:00:00Z"),
    ]);
    expect(parts.every((part) => part.terms.window === part.window && part.count === 1_024)).toBe(true);
  });

  test("[REQ13] a right over all of the window, or none of it, cuts nothing; a half second is rounded outwards", () => {
    const lot = q1Lot();
    const { from, to } = YEAR_2027;
    expect(splitLot(lot, { window: YEAR_2027 }, lotIds())).toEqual([lot]);
    expect(splitLot(lot, { window: { from: to, to: (to + 1_000) as Instant } }, lotIds())).toEqual([lot]);
    const [before, inside] = splitLot(lot, { window: { from: (from + 1_500) as Instant, to } }, lotIds());
    expect(before?.window).toEqual({ from, to: from + 1_000 });
    expect(inside?.window).toEqual({ from: from + 1_000, to });
  });

  test("[REQ32] at instants: parts in order, those outside cut nothing", () => {
    const { from, to } = YEAR_2027;
    const [spring, autumn] = [at("2027-04-01T00:00:00Z"), at("2027-09-01T00:00:00Z")];
    const parts = splitLot(q1Lot(), { at: [from, spring, autumn, to] }, lotIds());
    expect(parts.map(({ label, window }) => [label, window])).toEqual([
      ["1a", { from, to: spring }],
      ["1b", { from: spring, to: autumn }],
      ["1c", { from: autumn, to }],
    ]);
    expect(parts.every(({ count, terms, window }) => count === 1_024 && terms.window === window)).toBe(true);
  });

  test("[REQ32] at instants inside a second: at its end, once", () => {
    const { from, to } = YEAR_2027;
    const spring = at("2027-04-01T00:00:00Z");
    const inside = [spring - 999, spring - 1, spring].map((ms) => ms as Instant);
    const parts = splitLot(q1Lot(), { at: [(from + 1 - 1_000) as Instant, ...inside, (to - 1) as Instant] }, lotIds());
    expect(parts.map(({ window }) => window)).toEqual([
      { from, to: spring },
      { from: spring, to },
    ]);
  });
});

describe("what scopes see", () => {
  test("[REQ14] declared facts, and only those", () => {
    expect(values(q1Lot())).toEqual({
      RegionId: "us-central",
      x_AcceleratorClass: "gb200",
      x_Purpose: "inference",
      x_NewCapacity: "true",
    });
    expect(values(q1Lot({ channel: "api", sourceClass: "market" }))).toMatchObject({
      x_Channel: "api",
      x_SourceClass: "market",
    });
  });

  test("[REQ14] several purposes are one of them, none is undeclared", () => {
    const split = q1Lot({ purposes: [{ purpose: "training" }, { purpose: "inference" }] });
    expect(values(split)["x_Purpose"]).toEqual(["training", "inference"]);
    expect("x_Purpose" in values(q1Lot({ purposes: [] }))).toBe(false);
  });

  test("[REQ14] of a pattern of regions the beginning is known; extra facts come on top", () => {
    const lot = q1Lot({ regions: ["us-*"] });
    const facts = lotFacts(lot, lot.alternatives[0] as Lot["alternatives"][number], { x_BlockId: "g17" });
    expect(facts.get("x_BlockId")?.value).toBe("g17");
    const within = (...Values: string[]) =>
      matchesScope(
        compileScope({ Inclusions: [{ Dimension: "RegionId", Operator: "In", Values }] }),
        facts,
        "burdened",
      );
    expect(within("us-*")).toBe(true);
    expect(within("us-central")).toBe(true);
    expect(within("eu-*", "us")).toBe(false);
  });

  test("[REQ15] who would build is named beside the class", () => {
    expect(parseSourceClass("own_build:delta,epsilon")).toEqual({ name: "own_build", parties: ["delta", "epsilon"] });
    expect(parseSourceClass("market")).toEqual({ name: "market", parties: [] });
    const lot = q1Lot({ sourceClass: "own_build:delta" });
    expect(lot.sources).toEqual(["delta"]);
    expect(values(lot)["x_SourceClass"]).toBe("own_build");
    expect("sources" in q1Lot({ sourceClass: "own_build" })).toBe(false);
  });
});
