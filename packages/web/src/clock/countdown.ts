import { DAY_MS, HOUR_MS, SECOND_MS } from "@offtake/core/kernel";
import { countText } from "../amounts/counts.ts";
import type { Family } from "../states/families.ts";

const MINUTE_MS = 60 * SECOND_MS;

/** From so many days on hours and minutes say nothing. */
const LONG_DAYS = 60;

/**
 * What is left until the last instant in time, by the server's clock: "7 d 6 h 48 m", from an hour on "59 m 12 s". Parts that have begun
 * count as left: "1 s" until the deadline itself is over. Undefined once it is over.
 */
export function leftText(deadline: number, now: number): string | undefined {
  if (now > deadline) return undefined;
  const seconds = Math.max(1, Math.ceil((deadline - now) / SECOND_MS));
  const [d, h, m, s] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  if (d >= LONG_DAYS) return `${countText(d)} d`;
  if (d > 0) return `${d} d ${h} h ${m} m`;
  if (h > 0) return `${h} h ${m} m`;
  return m > 0 ? `${m} m ${s} s` : `${s} s`;
}

/** "3 d ago", "12 min ago", "just now": for what has happened. */
export function agoText(at: number, now: number): string {
  const past = now - at;
  if (past < MINUTE_MS) return "just now";
  if (past < HOUR_MS) return `${Math.floor(past / MINUTE_MS)} min ago`;
  if (past < 2 * DAY_MS) return `${Math.floor(past / HOUR_MS)} h ago`;
  return `${Math.floor(past / DAY_MS)} d ago`;
}

/** Which family a running clock is shown in: it changes a day and an hour before the end. */
export function familyOfClock(deadline: number, now: number): Family {
  const left = deadline - now;
  if (left < 0) return "neutral";
  if (left <= HOUR_MS) return "breach";
  return left <= DAY_MS ? "attention" : "waiting";
}

/** How long until what the clock shows is another, in ms: a clock with days on it need not tick every second. */
export function nextTick(deadline: number, now: number): number {
  const left = deadline - now;
  if (left > HOUR_MS) return Math.max(SECOND_MS, left % MINUTE_MS);
  return Math.max(50, left % SECOND_MS || SECOND_MS);
}
