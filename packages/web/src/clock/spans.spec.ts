import { expect, test } from "vitest";
import { lengthText, spanShown, zoneOfDays } from "./spans.ts";

const LA = "America/Los_Angeles";

test.each([
  ["2026-05-01T00:00:00Z", "2026-07-30T00:00:00Z", "UTC", "1 May → 29 Jul 2026 (90 d)"],
  ["2026-05-01T00:00:00Z", "2026-07-30T00:00:00Z", LA, "1 May → 29 Jul 2026 UTC (90 d)"],
  ["2026-05-01T07:00:00Z", "2026-07-30T07:00:00Z", LA, "1 May → 29 Jul 2026 (90 d)"],
  ["2026-12-01T08:00:00Z", "2027-02-01T08:00:00Z", LA, "1 Dec 2026 → 31 Jan 2027 (62 d)"],
  ["2026-05-01T07:00:00Z", "2026-05-02T07:00:00Z", LA, "1 May 2026 (1 d)"],
  // Through the change of the clocks: 31 days of 743 hours.
  ["2026-03-01T08:00:00Z", "2026-04-01T07:00:00Z", LA, "1 Mar → 31 Mar 2026 (31 d)"],
  ["2026-05-01T16:00:00Z", "2026-05-02T22:00:00Z", LA, "Fri 1 May 2026 09:00 PDT → Sat 2 May 2026 15:00 PDT (30 h)"],
])("%s to %s in %s is %s", (from, to, zone, text) => {
  expect(spanShown({ from, to }, zone).text).toBe(text);
});

test("the exact instants say that the end is outside", () => {
  expect(spanShown({ from: "2026-05-01T07:00:00Z", to: "2026-07-30T07:00:00Z" }, LA).exact).toBe(
    "from Fri 1 May 2026 00:00 PDT, until before Thu 30 Jul 2026 00:00 PDT",
  );
});

test("lengths are whole days first", () => {
  expect([45 * 60_000, 3_600_000, 36 * 3_600_000, 54 * 3_600_000, 48 * 3_600_000].map(lengthText)).toEqual([
    "45 min",
    "1 h",
    "36 h",
    "2 d 6 h",
    "2 d",
  ]);
});

test("days are those of the zone in which the window begins at midnight", () => {
  const inUtc = { from: "2026-05-01T00:00:00Z", to: "2026-07-30T00:00:00Z" };
  expect(zoneOfDays(inUtc, "America/Los_Angeles")).toBe("UTC");
  expect(zoneOfDays({ ...inUtc, from: "2026-05-01T07:00:00Z" }, "America/Los_Angeles")).toBe("America/Los_Angeles");
  expect(zoneOfDays({ ...inUtc, from: "2026-05-01T03:00:00Z" }, "America/Los_Angeles")).toBe("America/Los_Angeles");
});
