import { DAY_MS } from "@offtake/core/kernel";

/** How far ahead a page looks. */
export const HORIZONS = [
  ["6m", "6 months", 183],
  ["1y", "1 year", 366],
  ["5y", "5 years", 1_827],
] as const;

export type Horizon = (typeof HORIZONS)[number][0];

export const USUAL_HORIZON: Horizon = "1y";

export function horizonOf(value: unknown): Horizon {
  return HORIZONS.find(([id]) => id === value)?.[0] ?? USUAL_HORIZON;
}

/** How many whole days a span has. */
export const daysOf = ({ from, to }: { readonly from: string; readonly to: string }): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** From the day that it is, so that what was read stays good for that day. In days of UTC, RFC 3339. */
export function spanAhead(horizon: Horizon, now: number): { readonly from: string; readonly to: string } {
  const from = Math.floor(now / DAY_MS) * DAY_MS;
  const days = HORIZONS.find(([id]) => id === horizon)?.[2] ?? 0;
  return { from: new Date(from).toISOString(), to: new Date(from + days * DAY_MS).toISOString() };
}
