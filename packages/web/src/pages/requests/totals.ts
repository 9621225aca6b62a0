import type { Schemas } from "@offtake/client";
import { acceleratorSecondsOf } from "../../amounts/counts.ts";
import { type MoneyTold, microsOf, type RateTold } from "../../amounts/money.ts";

type Line = Pick<
  Extract<Schemas["Award"]["view"], { as: "keeper" }>["award"]["lines"][number],
  "provider" | "count" | "window" | "cost"
>;

export interface AwardTotals {
  readonly count: number;
  readonly providers: number;
  /** Of all lines; nothing where one has no cost, or where they are in two currencies. */
  readonly cost?: MoneyTold;
  /** Per accelerator-hour, to the millionth, rounded half up. */
  readonly blended?: RateTold;
}

/** What the lines of an award come to, exactly. */
export function awardTotals(lines: readonly Line[]): AwardTotals {
  const count = lines.reduce((sum, line) => sum + line.count, 0);
  const providers = new Set(lines.map(({ provider }) => provider)).size;
  const costs = lines.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
  const [first] = costs;
  if (first === undefined || costs.length < lines.length || costs.some(({ currency }) => currency !== first.currency))
    return { count, providers };
  const { currency } = first;
  const micros = costs.reduce((sum, cost) => sum + microsOf(cost), 0n);
  const seconds = lines.reduce((sum, line) => sum + acceleratorSecondsOf(line.count, line.window), 0n);
  const cost = { amount: decimalOf(micros), currency };
  if (seconds === 0n) return { count, providers, cost };
  const perHour = (micros * 3_600n * 2n + seconds) / (seconds * 2n);
  // To the tenth of a cent's hundredth: four digits, as prices are compared.
  const rounded = ((perHour + 50n) / 100n) * 100n;
  return { count, providers, cost, blended: { amount: decimalOf(rounded), currency, per: "accelerator-hour" } };
}

/** Millionths as a decimal text. */
function decimalOf(micros: bigint): string {
  const digits = micros.toString().padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
