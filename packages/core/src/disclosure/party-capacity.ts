import { type CapacityBlock, CapacityLedger, type HeldBlock, takeFrom } from "../capacity/index.ts";
import type { BlockId, NoticeId, TimeWindow } from "../kernel/index.ts";
import type { AwardView, PartyView } from "./view.ts";

/** What of a view capacity follows from. */
export type CapacityView = Pick<PartyView, "blocks" | "holds" | "awards">;

interface Taken {
  readonly blocks: readonly { readonly block: BlockId; readonly count: number }[];
  readonly window: TimeWindow;
}

/**
 * A party's own blocks with what is taken of each, as it was told: what is held of it, and what it was awarded. What of its machines others
 * sell is in their blocks and not in these.
 *
 * @source Rule DSC27 in ./SPEC.md
 */
export function partyCapacity(view: CapacityView): CapacityLedger {
  const ledger = new CapacityLedger();
  for (const { block, withdrawn, cyclic } of view.blocks.values())
    if (!withdrawn && cyclic !== true) ledger.addBlock(asRoot(block));
  const awarded = new Set([...view.awards.values()].flatMap((award) => suppliedOf(award).map(({ notice }) => notice)));
  for (const { released, notice, blocks, window } of view.holds.values())
    if (!released && (notice === undefined || !awarded.has(notice))) take(ledger, { blocks, window });
  for (const award of view.awards.values())
    if (award.status !== "defaulted") for (const line of suppliedOf(award)) take(ledger, line);
  return ledger;
}

/** From which block it comes its seller may know, and is not told. */
function asRoot(block: CapacityBlock | Omit<CapacityBlock, "rootId" | "parentId">): CapacityBlock {
  const { parentId: _, ...rest } = block as CapacityBlock;
  return { ...rest, rootId: block.id };
}

/** The lines of an award that its reader supplies: they take the place of what was held for them. */
const suppliedOf = (award: AwardView): readonly (Taken & { readonly notice?: NoticeId })[] =>
  award.as === "keeper" ? award.award.lines : award.supplied;

/** As much as there is: what was said of a block later may be less than what was taken of it before. */
function take(ledger: CapacityLedger, { blocks, window }: Taken): void {
  for (const { block, count } of blocks) {
    const held: HeldBlock | undefined = ledger.get(block);
    if (held !== undefined && count > 0 && !takeFrom(held, window, count)) held.calendars[0].undoRelease(window, count);
  }
}
