/** Pauses before each further attempt, in milliseconds; after the last one it is given up. */
export type Schedule = readonly number[];

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Of the Standard Webhooks recommendation: at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h: a little over three days. */
export const WEBHOOK_SCHEDULE: Schedule = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** A mail server that is away is tried for three days, as mail servers themselves do. */
export const MAIL_SCHEDULE: Schedule = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  16 * HOUR,
  16 * HOUR,
  24 * HOUR,
];

/** A message in a chat is old news after a day. */
export const CHAT_SCHEDULE: Schedule = [5 * SECOND, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 12 * HOUR];

/** Part of a pause by which it is drawn longer or shorter, so that what failed together is not tried again together. */
const JITTER = 0.2;

/**
 * How long to wait after the n-th attempt, counted from 1; undefined where it is given up.
 *
 * @param random from 0 up to 1
 */
export function pauseAfter(schedule: Schedule, attempt: number, random: number): number | undefined {
  const pause = schedule[attempt - 1];
  return pause === undefined ? undefined : Math.round(pause * (1 - JITTER + 2 * JITTER * random));
}
