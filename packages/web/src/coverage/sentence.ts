import { countText, percentText } from "../amounts/counts.ts";
import type { Step } from "./profile.ts";

/** What the chart shows, in one sentence: how much of the demand is covered, and what of the rest waits for whom. */
export function coverageSentence(steps: readonly Step[]): string {
  const total = sumOver(steps, ({ demand }) => demand);
  if (total === 0n) return "Nothing is asked for.";
  const missing = sumOver(steps, (step) => step.missing);
  const covered = total - missing;
  const peak = Math.max(...steps.map(({ demand }) => demand));
  if (missing === 0n) return `All ${countText(peak)} are covered throughout.`;
  const worst = Math.max(...steps.map((step) => step.missing));
  const rest = waitingText(steps);
  const isFlat = steps.every((step) => step.missing === worst && step.demand === peak);
  const share = `${percentText(covered, total)} of the accelerator-hours`;
  const have = isFlat
    ? `${countText(peak - worst)} of ${countText(peak)} are covered (${share})`
    : `${share} are covered; at most ${countText(worst)} of ${countText(peak)} are missing at a time`;
  return `${have}${rest === "" ? "" : `; ${rest}`}.`;
}

/** Count times time, so that a gap of a day weighs less than one of a month. */
function sumOver(steps: readonly Step[], count: (step: Step) => number): bigint {
  return steps.reduce((sum, step) => sum + BigInt(count(step)) * BigInt(step.to - step.from), 0n);
}

function waitingText(steps: readonly Step[]): string {
  const most = (layer: "asked" | "market" | "open"): number =>
    Math.max(
      0,
      ...steps.map(({ parts }) =>
        parts.filter((part) => part.layer === layer).reduce((sum, { count }) => sum + count, 0),
      ),
    );
  return (
    [
      ["asked", "are asked and not answered"],
      ["market", "are open to the market"],
      ["open", "have nobody so far"],
    ] as const
  )
    .flatMap(([layer, text]) => (most(layer) === 0 ? [] : `${countText(most(layer))} ${text}`))
    .join(", ");
}
