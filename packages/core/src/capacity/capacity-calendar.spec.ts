import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalText, DAY_MS, HOUR_MS, INSTANT_MAX, type Instant, type TimeWindow } from "../kernel/index.ts";
import { CapacityCalendar } from "./capacity-calendar.ts";
import type { LevelPiece } from "./step-profile.ts";

const DAY_0 = 20_454; // 2026-01-01
const at = (days: number, ms = 0): Instant => ((DAY_0 + days) * DAY_MS + ms) as Instant;
const days = (from: number, to: number): TimeWindow => ({ from: at(from), to: at(to) });
const between = (from: Instant, to: Instant): TimeWindow => ({ from, to });

describe("what is free", () => {
  test("[CPY1] the quantity less what is held, the least over the window, 0 where there is none", () => {
    const calendar = new CapacityCalendar(days(0, 365), 1_024);
    expect(calendar.free(days(10, 20))).toBe(1_024);
    calendar.take(days(10, 100), 600);
    calendar.take(days(50, 60), 400);
    expect(calendar.free(days(0, 10))).toBe(1_024);
    expect(calendar.free(days(0, 50))).toBe(424);
    expect(calendar.free(days(0, 365))).toBe(24);
    expect(calendar.free(days(-1, 5))).toBe(0);
    expect(calendar.free(days(364, 366))).toBe(0);
    expect(calendar.free(days(400, 401))).toBe(0);
  });

  test("[CPY2] two contracts that meet at noon share nothing", () => {
    const calendar = new CapacityCalendar(days(0, 30), 8);
    const noon = at(10, 12 * HOUR_MS);
    expect(calendar.take(between(at(3), noon), 8)).toBe(true);
    expect(calendar.free(between(noon, at(20)))).toBe(8);
    expect(calendar.take(between((noon - 1) as Instant, at(20)), 1)).toBe(false);
    expect(calendar.take(between(noon, at(20, 5)), 8)).toBe(true);
    expect(calendar.free(days(3, 20))).toBe(0);
    expect(calendar.free(between(at(20, 5), at(30)))).toBe(8);
    expect(calendar.free(between(at(20, 4), at(30)))).toBe(0);
  });

  test("[CPY2] a block that begins and ends inside a day", () => {
    const calendar = new CapacityCalendar(between(at(0, 7 * HOUR_MS), at(2, 7 * HOUR_MS)), 16);
    expect(calendar.free(between(at(0, 7 * HOUR_MS), at(2, 7 * HOUR_MS)))).toBe(16);
    expect(calendar.take(between(at(0, 7 * HOUR_MS), at(1)), 16)).toBe(true);
    expect(calendar.free(days(1, 2))).toBe(16);
    expect(calendar.free(days(0, 1))).toBe(0);
    expect(calendar.free(between(at(1, 23 * HOUR_MS), at(2, 7 * HOUR_MS + 1)))).toBe(0);
  });

  test("[CPY3] a take that does not fit changes nothing", () => {
    const calendar = new CapacityCalendar(days(0, 100), 100);
    calendar.take(days(40, 41), 60);
    const before = calendar.canonical();
    expect(calendar.take(days(0, 100), 41)).toBe(false);
    expect(calendar.take(days(90, 101), 1)).toBe(false);
    expect(calendar.canonical()).toBe(before);
    expect(calendar.take(days(0, 100), 40)).toBe(true);
    expect(calendar.free(days(0, 100))).toBe(0);
  });

  test("[CPY1] whether a quantity fits, and where it last does not", () => {
    const calendar = new CapacityCalendar(days(0, 100), 100);
    expect(calendar.fits(days(0, 100), 100)).toBe(true);
    expect(calendar.fits(days(0, 101), 1)).toBe(false);
    calendar.take(between(at(40), at(45, 12 * HOUR_MS)), 60);
    expect(calendar.fits(days(0, 100), 40)).toBe(true);
    expect(calendar.fits(days(45, 46), 41)).toBe(false);
    expect(calendar.fits(between(at(45, 12 * HOUR_MS), at(46)), 100)).toBe(true);
    expect(calendar.lastShort(days(0, 100), 41)).toBe(at(45, 12 * HOUR_MS));
    expect(calendar.lastShort(days(0, 42), 41)).toBe(at(42));
    expect(calendar.lastShort(days(0, 100), 40)).toBeUndefined();
    expect(calendar.lastShort(days(90, 120), 1)).toBe(at(120));
  });

  test("[CPY4] a release gives back, and only what was held", () => {
    const calendar = new CapacityCalendar(days(0, 100), 100);
    calendar.take(days(10, 50), 60);
    calendar.release(days(20, 30), 25);
    expect(calendar.free(days(20, 30))).toBe(65);
    expect(() => calendar.release(days(20, 51), 1)).toThrow("what is released was held");
    expect(() => calendar.release(days(20, 30), 36)).toThrow("what is released was held");
    expect(calendar.free(days(0, 100))).toBe(40);
  });

  test("[CPY5] less capacity is reported where it does not cover what is held, and nothing is refused", () => {
    const calendar = new CapacityCalendar(days(0, 100), 100);
    calendar.take(days(10, 50), 60);
    calendar.take(days(30, 40), 30);
    const change = calendar.setQuantity(days(35, 80), 50);
    expect(change.previous).toEqual([{ window: days(35, 80), level: 100 }]);
    expect(change.overcommitted).toEqual([
      { window: days(35, 40), quantity: 50, held: 90 },
      { window: days(40, 50), quantity: 50, held: 60 },
    ]);
    expect(calendar.free(days(0, 100))).toBe(-40);
    expect(calendar.take(days(45, 46), 1)).toBe(false);
    expect(calendar.take(days(50, 80), 50)).toBe(true);
    calendar.release(days(35, 40), 40);
    expect(calendar.free(days(35, 40))).toBe(0);
  });

  test("[CPY5] more capacity, also before and after the first window", () => {
    const calendar = new CapacityCalendar(days(10, 20), 8);
    calendar.take(days(10, 20), 8);
    expect(calendar.setQuantity(days(5, 25), 16).overcommitted).toEqual([]);
    expect(calendar.free(days(5, 10))).toBe(16);
    expect(calendar.free(days(5, 25))).toBe(8);
    expect(calendar.peakQuantity).toBe(16);
    expect(calendar.quantity(days(5, 25))).toBe(16);
    expect(calendar.take(days(5, 25), 8)).toBe(true);
  });

  test("[CPY8] the profiles list the change points of a window", () => {
    const calendar = new CapacityCalendar(days(0, 10), 8);
    calendar.take(between(at(2, HOUR_MS), at(4)), 3);
    calendar.take(days(4, 6), 3);
    calendar.setQuantity(days(5, 8), 6);
    expect(calendar.freeProfile(days(-1, 12))).toEqual([
      { at: at(-1), level: 0 },
      { at: at(0), level: 8 },
      { at: at(2, HOUR_MS), level: 5 },
      { at: at(5), level: 3 },
      { at: at(6), level: 6 },
      { at: at(8), level: 8 },
      { at: at(10), level: 0 },
    ]);
    expect(calendar.heldProfile(days(3, 12))).toEqual([
      { at: at(3), level: 3 },
      { at: at(6), level: 0 },
    ]);
  });

  test("[CPY9] a calendar to the end of time, used near its beginning, at its end and before it", () => {
    const forever = between(at(0), INSTANT_MAX);
    const calendar = new CapacityCalendar(forever, 64);
    expect(calendar.free(forever)).toBe(64);
    expect(calendar.take(days(5_000, 5_010), 32)).toBe(true);
    expect(calendar.take(days(9_000, 9_010), 16)).toBe(true);
    expect(calendar.take(days(1, 3), 8)).toBe(true);
    expect(calendar.free(days(0, 2))).toBe(56);
    expect(calendar.free(days(4_000, 6_000))).toBe(32);
    expect(calendar.free(days(8_000, 100_000))).toBe(48);
    expect(calendar.free(days(100_000, 200_000))).toBe(64);
    calendar.setQuantity(days(-400, 0), 4);
    expect(calendar.take(days(-300, 20), 4)).toBe(true);
    expect(calendar.free(days(-300, 1))).toBe(0);
    expect(calendar.free(days(1, 3))).toBe(52);
  });
});

/** The oracle: every stretch between two of a few instants, held and quantity as plain numbers. */
class NaiveCalendar {
  readonly cells: { quantity: number; held: number }[];
  readonly marks: readonly Instant[];

  constructor(marks: readonly Instant[]) {
    this.marks = marks;
    this.cells = marks.slice(1).map(() => ({ quantity: 0, held: 0 }));
  }

  private inside(window: TimeWindow): { quantity: number; held: number }[] {
    return this.cells.filter(
      (_, i) => (this.marks[i] as number) < window.to && (this.marks[i + 1] as number) > window.from,
    );
  }

  free(window: TimeWindow): number {
    return Math.min(...this.inside(window).map((cell) => cell.quantity - cell.held));
  }

  lastShort(window: TimeWindow, quantity: number): Instant | undefined {
    const inside = this.inside(window);
    const last = inside.findLastIndex((cell) => cell.quantity - cell.held < quantity);
    return last < 0 ? undefined : this.marks[this.cells.indexOf(inside[last] as (typeof inside)[number]) + 1];
  }

  hold(window: TimeWindow, quantity: number): void {
    for (const cell of this.inside(window)) cell.held += quantity;
  }

  setQuantity(window: TimeWindow, quantity: number): void {
    for (const cell of this.inside(window)) cell.quantity = quantity;
  }

  private points(level: (cell: { quantity: number; held: number }) => number): [Instant, number][] {
    const points: [Instant, number][] = [];
    this.cells.forEach((cell, index) => {
      const last = points.at(-1)?.[1] ?? 0;
      if (level(cell) !== last) points.push([this.marks[index] as Instant, level(cell)]);
    });
    if ((points.at(-1)?.[1] ?? 0) !== 0) points.push([this.marks.at(-1) as Instant, 0]);
    return points;
  }

  canonical(): string {
    return canonicalText({ held: this.points((cell) => cell.held), quantity: this.points((cell) => cell.quantity) });
  }

  overcommitted(window: TimeWindow): number {
    return this.inside(window).filter((cell) => cell.held > cell.quantity).length;
  }
}

type Step =
  | { readonly type: "take" | "setQuantity"; readonly from: number; readonly to: number; readonly quantity: number }
  | { readonly type: "release"; readonly which: number }
  | { readonly type: "undo"; readonly count: number };

/** Mixes whole days, hours and odd milliseconds, near one another and years apart. */
const marksOf = (stride: number): Instant[] =>
  [...Array(40).keys()].flatMap((index) => {
    const day = index * stride - 7;
    return index % 4 === 0
      ? [at(day), at(day, 8 * HOUR_MS), at(day, 8 * HOUR_MS + 1), at(day, 17 * HOUR_MS)]
      : [at(day)];
  });

const step = (marks: number): fc.Arbitrary<Step> => {
  const edges = fc
    .uniqueArray(fc.nat(marks - 1), { minLength: 2, maxLength: 2 })
    .map((pair) => pair.sort((a, b) => a - b));
  const change = (type: "take" | "setQuantity", max: number) =>
    fc
      .tuple(edges, fc.integer({ min: type === "take" ? 1 : 0, max }))
      .map(([[from, to], quantity]): Step => ({ type, from: from as number, to: to as number, quantity }));
  return fc.oneof(
    { weight: 6, arbitrary: change("take", 9) },
    { weight: 2, arbitrary: fc.nat(30).map((which): Step => ({ type: "release", which })) },
    { weight: 1, arbitrary: change("setQuantity", 20) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }).map((count): Step => ({ type: "undo", count })) },
  );
};

interface Journal {
  readonly undo: () => void;
  readonly before: string;
}

/** Runs steps on both, comparing after each; undone steps must lead back to the same bytes. */
class Comparison {
  private readonly real: CapacityCalendar;
  private readonly naive: NaiveCalendar;
  private readonly marks: readonly Instant[];
  readonly mismatches: string[] = [];
  private readonly journal: Journal[] = [];
  private readonly held: { window: TimeWindow; quantity: number }[] = [];

  constructor(marks: readonly Instant[], first: TimeWindow, quantity: number) {
    this.marks = marks;
    this.real = new CapacityCalendar(first, quantity);
    this.naive = new NaiveCalendar(marks);
    this.naive.setQuantity(first, quantity);
  }

  private compare<Value>(real: Value, naive: Value): void {
    if (real !== naive) this.mismatches.push(`${String(real)} where ${String(naive)} was expected`);
  }

  run(made: Step): void {
    const before = this.real.canonical();
    if (made.type === "undo") this.undo(made.count);
    else if (made.type === "release") this.release(made.which, before);
    else if (made.type === "take") this.take(this.windowOf(made), made.quantity, before);
    else this.setQuantity(this.windowOf(made), made.quantity, before);
    this.compare(this.real.canonical(), this.naive.canonical());
  }

  compareFree(): void {
    for (let from = 0; from < this.marks.length - 1; from += 3) {
      for (let to = from + 1; to < this.marks.length; to += 5) {
        const window = this.windowOf({ from, to });
        const free = this.naive.free(window);
        this.compare(this.real.free(window), free);
        for (const quantity of [free, free + 1, 6]) {
          this.compare(this.real.fits(window, quantity), free >= quantity);
          this.compare(this.real.lastShort(window, quantity), this.naive.lastShort(window, quantity));
        }
      }
    }
  }

  private windowOf(edges: { from: number; to: number }): TimeWindow {
    return between(this.marks[edges.from] as Instant, this.marks[edges.to] as Instant);
  }

  private take(window: TimeWindow, quantity: number, before: string): void {
    const fits = this.naive.free(window) >= quantity;
    this.compare(this.real.take(window, quantity), fits);
    if (!fits) return;
    const hold = { window, quantity };
    this.naive.hold(window, quantity);
    this.held.push(hold);
    const undo = (): void => {
      this.real.release(window, quantity);
      this.naive.hold(window, -quantity);
      this.held.splice(this.held.indexOf(hold), 1);
    };
    this.journal.push({ before, undo });
  }

  private release(which: number, before: string): void {
    const hold = this.held[which % Math.max(1, this.held.length)];
    if (hold === undefined) return;
    this.real.release(hold.window, hold.quantity);
    this.naive.hold(hold.window, -hold.quantity);
    this.held.splice(this.held.indexOf(hold), 1);
    const undo = (): void => {
      this.real.undoRelease(hold.window, hold.quantity);
      this.naive.hold(hold.window, hold.quantity);
      this.held.push(hold);
    };
    this.journal.push({ before, undo });
  }

  private setQuantity(window: TimeWindow, quantity: number, before: string): void {
    const { previous, overcommitted } = this.real.setQuantity(window, quantity);
    this.naive.setQuantity(window, quantity);
    this.compare(overcommitted.length > 0, this.naive.overcommitted(window) > 0);
    const undo = (): void => {
      this.real.undoSetQuantity(previous);
      for (const piece of previous satisfies readonly LevelPiece[]) this.naive.setQuantity(piece.window, piece.level);
    };
    this.journal.push({ before, undo });
  }

  private undo(count: number): void {
    for (let done = 0; done < count; done += 1) {
      const last = this.journal.pop();
      if (last === undefined) return;
      last.undo();
      this.compare(this.real.canonical(), last.before);
    }
  }
}

describe("the calendar equals plain arrays", () => {
  // Strides of 1 and 9 days stay in one allocation; 150 days make it grow forwards and backwards.
  for (const [seed, stride] of [
    [1, 1],
    [2, 9],
    [3, 150],
  ] as const) {
    test(`[CPY6] [CPY7] after any steps and undone steps, marks ${stride} days apart`, () => {
      const marks = marksOf(stride);
      fc.assert(
        fc.property(
          fc.nat(20),
          fc.integer({ min: 21, max: marks.length - 1 }),
          fc.array(step(marks.length), { maxLength: 40 }),
          (from, to, steps) => {
            const comparison = new Comparison(marks, between(marks[from] as Instant, marks[to] as Instant), 12);
            for (const made of steps) comparison.run(made);
            comparison.compareFree();
            expect(comparison.mismatches).toEqual([]);
          },
        ),
        { seed, numRuns: 150 },
      );
    });
  }

  test("[CPY7] the order of takes and what was refused in between leave no trace", () => {
    const windows = [days(0, 40), between(at(3, 5), at(9, 7)), days(8, 9), between(at(9, 7), at(33))];
    const one = new CapacityCalendar(days(0, 60), 10);
    const other = new CapacityCalendar(days(0, 60), 10);
    for (const window of windows) expect(one.take(window, 2)).toBe(true);
    expect(other.take(days(0, 60), 11)).toBe(false);
    for (const window of [...windows].reverse()) expect(other.take(window, 2)).toBe(true);
    expect(other.canonical()).toBe(one.canonical());
    for (const window of windows) other.release(window, 2);
    expect(other.canonical()).toBe(new CapacityCalendar(days(0, 60), 10).canonical());
  });
});
