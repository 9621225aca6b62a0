import type { Schemas } from "@offtake/client";
import { acceleratorSecondsOf } from "../../amounts/counts.ts";
import { blendedRate, type MoneyTold, type RateTold, sumOf } from "../../amounts/money.ts";

type Line = Pick<
  Extract<Schemas["Award"]["view"], { as: "keeper" }>["award"]["lines"][number],
  "provider" | "count" | "window" | "cost"
>;

export interface AwardTotals {
  readonly count: number;
  readonly providers: number;
  /** Of all lines; nothing where one has no cost, or where they are in two currencies. */
  readonly cost?: MoneyTold;
  /** Per accelerator-hour, to a hundredth of a cent. */
  readonly blended?: RateTold;
}

/** The most that run at a time: lines that follow each other, month by month, are no more machines. */
function atOnce(lines: readonly Line[]): number {
  const at = (instant: string): number =>
    lines
      .filter(
        ({ window }) => Date.parse(window.from) <= Date.parse(instant) && Date.parse(instant) < Date.parse(window.to),
      )
      .reduce((sum, line) => sum + line.count, 0);
  return Math.max(0, ...lines.map(({ window }) => at(window.from)));
}

/** What the lines of an award come to, exactly. */
export function awardTotals(lines: readonly Line[]): AwardTotals {
  const count = atOnce(lines);
  const providers = new Set(lines.map(({ provider }) => provider)).size;
  const costs = lines.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
  const cost = costs.length < lines.length ? undefined : sumOf(costs);
  if (cost === undefined) return { count, providers };
  const seconds = lines.reduce((sum, line) => sum + acceleratorSecondsOf(line.count, line.window), 0n);
  const blended = blendedRate(cost, seconds);
  return { count, providers, cost, ...(blended === undefined ? {} : { blended }) };
}
