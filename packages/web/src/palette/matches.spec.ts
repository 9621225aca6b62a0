import { expect, test } from "vitest";
import { type Entry, matching } from "./matches.ts";

const ENTRIES: readonly Entry[] = [
  { id: "1", group: "Open", label: "h100-for-90-days", detail: "Awarded", words: "request" },
  { id: "2", group: "Open", label: "ntc_m41x9", detail: "Open", words: "notice meridian" },
  { id: "3", group: "Go to", label: "Awards", keys: "g w" },
  { id: "5", group: "Run", label: "offtake explain h100-for-90-days", isObject: true },
  { id: "4", group: "Do", label: "Switch to dark", words: "theme" },
];

const found = (typed: string): string =>
  matching(ENTRIES, typed)
    .map(({ id }) => id)
    .join("");

test("every word must be there, in any order and of any part of an entry", () => {
  expect(found("notice meridian")).toBe("2");
  expect(found("meridian m41")).toBe("2");
  expect(found("meridian days")).toBe("");
  expect(found("THEME")).toBe("4");
});

test("what begins with it comes first, then what has a word that begins with it", () => {
  expect(found("award")).toBe("31");
  expect(found("90")).toBe("15");
  expect(found("offtake explain")).toBe("5");
});

test("nothing typed shows places and acts, not every object", () => {
  expect(found("  ")).toBe("34");
});

test("what is typed is no pattern", () => {
  expect(found(".*")).toBe("");
  expect(found("(")).toBe("");
});
