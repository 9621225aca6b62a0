import { addMs, believe, DAY_MS, type Instant, type TimeWindow } from "../kernel/index.ts";
import { earliestOn, freeRunOf, type HeldBlock, peakOf } from "./held-block.ts";
import { type Placement, type PlacementAsk, placeFirstFit, spread, type UsablePart, usableTogether } from "./place.ts";
import { startLevels } from "./start-levels.ts";

/** What would work where a request does not fit: less of it, or the same later. Each can be placed as it stands. */
export interface NearestAlternatives {
  /** The most that fits in the window asked for; left out where nothing does. */
  readonly largest?: { readonly quantity: number; readonly placement: Placement };
  /** The first start at or after the one asked for, for the same length and quantity; left out where none was found. */
  readonly earliest?: { readonly window: TimeWindow; readonly placement: Placement };
}

/** How many starts that look possible are tried in full before the search for a later one is given up. */
export const EARLIEST_TRIES_MAX = 256;
/** Where blocks of different sizes make the greatest sum unplaceable, this many lesser ones are tried. */
const LARGEST_TRIES_MAX = 16;
const FIRST_SPAN_MS = 32 * DAY_MS;

/** The nearest alternatives to an ask that does not fit; starts up to and including `latestStart` are considered. */
export function findNearest(
  blocks: readonly HeldBlock[],
  ask: PlacementAsk,
  latestStart: Instant,
): NearestAlternatives {
  const largest = findLargest(blocks, ask);
  const earliest = findEarliest(blocks, ask, latestStart);
  return { ...(largest && { largest }), ...(earliest && { earliest }) };
}

function findLargest(blocks: readonly HeldBlock[], ask: PlacementAsk): NearestAlternatives["largest"] {
  const usable = ask.split ? usableTogether(blocks, ask) : largestAlone(blocks, ask);
  for (const quantity of feasibleSums(usable, ask).slice(0, LARGEST_TRIES_MAX)) {
    const placement = placeFirstFit(blocks, { ...ask, quantity }) ?? spread(usable, { ...ask, quantity });
    if (placement !== undefined) return { quantity, placement };
  }
  return undefined;
}

function largestAlone(blocks: readonly HeldBlock[], ask: PlacementAsk): readonly UsablePart[] {
  const alone = blocks.flatMap((held) => usableTogether([held], { ...ask, startAt: 0 }));
  const first = alone[0];
  return first === undefined
    ? []
    : [alone.reduce((best, part) => (part.quantity > best.quantity ? part : best), first)];
}

/** Sums up to the quantity asked for that k parts can make, each a gang or more; the greatest first. */
function feasibleSums(usable: readonly UsablePart[], ask: PlacementAsk): readonly number[] {
  const gang = Math.ceil((ask.gangMin ?? 1) / ask.blockSize) * ask.blockSize;
  const sums = new Set<number>();
  let sum = 0;
  [...usable]
    .sort((a, b) => b.quantity - a.quantity)
    .forEach((part, index) => {
      sum += part.quantity;
      const capped = Math.min(sum, ask.quantity);
      if (capped >= (index + 1) * gang) sums.add(capped);
    });
  return [...sums].sort((a, b) => b - a);
}

function findEarliest(
  blocks: readonly HeldBlock[],
  ask: PlacementAsk,
  latestStart: Instant,
): NearestAlternatives["earliest"] {
  const admitted = blocks.filter((held) => ask.firmOnly !== true || held.block.firmness === "firm");
  const whole = earliestWhole(admitted, ask, latestStart);
  const split = ask.split
    ? earliestSplit(admitted, ask, whole === undefined ? latestStart : addMs(whole, -1))
    : undefined;
  if (split !== undefined || whole === undefined) return split;
  const window = { from: whole, to: addMs(whole, ask.window.to - ask.window.from) };
  const placement = placeFirstFit(admitted, { ...ask, window });
  believe(placement !== undefined, "a block that can take it whole is found");
  return { window, placement };
}

/** The first start at which one block takes all of it; each block is followed only as long as it could still be first. */
function earliestWhole(blocks: readonly HeldBlock[], ask: PlacementAsk, latestStart: Instant): Instant | undefined {
  let best: Instant | undefined;
  for (const held of blocks) {
    if (peakOf(held) < ask.quantity || ask.quantity % held.block.blockSize !== 0) continue;
    const limit = best === undefined ? latestStart : addMs(best, -1);
    best = earliestOn(held, ask.window, ask.quantity, limit) ?? best;
    if (best === ask.window.from) return best;
  }
  return best;
}

function earliestSplit(
  blocks: readonly HeldBlock[],
  ask: PlacementAsk,
  latestStart: Instant,
): NearestAlternatives["earliest"] {
  if (blocks.reduce((sum, held) => sum + peakOf(held), 0) < ask.quantity) return undefined;
  const tries = { left: EARLIEST_TRIES_MAX };
  let span = FIRST_SPAN_MS;
  for (let from = ask.window.from; from <= latestStart && tries.left > 0; ) {
    const to = Math.min(latestStart, addMs(from, span - 1)) as Instant;
    const found = splitBetween(blocks, ask, from, to, tries);
    if (found !== undefined) return found;
    from = addMs(to, 1);
    span *= 2; // most are found soon: look near before far
  }
  return undefined;
}

interface Rise {
  readonly at: Instant;
  readonly block: number;
  readonly usable: number;
}

/** Sweeps over the starts at which some block can give more than before, and tries those where the sum suffices. */
function splitBetween(
  blocks: readonly HeldBlock[],
  ask: PlacementAsk,
  from: Instant,
  to: Instant,
  tries: { left: number },
): NearestAlternatives["earliest"] {
  const length = ask.window.to - ask.window.from;
  const changes: Rise[] = [];
  blocks.forEach((held, block) => {
    const run = freeRunOf(held, { from, to: addMs(to, length) });
    startLevels(run, length, from, to, (at, level) => changes.push({ at, block, usable: Math.max(0, level) }));
  });
  changes.sort((a, b) => a.at - b.at || a.block - b.block);
  const usable = blocks.map(() => 0);
  let sum = 0;
  let hasRisen = false;
  for (let index = 0; index < changes.length; index += 1) {
    const change = changes[index] as Rise;
    const before = usable[change.block] as number;
    usable[change.block] = change.usable;
    sum += change.usable - before;
    hasRisen ||= change.usable > before;
    if (changes[index + 1]?.at === change.at) continue;
    if (hasRisen && sum >= ask.quantity) {
      const window = { from: change.at, to: addMs(change.at, length) };
      const placement = placeFirstFit(blocks, { ...ask, window });
      if (placement !== undefined) return { window, placement };
      tries.left -= 1;
      if (tries.left === 0) return undefined;
    }
    hasRisen = false;
  }
  return undefined;
}
