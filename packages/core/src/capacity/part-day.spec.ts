import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS } from "../kernel/index.ts";
import { addBetween, evenDay, isEven, minAbove } from "./part-day.ts";

const HOUR = DAY_MS / 24;

describe("a day in parts", () => {
  test("[CPY9] what is given back leaves no parts behind", () => {
    const day = evenDay();
    expect(addBetween(day, 8 * HOUR, 17 * HOUR, -5)).toBe(-5);
    expect(day).toEqual({ from: [0, 8 * HOUR, 17 * HOUR], above: [5, 0, 5] });
    expect(addBetween(day, 17 * HOUR, DAY_MS, -5)).toBe(0);
    expect(day).toEqual({ from: [0, 8 * HOUR], above: [5, 0] });
    expect(addBetween(day, 0, 8 * HOUR, -5)).toBe(0);
    expect(isEven(day)).toBe(true);
  });

  test("[CPY2] equals one number an hour, and neighbours always differ", () => {
    const change = fc.tuple(
      fc.uniqueArray(fc.nat(24), { minLength: 2, maxLength: 2 }),
      fc.integer({ min: -3, max: 3 }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        const day = evenDay();
        const hours = Array.from({ length: 24 }, () => 0);
        let lowest = 0;
        for (const [edges, amount] of changes) {
          const [from, to] = [Math.min(...edges), Math.max(...edges)];
          lowest += addBetween(day, from * HOUR, to * HOUR, amount);
          for (let hour = from; hour < to; hour += 1) hours[hour] = (hours[hour] as number) + amount;
          expect(lowest + minAbove(day, from * HOUR, to * HOUR)).toBe(Math.min(...hours.slice(from, to)));
        }
        expect(lowest).toBe(Math.min(...hours));
        expect(day.above.some((above, index) => index > 0 && above === day.above[index - 1])).toBe(false);
      }),
      { seed: 31, numRuns: 500 },
    );
  });
});
