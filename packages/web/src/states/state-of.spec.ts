import { AGREEMENT_STATUSES, NOTICE_STATUSES } from "@offtake/wire/words";
import { expect, test } from "vitest";
import { FAMILIES, GLYPH } from "./families.ts";
import { stateOf } from "./state-of.ts";

test("every family has a sign of its own", () => {
  expect(new Set(FAMILIES.map((family) => GLYPH[family])).size).toBe(FAMILIES.length);
});

test("every state of a notice and of an agreement has a word of its own", () => {
  for (const [kind, statuses] of [
    ["notices", NOTICE_STATUSES],
    ["agreements", AGREEMENT_STATUSES],
  ] as const) {
    const words = statuses.map((status) => stateOf(kind, status).word);
    expect(new Set(words).size).toBe(statuses.length);
  }
});

test("part of what was asked is told apart from all of it", () => {
  expect(stateOf("notices", "part_accepted")).toEqual({ family: "secured", word: "Accepted in part", partial: true });
  expect(stateOf("notices", "accepted")).toEqual({ family: "secured", word: "Accepted" });
});

test("a state that has no entry shows its own word", () => {
  expect(stateOf("calendars", "never_seen")).toEqual({ family: "neutral", word: "Never seen" });
});
