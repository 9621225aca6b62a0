const CHUNK_BITS = 5;
const CHUNK_DAYS = 1 << CHUNK_BITS;

/**
 * One whole number a day, for a run of days, with the least of every 32 days and additions to whole chunks kept aside.
 *
 * Flat days are the fastest for windows up to a few weeks, the chunk minima where many long windows are tried; a tree over
 * the days loses to both at a few thousand days. All parts share one buffer: of each chunk its minimum and, beside it, a day on
 * which that is so (a window with that day in it is answered without a look at the days); additions; days.
 */
export class DaySlots {
  /** Whole chunks, so a multiple of 32. */
  readonly days: number;
  private readonly chunks: number;
  private readonly cells: Int32Array;
  private readonly additions: number;
  private readonly base: number;

  constructor(daysWanted: number) {
    this.chunks = Math.ceil(daysWanted / CHUNK_DAYS);
    this.days = this.chunks * CHUNK_DAYS;
    this.additions = 2 * this.chunks;
    this.base = 3 * this.chunks;
    this.cells = new Int32Array(this.base + this.days);
    for (let chunk = 0; chunk < this.chunks; chunk += 1) this.cells[2 * chunk + 1] = chunk << CHUNK_BITS;
  }

  get(day: number): number {
    return (this.cells[this.base + day] as number) + (this.cells[this.additions + (day >> CHUNK_BITS)] as number);
  }

  /** The least of the days [from, to); from < to. */
  min(from: number, to: number): number {
    const first = from >> CHUNK_BITS;
    const last = (to - 1) >> CHUNK_BITS;
    if (first === last) return this.scan(from, to, first);
    let least = this.scan(from, (first + 1) << CHUNK_BITS, first);
    for (let chunk = first + 1; chunk < last; chunk += 1) {
      const value = this.cells[2 * chunk] as number;
      if (value < least) least = value;
    }
    const tail = this.scan(last << CHUNK_BITS, to, last);
    return tail < least ? tail : least;
  }

  /**
   * Whether each of the days [from, to) is at least `least`; from < to. Stops at the first that is not, and looks into a
   * chunk only where its minimum leaves it open: most questions are answered by a few minima.
   */
  isAtLeast(from: number, to: number, least: number): boolean {
    const { cells, base, additions } = this;
    const last = (to - 1) >> CHUNK_BITS;
    for (let chunk = from >> CHUNK_BITS; chunk <= last; chunk += 1) {
      if ((cells[2 * chunk] as number) >= least) continue;
      const lowest = cells[2 * chunk + 1] as number;
      if (lowest >= from && lowest < to) return false;
      const begin = chunk << CHUNK_BITS;
      const first = from > begin ? from : begin;
      const end = to < begin + CHUNK_DAYS ? to : begin + CHUNK_DAYS;
      const bar = least - (cells[additions + chunk] as number);
      for (let cell = base + first; cell < base + end; cell += 1) if ((cells[cell] as number) < bar) return false;
    }
    return true;
  }

  /** The last of the days [from, to) that is below `bar`, or -1; from < to. */
  lastBelow(from: number, to: number, bar: number): number {
    const { cells, base, additions } = this;
    for (let chunk = (to - 1) >> CHUNK_BITS; chunk >= from >> CHUNK_BITS; chunk -= 1) {
      if ((cells[2 * chunk] as number) >= bar) continue;
      const begin = chunk << CHUNK_BITS;
      const end = Math.min(to, begin + CHUNK_DAYS);
      const ownBar = bar - (cells[additions + chunk] as number);
      for (let day = end - 1; day >= Math.max(from, begin); day -= 1)
        if ((cells[base + day] as number) < ownBar) return day;
    }
    return -1;
  }

  /** Adds to each of the days [from, to) and gives the least of them after it; from < to. */
  add(from: number, to: number, change: number): number {
    const first = from >> CHUNK_BITS;
    const last = (to - 1) >> CHUNK_BITS;
    if (first === last) return this.addWithin(from, to, first, change);
    let least = this.addWithin(from, (first + 1) << CHUNK_BITS, first, change);
    for (let chunk = first + 1; chunk < last; chunk += 1) {
      const value = (this.cells[2 * chunk] as number) + change;
      this.cells[2 * chunk] = value;
      this.cells[this.additions + chunk] = (this.cells[this.additions + chunk] as number) + change;
      if (value < least) least = value;
    }
    const tail = this.addWithin(last << CHUNK_BITS, to, last, change);
    return tail < least ? tail : least;
  }

  /** Writes these days into a longer run, where they begin at `offset`. */
  copyInto(target: DaySlots, offset: number): void {
    for (let day = 0; day < this.days; day += 1) target.cells[target.base + offset + day] = this.get(day);
    for (let chunk = 0; chunk < target.chunks; chunk += 1) {
      target.cells[target.additions + chunk] = 0;
      target.settle(chunk);
    }
  }

  private scan(from: number, to: number, chunk: number): number {
    const { cells, base } = this;
    let least = cells[base + from] as number;
    for (let cell = base + from + 1; cell < base + to; cell += 1) {
      const value = cells[cell] as number;
      if (value < least) least = value;
    }
    return least + (cells[this.additions + chunk] as number);
  }

  /** Finds the minimum of a chunk anew, and a day on which it is so. */
  private settle(chunk: number): void {
    const { cells, base } = this;
    const begin = base + (chunk << CHUNK_BITS);
    let lowest = begin;
    let least = cells[begin] as number;
    for (let cell = begin + 1; cell < begin + CHUNK_DAYS; cell += 1) {
      const value = cells[cell] as number;
      if (value >= least) continue;
      least = value;
      lowest = cell;
    }
    cells[2 * chunk] = least + (cells[this.additions + chunk] as number);
    cells[2 * chunk + 1] = lowest - base;
  }

  private addWithin(from: number, to: number, chunk: number, change: number): number {
    const { cells, base } = this;
    let least = (cells[base + from] as number) + change;
    for (let cell = base + from; cell < base + to; cell += 1) {
      const value = (cells[cell] as number) + change;
      cells[cell] = value;
      if (value < least) least = value;
    }
    this.settle(chunk);
    return least + (cells[this.additions + chunk] as number);
  }
}
