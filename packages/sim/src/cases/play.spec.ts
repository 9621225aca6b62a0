import type { BookEvent } from "@offtake/core/book";
import { describe, expect, test } from "vitest";
import { playScript } from "./play-script.ts";
import { SHARED, smallCase } from "./small.fixture.ts";

/** Looks at a play after somebody has tampered with its log. */
function findingsAfter(tamper: (events: BookEvent[]) => void): string[] {
  const { play } = playScript(smallCase(SHARED), []);
  expect(play.findings()).toEqual([]);
  const record = play.book.records().findLast(({ events }) => events.some(({ type }) => type === "awardIssued"));
  tamper(record?.events as BookEvent[]);
  return play.findings().map(({ invariant, message }) => `${invariant} ${message}`);
}

describe("the soundness of a history", () => {
  test("an award that is recorded twice is found by the audit, the replay and the repetition", () => {
    const found = findingsAfter((events) => {
      const award = events.find(({ type }) => type === "awardIssued");
      if (award !== undefined) events.push(award);
    });
    expect(found.some((text) => text.startsWith("I1"))).toBe(true);
    expect(found.some((text) => text.startsWith("I8"))).toBe(true);
  });

  test("an event that is lost is found, since the log no longer folds into the live state", () => {
    const found = findingsAfter((events) => {
      events.splice(
        events.findIndex(({ type }) => type === "awardIssued"),
        1,
      );
    });
    expect(found).toContain("I8 the events fold into another state than the live one");
  });
});
