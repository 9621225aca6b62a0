import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  builtinCalendar,
  type BusinessDayWindow,
  deemedReceived,
  type DeliveryProfile,
  type HolidayCalendar,
  parseZone,
  respondBy,
  type WindowRule,
  type ZoneId,
} from "../calendar/index.ts";
import { addMs, DAY_MS, formatInstant, HOUR_MS, type Instant, parseInstant } from "../kernel/index.ts";
import { lastToSend } from "./last-to-send.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;
const zone = parseZone("America/Los_Angeles") as ZoneId;
const calendars = [builtinCalendar("us-federal") as HolidayCalendar];
const PROFILE: DeliveryProfile = { zone, calendars, join: "all", cutoffMs: 17 * HOUR_MS };
const DAYS_5: BusinessDayWindow = { unit: "business-days", n: 5, zone, calendars, join: "all", closeMs: 17 * HOUR_MS };

function shown(rule: WindowRule, by: string): string {
  const last = lastToSend(rule, PROFILE, at(by));
  return last.ok ? formatInstant(last.value) : last.problem.code;
}

describe("the last instant to send a notice", () => {
  test.each([
    [
      "five business days before Tue 22 Sep 17:00 PDT: by the cut-off of the Tuesday before",
      DAYS_5,
      "2026-09-23T00:00:00Z",
      "2026-09-16T00:00:00Z",
    ],
    ["a close one millisecond early costs a business day", DAYS_5, "2026-09-22T23:59:59.999Z", "2026-09-15T00:00:00Z"],
    ["over Thanksgiving and its weekend (row N1)", DAYS_5, "2026-12-01T01:00:00Z", "2026-11-21T01:00:00Z"],
    ["72 hours are elapsed time (row N5)", { unit: "hours", n: 72 }, "2026-11-02T19:00:00Z", "2026-10-30T19:00:00Z"],
    ["three civil days end at 24:00", { unit: "days", n: 3, zone }, "2026-09-18T06:59:59.999Z", "2026-09-15T00:00:00Z"],
    ["a calendar that ends before it is an error", DAYS_5, "9990-01-01T00:00:00Z", "calendar_year_unknown"],
  ] as const)("[NTC33] %s", (_, rule, by, expected) => {
    expect(shown(rule, by)).toBe(expected);
  });

  test("[NTC33] what is sent then is answered in time, and a millisecond later it is not", () => {
    const rules: readonly WindowRule[] = [
      DAYS_5,
      { ...DAYS_5, n: 1 },
      { unit: "hours", n: 30 },
      { unit: "days", n: 10, zone },
      { unit: "months", n: 1, zone },
    ];
    const deadline = (rule: WindowRule, sentAt: Instant): Instant => {
      const received = rule.unit === "hours" ? { ok: true as const, value: sentAt } : deemedReceived(sentAt, PROFILE);
      if (!received.ok) throw new Error(received.problem.code);
      const result = respondBy(rule, { deliveredAt: sentAt, deemedReceivedAt: received.value });
      if (!result.ok) throw new Error(result.problem.code);
      return result.value.respondBy;
    };
    const first = at("2026-02-01T00:00:00Z");
    fc.assert(
      fc.property(fc.constantFrom(...rules), fc.integer({ min: 0, max: 700 * DAY_MS }), (rule, ms) => {
        const by = addMs(first, ms);
        const last = lastToSend(rule, PROFILE, by);
        if (!last.ok) throw new Error(last.problem.code);
        expect(deadline(rule, last.value)).toBeLessThanOrEqual(by);
        expect(deadline(rule, addMs(last.value, 1))).toBeGreaterThan(by);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
