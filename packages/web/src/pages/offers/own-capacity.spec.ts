import { describe, expect, test } from "vitest";
import { profileOf } from "../../coverage/profile.ts";
import type { CapacityTold } from "../../position/grid.ts";
import { lowestAfter, ownCoverage, ownMonths, ownSteps } from "./own-capacity.ts";

const APR = "2026-04-01T00:00:00Z";
const MAY = "2026-05-01T00:00:00Z";
const JUN = "2026-06-01T00:00:00Z";
const JUL = "2026-07-01T00:00:00Z";
const AUG = "2026-08-01T00:00:00Z";

const block = (name: string, quantity: number, more = {}): CapacityTold["blocks"][number] => ({
  block: name,
  provider: "meridian",
  accelerator: "h100-sxm-80gb",
  region: "us-south",
  quantity,
  blockSize: 4,
  from: APR,
  to: AUG,
  firmness: "firm",
  lineage: [],
  lowestFree: quantity,
  calendar: [{ from: APR, to: AUG, free: quantity }],
  ...more,
});
const WANTED = { acceleratorType: "h100-sxm-80gb", regions: ["us-*"] };
const sold = block("south", 4_800, {
  calendar: [
    { from: APR, to: JUN, free: 4_800 },
    { from: JUN, to: AUG, free: 1_000 },
  ],
});
const steps = ownSteps({ blocks: [sold, block("west", 200, { region: "us-west" })] }, WANTED);
const answer = { span: { from: MAY, to: JUL }, own: 1_700, before: 0 };

describe("one's own capacity beside what is asked", () => {
  test("is all blocks that would do, together; not those elsewhere, of another kind, or only forecast", () => {
    expect(steps.map(({ total, free }) => [total, free])).toEqual([
      [5_000, 5_000],
      [5_000, 1_200],
    ]);
    const others = [
      block("eu", 8, { region: "eu-north" }),
      block("b200", 8, { accelerator: "b200-sxm-180gb" }),
      block("later", 8, { firmness: "forecast" }),
    ];
    expect(ownSteps({ blocks: others }, WANTED)).toEqual([]);
    expect(ownSteps({ blocks: [others[0] ?? sold] }, { ...WANTED, regions: [] })).toHaveLength(1);
  });

  test("says where it would be lowest once the answer is given, below 0 where it is oversold", () => {
    expect(lowestAfter(steps, answer)).toEqual({ count: -500, at: Date.parse(JUN) });
    expect(lowestAfter(steps, { ...answer, own: 1_200 })?.count).toBe(0);
    expect(lowestAfter(steps, { ...answer, span: { from: APR, to: MAY } })).toEqual({
      count: 3_300,
      at: Date.parse(APR),
    });
    expect(lowestAfter([], answer)).toBeUndefined();
  });

  test("does not count twice what an earlier answer holds", () => {
    expect(lowestAfter(steps, { ...answer, before: 1_000 })?.count).toBe(500);
    const inJune = profileOf(ownCoverage(steps, { ...answer, before: 1_000 })).find(
      ({ from }) => from === Date.parse(JUN),
    );
    expect(inJune?.parts.map(({ layer, count }) => [layer, count])).toEqual([
      ["accepted", 2_800],
      ["asked", 1_700],
      ["open", 500],
    ]);
  });

  test("is drawn with the answer only while it lasts, above the line where it is oversold", () => {
    const drawn = profileOf(ownCoverage(steps, answer)).map(({ demand, parts }) => [
      demand,
      ...parts.map(({ layer, count }) => `${layer} ${count}`),
    ]);
    expect(drawn).toEqual([
      [5_000, "open 5000"],
      [5_000, "asked 1700", "open 3300"],
      [5_000, "accepted 3800", "asked 1700"],
      [5_000, "accepted 3800", "open 1200"],
    ]);
  });

  test("stands month by month", () => {
    expect(ownMonths(steps, answer, "UTC")).toEqual([
      { key: "2026-05", free: 5_000, left: 3_300 },
      { key: "2026-06", free: 1_200, left: -500 },
    ]);
    expect(ownMonths([], answer, "UTC")[0]).toEqual({ key: "2026-05", free: 0, left: -1_700 });
  });
});
