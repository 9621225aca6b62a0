import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  civilToEpochDay,
  contains,
  DAY_MS,
  epochDayToCivil,
  formatInstant,
  type Instant,
  INSTANT_MAX,
  INSTANT_MIN,
  intersection,
  overlaps,
  parseInstant,
  type TimeWindow,
  toInstant,
  windowSeconds,
} from "./time.ts";

const PROPERTY = { seed: 1, numRuns: 2_000 };

const instants = fc.integer({ min: INSTANT_MIN, max: INSTANT_MAX }).map((ms) => ms as Instant);
const windows = fc
  .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .map(([from, length]) => window(from, from + length));

function window(from: number, to: number): TimeWindow {
  return { from: from as Instant, to: to as Instant };
}

describe("instants", () => {
  test.each([
    [0, 0],
    [1.999, 1],
    [1_700_000_000_000.5, 1_700_000_000_000],
    [-0.5, -1],
    [-0, 0],
  ])("[KER1] %d is the instant %d", (ms, instant) => {
    expect(toInstant(ms)).toBe(instant);
  });

  test("[KER1] text and number are cut alike", () => {
    const seconds = fc.integer({ min: -4_000_000_000, max: 4_000_000_000 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 999_999 }), (second, finer) => {
        const whole = (second * 1_000) as Instant;
        const text = formatInstant(whole).replace("Z", `.${String(finer).padStart(6, "0")}Z`);
        expect(parseInstant(text)).toBe(toInstant(whole + finer / 1_000));
      }),
      PROPERTY,
    );
  });

  test.each([Number.NaN, Infinity, -Infinity, INSTANT_MAX + 1, INSTANT_MIN - 1, 1e300])(
    "[KER2] %d is no instant",
    (ms) => {
      expect(toInstant(ms)).toBeUndefined();
    },
  );

  test("[KER2] the first and last instants are those of the years 0000 and 9999", () => {
    expect(toInstant(INSTANT_MIN)).toBe(INSTANT_MIN);
    expect(toInstant(INSTANT_MAX)).toBe(INSTANT_MAX);
    expect(formatInstant(INSTANT_MIN)).toBe("0000-01-01T00:00:00Z");
    expect(formatInstant(INSTANT_MAX)).toBe("9999-12-31T23:59:59.999Z");
  });

  test("[KER3] what was written is read back, and says what the engine's own calendar says", () => {
    fc.assert(
      fc.property(instants, (at) => {
        expect(parseInstant(formatInstant(at))).toBe(at);
        expect(formatInstant(at)).toBe(new Date(at).toISOString().replace(".000Z", "Z"));
      }),
      PROPERTY,
    );
  });

  test.each([
    ["2025-01-21T00:00:00Z", "2025-01-21T00:00:00Z"],
    ["2025-01-21T00:00Z", "2025-01-21T00:00:00Z"],
    ["2025-01-21T09:30:00+09:30", "2025-01-21T00:00:00Z"],
    ["2025-01-20T19:00:00-05:00", "2025-01-21T00:00:00Z"],
    ["2025-01-21T00:00:00.0009Z", "2025-01-21T00:00:00Z"],
    ["2025-01-21T00:00:00.25Z", "2025-01-21T00:00:00.250Z"],
    ["2024-02-29T23:59:59.999-00:00", "2024-02-29T23:59:59.999Z"],
  ])("[KER3] %s is %s", (text, utc) => {
    expect(formatInstant(parseInstant(text) as Instant)).toBe(utc);
  });

  test.each([
    "",
    "2025-01-21",
    "2025-01-21T00:00:00",
    "2025-01-21 00:00:00Z",
    " 2025-01-21T00:00:00Z",
    "2025-01-21T00:00:00Z ",
    "2025-1-21T00:00:00Z",
    "2025-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2025-04-31T00:00:00Z",
    "2025-00-10T00:00:00Z",
    "2025-13-10T00:00:00Z",
    "2025-01-00T00:00:00Z",
    "2025-01-21T24:00:00Z",
    "2025-01-21T23:60:00Z",
    "2025-01-21T23:59:60Z",
    "2025-01-21T00:00:00+19:00",
    "2025-01-21T00:00:00+01:60",
    "2025-01-21T00:00:00+0100",
    "2025-01-21T00:00:00.Z",
    "2025-01-21T00:00:00.0000000000Z",
    "+02025-01-21T00:00:00Z",
    "9999-12-31T23:59:59-01:00",
    "0000-01-01T00:00:00+01:00",
    "\u0662025-01-21T00:00:00Z",
  ])('[KER4] "%s" is refused', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  test("[KER4] no text makes the reader throw or give what is no instant", () => {
    const almost = fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), almost), (text) => {
        const at = parseInstant(text);
        expect(at === undefined || toInstant(at) === at).toBe(true);
      }),
      PROPERTY,
    );
  });

  test("[KER5] days and dates agree with the engine's own calendar in both directions", () => {
    fc.assert(
      fc.property(instants, (at) => {
        const epochDay = Math.floor(at / DAY_MS);
        const date = new Date(at);
        const civil = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
        expect(epochDayToCivil(epochDay)).toEqual(civil);
        expect(civilToEpochDay(civil.year, civil.month, civil.day)).toBe(epochDay);
      }),
      PROPERTY,
    );
  });

  test("[KER5] every day of 1,200 years follows the one before", () => {
    const wrong: string[] = [];
    let before = epochDayToCivil(-1);
    for (let epochDay = 0; epochDay < 3 * 146_097; epochDay += 1) {
      const { year, month, day } = epochDayToCivil(epochDay);
      const isNext =
        day === before.day + 1
          ? month === before.month
          : day === 1 && before.day >= 28 && month === (before.month % 12) + 1;
      if (!isNext || civilToEpochDay(year, month, day) !== epochDay) wrong.push(`${year}-${month}-${day}`);
      before = { year, month, day };
    }
    expect(wrong).toEqual([]);
    expect(before.year).toBe(3169);
  });
});

describe("windows", () => {
  test("[KER6] a window holds its first instant and not its end", () => {
    const quarter = window(10, 20);
    expect([9, 10, 19, 20].map((at) => contains(quarter, at as Instant))).toEqual([false, true, true, false]);
  });

  test("[KER6] windows that touch do not overlap, and every instant is in exactly one of them", () => {
    expect(overlaps(window(0, 10), window(10, 20))).toBe(false);
    expect(overlaps(window(0, 11), window(10, 20))).toBe(true);
    const held = (at: number): number =>
      [window(0, 10), window(10, 20)].filter((one) => contains(one, at as Instant)).length;
    expect([0, 9, 10, 19].map(held)).toEqual([1, 1, 1, 1]);
  });

  test("[KER6 KER7] overlapping, sharing a window and holding an instant together are one thing", () => {
    const all = Array.from({ length: 40 }, (_, index) => (index - 20) as Instant);
    fc.assert(
      fc.property(windows, windows, (a, b) => {
        const together = all.filter((at) => contains(a, at) && contains(b, at));
        const shared = intersection(a, b);
        expect(all.filter((at) => shared !== undefined && contains(shared, at))).toEqual(together);
        expect(overlaps(a, b)).toBe(together.length > 0);
        expect(intersection(b, a)).toEqual(shared);
      }),
      PROPERTY,
    );
  });

  test("[KER8] the length is whole seconds", () => {
    expect(windowSeconds(window(0, DAY_MS))).toBe(86_400);
    expect(windowSeconds(window(-1_000, 0))).toBe(1);
    expect(() => windowSeconds(window(0, 1_500))).toThrow("Broken belief: a window whose length is counted");
  });
});
