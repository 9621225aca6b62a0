import { describe, expect, test } from "vitest";
import { DAY_MS, type Instant, type TimeWindow } from "../kernel/index.ts";
import { daysToUse } from "./days-to-use.ts";

const days = (from: number, to: number): TimeWindow => ({
  from: (from * DAY_MS) as Instant,
  to: (to * DAY_MS) as Instant,
});

describe("the days of a calendar that are in use", () => {
  test("[CPY9] all days with a quantity, where they are few", () => {
    expect(daysToUse(days(50, 60), undefined, days(0, 1_500))).toEqual({ first: 0, end: 1_500 });
    expect(daysToUse(days(50, 60), undefined, undefined)).toEqual({ first: 50, end: 60 });
  });

  test("[CPY9] else the days needed, and twice as many where that is not enough, on the side that grows", () => {
    const century = days(0, 36_500);
    expect(daysToUse(days(5_000, 5_064), undefined, century)).toEqual({ first: 5_000, end: 5_064 });
    expect(daysToUse(days(5_060, 5_070), days(5_000, 5_064), century)).toEqual({ first: 5_000, end: 5_128 });
    expect(daysToUse(days(4_990, 5_001), days(5_000, 5_064), century)).toEqual({ first: 4_936, end: 5_064 });
    expect(daysToUse(days(9_000, 9_001), days(5_000, 5_064), century)).toEqual({ first: 5_000, end: 9_001 });
  });

  test("[CPY9] never more days than have a quantity or are needed", () => {
    const century = days(0, 36_500);
    expect(daysToUse(days(90, 110), days(100, 1_100), century)).toEqual({ first: 0, end: 1_100 });
    expect(daysToUse(days(36_400, 36_450), days(35_000, 36_440), century)).toEqual({ first: 35_000, end: 36_500 });
    const cut: TimeWindow = { from: (10 * DAY_MS + 1) as Instant, to: (11 * DAY_MS + 1) as Instant };
    expect(daysToUse(cut, undefined, undefined)).toEqual({ first: 10, end: 12 });
  });
});
