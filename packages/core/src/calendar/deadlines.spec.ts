import { describe, expect, test } from "vitest";
import { DAY_MS, formatInstant, HOUR_MS, type Instant, INSTANT_MAX, parseInstant } from "../kernel/index.ts";
import {
  builtinCalendar,
  type BusinessDayWindow,
  deemedReceived,
  extendForOutage,
  formatCivilDate,
  type HolidayCalendar,
  makeCalendar,
  parseZone,
  respondBy,
  type WindowRule,
  type ZoneId,
} from "./index.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;
const zone = (name: string): ZoneId => parseZone(name) as ZoneId;
const calendar = (id: string): HolidayCalendar => builtinCalendar(id) as HolidayCalendar;

const PACIFIC: BusinessDayWindow = {
  unit: "business-days",
  n: 5,
  zone: zone("America/Los_Angeles"),
  calendars: [calendar("us-federal")],
  join: "all",
  closeMs: 17 * HOUR_MS,
};

/** A deadline for a notice that was delivered at that instant, with the recipient's cut-off at 17:00 in the same zone. */
function by(rule: WindowRule, delivered: string): string {
  const received = deemedReceived(at(delivered), { ...PACIFIC, cutoffMs: 17 * HOUR_MS });
  if (!received.ok) return received.problem.code;
  const result = respondBy(rule, { deliveredAt: at(delivered), deemedReceivedAt: received.value });
  return result.ok ? formatInstant(result.value.respondBy) : result.problem.code;
}

/** A deadline for a notice that was delivered and received at that instant. */
function receivedBy(rule: WindowRule, received: string): string {
  const result = respondBy(rule, { deliveredAt: at(received), deemedReceivedAt: at(received) });
  return result.ok ? formatInstant(result.value.respondBy) : result.problem.code;
}

describe("business days", () => {
  test.each([
    ["F0: Mon 14 Sep 10:00 PDT, 5 business days", 5, "2026-09-14T17:00:00Z", "2026-09-22T00:00:00Z"],
    ["N1: Fri 20 Nov 15:30 PST, over Thanksgiving", 5, "2026-11-20T23:30:00Z", "2026-12-01T01:00:00Z"],
    ["N3: Fri 30 Oct 12:00 PDT, clocks set back", 2, "2026-10-30T19:00:00Z", "2026-11-04T01:00:00Z"],
    ["Mon 2 Mar 09:00 PST, clocks set forward", 5, "2026-03-02T17:00:00Z", "2026-03-10T00:00:00Z"],
    ["M18: Tue 29 Sep 10:00 PDT", 2, "2026-09-29T17:00:00Z", "2026-10-02T00:00:00Z"],
    ["D9: Thu 17 Sep 11:00 PDT, 10 business days", 10, "2026-09-17T18:00:00Z", "2026-10-02T00:00:00Z"],
    ["after the cut-off, so the next day is day 0", 1, "2026-09-15T00:00:00.001Z", "2026-09-17T00:00:00Z"],
    ["on a Saturday, so Monday is day 0", 1, "2026-09-19T19:00:00Z", "2026-09-23T00:00:00Z"],
    ["over two observed holidays and the end of the year", 5, "2027-12-23T18:00:00Z", "2028-01-04T01:00:00Z"],
  ])("[CAL25] %s", (_, n, delivered, deadline) => {
    expect(by({ ...PACIFIC, n }, delivered)).toBe(deadline);
  });

  test("[CAL25] the deadline itself is in time, a millisecond later is late", () => {
    const result = respondBy(PACIFIC, {
      deliveredAt: at("2026-09-14T17:00:00Z"),
      deemedReceivedAt: at("2026-09-14T17:00:00Z"),
    });
    const last = result.ok ? result.value.respondBy : Number.NaN;
    expect(at("2026-09-22T00:00:00.000Z") <= last).toBe(true);
    expect(at("2026-09-22T00:00:00.001Z") <= last).toBe(false);
  });

  test("[CAL25] day 0 is the date in the rule's zone, which may be another than the recipient's", () => {
    const sydney = { ...PACIFIC, n: 1, zone: zone("Australia/Sydney"), calendars: [calendar("none")] };
    expect(receivedBy(sydney, "2026-09-14T17:00:00Z")).toBe("2026-09-16T07:00:00Z"); // Tuesday there, so Wednesday 17:00 AEST
    expect(receivedBy(sydney, "2026-10-02T03:00:00Z")).toBe("2026-10-05T06:00:00Z"); // Friday to Monday, AEDT since Sunday
  });

  test("[CAL25] a close hour in a gap is later by the gap, one shown twice is the earlier", () => {
    const everyDay = makeCalendar({
      id: "daily",
      name: "Daily",
      source: "a test",
      years: { from: 2026, to: 2026 },
      weekend: [],
      holidays: [],
    });
    const rule = { ...PACIFIC, n: 1, closeMs: 1.5 * HOUR_MS, calendars: everyDay.ok ? [everyDay.value] : [] };
    expect(receivedBy(rule, "2026-10-31T19:00:00Z")).toBe("2026-11-01T08:30:00Z");
    expect(receivedBy({ ...rule, closeMs: 2.5 * HOUR_MS }, "2026-03-07T19:00:00Z")).toBe("2026-03-08T10:30:00Z");
  });

  test("[CAL26] the trail names the days passed over, and why", () => {
    const result = respondBy(PACIFIC, {
      deliveredAt: at("2026-11-20T23:30:00Z"),
      deemedReceivedAt: at("2026-11-20T23:30:00Z"),
    });
    const trail = result.ok ? result.value.trail : [];
    expect(
      trail.map(({ epochDay, closedBy }) => `${formatCivilDate(epochDay)} ${closedBy.map((why) => why.reason).join()}`),
    ).toEqual([
      "2026-11-21 weekend",
      "2026-11-22 weekend",
      "2026-11-26 holiday",
      "2026-11-28 weekend",
      "2026-11-29 weekend",
    ]);
    expect(trail[2]?.closedBy).toEqual([{ calendar: "us-federal", reason: "holiday", name: "Thanksgiving Day" }]);
  });

  test("[CAL7] the deadline carries its zone and the offsets it rests on", () => {
    const result = respondBy(PACIFIC, {
      deliveredAt: at("2026-10-30T19:00:00Z"),
      deemedReceivedAt: at("2026-10-30T19:00:00Z"),
    });
    expect(result).toMatchObject({
      value: { zone: "America/Los_Angeles", tzdata: "-07:00 2026-11-01T09:00:00Z -08:00" },
    });
  });

  test("[CAL19] a window into a year without a calendar has no deadline", () => {
    const england = { ...PACIFIC, zone: zone("Europe/London"), calendars: [calendar("uk-england-wales")] };
    expect(receivedBy(england, "2028-12-27T12:00:00Z")).toBe("calendar_year_unknown");
  });

  test("[CAL30] a calendar with a new holiday is another calendar; a computed deadline stands", () => {
    const times = { deliveredAt: at("2026-09-14T17:00:00Z"), deemedReceivedAt: at("2026-09-14T17:00:00Z") };
    const frozen = respondBy(PACIFIC, times);
    const changed = {
      ...calendar("us-federal"),
      holidays: [...calendar("us-federal").holidays, { epochDay: 20_713, name: "Day of mourning" }],
    };
    const later = respondBy({ ...PACIFIC, calendars: [changed] }, times);
    expect(formatCivilDate(20_713)).toBe("2026-09-17");
    expect(later.ok && formatInstant(later.value.respondBy)).toBe("2026-09-23T00:00:00Z");
    expect(respondBy(PACIFIC, times)).toEqual(frozen);
    expect(frozen.ok && formatInstant(frozen.value.respondBy)).toBe("2026-09-22T00:00:00Z");
  });
});

describe("hours", () => {
  test("[CAL27] N5: 72 hours are elapsed time from delivery, through a change of clocks and a weekend", () => {
    expect(by({ unit: "hours", n: 72 }, "2026-10-30T19:00:00Z")).toBe("2026-11-02T19:00:00Z");
  });

  test("[CAL27] they run from delivery, not from deemed receipt", () => {
    expect(by({ unit: "hours", n: 1 }, "2026-09-19T19:00:00Z")).toBe("2026-09-19T20:00:00Z");
  });

  test("[CAL27] their zone only shows; without one it is UTC", () => {
    const times = { deliveredAt: at("2026-03-08T09:00:00Z"), deemedReceivedAt: at("2026-03-09T07:00:00Z") };
    expect(respondBy({ unit: "hours", n: 2, zone: zone("America/Los_Angeles") }, times)).toMatchObject({
      value: {
        respondBy: at("2026-03-08T11:00:00Z"),
        zone: "America/Los_Angeles",
        tzdata: "-08:00 2026-03-08T10:00:00Z -07:00",
        trail: [],
      },
    });
    expect(respondBy({ unit: "hours", n: 2 }, times)).toMatchObject({
      value: { respondBy: at("2026-03-08T11:00:00Z"), zone: "UTC", tzdata: "+00:00" },
    });
  });
});

describe("civil days and months", () => {
  const losAngeles = zone("America/Los_Angeles");

  test.each([
    [
      "10 days over a change of clocks",
      { unit: "days", n: 10, zone: losAngeles },
      "2026-10-30T19:00:00Z",
      "2026-11-10T07:59:59.999Z",
    ],
    [
      "1 day, received in the evening of day 0",
      { unit: "days", n: 1, zone: losAngeles },
      "2026-09-15T06:00:00Z",
      "2026-09-16T06:59:59.999Z",
    ],
    [
      "1 month from 31 January",
      { unit: "months", n: 1, zone: losAngeles },
      "2027-01-31T20:00:00Z",
      "2027-03-01T07:59:59.999Z",
    ],
    ["12 months", { unit: "months", n: 12, zone: losAngeles }, "2026-09-14T17:00:00Z", "2027-09-15T06:59:59.999Z"],
    [
      "1 day, up to a day that begins at 01:00",
      { unit: "days", n: 1, zone: zone("Africa/Cairo") },
      "2026-04-22T10:00:00Z",
      "2026-04-23T21:59:59.999Z",
    ],
    [
      "1 day, to the day Samoa left out",
      { unit: "days", n: 1, zone: zone("Pacific/Apia") },
      "2011-12-29T12:00:00Z",
      "2011-12-30T09:59:59.999Z",
    ],
  ] as const)("[CAL28] %s", (_, rule, received, deadline) => {
    expect(receivedBy(rule, received)).toBe(deadline);
  });

  test("[CAL28] they run from deemed receipt", () => {
    expect(by({ unit: "days", n: 1, zone: losAngeles }, "2026-09-19T19:00:00Z")).toBe("2026-09-23T06:59:59.999Z");
  });

  test("[CAL28] a close hour of 24:00 is outside as well", () => {
    expect(receivedBy({ ...PACIFIC, closeMs: DAY_MS }, "2026-09-14T17:00:00Z")).toBe("2026-09-22T06:59:59.999Z");
    expect(receivedBy({ ...PACIFIC, closeMs: 0 }, "2026-09-14T17:00:00Z")).toBe("2026-09-21T07:00:00Z");
  });
});

describe("what is out of range", () => {
  test.each([
    ["no business days", { ...PACIFIC, n: 0 }],
    ["half a business day", { ...PACIFIC, n: 2.5 }],
    ["too many business days", { ...PACIFIC, n: 3_661 }],
    ["no hours", { unit: "hours", n: 0 }],
    ["hours that are no number", { unit: "hours", n: Number.NaN }],
    ["days below zero", { unit: "days", n: -1, zone: PACIFIC.zone }],
    ["too many months", { unit: "months", n: 121, zone: PACIFIC.zone }],
    ["a close hour before the day", { ...PACIFIC, closeMs: -1 }],
    ["a close hour past the day", { ...PACIFIC, closeMs: DAY_MS + 1 }],
    ["a close hour that is no number", { ...PACIFIC, closeMs: Number.NaN }],
  ] as const)("[CAL29] %s", (_, rule) => {
    expect(receivedBy(rule, "2026-09-14T17:00:00Z")).toBe("window_out_of_range");
  });

  test("[CAL29] an end past the year 9999", () => {
    const times = { deliveredAt: INSTANT_MAX, deemedReceivedAt: INSTANT_MAX };
    expect(respondBy({ unit: "hours", n: 1 }, times)).toMatchObject({ problem: { code: "instant_out_of_range" } });
  });
});

describe("outages", () => {
  const DEADLINE = at("2026-09-22T00:00:00Z");
  const extended = (from: string, to: string): string | undefined => {
    const instant = extendForOutage(DEADLINE, { from: at(from), to: at(to) });
    return instant === undefined ? undefined : formatInstant(instant);
  };

  test("[CAL31] N8: 23:00 to 00:30 over the deadline moves it to 01:30", () => {
    expect(extended("2026-09-21T23:00:00Z", "2026-09-22T00:30:00Z")).toBe("2026-09-22T01:30:00Z");
  });

  test.each([
    ["a long outage: its length decides", "2026-09-21T20:00:00Z", "2026-09-22T00:30:00Z", "2026-09-22T04:30:00Z"],
    [
      "one that begins at the deadline: an hour after it decides",
      "2026-09-22T00:00:00Z",
      "2026-09-22T03:00:00Z",
      "2026-09-22T04:00:00Z",
    ],
    ["a short one", "2026-09-21T23:59:00Z", "2026-09-22T00:01:00Z", "2026-09-22T01:01:00Z"],
    [
      "one that holds the deadline as its last instant",
      "2026-09-21T23:00:00Z",
      "2026-09-22T00:00:00.001Z",
      "2026-09-22T01:00:00.001Z",
    ],
  ])("[CAL31] %s", (_, from, to, instant) => {
    expect(extended(from, to)).toBe(instant);
  });

  test.each([
    ["over before the deadline", "2026-09-21T20:00:00Z", "2026-09-21T23:59:59.999Z"],
    ["over at the deadline", "2026-09-21T20:00:00Z", "2026-09-22T00:00:00Z"],
    ["begun after the deadline", "2026-09-22T00:00:00.001Z", "2026-09-22T03:00:00Z"],
  ])("[CAL31] an outage %s leaves it", (_, from, to) => {
    expect(extended(from, to)).toBeUndefined();
  });
});
