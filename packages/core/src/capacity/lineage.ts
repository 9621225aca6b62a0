import type { BlockId, PartyId } from "../kernel/index.ts";
import { BLOCK_QUANTITY_MAX, type CapacityBlock } from "./block.ts";

/** Why a block cannot stand where it is said to. Stable codes. */
export type LineageProblemCode =
  | "block_exists"
  | "block_missing"
  | "parent_missing"
  | "lineage_cycle"
  | "root_mismatch"
  | "accelerator_mismatch"
  | "region_mismatch"
  | "quantity_above_parent"
  | "window_outside_parent"
  | "bad_quantity"
  | "bad_block_size"
  | "bad_window";

export interface LineageProblem {
  readonly code: LineageProblemCode;
  readonly blockId: BlockId;
  /** The blocks from the one in question upwards, as far as they could be followed; of a cycle, to where it closes. */
  readonly path: readonly BlockId[];
}

/** Finds a block by its id. */
export type BlockLookup = (id: BlockId) => CapacityBlock | undefined;

export type RootResult =
  | { readonly ok: true; readonly root: CapacityBlock; readonly chain: readonly CapacityBlock[] }
  | { readonly ok: false; readonly problem: LineageProblem };

/**
 * Follows a block to its root. `chain` begins with the block and ends with the root.
 *
 * A cycle is a block that comes back, or a seller that comes back after another: GAMMA selling what it has from ALFA, who has
 * it from GAMMA. A seller that divides its own block is no cycle.
 */
export function rootOf(blocks: BlockLookup, id: BlockId): RootResult {
  const start = blocks(id);
  if (start === undefined) return { ok: false, problem: { code: "block_missing", blockId: id, path: [] } };
  return followUp(blocks, start);
}

/** Whether following this block upwards comes back to a block, or to a seller. A block that is not there is no cycle. */
export function isLineageCyclic(blocks: BlockLookup, id: BlockId): boolean {
  const followed = rootOf(blocks, id);
  return !followed.ok && followed.problem.code === "lineage_cycle";
}

function followUp(blocks: BlockLookup, start: CapacityBlock): RootResult {
  const chain: CapacityBlock[] = [start];
  const path = (): BlockId[] => chain.map((block) => block.id);
  for (let block = start; block.parentId !== undefined; ) {
    const parent = block.parentId === start.id ? start : blocks(block.parentId);
    if (parent === undefined) {
      return { ok: false, problem: { code: "parent_missing", blockId: start.id, path: [...path(), block.parentId] } };
    }
    if (chain.some((seen) => seen.id === parent.id) || isSellerBack(chain, parent.provider)) {
      return { ok: false, problem: { code: "lineage_cycle", blockId: start.id, path: [...path(), parent.id] } };
    }
    chain.push(parent);
    block = parent;
  }
  return { ok: true, root: chain.at(-1) as CapacityBlock, chain };
}

function isSellerBack(chain: readonly CapacityBlock[], provider: PartyId): boolean {
  return chain.at(-1)?.provider !== provider && chain.some((block) => block.provider === provider);
}

const isWholeAbove = (value: number, least: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= BLOCK_QUANTITY_MAX;

/** The first thing wrong with a block among the others, or undefined. The block itself need not be among them yet. */
export function lineageProblem(blocks: BlockLookup, block: CapacityBlock): LineageProblem | undefined {
  const problem = (code: LineageProblemCode, path: readonly BlockId[] = [block.id]): LineageProblem => ({
    code,
    blockId: block.id,
    path,
  });
  if (!isWholeAbove(block.quantity, 0)) return problem("bad_quantity");
  if (!isWholeAbove(block.blockSize, 1)) return problem("bad_block_size");
  if (!(block.window.from < block.window.to)) return problem("bad_window");
  const followed = followUp(blocks, block);
  if (!followed.ok) return followed.problem;
  const path = followed.chain.map((each) => each.id);
  if (followed.root.id !== block.rootId) return problem("root_mismatch", path);
  const parent = followed.chain[1];
  if (parent === undefined) return undefined;
  if (parent.acceleratorType !== block.acceleratorType) return problem("accelerator_mismatch", path);
  if (parent.region !== block.region) return problem("region_mismatch", path);
  if (block.quantity > parent.quantity) return problem("quantity_above_parent", path);
  const isInside = parent.window.from <= block.window.from && block.window.to <= parent.window.to;
  return isInside ? undefined : problem("window_outside_parent", path);
}

export type LineageCheck =
  | { readonly ok: true; readonly inOrder: readonly CapacityBlock[] }
  | { readonly ok: false; readonly problems: readonly LineageProblem[] };

/** Checks a whole list, in any order; what passes comes back with every parent before its children. */
export function checkLineage(blocks: readonly CapacityBlock[]): LineageCheck {
  const byId = new Map<BlockId, CapacityBlock>();
  const problems: LineageProblem[] = [];
  for (const block of blocks) {
    if (byId.has(block.id)) problems.push({ code: "block_exists", blockId: block.id, path: [block.id] });
    else byId.set(block.id, block);
  }
  const lookup: BlockLookup = (id) => byId.get(id);
  const depths = new Map<BlockId, number>();
  for (const block of byId.values()) {
    const problem = lineageProblem(lookup, block);
    if (problem !== undefined) problems.push(problem);
    const followed = followUp(lookup, block);
    depths.set(block.id, followed.ok ? followed.chain.length : 0);
  }
  if (problems.length > 0) return { ok: false, problems };
  const depth = (block: CapacityBlock): number => depths.get(block.id) as number;
  return { ok: true, inOrder: [...byId.values()].sort((a, b) => depth(a) - depth(b)) };
}
