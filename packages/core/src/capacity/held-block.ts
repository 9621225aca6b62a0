import { addMs, type Instant, type TimeWindow } from "../kernel/index.ts";
import type { CapacityBlock } from "./block.ts";
import type { CapacityCalendar } from "./capacity-calendar.ts";
import { combineLevels, type LevelRun } from "./levels.ts";

/** A block with the calendars that bind it: its own first, then those of its parents, the root's last. */
export interface HeldBlock {
  readonly block: CapacityBlock;
  readonly calendars: readonly [CapacityCalendar, ...CapacityCalendar[]];
  /** Its own calendar, where no other binds it: most blocks come from no other, and a search looks at many. */
  readonly only: CapacityCalendar | undefined;
}

/** The least that the block can give at any instant of the window: no more than any block it comes from can. */
export function freeOf(held: HeldBlock, window: TimeWindow): number {
  const { calendars, only } = held;
  if (only !== undefined) return only.free(window);
  let least = calendars[0].free(window);
  for (let level = 1; level < calendars.length; level += 1) {
    const free = (calendars[level] as CapacityCalendar).free(window);
    if (free < least) least = free;
  }
  return least;
}

/** Whether the block can give `quantity` at every instant of the window. */
export function fitsOn(held: HeldBlock, window: TimeWindow, quantity: number): boolean {
  const { calendars, only } = held;
  if (only !== undefined) return only.fits(window, quantity);
  for (let level = 0; level < calendars.length; level += 1) {
    if (!(calendars[level] as CapacityCalendar).fits(window, quantity)) return false;
  }
  return true;
}

/** The first start from `window.from` to `latestStart` at which the block can give `quantity` for the window's length. */
export function earliestOn(
  held: HeldBlock,
  window: TimeWindow,
  quantity: number,
  latestStart: Instant,
): Instant | undefined {
  const length = window.to - window.from;
  let start = window.from;
  while (start <= latestStart) {
    const tried = { from: start, to: addMs(start, length) };
    const short = held.calendars.findLast((calendar) => !calendar.fits(tried, quantity))?.lastShort(tried, quantity);
    if (short === undefined) return start;
    start = short;
  }
  return undefined;
}

/** The least quantity at any instant of the window along the block's lineage, whatever is held. */
export function quantityOf(held: HeldBlock, window: TimeWindow): number {
  return held.calendars.reduce(
    (least, calendar) => Math.min(least, calendar.quantity(window)),
    Number.POSITIVE_INFINITY,
  );
}

/** The highest quantity at any time along the lineage: an upper bound of what is free. */
export function peakOf(held: HeldBlock): number {
  const { calendars, only } = held;
  if (only !== undefined) return only.peakQuantity;
  let least = calendars[0].peakQuantity;
  for (let level = 1; level < calendars.length; level += 1) {
    const peak = (calendars[level] as CapacityCalendar).peakQuantity;
    if (peak < least) least = peak;
  }
  return least;
}

/** What the block can give over time: the least along its lineage at each instant. */
export function freeRunOf(held: HeldBlock, window: TimeWindow): LevelRun<number> {
  let run = held.calendars[0].freeRun(window);
  for (const calendar of held.calendars.slice(1)) run = combineLevels(run, calendar.freeRun(window), Math.min);
  return run;
}

/** Holds on the block and on every block it comes from; false, and nothing changed, where one of them cannot. */
export function takeFrom(held: HeldBlock, window: TimeWindow, quantity: number): boolean {
  const { calendars } = held;
  for (let level = 0; level < calendars.length; level += 1) {
    if ((calendars[level] as CapacityCalendar).take(window, quantity)) continue;
    for (let taken = 0; taken < level; taken += 1) (calendars[taken] as CapacityCalendar).release(window, quantity);
    return false;
  }
  return true;
}

/** Gives back along the lineage: the inverse of `takeFrom`. Throws where less is held: a broken belief. */
export function releaseTo(held: HeldBlock, window: TimeWindow, quantity: number): void {
  for (const calendar of held.calendars) calendar.release(window, quantity);
}

/** The inverse of `releaseTo`: holds again, also where the quantity no longer covers it. */
export function undoReleaseTo(held: HeldBlock, window: TimeWindow, quantity: number): void {
  for (const calendar of held.calendars) calendar.undoRelease(window, quantity);
}

/** How often any of the blocks may have got more free, ever: equal at two times where nothing was given back or added between. */
export function risesOf(blocks: readonly HeldBlock[]): number {
  let rises = 0;
  for (const { calendars } of blocks) {
    for (let level = 0; level < calendars.length; level += 1) rises += (calendars[level] as CapacityCalendar).rises;
  }
  return rises;
}

/** From the first to the last instant at which any of the blocks has a quantity; undefined where none ever has. */
export function extentOf(blocks: readonly HeldBlock[]): TimeWindow | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const { calendars } of blocks) {
    const { extent } = calendars[0];
    if (extent === undefined) continue;
    from = Math.min(from, extent.from);
    to = Math.max(to, extent.to);
  }
  return from < to ? { from: from as Instant, to: to as Instant } : undefined;
}
