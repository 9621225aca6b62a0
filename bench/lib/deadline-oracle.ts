import { Temporal } from "temporal-polyfill";
import type { BusinessCalendars, DeliveryProfile, NoticeTimes, WindowRule } from "@offtake/core/calendar";

/**
 * Deadlines once more, the slow and plain way: dates step by step and wall clocks by Temporal, days in sets of texts. Shares no
 * code with the product but the lists of holidays.
 */
export function oracleDeadline(rule: WindowRule, times: NoticeTimes): number {
  switch (rule.unit) {
    case "hours":
      return Temporal.Instant.fromEpochMilliseconds(times.deliveredAt).add({ hours: rule.n }).epochMilliseconds;
    case "days":
      return endOf(dateOf(times.deemedReceivedAt, rule.zone).add({ days: rule.n }), rule.zone);
    case "months":
      return endOf(dateOf(times.deemedReceivedAt, rule.zone).add({ months: rule.n }), rule.zone);
    case "business-days": {
      let date = dateOf(times.deemedReceivedAt, rule.zone);
      for (let left = rule.n; left > 0; ) {
        date = date.add({ days: 1 });
        if (isOpen(rule, date)) left -= 1;
      }
      return wallInstant(date, rule.closeMs, rule.zone);
    }
  }
}

/** When a notice delivered at `at` counts as received. For profiles with a cut-off. */
export function oracleReceipt(at: number, profile: DeliveryProfile): number {
  let date = dateOf(at, profile.zone);
  if (isOpen(profile, date) && at <= wallInstant(date, profile.cutoffMs ?? 0, profile.zone)) return at;
  do {
    date = date.add({ days: 1 });
  } while (!isOpen(profile, date));
  return date.toZonedDateTime(profile.zone).epochMilliseconds;
}

function dateOf(at: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
}

function endOf(date: Temporal.PlainDate, zone: string): number {
  return date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds - 1;
}

function wallInstant(date: Temporal.PlainDate, msOfDay: number, zone: string): number {
  const clock = new Temporal.PlainTime().add({ milliseconds: msOfDay });
  return date.toPlainDateTime(clock).toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
}

const holidayTexts = new WeakMap<BusinessCalendars["calendars"][number], ReadonlySet<string>>();

function isOpen({ calendars, join }: BusinessCalendars, date: Temporal.PlainDate): boolean {
  const open = calendars.map((calendar) => {
    let texts = holidayTexts.get(calendar);
    if (texts === undefined) {
      const epoch = Temporal.PlainDate.from("1970-01-01");
      texts = new Set(calendar.holidays.map(({ epochDay }) => epoch.add({ days: epochDay }).toString()));
      holidayTexts.set(calendar, texts);
    }
    return !calendar.weekend.some((weekday) => weekday === date.dayOfWeek) && !texts.has(date.toString());
  });
  return join === "all" ? open.every(Boolean) : open.some(Boolean);
}
