import { SECOND_MS } from "@offtake/core/kernel";
import type { Span } from "../clock/spans.ts";

export { countText } from "@offtake/core/explanation";

import { countText } from "@offtake/core/explanation";

/** "4,096 × h100-sxm-80gb" */
export function capacityText(count: number, acceleratorType: string): string {
  return `${countText(count)} × ${acceleratorType}`;
}

/** How many accelerators for how many seconds, multiplied. For whole seconds, as all windows are. */
export function acceleratorSecondsOf(count: number, { from, to }: Span): bigint {
  return (BigInt(count) * BigInt(Date.parse(to) - Date.parse(from))) / BigInt(SECOND_MS);
}

/** "8,847,360 accelerator-h": whole where it is whole, else with one decimal that is rounded down. */
export function acceleratorHoursText(seconds: bigint): string {
  const whole = countText(seconds / 3_600n);
  const tenth = (seconds % 3_600n) / 360n;
  return `${tenth === 0n ? whole : `${whole}.${tenth}`} accelerator-h`;
}

/** "61.0 %": a part of a whole with one digit, rounded half up; "–" of nothing. */
export function percentText(part: number | bigint, whole: number | bigint): string {
  if (BigInt(whole) === 0n) return "–";
  const thousandths = (BigInt(part) * 2_000n + BigInt(whole)) / (BigInt(whole) * 2n);
  return `${thousandths / 10n}.${thousandths % 10n} %`;
}

/** "1 notice", "2 notices" */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
