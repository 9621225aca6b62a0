import { DAY_MS } from "../kernel/index.ts";

/**
 * A day that is not the same all day long: stretches from an offset in ms to the next, each with what it has above the
 * day's lowest. At least one stretch is at 0, and neighbours differ.
 */
export interface PartDay {
  from: number[];
  above: number[];
}

export function evenDay(): PartDay {
  return { from: [0], above: [0] };
}

export function isEven(day: PartDay): boolean {
  return day.from.length === 1;
}

/** The stretch that holds the offset. */
function indexAt(day: PartDay, offset: number): number {
  let low = 0;
  let high = day.from.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((day.from[middle] as number) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The lowest between two offsets, above the day's lowest. */
export function minAbove(day: PartDay, from: number, to: number): number {
  const { above } = day;
  let index = indexAt(day, from);
  let least = above[index] as number;
  for (index += 1; index < above.length && (day.from[index] as number) < to; index += 1) {
    const value = above[index] as number;
    if (value < least) least = value;
  }
  return least;
}

/** Cuts the day at an offset; gives the stretch that begins there. */
function cutAt(day: PartDay, offset: number): number {
  if (offset >= DAY_MS) return day.from.length;
  const index = indexAt(day, offset);
  if (day.from[index] === offset) return index;
  day.from = day.from.toSpliced(index + 1, 0, offset);
  day.above = day.above.toSpliced(index + 1, 0, day.above[index] as number);
  return index + 1;
}

function mergeAt(day: PartDay, index: number): void {
  if (index <= 0 || index >= day.from.length || day.above[index] !== day.above[index - 1]) return;
  day.from = day.from.toSpliced(index, 1);
  day.above = day.above.toSpliced(index, 1);
}

/** Adds between two offsets; gives by how much the day's lowest moved, which the stretches no longer hold. */
export function addBetween(day: PartDay, from: number, to: number, change: number): number {
  const first = cutAt(day, from);
  const end = cutAt(day, to);
  const { above } = day;
  for (let index = first; index < end; index += 1) above[index] = (above[index] as number) + change;
  let lowest = above[0] as number;
  for (const value of above) if (value < lowest) lowest = value;
  if (lowest !== 0)
    for (let index = 0; index < above.length; index += 1) above[index] = (above[index] as number) - lowest;
  mergeAt(day, end);
  mergeAt(day, first);
  return lowest;
}
