/** Seeds that every run plays, with the number of requests each. */
export const FIXED_SEEDS: readonly (readonly [seed: string, size: number])[] = Array.from(
  { length: 120 },
  (_, index) => [`${index}`, index % 10 === 0 ? 30 : 10] as const,
);

/** Seeds that found a fault once, with the fault. They are played for good. */
export const REGRESSIONS: readonly { readonly seed: string; readonly size: number; readonly found: string }[] = [];
