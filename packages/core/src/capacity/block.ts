import type { AcceleratorType, AgreementId, BlockId, ClauseId, PartyId, TimeWindow } from "../kernel/index.ts";

/** `firm`: can be awarded and relied on. `forecast`: planned; its date or size may move (rule CPY20). */
export type Firmness = "firm" | "forecast";

/** A right that another buyer holds over a block: an option, a call, a first claim. */
export interface Encumbrance {
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  readonly holder: PartyId;
  readonly window: TimeWindow;
}

/**
 * A number of like accelerators in one place during one window, as one party sells them.
 *
 * The same machines may be listed by several parties, each in a block of its own: all of them lead, by `parentId`, to one
 * block without a parent, the root, which stands for the machines themselves.
 */
export interface CapacityBlock {
  readonly id: BlockId;
  /** The id of the block at the end of the parents; a block's own id where it is the root. */
  readonly rootId: BlockId;
  /** The block from which the seller has it. */
  readonly parentId?: BlockId;
  /** Who sells it. */
  readonly provider: PartyId;
  /** Who runs it, where that is another party. */
  readonly host?: PartyId;
  readonly acceleratorType: AcceleratorType;
  readonly region: string;
  /** Whole accelerators. What is available at each instant may be less (or more): the block's calendar says. */
  readonly quantity: number;
  readonly window: TimeWindow;
  readonly firmness: Firmness;
  /** What is handed out is a multiple of this; at least 1, usually 8. */
  readonly blockSize: number;
  readonly encumbrances?: readonly Encumbrance[];
  /** The phase of the site that it becomes available with. */
  readonly phase?: string;
}

/** Most accelerators in one block: keeps every sum over a day inside 32 bits. */
export const BLOCK_QUANTITY_MAX = 1_000_000_000;
