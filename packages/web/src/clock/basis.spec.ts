import { describe, expect, test } from "vitest";
import { basisOf } from "./basis.ts";

const CLOCK = {
  deliveredAt: "2026-03-02T17:00:00Z",
  deemedReceivedAt: "2026-03-02T17:00:00Z",
  respondBy: "2026-03-10T00:00:00Z",
  zone: "America/Los_Angeles",
  trail: ["Sat 7 Mar 2026 weekend", "Sun 8 Mar 2026 weekend"],
  basis: { event: "delivered", channel: "portal" },
} as const;

describe("how a deadline was counted", () => {
  test("names the window, the start, what was passed over, and the change of the clocks", () => {
    expect(basisOf(CLOCK, { n: 5, unit: "business-days", calendars: ["us-federal"] })).toEqual([
      "5 business days, us-federal",
      "counted from delivery",
      "2 weekend days not counted",
      "clocks change in between (PST to PDT)",
    ]);
  });

  test("names holidays one by one, and a deemed receipt", () => {
    const clock = {
      ...CLOCK,
      deemedReceivedAt: "2026-03-03T17:00:00Z",
      respondBy: "2026-03-04T17:00:00Z",
      trail: ["Thu 26 Nov 2026 Thanksgiving Day"],
      extended: "outage",
    } as const;
    expect(basisOf(clock, { n: 1, unit: "hours" })).toEqual([
      "1 hour",
      "counted from deemed receipt",
      "Thu 26 Nov 2026 Thanksgiving Day not counted",
      "extended: outage",
    ]);
  });

  test("says no more than it was told", () => {
    expect(basisOf({ ...CLOCK, trail: [], zone: "UTC" })).toEqual(["counted from delivery"]);
  });
});
