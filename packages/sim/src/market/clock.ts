import {
  DAY_MS,
  HOUR_MS,
  type Instant,
  parseInstant,
  type Random,
  SECOND_MS,
  type TimeWindow,
} from "@offtake/core/kernel";

/** A Monday before a change of clocks in both hemispheres' spring and autumn, so that markets run over both. */
export const MARKET_OPENS = parseInstant("2026-03-02T15:00:00Z") as Instant;

/** The next act comes after seconds, minutes, hours or days: markets sleep and hurry. */
export function drawPauseMs(random: Random): number {
  const scale = random.pick([SECOND_MS, 60_000, HOUR_MS, HOUR_MS, 6 * HOUR_MS, 6 * HOUR_MS, DAY_MS]);
  return random.between(0, scale);
}

/** A service window of whole seconds that begins within half a year, and lasts from an hour to two years. */
export function drawWindow(random: Random, now: Instant): TimeWindow {
  const start = now + random.between(1, 180) * DAY_MS;
  const step = random.pick([SECOND_MS, HOUR_MS, DAY_MS]);
  const from = start - (start % step) + step;
  const length = random.chance(1, 6) ? random.between(1, 40) * HOUR_MS : random.between(2, 730) * DAY_MS;
  return { from: from as Instant, to: (from + length) as Instant };
}
