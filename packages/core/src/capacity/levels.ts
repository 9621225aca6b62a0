import type { Instant } from "../kernel/index.ts";
import type { LevelPoint } from "./step-profile.ts";

/** Levels over time, each from its instant to the next and the last to `end`; equal neighbours become one. */
export class LevelRun<Level> {
  readonly at: Instant[] = [];
  readonly levels: Level[] = [];
  readonly end: Instant;

  constructor(end: Instant) {
    this.end = end;
  }

  /** Instants come in order. */
  push(at: Instant, level: Level): void {
    if (this.levels.length > 0 && this.levels.at(-1) === level) return;
    this.at.push(at);
    this.levels.push(level);
  }

  forEach(visit: (from: Instant, to: Instant, level: Level) => void): void {
    for (let index = 0; index < this.at.length; index += 1) {
      visit(this.at[index] as Instant, this.at[index + 1] ?? this.end, this.levels[index] as Level);
    }
  }
}

export function pointsOf(run: LevelRun<number>): LevelPoint[] {
  return run.at.map((at, index) => ({ at, level: run.levels[index] as number }));
}

export function minOf(run: LevelRun<number>): number {
  return run.levels.reduce((least, level) => Math.min(least, level), Number.POSITIVE_INFINITY);
}

/** Two runs over the same stretch as one: joined at every change of either. */
export function combineLevels<A, B, Joined>(
  a: LevelRun<A>,
  b: LevelRun<B>,
  join: (a: A, b: B) => Joined,
): LevelRun<Joined> {
  const joined = new LevelRun<Joined>(a.end);
  let i = 0;
  let j = 0;
  while (i < a.at.length && j < b.at.length) {
    const at = Math.max(a.at[i] as Instant, b.at[j] as Instant) as Instant;
    joined.push(at, join(a.levels[i] as A, b.levels[j] as B));
    const nextA = a.at[i + 1] ?? a.end;
    const nextB = b.at[j + 1] ?? b.end;
    if (nextA <= nextB) i += 1;
    if (nextB <= nextA) j += 1;
  }
  return joined;
}
