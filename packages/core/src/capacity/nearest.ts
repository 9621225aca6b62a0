import { addMs, believe, DAY_MS, type Instant, type TimeWindow } from "../kernel/index.ts";
import { earliestOn, extentOf, freeRunOf, type HeldBlock, peakOf } from "./held-block.ts";
import { type Placement, type PlacementAsk, placeFirstFit, spread, type UsablePart, usableTogether } from "./place.ts";
import type { StartBounds } from "./start-bounds.ts";
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

/**
 * The nearest alternatives to an ask that does not fit; starts up to and including `latestStart` are considered. `bounds` are
 * what searches on just these blocks have learnt, and learn from this one; they change nothing in what is found.
 */
export function findNearest(
  blocks: readonly HeldBlock[],
  ask: PlacementAsk,
  latestStart: Instant,
  bounds?: StartBounds,
): NearestAlternatives {
  const largest = findLargest(blocks, ask);
  const earliest = findEarliest(blocks, ask, latestStart, bounds);
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
  known: StartBounds | undefined,
): NearestAlternatives["earliest"] {
  const admitted = blocks.filter((held) => ask.firmOnly !== true || held.block.firmness === "firm");
  const bounds = admitted.length === blocks.length ? known : undefined;
  bounds?.refresh();
  const length = ask.window.to - ask.window.from;
  // A window that ends after the last capacity does has no room.
  const lastEnd = bounds?.lastEnd ?? extentOf(admitted)?.to ?? 0;
  const latest = Math.min(latestStart, lastEnd - length) as Instant;
  const from = bounds?.firstOpen(ask.window.from, length, ask.quantity) ?? ask.window.from;
  if (from > latest) return undefined;
  const whole = earliestWhole(admitted, ask, from, latest);
  const split = ask.split
    ? earliestSplit(admitted, ask, from, whole === undefined ? latest : addMs(whole, -1), bounds)
    : undefined;
  if (split !== undefined || whole === undefined) return split;
  const window = { from: whole, to: addMs(whole, length) };
  const placement = placeFirstFit(admitted, { ...ask, window });
  believe(placement !== undefined, "a block that can take it whole is found");
  return { window, placement };
}

/** The first start at which one block takes all of it; each block is followed only as long as it could still be first. */
function earliestWhole(
  blocks: readonly HeldBlock[],
  ask: PlacementAsk,
  from: Instant,
  latest: Instant,
): Instant | undefined {
  const window = { from, to: addMs(from, ask.window.to - ask.window.from) };
  let best: Instant | undefined;
  for (const held of blocks) {
    if (peakOf(held) < ask.quantity || ask.quantity % held.block.blockSize !== 0) continue;
    const limit = best === undefined ? latest : addMs(best, -1);
    best = earliestOn(held, window, ask.quantity, limit) ?? best;
    if (best === from) return best;
  }
  return best;
}

function earliestSplit(
  blocks: readonly HeldBlock[],
  ask: PlacementAsk,
  first: Instant,
  latest: Instant,
  bounds: StartBounds | undefined,
): NearestAlternatives["earliest"] {
  if (blocks.reduce((sum, held) => sum + peakOf(held), 0) < ask.quantity) return undefined;
  const length = ask.window.to - ask.window.from;
  const sweep: Sweep = { blocks, ask, length, triesLeft: EARLIEST_TRIES_MAX, bounds };
  let span = FIRST_SPAN_MS;
  for (let from = first; from <= latest && sweep.triesLeft > 0; ) {
    const near = Math.min(latest, addMs(from, span - 1)) as Instant;
    const to = bounds?.lastOpen(from, near, length, ask.quantity) ?? near;
    const found = splitBetween(sweep, from, to);
    if (found !== undefined) return found;
    from = bounds?.firstOpen(addMs(to, 1), length, ask.quantity) ?? addMs(to, 1);
    span *= 2; // most are found soon: look near before far
  }
  return undefined;
}

interface Sweep {
  readonly blocks: readonly HeldBlock[];
  readonly ask: PlacementAsk;
  readonly length: number;
  readonly bounds: StartBounds | undefined;
  triesLeft: number;
}

interface Rise {
  readonly at: Instant;
  readonly block: number;
  readonly usable: number;
}

/** Sweeps over the starts at which some block can give more than before, and tries those where the sum suffices. */
function splitBetween(sweep: Sweep, from: Instant, to: Instant): NearestAlternatives["earliest"] {
  const { blocks, ask, length, bounds } = sweep;
  // What is tried is the same however the starts are cut into stretches: a start at which nothing rises is not, the first apart.
  const begin = from === ask.window.from ? from : addMs(from, -1);
  const changes = changesOf(sweep, begin, to);
  const firstDay = Math.floor(from / DAY_MS);
  const most = new Float64Array(Math.floor(to / DAY_MS) - firstDay + 1);
  const usable = blocks.map(() => 0);
  let sum = 0;
  let hasRisen = false;
  let found: NearestAlternatives["earliest"];
  let known = to;
  for (let index = 0; index < changes.length; index += 1) {
    const change = changes[index] as Rise;
    const before = usable[change.block] as number;
    usable[change.block] = change.usable;
    sum += change.usable - before;
    hasRisen ||= change.usable > before;
    const next = changes[index + 1]?.at;
    if (next === change.at) continue;
    if (hasRisen && sum >= ask.quantity && change.at >= from) {
      const window = { from: change.at, to: addMs(change.at, length) };
      const placement = placeFirstFit(blocks, { ...ask, window });
      if (placement !== undefined) found = { window, placement };
      else sweep.triesLeft -= 1;
      if (found !== undefined || sweep.triesLeft === 0) {
        known = addMs(change.at, -1);
        break;
      }
    }
    hasRisen = false;
    const last = Math.floor((next === undefined ? to : next - 1) / DAY_MS) - firstDay;
    for (let day = Math.max(0, Math.floor(change.at / DAY_MS) - firstDay); day <= last; day += 1)
      if (sum > (most[day] as number)) most[day] = sum;
  }
  bounds?.learn(from, known, length, most);
  return found;
}

/** The starts in [from, to] at which what some block could give changes, in order; the first start has each block's level. */
function changesOf({ blocks, length }: Sweep, from: Instant, to: Instant): Rise[] {
  const changes: Rise[] = [];
  blocks.forEach((held, block) => {
    const run = freeRunOf(held, { from, to: addMs(to, length) });
    startLevels(run, length, from, to, (at, level) => changes.push({ at, block, usable: Math.max(0, level) }));
  });
  return changes.sort((a, b) => a.at - b.at || a.block - b.block);
}
