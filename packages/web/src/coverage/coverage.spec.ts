import { describe, expect, test } from "vitest";
import { only, toldTo } from "../gallery/told.ts";
import { coverageOf } from "./of-request.ts";
import { barsOf, profileOf, topOf } from "./profile.ts";
import type { Coverage } from "./segments.ts";
import { coverageSentence } from "./sentence.ts";

function coverageAt(until: string): Coverage {
  const { all } = toldTo("aurora-labs", until);
  return coverageOf(only(all("requests")), all("notices"), all("awards"));
}

const WINDOW = { from: "2026-05-01T00:00:00Z", to: "2026-07-30T00:00:00Z" };

describe("the coverage of the story's request", () => {
  test("all of it is asked of the holder once the notice is out", () => {
    expect(coverageAt("2026-03-02T17:00:00Z")).toEqual({
      demand: [{ count: 4_096, span: WINDOW }],
      segments: [{ layer: "asked", party: "meridian", count: 4_096, span: WINDOW }],
    });
  });

  test("after the answer 1,700 are the holder's own, 800 passed through, and the rest is open to the market", () => {
    expect(coverageAt("2026-03-10T00:00:00Z").segments).toEqual([
      { layer: "accepted", party: "meridian", count: 1_700, span: WINDOW },
      { layer: "through", party: "meridian", host: "corvid-cloud", count: 800, span: WINDOW },
      { layer: "market", count: 1_596, span: WINDOW },
    ]);
  });

  test("the award covers everything, and the acceptance is not counted twice", () => {
    const { segments } = coverageAt("2026-12-31T00:00:00Z");
    expect(segments.map(({ layer, party, count }) => [layer, party, count])).toEqual([
      ["accepted", "meridian", 1_700],
      ["through", "meridian", 800],
      ["accepted", "ember", 1_024],
      ["accepted", "northlight", 572],
    ]);
  });

  test("is said in one sentence at each stage", () => {
    const say = (until: string) => coverageSentence(profileOf(coverageAt(until)));
    expect(say("2026-03-02T17:00:00Z")).toBe(
      "0 of 4,096 are covered (0.0 % of the accelerator-hours); 4,096 are asked and not answered.",
    );
    expect(say("2026-03-10T00:00:00Z")).toBe(
      "2,500 of 4,096 are covered (61.0 % of the accelerator-hours); 1,596 are open to the market.",
    );
    expect(say("2026-12-31T00:00:00Z")).toBe("All 4,096 are covered throughout.");
  });
});

describe("a profile", () => {
  const day = (n: number): string => new Date(Date.UTC(2026, 4, n)).toISOString();
  const mixed: Coverage = {
    demand: [
      { count: 100, span: { from: day(1), to: day(11) } },
      { count: 50, span: { from: day(6), to: day(16) } },
    ],
    segments: [
      { layer: "open", count: 40, span: { from: day(1), to: day(6) } },
      { layer: "through", party: "b", host: "c", count: 20, span: { from: day(1), to: day(16) } },
      { layer: "accepted", party: "a", count: 60, span: { from: day(1), to: day(11) } },
      { layer: "accepted", party: "a", count: 10, span: { from: day(1), to: day(6) } },
    ],
  };

  test("has a step for each stretch between two changes, parts stacked by layer", () => {
    const steps = profileOf(mixed);
    expect(steps.map(({ demand, missing }) => [demand, missing])).toEqual([
      [100, 10],
      [150, 70],
      [50, 30],
    ]);
    expect(steps[0]?.parts).toEqual([
      { layer: "accepted", party: "a", count: 70, below: 0 },
      { layer: "through", party: "b", host: "c", count: 20, below: 70 },
      { layer: "open", count: 40, below: 90 },
    ]);
    expect(topOf(steps)).toBe(150);
  });

  test("is drawn in bars: what goes on unchanged is one, what changes or moves begins anew", () => {
    const bars = barsOf(profileOf(mixed));
    expect(bars.map(({ layer, count, below, from, to }) => [layer, count, below, (to - from) / 86_400_000])).toEqual([
      ["accepted", 70, 0, 5],
      ["through", 20, 70, 5],
      ["open", 40, 90, 5],
      ["accepted", 60, 0, 5],
      ["through", 20, 60, 5],
      ["through", 20, 0, 5],
    ]);
    const steady = barsOf(profileOf({ ...mixed, segments: mixed.segments.filter(({ layer }) => layer === "through") }));
    expect(steady.map(({ count, from, to }) => [count, (to - from) / 86_400_000])).toEqual([[20, 15]]);
  });

  test("weighs a gap by its length", () => {
    expect(coverageSentence(profileOf(mixed))).toBe(
      "63.3 % of the accelerator-hours are covered; at most 70 of 150 are missing at a time; 40 have nobody so far.",
    );
  });

  test("of nothing is empty", () => {
    expect(profileOf({ demand: [], segments: [] })).toEqual([]);
    expect(topOf([])).toBe(0);
    expect(coverageSentence([])).toBe("Nothing is asked for.");
  });
});
