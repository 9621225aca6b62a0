import { expect, test } from "vitest";
import { sorted, sortOfText, sortToText, toggledSort } from "./sort.ts";

const rows = [
  { n: 2n, t: "b" },
  { n: undefined, t: "a" },
  { n: 10n, t: "c" },
  { n: 2n, t: "d" },
];
const columns = [{ id: "n", sortBy: ({ n }: (typeof rows)[number]) => n }, { id: "t" }];
const order = (text: string | undefined) =>
  sorted(rows, sortOfText(text), columns)
    .map(({ t }) => t)
    .join("");

test("amounts are sorted by how much they are, equals as they came, what has none is last both ways", () => {
  expect(order("n")).toBe("bdca");
  expect(order("-n")).toBe("cbda");
});

test("without a column, or by one that has nothing to sort by, rows stay as they came", () => {
  expect([order(undefined), order("t"), order("unknown")]).toEqual(["bacd", "bacd", "bacd"]);
});

test("clicks go up, down, and back", () => {
  const once = toggledSort(undefined, "n");
  const twice = toggledSort(once, "n");
  expect([once, twice, toggledSort(twice, "n"), toggledSort(twice, "t")].map(sortToText)).toEqual([
    "n",
    "-n",
    undefined,
    "t",
  ]);
});

test("what is no column in the address sorts nothing", () => {
  expect([sortOfText("a b"), sortOfText(7), sortOfText("--n"), sortOfText("")]).toEqual(Array(4).fill(undefined));
});
