import { describe, expect, test } from "vitest";
import { type Instant, parseInstant } from "../kernel/index.ts";
import { endText, parseZone, respondByText, zonedText, type ZoneId } from "./index.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;
const zone = (name: string): ZoneId => parseZone(name) as ZoneId;

describe("instants for people", () => {
  test.each([
    ["America/Los_Angeles", "2026-09-22T00:00:00Z", "Mon 21 Sep 2026 17:00 PDT"],
    ["America/Los_Angeles", "2026-12-01T01:00:00Z", "Mon 30 Nov 2026 17:00 PST"],
    ["America/New_York", "2026-07-04T16:00:00Z", "Sat 4 Jul 2026 12:00 EDT"],
    ["Europe/London", "2026-07-01T16:00:00Z", "Wed 1 Jul 2026 17:00 BST"],
    ["Europe/Berlin", "2026-01-01T16:00:00Z", "Thu 1 Jan 2026 17:00 CET"],
    ["Asia/Tokyo", "2026-01-01T08:00:00Z", "Thu 1 Jan 2026 17:00 JST"],
    ["UTC", "2026-01-01T08:00:00Z", "Thu 1 Jan 2026 08:00 UTC"],
    ["Asia/Kolkata", "2026-01-01T08:00:00Z", "Thu 1 Jan 2026 13:30 UTC+05:30"],
    ["America/Sao_Paulo", "2026-01-01T08:00:00Z", "Thu 1 Jan 2026 05:00 UTC-03:00"],
    ["Australia/Lord_Howe", "2026-01-01T08:00:00Z", "Thu 1 Jan 2026 19:00 UTC+11:00"],
  ])("[CAL11] %s %s is %s", (name, instant, text) => {
    expect(zonedText(zone(name), at(instant))).toBe(text);
  });

  test("[CAL11] a millisecond late is seen", () => {
    expect(zonedText(zone("America/Los_Angeles"), at("2026-09-22T00:00:00.001Z"))).toBe(
      "Mon 21 Sep 2026 17:00:00.001 PDT",
    );
    expect(zonedText(zone("UTC"), at("2026-09-22T00:00:05Z"))).toBe("Tue 22 Sep 2026 00:00:05 UTC");
  });

  test("[CAL11] the two showings of a repeated hour differ by their names", () => {
    expect(zonedText(zone("America/Los_Angeles"), at("2026-11-01T08:30:00Z"))).toBe("Sun 1 Nov 2026 01:30 PDT");
    expect(zonedText(zone("America/Los_Angeles"), at("2026-11-01T09:30:00Z"))).toBe("Sun 1 Nov 2026 01:30 PST");
  });
});

describe("ends for people", () => {
  test("[CAL12] the end of a day is 24:00 of it", () => {
    expect(endText(zone("America/Los_Angeles"), at("2028-01-01T08:00:00Z"))).toBe("Fri 31 Dec 2027 24:00 PST");
    expect(endText(zone("UTC"), at("2026-09-01T00:00:00Z"))).toBe("Mon 31 Aug 2026 24:00 UTC");
  });

  test("[CAL12] the end of a day before clocks skip midnight is 24:00 of it, in the name of that day", () => {
    expect(endText(zone("Africa/Cairo"), at("2026-04-23T22:00:00Z"))).toBe("Thu 23 Apr 2026 24:00 UTC+02:00");
  });

  test("[CAL12] another end is the plain instant", () => {
    expect(endText(zone("UTC"), at("2026-09-01T05:00:00Z"))).toBe("Tue 1 Sep 2026 05:00 UTC");
  });

  test("[CAL12] the last instant in time before 24:00 reads 24:00, a close hour reads as it is", () => {
    expect(respondByText(zone("UTC"), at("2026-08-31T23:59:59.999Z"))).toBe("Mon 31 Aug 2026 24:00 UTC");
    expect(respondByText(zone("America/Los_Angeles"), at("2026-09-22T00:00:00Z"))).toBe("Mon 21 Sep 2026 17:00 PDT");
  });
});
