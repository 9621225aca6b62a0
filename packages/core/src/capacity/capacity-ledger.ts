import { believe, type BlockId, canonicalText, compareText } from "../kernel/index.ts";
import type { CapacityBlock } from "./block.ts";
import { BlockIndex, type BlockQuery } from "./block-index.ts";
import { type CalendarPoints, CapacityCalendar, type UnreadPoints } from "./capacity-calendar.ts";
import type { HeldBlock } from "./held-block.ts";
import { type BlockLookup, type LineageProblem, lineageProblem } from "./lineage.ts";

/** A block and all of its own calendar. */
export type DumpedBlock = readonly [block: CapacityBlock, points: UnreadPoints];

interface Entry {
  block: CapacityBlock;
  readonly calendars: readonly [CapacityCalendar, ...CapacityCalendar[]];
  readonly only: CapacityCalendar | undefined;
  children: number;
}

/**
 * All blocks of a book with their calendars. What is taken from a block is taken from every block it comes from, so that the
 * sum over all sellers never exceeds what the root has at any instant.
 *
 * Every change has an inverse here or in the calendars; nothing here keeps a journal.
 */
export class CapacityLedger {
  private readonly entries = new Map<BlockId, Entry>();
  private readonly index = new BlockIndex();
  private readonly lookup: BlockLookup = (id) => this.entries.get(id)?.block;

  get size(): number {
    return this.entries.size;
  }

  get(id: BlockId): HeldBlock | undefined {
    return this.entries.get(id);
  }

  /** Blocks that can serve, in the order of their ids. The list itself: read it before the next change. */
  find(query: BlockQuery): readonly HeldBlock[] {
    return this.index.find(query);
  }

  /** The regions with blocks of an accelerator, in order. */
  regionsOf(acceleratorType: BlockQuery["acceleratorType"]): readonly string[] {
    return this.index.regionsOf(acceleratorType);
  }

  /** All blocks in the order of their ids. */
  blocks(): readonly HeldBlock[] {
    return [...this.entries.values()].sort((a, b) => compareText(a.block.id, b.block.id));
  }

  /** Why this block cannot be added, or undefined where it can. */
  problemWith(block: CapacityBlock): LineageProblem | undefined {
    if (this.entries.has(block.id)) return { code: "block_exists", blockId: block.id, path: [block.id] };
    return lineageProblem(this.lookup, block);
  }

  /** Adds a block that `problemWith` has nothing against, after its parent. Undone by `removeBlock`. */
  addBlock(block: CapacityBlock): HeldBlock {
    const problem = this.problemWith(block);
    believe(problem === undefined, `block ${block.id} was checked before it was added`);
    return this.insert(block);
  }

  private insert(block: CapacityBlock): Entry {
    const parent = block.parentId === undefined ? undefined : this.entries.get(block.parentId);
    const own = new CapacityCalendar(block.window, block.quantity);
    const only = parent === undefined ? own : undefined;
    const entry: Entry = { block, calendars: [own, ...(parent?.calendars ?? [])], only, children: 0 };
    if (parent !== undefined) parent.children += 1;
    this.entries.set(block.id, entry);
    this.index.add(entry);
    return entry;
  }

  /** Takes back what `addBlock` added: nothing is held on it and no other block comes from it. */
  removeBlock(id: BlockId): void {
    const entry = this.entries.get(id);
    believe(entry !== undefined && entry.children === 0, "a removed block is there and no block comes from it");
    believe(!entry.calendars[0].isHeld(), "nothing is held on a removed block");
    const parent = entry.block.parentId === undefined ? undefined : this.entries.get(entry.block.parentId);
    if (parent !== undefined) parent.children -= 1;
    this.index.remove(entry);
    this.entries.delete(id);
  }

  /**
   * States anew what is said of a block (firmness, encumbrances, host, phase) and gives what was said before, by which it is
   * undone. Lineage, seller, kind and place stay; quantity and window over time are the calendar's.
   */
  restate(block: CapacityBlock): CapacityBlock {
    const entry = this.entries.get(block.id);
    believe(entry !== undefined, "a restated block is there");
    const previous = entry.block;
    const isSame =
      previous.rootId === block.rootId &&
      previous.parentId === block.parentId &&
      previous.provider === block.provider &&
      previous.acceleratorType === block.acceleratorType &&
      previous.region === block.region;
    believe(isSame, "a restated block keeps its lineage, seller, kind and place");
    entry.block = block;
    return previous;
  }

  /** Every block with what its own calendar is made of, in the order of the ids. */
  dump(): (readonly [block: CapacityBlock, points: CalendarPoints])[] {
    return this.blocks().map(({ block, calendars: [own] }) => [block, own.points()]);
  }

  /** Takes over what `dump` of another ledger gave; nothing is in this one yet. */
  restore(blocks: readonly DumpedBlock[]): void {
    const byId = new Map(blocks.map((entry) => [entry[0].id, entry]));
    const add = ([block, points]: DumpedBlock): void => {
      if (this.entries.has(block.id)) return;
      const parent = block.parentId === undefined ? undefined : byId.get(block.parentId);
      if (parent !== undefined) add(parent);
      // It was checked when it was added; what it comes from may have changed since.
      this.insert(block).calendars[0].restore(block.window, points);
    };
    for (const entry of blocks) add(entry);
  }

  /** One text for one state. */
  canonical(): string {
    const parts = this.blocks().map((held) => `[${canonicalText(held.block)},${held.calendars[0].canonical()}]`);
    return `[${parts.join(",")}]`;
  }
}
