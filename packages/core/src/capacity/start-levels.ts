import type { Instant } from "../kernel/index.ts";
import type { LevelRun } from "./levels.ts";

/**
 * The least level during [start, start + length) for every start in [from, to]: reports each start at which it changes, the
 * first included. `run` covers [from, to + length).
 */
export function startLevels(
  run: LevelRun<number>,
  length: number,
  from: Instant,
  to: Instant,
  report: (start: Instant, level: number) => void,
): void {
  const enterAt = (piece: number): number => Math.max(from, (run.at[piece] as number) - length + 1);
  const leaveAt = (piece: number): number => run.at[piece + 1] ?? Number.POSITIVE_INFINITY;
  const queue: number[] = []; // pieces inside, of rising level: the first is the least
  let first = 0;
  let next = 0;
  let last: number | undefined;
  for (let start: number = from; start <= to; ) {
    for (; next < run.at.length && enterAt(next) <= start; next += 1) {
      while (queue.length > first && (run.levels[queue.at(-1) as number] as number) >= (run.levels[next] as number)) {
        queue.pop();
      }
      queue.push(next);
    }
    while (leaveAt(queue[first] as number) <= start) first += 1;
    const level = run.levels[queue[first] as number] as number;
    if (level !== last) report(start as Instant, level);
    last = level;
    const entering = next < run.at.length ? enterAt(next) : Number.POSITIVE_INFINITY;
    start = Math.min(entering, leaveAt(queue[first] as number));
  }
}
