import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { type Instant, parseInstant } from "../kernel/index.ts";
import {
  builtinCalendar,
  type BusinessDayWindow,
  deemedReceived,
  formatCivilDate,
  type HolidayCalendar,
  parseZone,
  respondBy,
  type ZoneId,
} from "./index.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;
const zone = (name: string): ZoneId => parseZone(name) as ZoneId;
const calendar = (id: string): HolidayCalendar => builtinCalendar(id) as HolidayCalendar;

describe("against a slow count that uses Temporal alone", () => {
  const zones = [
    "America/Los_Angeles",
    "America/St_Johns",
    "Europe/London",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
  ];
  const rules = fc.record({
    zone: fc.constantFrom(...zones.map(zone)),
    join: fc.constantFrom("all" as const, "any" as const),
    calendars: fc.constantFrom(
      ...[["us-federal"], ["japan", "target"], ["uk-england-wales", "us-federal"], ["none"]].map((ids) =>
        ids.map(calendar),
      ),
    ),
    n: fc.integer({ min: 1, max: 30 }),
    closeMs: fc.integer({ min: 0, max: 1439 }).map((minute) => minute * 60_000),
  });
  const instants = fc.integer({ min: at("2018-01-03T00:00:00Z"), max: at("2027-10-01T00:00:00Z") });

  test("[CAL25] random windows in business days end where the slow count ends", () => {
    fc.assert(
      fc.property(rules, instants, (rule, instant) => {
        const result = respondBy(
          { ...rule, unit: "business-days" },
          { deliveredAt: instant as Instant, deemedReceivedAt: instant as Instant },
        );
        expect(result.ok && result.value.respondBy).toBe(slowDeadline(rule, instant));
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test("[CAL23] random deliveries are received when the slow count says", () => {
    fc.assert(
      fc.property(rules, instants, ({ closeMs, ...profile }, instant) => {
        const result = deemedReceived(instant as Instant, { ...profile, cutoffMs: closeMs });
        expect(result.ok && result.value).toBe(slowReceipt({ ...profile, closeMs }, instant));
      }),
      { seed: 6, numRuns: 300 },
    );
  });
});

type SlowRule = Omit<BusinessDayWindow, "unit">;

function slowDeadline(rule: SlowRule, instant: number): number {
  let date = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(rule.zone).toPlainDate();
  for (let left = rule.n; left > 0; ) {
    date = date.add({ days: 1 });
    if (slowlyOpen(rule, date)) left -= 1;
  }
  return slowInstant(rule, date);
}

function slowReceipt(rule: SlowRule, instant: number): number {
  let date = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(rule.zone).toPlainDate();
  if (slowlyOpen(rule, date) && instant <= slowInstant(rule, date)) return instant;
  do date = date.add({ days: 1 });
  while (!slowlyOpen(rule, date));
  return date.toZonedDateTime(rule.zone).epochMilliseconds;
}

function slowInstant(rule: SlowRule, date: Temporal.PlainDate): number {
  const time = new Temporal.PlainTime().add({ milliseconds: rule.closeMs });
  return date.toPlainDateTime(time).toZonedDateTime(rule.zone).epochMilliseconds;
}

function slowlyOpen(rule: SlowRule, date: Temporal.PlainDate): boolean {
  const open = rule.calendars.map(({ holidays }) => {
    const holiday = holidays.find(({ epochDay }) => formatCivilDate(epochDay) === date.toString());
    return holiday === undefined && date.dayOfWeek <= 5;
  });
  return rule.join === "all" ? open.every(Boolean) : open.some(Boolean);
}
