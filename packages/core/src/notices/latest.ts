import { addMs, DAY_MS, type Instant, type Result, success } from "../kernel/index.ts";

/** A window of 3,660 business days is some fifteen years: what is not found twenty-two years back is not found. */
const BACK_DAYS_MAX = 8192;

/**
 * The last instant, to the millisecond, from which something comes about at or before `by`.
 *
 * @param comesAt when it comes about, from an instant; never earlier from a later one
 * @returns what stood in the way, where no earlier instant can be counted from either
 */
export function latest<Code extends string>(
  by: Instant,
  comesAt: (from: Instant) => Result<Instant, Code>,
): Result<Instant, Code> {
  let late = addMs(by, 1);
  let inTime: Instant | undefined;
  let found = comesAt(addMs(by, -DAY_MS));
  for (let days = 1; days <= BACK_DAYS_MAX; days *= 2) {
    const from = addMs(by, -days * DAY_MS);
    found = comesAt(from);
    if (found.ok && found.value <= by) {
      inTime = from;
      break;
    }
    late = from;
  }
  if (inTime === undefined) return found;
  while (late - inTime > 1) {
    const middle = addMs(inTime, Math.floor((late - inTime) / 2));
    const end = comesAt(middle);
    // A count that runs out of the calendar ends after everything that the calendar covers.
    if (end.ok && end.value <= by) inTime = middle;
    else late = middle;
  }
  return success(inTime);
}
