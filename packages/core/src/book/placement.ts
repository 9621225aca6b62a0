import { fitsOn, freeOf, type HeldBlock, placeFirstFit, StartBounds } from "../capacity/index.ts";
import { lcm, placeWhole, usableTogether } from "../capacity/place.ts";
import type { BlockId, TimeWindow } from "../kernel/index.ts";
import type { BookState } from "./state.ts";

export interface Placed {
  readonly block: BlockId;
  readonly count: number;
}

const heldLists = new WeakMap<readonly BlockId[], Known>();

interface Known {
  readonly state: BookState;
  readonly epoch: number;
  readonly held: readonly HeldBlock[];
  /** None of them was carved out of another. */
  readonly flat: boolean;
  /** Each stands for machines of its own. */
  readonly apart: boolean;
  /** What searches for a later start have learnt; made by the first. */
  bounds: StartBounds | undefined;
  /** The last search for one block that takes all: an offer is asked for the same room when it is compared, chosen and proposed. */
  searched: Searched | undefined;
}

interface Searched {
  /** `BookState.occupations` at the time: what was found holds until something is taken or given back. */
  readonly occupations: number;
  readonly window: TimeWindow;
  readonly count: number;
  readonly step: number;
  readonly found: HeldBlock | undefined;
}

/** The blocks of a list that are on record and not withdrawn. An offer's list is the same object each time: found once. */
export function heldBlocks(state: BookState, blocks: readonly BlockId[]): readonly HeldBlock[] {
  return knownOf(state, blocks).held;
}

/** What searches for a later start have learnt of a list of blocks, for the next one to go on from. */
export function startBoundsOf(state: BookState, blocks: readonly BlockId[]): StartBounds {
  const known = knownOf(state, blocks);
  known.bounds ??= new StartBounds(known.held);
  return known.bounds;
}

/** Whether no block of a list was carved out of another one: then two lists that name no block in common share no machines. */
export function isFlat(state: BookState, blocks: readonly BlockId[]): boolean {
  return knownOf(state, blocks).flat;
}

function knownOf(state: BookState, blocks: readonly BlockId[]): Known {
  const known = heldLists.get(blocks);
  if (known !== undefined && known.state === state && known.epoch === state.factEpoch) return known;
  const held: HeldBlock[] = [];
  for (const id of blocks) {
    const block = state.capacity.get(id);
    if (block !== undefined && !isWithdrawn(state, id)) held.push(block);
  }
  const flat = held.every(({ calendars }) => calendars.length === 1);
  const apart = flat && new Set(held).size === held.length;
  const found: Known = { state, epoch: state.factEpoch, held, flat, apart, bounds: undefined, searched: undefined };
  heldLists.set(blocks, found);
  return found;
}

/** A block is gone when it was withdrawn itself, or what it was carved out of. */
function isWithdrawn(state: BookState, block: BlockId): boolean {
  if (state.withdrawnBlocks.size === 0) return false;
  for (let id: BlockId | undefined = block; id !== undefined; id = state.capacity.get(id)?.block.parentId) {
    if (state.withdrawnBlocks.has(id)) return true;
  }
  return false;
}

/**
 * Accelerators that a list of blocks can give together, in whole steps; machines listed twice count once. Where they give `enough`,
 * it is not looked whether they give more.
 */
export function freeOn(
  state: BookState,
  blocks: readonly BlockId[],
  window: TimeWindow,
  step = 1,
  enough = Infinity,
): number {
  const { held, apart } = knownOf(state, blocks);
  if (held.length === 1) {
    const free = freeOf(held[0] as HeldBlock, window);
    return Math.max(0, free - (free % step));
  }
  let sum = 0;
  // Machines that are listed once need not be remembered on the way.
  if (apart) {
    for (const one of held) {
      const unit = lcm(one.block.blockSize, step);
      if (!fitsOn(one, window, unit)) continue;
      const free = freeOf(one, window);
      sum += free - (free % unit);
      if (sum >= enough) break;
    }
    return sum;
  }
  for (const part of usableTogether(held, { window, quantity: step, blockSize: step, split: true }, enough))
    sum += part.quantity;
  return sum;
}

/** As much of a count, in whole steps, as blocks carry. */
export function roomOn(
  state: BookState,
  blocks: readonly BlockId[],
  window: TimeWindow,
  step: number,
  count: number,
): number {
  // What finds its place whole need not be added up.
  const isWhole = wholeOn(state, blocks, window, step, count) !== undefined;
  return isWhole ? count : Math.min(count, freeOn(state, blocks, window, step, count));
}

/** The first block that takes the count whole, where there is one. */
function wholeOn(
  state: BookState,
  blocks: readonly BlockId[],
  window: TimeWindow,
  step: number,
  count: number,
): HeldBlock | undefined {
  const known = knownOf(state, blocks);
  const { searched } = known;
  if (
    searched !== undefined &&
    searched.occupations === state.occupations &&
    searched.count === count &&
    searched.step === step &&
    searched.window.from === window.from &&
    searched.window.to === window.to
  )
    return searched.found;
  const found = placeWhole(known.held, { window, quantity: count, blockSize: step, split: false });
  known.searched = { occupations: state.occupations, window, count, step, found };
  return found;
}

/** Puts a count on blocks, in whole steps, or as it is where it is no whole number of them: a remainder. Undefined where they do not carry it. */
export function place(
  state: BookState,
  blocks: readonly BlockId[],
  window: TimeWindow,
  step: number,
  count: number,
  startAt = 0,
): Placed[] | undefined {
  if (blocks.length === 0 || count === 0) return [];
  const blockSize = count % step === 0 ? step : 1;
  if (startAt === 0) {
    const whole = wholeOn(state, blocks, window, blockSize, count);
    if (whole !== undefined) return [{ block: whole.block.id, count }];
  }
  const placed = placeFirstFit(heldBlocks(state, blocks), { window, quantity: count, blockSize, split: true, startAt });
  return placed?.map((part) => ({ block: part.blockId, count: part.quantity }));
}
