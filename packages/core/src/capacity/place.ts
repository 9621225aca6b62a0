import { believe, type BlockId, type TimeWindow } from "../kernel/index.ts";
import type { CapacityCalendar } from "./capacity-calendar.ts";
import { fitsOn, type HeldBlock, peakOf } from "./held-block.ts";

/** What is to be placed. */
export interface PlacementAsk {
  readonly window: TimeWindow;
  /** Whole accelerators, a multiple of `blockSize`. */
  readonly quantity: number;
  /** Each part is a multiple of this and of its block's own size. */
  readonly blockSize: number;
  /** The fewest that can work together: no part is smaller. Default: any part will do. */
  readonly gangMin?: number;
  /** Whether it may lie on several blocks, where no one block can take it whole. */
  readonly split: boolean;
  /** Leave forecast blocks out. */
  readonly firmOnly?: boolean;
  /** The place in the list to begin at, for the spreading of many placements; any whole number, default 0. */
  readonly startAt?: number;
}

export interface PlacementPart {
  readonly blockId: BlockId;
  readonly quantity: number;
}

/** Parts that can be taken together, in the order of the search. */
export type Placement = readonly PlacementPart[];

function gcd(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** Least common multiple of whole numbers above 0. */
export const lcm = (a: number, b: number): number => (a === b ? a : (a / gcd(a, b)) * b);
const floorTo = (value: number, step: number): number => value - (value % step);
const stepOf = (held: HeldBlock, ask: PlacementAsk): number => lcm(held.block.blockSize, ask.blockSize);
const isAdmitted = (held: HeldBlock, ask: PlacementAsk): boolean =>
  ask.firmOnly !== true || held.block.firmness === "firm";

/** The blocks of a list in the order of the search: from `startAt` to the end, then from the beginning. */
export function inSearchOrder(blocks: readonly HeldBlock[], ask: PlacementAsk): readonly HeldBlock[] {
  const count = blocks.length;
  const first = count === 0 ? 0 : (((ask.startAt ?? 0) % count) + count) % count;
  return first === 0 ? blocks : [...blocks.slice(first), ...blocks.slice(0, first)];
}

/**
 * Finds a place: the first block that takes all of it; else, where it may be split, the first blocks that take it together.
 * Undefined where there is none. Changes nothing: take what it gives with `takeFrom`.
 *
 * A split keeps every part at `gangMin` or above and counts machines listed twice once. Where the blocks' own sizes differ it
 * may miss a split that a search of all combinations would find.
 */
export function placeFirstFit(blocks: readonly HeldBlock[], ask: PlacementAsk): Placement | undefined {
  believe(Number.isSafeInteger(ask.quantity) && ask.quantity > 0, "what is placed is whole and above zero");
  believe(ask.quantity % ask.blockSize === 0, "what is placed is a multiple of its block size");
  const whole = placeWhole(blocks, ask);
  if (whole !== undefined) return [{ blockId: whole.block.id, quantity: ask.quantity }];
  if (!ask.split) return undefined;
  return placeInOrder(blocks, ask) ?? spread(usableTogether(blocks, ask), ask);
}

/** Written without copies: a request that no block can take looks at every block. */
export function placeWhole(blocks: readonly HeldBlock[], ask: PlacementAsk): HeldBlock | undefined {
  const count = blocks.length;
  let index = count === 0 ? 0 : (((ask.startAt ?? 0) % count) + count) % count;
  for (let tried = 0; tried < count; tried += 1) {
    const held = blocks[index] as HeldBlock;
    index = index + 1 === count ? 0 : index + 1;
    // Room first: most blocks that are passed over have none, and nothing else of them is looked at then.
    if (peakOf(held) < ask.quantity || !fitsOn(held, ask.window, ask.quantity)) continue;
    if (ask.quantity % held.block.blockSize === 0 && isAdmitted(held, ask)) return held;
  }
  return undefined;
}

/** What has been promised so far of each calendar in one search, so that shared machines are promised once. */
class Promised {
  private readonly byCalendar = new Map<CapacityCalendar, number>();

  /** What the block can still give, in whole steps; 0 where that is less than a gang. */
  usable(held: HeldBlock, ask: PlacementAsk): number {
    if (!isAdmitted(held, ask)) return 0;
    let least = Number.POSITIVE_INFINITY;
    for (const calendar of held.calendars) {
      least = Math.min(least, calendar.free(ask.window) - (this.byCalendar.get(calendar) ?? 0));
      if (least <= 0) return 0;
    }
    const usable = floorTo(least, stepOf(held, ask));
    return usable < (ask.gangMin ?? 1) ? 0 : usable;
  }

  add(held: HeldBlock, quantity: number): void {
    for (const calendar of held.calendars) {
      this.byCalendar.set(calendar, (this.byCalendar.get(calendar) ?? 0) + quantity);
    }
  }
}

/** Fills block after block, never leaving less than a gang for the rest; stops as soon as all is placed. */
function placeInOrder(blocks: readonly HeldBlock[], ask: PlacementAsk): Placement | undefined {
  const promised = new Promised();
  const gang = ask.gangMin ?? 1;
  const parts: PlacementPart[] = [];
  let left = ask.quantity;
  for (const held of inSearchOrder(blocks, ask)) {
    const step = stepOf(held, ask);
    let part = Math.min(promised.usable(held, ask), floorTo(left, step));
    if (part < left && left - part < gang) part = Math.max(0, floorTo(left - gang, step));
    if (part < gang) continue;
    promised.add(held, part);
    parts.push({ blockId: held.block.id, quantity: part });
    left -= part;
    if (left === 0) return parts;
  }
  return undefined;
}

/** Something that blocks could give at the same time, with the step of each. */
export interface UsablePart extends PlacementPart {
  readonly step: number;
}

/**
 * What all blocks could give together in the window, each part a gang or more, in the order of the search. Stops where that is
 * `enough`; by default it looks at all.
 */
export function usableTogether(
  blocks: readonly HeldBlock[],
  ask: PlacementAsk,
  enough = Number.POSITIVE_INFINITY,
): readonly UsablePart[] {
  const promised = new Promised();
  const parts: UsablePart[] = [];
  let sum = 0;
  for (const held of inSearchOrder(blocks, ask)) {
    const quantity = promised.usable(held, ask);
    if (quantity <= 0) continue;
    promised.add(held, quantity);
    parts.push({ blockId: held.block.id, quantity, step: stepOf(held, ask) });
    sum += quantity;
    if (sum >= enough) break;
  }
  return parts;
}

/**
 * Places exactly the quantity on as few parts as can hold it, each with a gang or more. The fewest largest parts leave the
 * most room above their gangs, so where these fail, no other choice succeeds (for parts of one step).
 */
export function spread(usable: readonly UsablePart[], ask: PlacementAsk): Placement | undefined {
  const step = usable.reduce((common, part) => lcm(common, part.step), ask.blockSize);
  if (ask.quantity % step !== 0) return undefined;
  const gang = Math.ceil(Math.max(ask.gangMin ?? 1, step) / step) * step;
  const chosen: { blockId: BlockId; room: number }[] = [];
  let room = 0;
  for (const part of [...usable].sort((a, b) => b.quantity - a.quantity)) {
    if (room >= ask.quantity) break;
    const whole = floorTo(part.quantity, step);
    if (whole < gang) continue;
    chosen.push({ blockId: part.blockId, room: whole - gang });
    room += whole;
  }
  let left = ask.quantity - chosen.length * gang;
  if (room < ask.quantity || left < 0) return undefined;
  return chosen.map(({ blockId, room: above }) => {
    const more = Math.min(above, left);
    left -= more;
    return { blockId, quantity: gang + more };
  });
}
