import { PARAMETERS } from "@offtake/core/agreements";
import { WORDS } from "@offtake/core/explanation";
import { expect, test } from "vitest";
import { COLUMN_WORDS, tooltips, wordOf } from "./index.ts";

test("[WRD1] a word is found by itself, by its forms, and by the column that it explains", () => {
  expect(wordOf("Tail")?.word).toBe("tail");
  expect(wordOf("passed through")?.word).toBe("pass-through");
  expect(wordOf("rests on")?.word).toBe("reading");
  expect(wordOf("weather")).toBeUndefined();
  expect(Object.keys(COLUMN_WORDS).filter((title) => wordOf(title) === undefined)).toEqual([]);
});

test("[WRD2] what is published holds every word and every parameter", () => {
  const { words, parameters } = tooltips() as { words: unknown[]; parameters: unknown[] };
  expect([words.length, parameters.length]).toEqual([WORDS.length, PARAMETERS.length]);
});
