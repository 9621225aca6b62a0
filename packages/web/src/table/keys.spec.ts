import { describe, expect, test } from "vitest";
import { actOf, after, NO_ROWS, type TableAct, type TableState } from "./keys.ts";

const IDS = ["a", "b", "c", "d"];

/** Types keys one after the other; capital letters of arrows mean shift. */
function typed(keys: readonly string[], ids = IDS, start: TableState = NO_ROWS): TableState {
  return keys.reduce((state, key) => {
    const isShift = key.startsWith("⇧");
    const act = actOf(isShift ? key.slice(1) : key, isShift, 2);
    return typeof act === "object" ? after(state, act, ids) : state;
  }, start);
}

describe("keys in a table", () => {
  test("the cursor moves and stays in the rows", () => {
    expect(typed(["j"]).cursor).toBe(0);
    expect(typed(["j", "j", "k", "k", "k"]).cursor).toBe(0);
    expect(typed(["End"]).cursor).toBe(3);
    expect(typed(["j", "PageDown", "PageDown", "PageDown"]).cursor).toBe(3);
    expect(typed(["End", "Home"]).cursor).toBe(0);
    expect(typed(["j"], []).cursor).toBe(-1);
  });

  test("x takes a row up and lets it go", () => {
    expect([...typed(["j", "x", "j", "x"]).selected]).toEqual(["a", "b"]);
    expect([...typed(["j", "x", "x"]).selected]).toEqual([]);
    expect([...typed(["x"]).selected]).toEqual([]);
  });

  test("shift and an arrow take up every row between", () => {
    expect([...typed(["j", "x", "⇧ArrowDown", "⇧ArrowDown"]).selected]).toEqual(["a", "b", "c"]);
    expect([...typed(["End", "x", "⇧ArrowUp"]).selected]).toEqual(["d", "c"]);
    expect([...typed(["j", "x", "⇧ArrowDown", "Escape"]).selected]).toEqual([]);
  });

  test("what is selected stays so when rows come and go", () => {
    const before = typed(["j", "x"]);
    const act: TableAct = { type: "move", by: 1 };
    expect([...after(before, act, ["z", "a"]).selected]).toEqual(["a"]);
    expect(after(typed(["End"]), act, ["a"]).cursor).toBe(0);
  });

  test("other keys do what they do elsewhere", () => {
    expect([actOf("Enter", false, 2), actOf("/", false, 2), actOf("q", false, 2)]).toEqual([
      "open",
      "filter",
      undefined,
    ]);
  });
});
