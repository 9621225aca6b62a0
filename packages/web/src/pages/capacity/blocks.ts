import type { CapacityTold } from "../../position/grid.ts";

export type BlockTold = CapacityTold["blocks"][number];

export interface BlockRow {
  readonly block: BlockTold;
  readonly depth: number;
}

/** Blocks in the order of their lineage: what is cut out of a block stands under it. One whose parent is not told of stands by itself. */
export function lineageOf(blocks: readonly BlockTold[]): readonly BlockRow[] {
  const known = new Set(blocks.map(({ block }) => block));
  const parentOf = ({ lineage }: BlockTold): string | undefined => lineage.find((one) => known.has(one));
  const under = (parent: string | undefined, depth: number): readonly BlockRow[] =>
    blocks
      .filter((block) => parentOf(block) === parent)
      .flatMap((block) => [{ block, depth }, ...under(block.block, depth + 1)]);
  return under(undefined, 0);
}
