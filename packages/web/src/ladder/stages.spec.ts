import { describe, expect, test } from "vitest";
import { only, toldTo } from "../gallery/told.ts";
import { stagesOf } from "./stages.ts";

function ladderAt(until: string): readonly string[] {
  const { all } = toldTo("aurora-labs", until);
  return stagesOf(only(all("requests")), all("notices")).map(({ name, state, note }) =>
    [name, state, note].filter((part) => part !== undefined).join(" · "),
  );
}

describe("the ladder of the story's request", () => {
  test("stands at first refusal while the holder has the word", () => {
    expect(ladderAt("2026-03-02T17:00:00Z")).toEqual([
      "Draft · done",
      "Notice · done · 1 sent",
      "First refusal · current · 1 open",
      "Market · ahead",
      "Selection · ahead",
      "Award · ahead",
    ]);
  });

  test("stands at the market while bids are sealed", () => {
    expect(ladderAt("2026-03-12T20:00:00Z").slice(2)).toEqual([
      "First refusal · done · answered",
      "Market · current · 2 bids",
      "Selection · ahead",
      "Award · ahead",
    ]);
  });

  test("is behind it when the request is closed", () => {
    expect(ladderAt("2026-12-31T00:00:00Z").map((line) => line.split(" · ")[1])).toEqual(Array(6).fill("done"));
  });
});

test("a request without a right to be asked first skips the notices", () => {
  const { all } = toldTo("aurora-labs", "2026-12-31T00:00:00Z");
  const request = only(all("requests"));
  const view = { ...request.view, lots: request.view.lots.map((lot) => ({ ...lot, stages: [] })) };
  expect(stagesOf({ ...request, view }, []).map(({ state }) => state)).toEqual([
    "done",
    "skipped",
    "skipped",
    "done",
    "done",
    "done",
  ]);
});
