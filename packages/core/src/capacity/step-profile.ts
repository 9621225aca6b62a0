import type { Instant, TimeWindow } from "../kernel/index.ts";

/** A number that holds during a window. */
export interface LevelPiece {
  readonly window: TimeWindow;
  readonly level: number;
}

/** A number that holds from an instant until the next point of its list. */
export interface LevelPoint {
  readonly at: Instant;
  readonly level: number;
}

/**
 * A number that changes at instants and is 0 before the first and after the last: the quantity of a block over time.
 * Kept without two equal neighbours, so that equal profiles are equal lists.
 */
export class StepProfile {
  private at: Instant[] = [];
  private levels: number[] = [];
  /** The highest level there is at any time; 0 for an empty profile. */
  peak = 0;

  get points(): readonly LevelPoint[] {
    return this.at.map((at, index) => ({ at, level: this.levels[index] as number }));
  }

  /** The stretch outside which the level is 0; undefined for an empty profile. */
  get extent(): TimeWindow | undefined {
    const from = this.at[0];
    const to = this.at.at(-1);
    return from === undefined || to === undefined ? undefined : { from, to };
  }

  /** The lowest level during the window. */
  min(from: Instant, to: Instant): number {
    let index = this.indexAt(from);
    let least = index < 0 ? 0 : (this.levels[index] as number);
    for (index += 1; index < this.at.length && (this.at[index] as Instant) < to; index += 1) {
      least = Math.min(least, this.levels[index] as number);
    }
    return least;
  }

  /** The whole window cut where the level changes, the stretches of 0 included. */
  pieces(window: TimeWindow): LevelPiece[] {
    const pieces: LevelPiece[] = [];
    let index = this.indexAt(window.from);
    let from = window.from;
    while (from < window.to) {
      const next = this.at[index + 1];
      const to = next === undefined || next > window.to ? window.to : next;
      pieces.push({ window: { from, to }, level: index < 0 ? 0 : (this.levels[index] as number) });
      from = to;
      index += 1;
    }
    return pieces;
  }

  /** The end of the last stretch of [from, to) whose level is below `bar`; undefined where there is none, or no stretch. */
  lastBelow(from: Instant, to: Instant, bar: number): Instant | undefined {
    if (from >= to) return undefined;
    return this.pieces({ from, to }).findLast((piece) => piece.level < bar)?.window.to;
  }

  set(window: TimeWindow, level: number): void {
    const first = this.indexAt(window.from);
    const last = this.indexAt(window.to);
    const before = first < 0 ? 0 : (this.levels[first] as number);
    const after = last < 0 ? 0 : (this.levels[last] as number);
    const isStartKept = first >= 0 && this.at[first] === window.from;
    const start = isStartKept ? first : first + 1;
    const at = [window.from, window.to];
    const levels = [level, after];
    const previous = isStartKept ? (this.levels[first - 1] ?? 0) : before;
    if (after === level) dropAt(at, levels, 1);
    if (previous === level) dropAt(at, levels, 0);
    this.at.splice(start, last + 1 - start, ...at);
    this.levels.splice(start, last + 1 - start, ...levels);
    this.peak = this.levels.reduce((peak, each) => Math.max(peak, each), 0);
  }

  /** The place of the last point at or before the instant; -1 before the first. */
  private indexAt(instant: Instant): number {
    let low = 0;
    let high = this.at.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.at[middle] as Instant) <= instant) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function dropAt(at: Instant[], levels: number[], index: number): void {
  at.splice(index, 1);
  levels.splice(index, 1);
}
