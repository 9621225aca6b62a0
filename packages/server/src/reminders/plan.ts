import { DAY_MS, HOUR_MS, type Instant } from "@offtake/core/kernel";
import { isAgreementDate, type PartyDeadline } from "./deadlines.ts";

/** One reminder of a deadline: when, and to whom. */
export interface Reminder {
  readonly deadline: PartyDeadline;
  /** "90 days", "half of the time", "1 hour": how much is left. */
  readonly left: string;
  readonly at: Instant;
  /** The last ones also go to the deputy: the owner may be away. */
  readonly toDeputy: boolean;
}

const DATE_DAYS = [90, 60, 30, 7, 1] as const;
const WINDOW_HOURS = [24, 1] as const;

/** Dates of agreements 90, 60, 30, 7 days and 1 day before; windows at half of their time, 24 hours and 1 hour before. */
export function remindersOf(deadline: PartyDeadline): readonly Reminder[] {
  const { at, since } = deadline;
  const before = (ms: number, left: string, toDeputy: boolean): Reminder => ({
    deadline,
    left,
    at: (at - ms) as Instant,
    toDeputy,
  });
  if (isAgreementDate(deadline.kind))
    return DATE_DAYS.map((days) => before(days * DAY_MS, days === 1 ? "1 day" : `${days} days`, days <= 7));
  const half = Math.floor((at - since) / 2);
  const reminders = WINDOW_HOURS.map((hours) =>
    before(hours * HOUR_MS, hours === 1 ? "1 hour" : `${hours} hours`, true),
  );
  // Where the half is nearly one of the others, one reminder is enough.
  const isOwn = WINDOW_HOURS.every((hours) => Math.abs(half - hours * HOUR_MS) > HOUR_MS / 2);
  return isOwn && half > HOUR_MS ? [before(half, "half of the time", false), ...reminders] : reminders;
}

/**
 * The reminder that is due now: of several that have passed, as after a time when nobody was there to send them, the last one only. None that
 * lies before the deadline began to run.
 */
export function dueReminder(deadline: PartyDeadline, now: Instant): Reminder | undefined {
  if (now > deadline.at) return undefined;
  return remindersOf(deadline)
    .filter(({ at }) => at <= now && at >= deadline.since)
    .sort((a, b) => b.at - a.at)[0];
}
