import { describe, expect, test, vi } from "vitest";
import type { Instant } from "../kernel/index.ts";
import type { OffsetSpan } from "./transitions.ts";

const HOUR = 3_600_000;

/** A zone whose clocks are set forward by an hour exactly where one stretch of the table ends and the next begins. */
vi.mock("./transitions.ts", () => {
  const SPAN_MS = 138_000_000_000;
  const findSpan = (_zone: string, index: number): OffsetSpan => ({
    from: index * SPAN_MS,
    to: (index + 1) * SPAN_MS,
    starts: index === 9 ? [9 * SPAN_MS, 10 * SPAN_MS] : [index * SPAN_MS],
    offsetsMs: index === 9 ? [0, 3_600_000] : [index < 9 ? 0 : 3_600_000],
  });
  return { SPAN_MS, findSpan, zoneName: (text: string) => text };
});

const { civilAt, instantOf, nextTransition, offsetAt, parseZone, startOfDay, tzdataVersion } = await import(
  "./index.ts"
);

describe("a change of offset at the border of two stretches of the table", () => {
  const zone = parseZone("Test/Border") as NonNullable<ReturnType<typeof parseZone>>;
  const border = 1_380_000_000_000;
  const day = Math.floor(border / 86_400_000);
  const clock = border - day * 86_400_000;

  test("[CAL2] is found, and only there", () => {
    expect(offsetAt(zone, border - 1)).toBe(0);
    expect(offsetAt(zone, border)).toBe(HOUR);
    expect(nextTransition(zone, 0, border - 1)).toBeUndefined();
    expect(nextTransition(zone, 0, border)).toBe(border);
    expect(nextTransition(zone, border, 2 * border)).toBeUndefined();
  });

  test("[CAL4] has its gap", () => {
    expect(instantOf(zone, day, clock - 1)).toBe(border - 1);
    expect(instantOf(zone, day, clock + HOUR)).toBe(border);
    expect(instantOf(zone, day, clock + HOUR / 2)).toBe(border + HOUR / 2);
    expect(civilAt(zone, border as Instant)).toEqual({ epochDay: day, msOfDay: clock + HOUR });
  });

  test("[CAL5] moves the starts of the days after it", () => {
    expect(startOfDay(zone, day)).toBe(day * 86_400_000);
    expect(startOfDay(zone, day + 1)).toBe((day + 1) * 86_400_000 - HOUR);
  });

  test("[CAL7] is written down", () => {
    expect(tzdataVersion(zone, 0 as Instant, border as Instant)).toMatch(/^\+00:00 \S+Z \+01:00$/);
  });
});
