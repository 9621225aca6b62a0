import { expect, test } from "vitest";
import { inThreeZones } from "./three-zones.ts";

const zones = { contract: "America/Los_Angeles", local: "Europe/Berlin" };

test("an instant is given on the chosen clock and on all three", () => {
  const at = Date.parse("2026-03-10T00:00:00Z");
  expect(inThreeZones(at, "contract", zones)).toEqual({
    text: "Mon 9 Mar 2026 17:00 PDT",
    all: [
      { label: "contract, America/Los_Angeles", text: "Mon 9 Mar 2026 17:00 PDT" },
      { label: "here, Europe/Berlin", text: "Tue 10 Mar 2026 01:00 CET" },
      { label: "UTC", text: "Tue 10 Mar 2026 00:00 UTC" },
    ],
    utc: "2026-03-10T00:00:00Z",
  });
  expect(inThreeZones(at, "local", zones).text).toBe("Tue 10 Mar 2026 01:00 CET");
  expect(inThreeZones(at, "utc", zones).text).toBe("Tue 10 Mar 2026 00:00 UTC");
});

test("the last millisecond of a day is 24:00 of it for a deadline, and a moment for anything else", () => {
  const at = Date.parse("2026-09-01T06:59:59.999Z");
  expect(inThreeZones(at, "contract", zones, true).text).toBe("Mon 31 Aug 2026 24:00 PDT");
  expect(inThreeZones(at, "contract", zones).text).toBe("Mon 31 Aug 2026 23:59:59 PDT");
});
