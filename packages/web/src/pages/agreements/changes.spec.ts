import { expect, test } from "vitest";
import { changesOf } from "./changes.ts";

test("two versions differ in what was added, taken away and changed, each at its place", () => {
  const before = {
    title: "One",
    clauses: [
      { id: "a", days: 5 },
      { id: "b", days: 3 },
    ],
    tags: ["x"],
  };
  const after = { title: "One", clauses: [{ id: "c" }, { id: "a", days: 7 }], tags: ["x", "y"] };
  expect(changesOf(before, after)).toEqual([
    { path: "clauses › a › days", what: "changed", before: "5", after: "7" },
    { path: "clauses › b", what: "removed", before: '{"id":"b","days":3}' },
    { path: "clauses › c", what: "added", after: '{"id":"c"}' },
    { path: "tags", what: "changed", before: '["x"]', after: '["x","y"]' },
  ]);
});

test("what is the same, in another order of its members, has no change", () => {
  expect(changesOf({ list: [{ id: "a" }, { id: "b" }] }, { list: [{ id: "b" }, { id: "a" }] })).toEqual([]);
});
