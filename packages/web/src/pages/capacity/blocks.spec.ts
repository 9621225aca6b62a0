import { expect, test } from "vitest";
import { type BlockTold, lineageOf } from "./blocks.ts";

const block = (name: string, lineage: readonly string[] = []): BlockTold => ({
  block: name,
  provider: "p",
  accelerator: "h100",
  region: "us",
  quantity: 8,
  blockSize: 8,
  from: "2026-01-01T00:00:00Z",
  to: "2027-01-01T00:00:00Z",
  firmness: "firm",
  lineage,
  lowestFree: 8,
  calendar: [],
});

const told = (blocks: readonly BlockTold[]) =>
  lineageOf(blocks).map(({ block: { block: name }, depth }) => [name, depth]);

test("what is cut out of a block stands under it, at any depth", () => {
  const blocks = [block("leaf", ["half", "root"]), block("root"), block("half", ["root"]), block("other")];
  expect(told(blocks)).toEqual([
    ["root", 0],
    ["half", 1],
    ["leaf", 2],
    ["other", 0],
  ]);
});

test("a block whose parent is not told of stands under the nearest that is, or by itself", () => {
  expect(told([block("leaf", ["secret", "root"]), block("root")])).toEqual([
    ["root", 0],
    ["leaf", 1],
  ]);
  expect(told([block("leaf", ["secret"])])).toEqual([["leaf", 0]]);
});
