import { describe, expect, test } from "vitest";
import { type AcceleratorType, type BlockId, DAY_MS, type Instant, type PartyId } from "../kernel/index.ts";
import type { CapacityBlock } from "./block.ts";
import { checkLineage, isLineageCyclic, lineageProblem, rootOf } from "./lineage.ts";

const window = { from: 0 as Instant, to: (100 * DAY_MS) as Instant };

function block(
  id: string,
  provider: string,
  more: Partial<CapacityBlock> & { parent?: string; root?: string } = {},
): CapacityBlock {
  const { parent, root, ...rest } = more;
  return {
    id: id as BlockId,
    rootId: (root ?? id) as BlockId,
    ...(parent === undefined ? {} : { parentId: parent as BlockId }),
    provider: provider as PartyId,
    acceleratorType: "gb200" as AcceleratorType,
    region: "us-central",
    quantity: 1_024,
    window,
    firmness: "firm",
    blockSize: 8,
    ...rest,
  };
}

const lookup =
  (...blocks: CapacityBlock[]) =>
  (id: BlockId) =>
    blocks.find((each) => each.id === id);
const problems = (...blocks: CapacityBlock[]): string[] => {
  const check = checkLineage(blocks);
  return check.ok
    ? []
    : check.problems.map((problem) => `${problem.code} ${problem.blockId}: ${problem.path.join(" < ")}`);
};

describe("lineage", () => {
  test("[CPY10] four hops lead to one root", () => {
    const chain = [
      block("hall", "lancium"),
      block("building", "crusoe", { parent: "hall", root: "hall" }),
      block("lease", "oracle", { parent: "building", root: "hall" }),
      block("service", "lab-co", { parent: "lease", root: "hall" }),
    ];
    const result = rootOf(lookup(...chain), "service" as BlockId);
    expect(result.ok && result.root.id).toBe("hall");
    expect(result.ok && result.chain.map((each) => each.id)).toEqual(["service", "lease", "building", "hall"]);
    const check = checkLineage([...chain].reverse());
    expect(check.ok && check.inOrder.map((each) => each.id)).toEqual(["hall", "building", "lease", "service"]);
  });

  test("[CPY11] case X4: a block that ALFA would source from GAMMA, offered by GAMMA as sourced from ALFA", () => {
    const offered = block("g-17", "gamma", { parent: "a-17", root: "g-17" });
    const sourced = block("a-17", "alfa", { parent: "g-17", root: "g-17" });
    const result = rootOf(lookup(offered, sourced), offered.id);
    expect(!result.ok && result.problem).toEqual({
      code: "lineage_cycle",
      blockId: "g-17",
      path: ["g-17", "a-17", "g-17"],
    });
    expect(problems(offered, sourced)).toEqual([
      "lineage_cycle g-17: g-17 < a-17 < g-17",
      "lineage_cycle a-17: a-17 < g-17 < a-17",
    ]);
    expect(isLineageCyclic(lookup(offered, sourced), offered.id)).toBe(true);
    expect(isLineageCyclic(lookup(offered), offered.id)).toBe(false);
    const withoutSecondLeg = block("a-17", "alfa");
    expect(problems({ ...offered, rootId: "a-17" as BlockId }, withoutSecondLeg)).toEqual([]);
  });

  test("[CPY11] the same cycle through two blocks of GAMMA", () => {
    const hall = block("g-0", "gamma");
    const alfa = block("a-1", "alfa", { parent: "g-0", root: "g-0" });
    const back = block("g-2", "gamma", { parent: "a-1", root: "g-0" });
    expect(lineageProblem(lookup(hall, alfa), back)).toEqual({
      code: "lineage_cycle",
      blockId: "g-2",
      path: ["g-2", "a-1", "g-0"],
    });
  });

  test("[CPY11] a seller may divide its own block", () => {
    const whole = block("g-0", "gamma");
    const half = block("g-0-a", "gamma", { parent: "g-0", root: "g-0", quantity: 512 });
    const sold = block("a-1", "alfa", { parent: "g-0-a", root: "g-0", quantity: 512 });
    expect(problems(whole, half, sold)).toEqual([]);
  });

  test("[CPY11] a cycle above a block is found from below", () => {
    const cycle = [block("a", "p1", { parent: "b", root: "b" }), block("b", "p2", { parent: "a", root: "b" })];
    const below = block("c", "p3", { parent: "a", root: "b" });
    expect(problems(...cycle, below)).toContain("lineage_cycle c: c < a < b < a");
  });

  test("[CPY12] what is refused of a block", () => {
    const root = block("r", "gamma");
    const child = (more: Partial<CapacityBlock>) => block("c", "alfa", { parent: "r", root: "r", ...more });
    const code = (made: CapacityBlock) => lineageProblem(lookup(root), made)?.code;
    expect(code(child({}))).toBeUndefined();
    expect(code(block("c", "alfa", { parent: "x", root: "r" }))).toBe("parent_missing");
    expect(code(child({ rootId: "c" as BlockId }))).toBe("root_mismatch");
    expect(code(block("c", "alfa", { root: "r" }))).toBe("root_mismatch");
    expect(code(child({ acceleratorType: "h100" as AcceleratorType }))).toBe("accelerator_mismatch");
    expect(code(child({ region: "eu-west" }))).toBe("region_mismatch");
    expect(code(child({ quantity: 1_032 }))).toBe("quantity_above_parent");
    expect(code(child({ window: { from: window.from, to: (window.to + 1) as Instant } }))).toBe(
      "window_outside_parent",
    );
    expect(code(child({ window: { from: 5 as Instant, to: 5 as Instant } }))).toBe("bad_window");
    for (const quantity of [-1, 0.5, Number.NaN, 1_000_000_001]) expect(code(child({ quantity }))).toBe("bad_quantity");
    for (const blockSize of [0, -8, 1.5]) expect(code(child({ blockSize }))).toBe("bad_block_size");
    expect(problems(root, root)).toEqual(["block_exists r: r"]);
    const missing = rootOf(lookup(root), "x" as BlockId);
    expect(!missing.ok && missing.problem.code).toBe("block_missing");
  });
});
