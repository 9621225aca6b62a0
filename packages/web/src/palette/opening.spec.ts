import { describe, expect, test } from "vitest";
import { type Key, Opening } from "./opening.ts";

const key = (name: string, held: Partial<Key> = {}): Key => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...held,
});
const asked = (): Opening => {
  const opening = new Opening();
  expect(opening.take(key("k", { ctrlKey: true }))).toBe(true);
  return opening;
};
const taken = (opening: Opening, keys: readonly string[]): readonly boolean[] =>
  keys.map((name) => opening.take(key(name)));

describe("from the moment the palette is asked for", () => {
  test("what is typed is kept for its field, and is for nothing else", () => {
    const opening = asked();
    expect(opening.shown()).toBe("palette");
    expect(taken(opening, ["t", "?", " ", "é", "x", "Backspace", "Shift", "ArrowDown", "F5"])).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(opening.waiting()).toEqual({ text: "t? é", isMeant: false });
    expect(opening.arrived()).toEqual({ text: "t? é", isMeant: false });
    // Now the field takes its keys itself.
    expect(taken(opening, ["t", "Enter", "Escape"])).toEqual([false, false, false]);
    expect(opening.shown()).toBe("palette");
  });

  test("Enter means what was typed, until it is changed", () => {
    const opening = asked();
    taken(opening, ["a", "Enter"]);
    expect(opening.waiting()).toEqual({ text: "a", isMeant: true });
    taken(opening, ["b"]);
    expect(opening.waiting()).toEqual({ text: "ab", isMeant: false });
    taken(opening, ["Enter", "Backspace"]);
    expect(opening.arrived()).toEqual({ text: "a", isMeant: false });
  });

  test("keys of the browser and of other programs pass, and letters written with AltGr are letters", () => {
    const opening = asked();
    expect(opening.take(key("r", { ctrlKey: true }))).toBe(false);
    expect(opening.take(key("r", { metaKey: true }))).toBe(false);
    expect(opening.take(key("a", { isComposing: true }))).toBe(false);
    expect(opening.take(key("@", { ctrlKey: true, altKey: true }))).toBe(true);
    expect(opening.arrived().text).toBe("@");
  });

  test("Escape and the same keys once more let go of it, and of what was typed", () => {
    for (const end of [key("Escape"), key("K", { metaKey: true })]) {
      const opening = asked();
      taken(opening, ["a"]);
      expect(opening.take(end)).toBe(true);
      expect([opening.shown(), opening.waiting()]).toEqual([undefined, undefined]);
      expect(opening.take(key("t"))).toBe(false);
      opening.show("palette");
      expect(opening.arrived()).toEqual({ text: "", isMeant: false });
    }
  });
});

test("where nothing was asked for, every key is the page's", () => {
  const opening = new Opening();
  expect(taken(opening, ["t", "?", "Enter", "k"])).toEqual([false, false, false, false]);
  opening.show("sheet");
  expect(taken(opening, ["t", "Escape"])).toEqual([false, false]);
  expect(opening.shown()).toBe("sheet");
});

test("who draws it hears of every change", () => {
  const opening = new Opening();
  let heard = 0;
  const stop = opening.subscribe(() => {
    heard += 1;
  });
  opening.show("palette");
  opening.take(key("a"));
  expect(heard).toBe(2);
  stop();
  opening.show(undefined);
  expect(heard).toBe(2);
});
