import { HOUR_MS } from "@offtake/core/kernel";

const MINUTE_MS = 60_000;

/** When a clock speaks to those who do not see it, each once. Sorted, the last one first. */
const MARKS: readonly { readonly left: number; readonly text: string }[] = [
  { left: MINUTE_MS, text: "1 minute left" },
  { left: 10 * MINUTE_MS, text: "10 minutes left" },
  { left: HOUR_MS, text: "1 hour left" },
  { left: 4 * HOUR_MS, text: "4 hours left" },
  { left: 24 * HOUR_MS, text: "24 hours left" },
];

/**
 * What is said between two looks at the clock: the nearest mark that was passed, or that the deadline itself has passed. Nothing on the
 * first look, whatever is left: the page says it in its own words then. A clock that slept through several marks says the last of them.
 */
export function announcement(deadline: number, before: number, now: number): string | undefined {
  if (before <= deadline && now > deadline) return "The deadline has passed";
  const leftBefore = deadline - before;
  const leftNow = deadline - now;
  if (leftNow < 0) return undefined;
  return MARKS.find(({ left }) => leftNow <= left && leftBefore > left)?.text;
}
