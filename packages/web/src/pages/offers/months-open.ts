import { nextTick } from "../../clock/countdown.ts";
import { useNow } from "../../clock/viewing.ts";
import type { MonthAsked } from "./months.ts";

const deadlineOf = ({ notice }: MonthAsked): number =>
  notice.view.clock === undefined ? Number.POSITIVE_INFINITY : Date.parse(notice.view.clock.respondBy);

/** Those that can still be answered: at its deadline a month leaves by itself, by the clock of the broker. */
export function useOpenMonths(months: readonly MonthAsked[]): readonly MonthAsked[] {
  const now = useNow((shown) => {
    const ahead = months.map(deadlineOf).filter((at) => at >= shown);
    const next = Math.min(...ahead);
    return Number.isFinite(next) ? nextTick(next, shown) : undefined;
  });
  return months.filter((month) => now <= deadlineOf(month));
}
