import { Random } from "@offtake/core/kernel";

export const NODES = 2_000;
export const BATCH = 1_000;
export const BATCHES = 3;
const HORIZON_HOURS = 100;
const HOUR_MS = 3_600_000;

/** So many nodes, from an hour of the horizon on. */
export interface Wish {
  readonly index: number;
  readonly nodes: number;
  /** Milliseconds since 1970, on the hour. */
  readonly from: number;
  readonly hours: number;
}

/** The same stream for everybody; it begins on the second full hour from now, so that nothing of it lies in the past before it is asked for. */
export function reservationStream(seed: string, length: number, now = Date.now()): readonly Wish[] {
  const random = new Random(seed);
  const start = (Math.floor(now / HOUR_MS) + 2) * HOUR_MS;
  return Array.from({ length }, (_, index) => {
    const hours = random.between(1, 24);
    return {
      index,
      nodes: random.between(2, 16),
      from: start + random.below(HORIZON_HOURS - hours) * HOUR_MS,
      hours,
    };
  });
}
