import type { Ask } from "./resolve-requests.ts";

const CHUNK_DAYS = 32;

/**
 * The least that resolving must do, and the limit that it is measured beside: for each request look for the first block, from a
 * rotating start, that has enough free on every day, and take it. Days are flat arrays; each 32 days keep their minimum, and a
 * whole chunk is lowered by its own number.
 */
export class CalendarLoop {
  placed = 0;
  probes = 0;
  private start = 0;
  private readonly blocks: number;
  private readonly days: number;
  private readonly chunks: number;
  private readonly free: Int32Array;
  private readonly least: Int32Array;
  private readonly lowered: Int32Array;

  constructor(blocks: number, days: number, quantity: number) {
    this.blocks = blocks;
    this.chunks = Math.ceil(days / CHUNK_DAYS);
    this.days = this.chunks * CHUNK_DAYS;
    this.free = new Int32Array(blocks * this.days).fill(quantity);
    this.least = new Int32Array(blocks * this.chunks).fill(quantity);
    this.lowered = new Int32Array(blocks * this.chunks);
  }

  place(ask: Ask): boolean {
    const to = ask.firstDay + ask.days;
    for (let tried = 0; tried < this.blocks; tried += 1) {
      const block = (this.start + tried) % this.blocks;
      this.probes += 1;
      if (!this.fits(block, ask.firstDay, to, ask.count)) continue;
      this.take(block, ask.firstDay, to, ask.count);
      this.start = (block + 1) % this.blocks;
      this.placed += 1;
      return true;
    }
    return false;
  }

  private fits(block: number, from: number, to: number, count: number): boolean {
    const { free, least, lowered } = this;
    const row = block * this.days;
    const chunkRow = block * this.chunks;
    for (let day = from; day < to; ) {
      const chunk = (day / CHUNK_DAYS) | 0;
      const end = Math.min(to, (chunk + 1) * CHUNK_DAYS);
      if ((least[chunkRow + chunk] as number) < count) {
        if (end - day === CHUNK_DAYS) return false;
        const needed = count + (lowered[chunkRow + chunk] as number);
        for (let at = day; at < end; at += 1) if ((free[row + at] as number) < needed) return false;
      }
      day = end;
    }
    return true;
  }

  private take(block: number, from: number, to: number, count: number): void {
    const { free, least, lowered } = this;
    const row = block * this.days;
    const chunkRow = block * this.chunks;
    for (let day = from; day < to; ) {
      const chunk = (day / CHUNK_DAYS) | 0;
      const first = chunk * CHUNK_DAYS;
      const end = Math.min(to, first + CHUNK_DAYS);
      const at = chunkRow + chunk;
      if (end - day === CHUNK_DAYS) {
        lowered[at] = (lowered[at] as number) + count;
        least[at] = (least[at] as number) - count;
      } else {
        let minimum = 0x7fffffff;
        for (let one = day; one < end; one += 1) free[row + one] = (free[row + one] as number) - count;
        for (let one = first; one < first + CHUNK_DAYS; one += 1)
          minimum = Math.min(minimum, free[row + one] as number);
        least[at] = minimum - (lowered[at] as number);
      }
      day = end;
    }
  }
}
