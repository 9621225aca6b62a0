import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test, vi } from "vitest";
import { type Instant, parseInstant } from "../kernel/index.ts";
import { formatOffset, nextTransition, offsetAt, parseZone, tzdataVersion, type ZoneId } from "./index.ts";
import { findSpan } from "./transitions.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;
const zone = (name: string): ZoneId => parseZone(name) as ZoneId;
const HOUR = 3_600_000;

describe("names of zones", () => {
  test.each([
    ["America/Los_Angeles", "America/Los_Angeles"],
    ["america/los_angeles", "America/Los_Angeles"],
    ["AMERICA/ARGENTINA/BUENOS_AIRES", "America/Argentina/Buenos_Aires"],
    ["antarctica/dumontdurville", "Antarctica/DumontDUrville"],
    ["us/pacific", "US/Pacific"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["utc", "UTC"],
    ["Etc/GMT+8", "Etc/GMT+8"],
  ])("[CAL1] %s is %s", (text, name) => {
    expect(parseZone(text)).toBe(name);
  });

  test.each([
    "",
    " ",
    "PDT",
    "Mars/Olympus",
    "+05:30",
    "-08:00",
    "Z",
    "America/",
    "/UTC",
    "America/Los Angeles",
    "UTC\n",
  ])("[CAL1] %j is no zone", (text) => {
    expect(parseZone(text)).toBeUndefined();
  });

  test("[CAL1] a date that carries a zone is no zone, nor is a text of any length", () => {
    expect(parseZone("2026-01-01T00:00[America/Los_Angeles]")).toBeUndefined();
    expect(parseZone(`UTC/${"A".repeat(100_000)}`)).toBeUndefined();
  });
});

/** Zones that between them change at every odd hour there is: halves, quarters, midnights, Ramadan, whole days. */
const ZONES = [
  "UTC",
  "America/Los_Angeles",
  "America/New_York",
  "America/St_Johns",
  "America/Sao_Paulo",
  "America/Santiago",
  "America/Asuncion",
  "America/Havana",
  "America/Nuuk",
  "America/Scoresbysund",
  "Europe/London",
  "Europe/Dublin",
  "Europe/Berlin",
  "Atlantic/Azores",
  "Africa/Casablanca",
  "Africa/Cairo",
  "Africa/Monrovia",
  "Asia/Beirut",
  "Asia/Gaza",
  "Asia/Tehran",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Asia/Tokyo",
  "Asia/Pyongyang",
  "Australia/Sydney",
  "Australia/Lord_Howe",
  "Australia/Eucla",
  "Pacific/Apia",
  "Pacific/Chatham",
  "Pacific/Kwajalein",
  "Antarctica/Troll",
].map(zone);

describe("offsets", () => {
  test("[CAL2] known changes are found to the second", () => {
    const losAngeles = zone("America/Los_Angeles");
    expect(offsetAt(losAngeles, at("2026-03-08T09:59:59.999Z"))).toBe(-8 * HOUR);
    expect(offsetAt(losAngeles, at("2026-03-08T10:00:00Z"))).toBe(-7 * HOUR);
    expect(nextTransition(losAngeles, at("2026-03-08T10:00:00Z"), at("2027-01-01T00:00:00Z"))).toBe(
      at("2026-11-01T09:00:00Z"),
    );
    expect(offsetAt(zone("Asia/Kathmandu"), at("2026-01-01T00:00:00Z"))).toBe(5.75 * HOUR);
    expect(offsetAt(zone("Australia/Lord_Howe"), at("2026-01-01T00:00:00Z"))).toBe(11 * HOUR);
    expect(offsetAt(zone("Australia/Lord_Howe"), at("2026-07-01T00:00:00Z"))).toBe(10.5 * HOUR);
    expect(offsetAt(zone("Pacific/Apia"), at("2011-12-30T09:59:59.999Z"))).toBe(-10 * HOUR);
    expect(offsetAt(zone("Pacific/Apia"), at("2011-12-30T10:00:00Z"))).toBe(14 * HOUR);
  });

  test("[CAL2] offsets agree with Temporal, whose own table is not ours, at any instant from 1970 to 2100", () => {
    const to2100 = at("2100-12-31T00:00:00Z");
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 0, max: to2100 }), (name, instant) => {
        expect(offsetAt(name, instant)).toBe(temporalOffset(name, instant));
      }),
      { seed: 3, numRuns: 400 },
    );
  });

  test("[CAL2] every change of 2000 to 2040 agrees with Temporal just before and at it", () => {
    let changes = 0;
    for (const name of ZONES) {
      let after: number | undefined = at("2000-01-01T00:00:00Z") - 1;
      while ((after = nextTransition(name, after, at("2040-01-01T00:00:00Z"))) !== undefined) {
        changes += 1;
        expect(offsetAt(name, after - 1)).toBe(temporalOffset(name, after - 1));
        expect(offsetAt(name, after)).toBe(temporalOffset(name, after));
        expect(offsetAt(name, after)).not.toBe(offsetAt(name, after - 1));
      }
    }
    expect(changes).toBeGreaterThan(1_000);
  });

  test("[CAL2] the two nearest changes of all, a week apart in Boa Vista, are both found", () => {
    const boaVista = zone("America/Boa_Vista");
    const first = nextTransition(boaVista, at("2000-03-01T00:00:00Z"), at("2001-01-01T00:00:00Z"));
    expect(first).toBe(at("2000-10-08T04:00:00Z"));
    expect(nextTransition(boaVista, first as number, at("2001-01-01T00:00:00Z"))).toBe(at("2000-10-15T03:00:00Z"));
  });

  test("[CAL2] offsets before 1970 and after 2100 are the library's too", () => {
    expect(offsetAt(zone("America/New_York"), at("1883-11-18T16:59:59Z"))).toBe(
      temporalOffset(zone("America/New_York"), at("1883-11-18T16:59:59Z")),
    );
    expect(offsetAt(zone("Europe/Berlin"), at("2250-07-01T00:00:00Z"))).toBe(2 * HOUR);
    expect(offsetAt(zone("Europe/Berlin"), at("9999-12-31T00:00:00Z"))).toBe(1 * HOUR);
  });

  test("[CAL3] finding offsets never asks what time it is", () => {
    const now = vi.spyOn(Date, "now");
    for (const name of ["America/Los_Angeles", "Asia/Tokyo", "Africa/Casablanca"]) {
      for (const index of [0, 13, 29]) expect(findSpan(name, index).starts.length).toBeGreaterThan(0);
    }
    expect(now).not.toHaveBeenCalled();
    now.mockRestore();
  });
});

describe("what a deadline rests on", () => {
  test("[CAL7] one offset where nothing changes in the window", () => {
    expect(tzdataVersion(zone("America/Los_Angeles"), at("2026-09-14T17:00:00Z"), at("2026-09-22T00:00:00Z"))).toBe(
      "-07:00",
    );
    expect(tzdataVersion(zone("Asia/Kathmandu"), at("2026-09-14T17:00:00Z"), at("2029-09-22T00:00:00Z"))).toBe(
      "+05:45",
    );
  });

  test("[CAL7] each change with its instant where there are some", () => {
    expect(tzdataVersion(zone("America/Los_Angeles"), at("2026-03-02T17:00:00Z"), at("2026-03-10T00:00:00Z"))).toBe(
      "-08:00 2026-03-08T10:00:00Z -07:00",
    );
    expect(tzdataVersion(zone("Europe/London"), at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"))).toBe(
      "+00:00 2026-03-29T01:00:00Z +01:00 2026-10-25T01:00:00Z +00:00",
    );
  });

  test("[CAL7] a change at the very end of the window belongs to it", () => {
    const losAngeles = zone("America/Los_Angeles");
    expect(tzdataVersion(losAngeles, at("2026-03-02T17:00:00Z"), at("2026-03-08T10:00:00Z"))).toContain("-07:00");
    expect(tzdataVersion(losAngeles, at("2026-03-02T17:00:00Z"), at("2026-03-08T09:59:59Z"))).toBe("-08:00");
  });

  test("[CAL7] offsets are written with a sign and, where needed, seconds", () => {
    expect(formatOffset(0)).toBe("+00:00");
    expect(formatOffset(-3.5 * HOUR)).toBe("-03:30");
    expect(formatOffset(-2_670_000)).toBe("-00:44:30");
  });
});

function temporalOffset(name: string, instant: number): number {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(name).offsetNanoseconds / 1_000_000;
}
