import type { ResetPeriod } from "../agreements/price-book.ts";
import { addMonths, formatCivilDate, fromDate, localDate, type ZoneId } from "../calendar/index.ts";
import { civilToEpochDay, epochDayToCivil, type Instant, type TimeWindow } from "../kernel/index.ts";

const MONTHS: Readonly<Record<ResetPeriod, number>> = { month: 1, quarter: 3, year: 12 };

/** The civil month, quarter or year of the zone that holds an instant. */
export function civilPeriodOf(unit: ResetPeriod, zone: ZoneId, at: Instant): TimeWindow {
  const { year, month } = epochDayToCivil(localDate(zone, at));
  const months = MONTHS[unit];
  const first = civilToEpochDay(year, month - ((month - 1) % months), 1);
  return { from: fromDate(zone, first), to: fromDate(zone, addMonths(first, months)) };
}

/** The starts of such periods inside a window, its own start left out. */
export function civilStarts(unit: ResetPeriod, zone: ZoneId, window: TimeWindow): Instant[] {
  const found: Instant[] = [];
  for (let at = civilPeriodOf(unit, zone, window.from).to; at < window.to; at = civilPeriodOf(unit, zone, at).to)
    found.push(at);
  return found;
}

/** First day of a period and of the period before it, as dates: what an index value for it may be dated, the first one left out. */
export function observedBetween(unit: ResetPeriod, zone: ZoneId, period: TimeWindow): { after: string; until: string } {
  const first = localDate(zone, period.from);
  return { after: formatCivilDate(addMonths(first, -MONTHS[unit])), until: formatCivilDate(first) };
}
