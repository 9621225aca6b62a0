import { DAY_MS, type Instant } from "../kernel/index.ts";
import { extentOf, type HeldBlock, risesOf } from "./held-block.ts";

const HOUR_MS = 3_600_000;
/** Lengths are kept by powers of two from an hour up to some four years; a longer one is judged as that. */
const ROWS = 16;
/** Days beyond so many are not remembered. */
const DAYS_MAX = 4_096;

/**
 * What some blocks can give together at most, for every start of a day and lengths from an hour up: learnt by searches for a
 * later start, so that the next search looks only where there may be room. A bound holds for each longer length too, and while
 * capacity is only taken: what is given back or added ends all of them. It leaves out starts that cannot work and nothing
 * else, so a search with it finds what a search without it finds.
 */
export class StartBounds {
  private readonly blocks: readonly HeldBlock[];
  private firstDay = 0;
  private days = 0;
  /** By the power of two of the hours, a bound for each day; made when first asked for. */
  private readonly rows: (Float64Array | undefined)[] = Array.from({ length: ROWS });
  private rises = -1;
  /** When the last capacity of any of the blocks ends; 0 where there never is any. */
  lastEnd = 0;

  constructor(blocks: readonly HeldBlock[]) {
    this.blocks = blocks;
  }

  /** Forgets all where any of the blocks may have more than when it was learnt. To be called before a search. */
  refresh(): void {
    const rises = risesOf(this.blocks);
    if (rises === this.rises) return;
    const extent = extentOf(this.blocks);
    this.firstDay = Math.floor((extent?.from ?? 0) / DAY_MS);
    this.lastEnd = extent?.to ?? 0;
    this.days = Math.min(DAYS_MAX, Math.ceil(this.lastEnd / DAY_MS) - this.firstDay);
    this.rows.fill(undefined);
    this.rises = risesOf(this.blocks);
  }

  /** The first start from `from` on that is not known to be without room for `quantity` during `length`. */
  firstOpen(from: Instant, length: number, quantity: number): Instant {
    const row = this.rowWithin(length);
    if (row === undefined) return from;
    const { firstDay } = this;
    // A window has room only where each shorter window inside it has.
    const inside = length - spanOf(row);
    const bounds = this.rows[row] as Float64Array;
    let start: number = from;
    for (;;) {
      const first = Math.max(0, Math.floor(start / DAY_MS) - firstDay);
      let day = Math.min(this.days - 1, Math.floor((start + inside) / DAY_MS) - firstDay);
      while (day >= first && (bounds[day] as number) >= quantity) day -= 1;
      if (day < first) return start as Instant;
      start = (firstDay + day + 1) * DAY_MS;
    }
  }

  /** The last start from an open one on, up to `to`, before the first that is known to be without room. */
  lastOpen(from: Instant, to: Instant, length: number, quantity: number): Instant {
    const row = this.rowWithin(length);
    if (row === undefined) return to;
    const bounds = this.rows[row] as Float64Array;
    const inside = length - spanOf(row);
    const end = Math.min(this.days - 1, Math.floor((to + inside) / DAY_MS) - this.firstDay);
    for (let day = Math.max(0, Math.floor((from + inside) / DAY_MS) - this.firstDay + 1); day <= end; day += 1) {
      if ((bounds[day] as number) < quantity) return ((this.firstDay + day) * DAY_MS - inside - 1) as Instant;
    }
    return to;
  }

  /**
   * Learns the most that could be given during `length` from any start of each day: `most` has one for each day that [from, to]
   * touches. Days that it does not cover whole teach nothing.
   */
  learn(from: Instant, to: Instant, length: number, most: Float64Array): void {
    const offset = Math.floor(from / DAY_MS) - this.firstDay;
    const first = Math.max(0, Math.ceil(from / DAY_MS) - this.firstDay);
    const end = Math.min(this.days, Math.floor((to + 1) / DAY_MS) - this.firstDay);
    const least = rowAbove(length);
    if (first >= end || least === ROWS) return;
    this.rowOf(least);
    for (let row = least; row < ROWS; row += 1) {
      const bounds = this.rows[row];
      if (bounds === undefined) continue;
      for (let day = first; day < end; day += 1) {
        const learnt = most[day - offset] as number;
        if (learnt < (bounds[day] as number)) bounds[day] = learnt;
      }
    }
  }

  /** The row of a length: a new one knows what the nearest shorter one does. */
  private rowOf(row: number): Float64Array {
    const known = this.rows[row];
    if (known !== undefined) return known;
    const shorter = this.rows.findLast((bounds, place) => place < row && bounds !== undefined);
    const bounds = shorter?.slice() ?? new Float64Array(this.days).fill(Number.POSITIVE_INFINITY);
    this.rows[row] = bounds;
    return bounds;
  }

  /** The longest length kept that is no longer than this; undefined where there is none. */
  private rowWithin(length: number): number | undefined {
    for (let row = Math.min(ROWS - 1, 31 - Math.clz32(Math.floor(length / HOUR_MS))); row >= 0; row -= 1) {
      if (this.rows[row] !== undefined) return row;
    }
    return undefined;
  }
}

const spanOf = (row: number): number => HOUR_MS * (1 << row);

/** The shortest length kept that is no shorter; ROWS where there is none. */
function rowAbove(length: number): number {
  let row = 0;
  while (row < ROWS && spanOf(row) < length) row += 1;
  return row;
}
