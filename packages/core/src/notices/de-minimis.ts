import { localDate, type ZoneId } from "../calendar/index.ts";
import type { Instant } from "../kernel/index.ts";

/** One submission that counts towards a clause's de-minimis. */
export interface Submission {
  readonly at: Instant;
  readonly count: number;
}

export interface DeMinimis<Entry extends Submission> {
  /** All submissions in the rolling days, the new one included. */
  readonly sum: number;
  /** Together they stay below the quantity. */
  readonly clear: boolean;
  /** Those of the history that still count; the others never will again. */
  readonly earlier: readonly Entry[];
}

/**
 * Whether a submission is small enough, with those before it, to be clear (domain rule G15). Days are civil days of the
 * clause's zone (domain rule G3): the day of a submission is its day 0, and it counts until the end of day `aggregateDays`.
 * Submissions that were noticed count like those that were clear; at the quantity itself nothing is clear.
 *
 * @param history Submissions of one control group, or of one project, as the clause says; in any order.
 */
export function deMinimis<Entry extends Submission>(
  history: readonly Entry[],
  submission: Submission,
  rule: { readonly count: number; readonly aggregateDays: number },
  zone: ZoneId,
): DeMinimis<Entry> {
  const today = localDate(zone, submission.at);
  const earlier = history.filter((item) => today - localDate(zone, item.at) <= rule.aggregateDays);
  const sum = earlier.reduce((total, item) => total + item.count, submission.count);
  return { sum, clear: sum < rule.count, earlier };
}
