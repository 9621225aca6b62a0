import {
  deadlineText as deadlineOfCore,
  momentText as momentOfCore,
  parseZone,
  type ZoneId,
} from "@offtake/core/calendar";
import type { Instant } from "@offtake/core/kernel";
import { describe, expect, test } from "vitest";
import { clockText, deadlineText, isZone, momentText } from "./zoned.ts";

const ZONES = [
  "America/Los_Angeles",
  "America/New_York",
  "America/Sao_Paulo",
  "Europe/London",
  "Europe/Berlin",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "Australia/Lord_Howe",
  "UTC",
];

describe("instants", () => {
  test("read as the core writes them, in every zone, through both changes of the clocks", () => {
    const hour = 3_600_000;
    for (const zone of ZONES) {
      const own = parseZone(zone) as ZoneId;
      for (let at = Date.UTC(2026, 0, 1, 0, 30); at < Date.UTC(2027, 0, 1); at += 37 * hour) {
        expect(momentText(zone, at)).toBe(momentOfCore(own, at as Instant));
      }
    }
  });

  test("that are deadlines read as the core writes them", () => {
    const last = Date.parse("2026-09-01T06:59:59.999Z");
    expect(deadlineText("America/Los_Angeles", last)).toBe("Mon 31 Aug 2026 24:00 PDT");
    expect(deadlineText("America/Los_Angeles", last)).toBe(
      deadlineOfCore(parseZone("America/Los_Angeles") as ZoneId, last as Instant),
    );
    // Sent in PST, due in PDT: the clocks are set forward in between.
    expect(deadlineText("America/Los_Angeles", Date.parse("2026-03-10T00:00:00Z"))).toBe("Mon 9 Mar 2026 17:00 PDT");
    expect(clockText("America/Los_Angeles", Date.parse("2026-03-02T17:00:03Z"))).toBe("09:00:03 PST");
  });

  test("of a zone that nobody knows are not shown", () => {
    expect(isZone("Mars/Olympus")).toBe(false);
    expect(isZone("Europe/Berlin")).toBe(true);
  });
});
