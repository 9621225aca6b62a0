import { DAY_MS, type Instant, type TimeWindow } from "../kernel/index.ts";
import { DaySlots } from "./day-slots.ts";
import type { LevelRun } from "./levels.ts";
import { addBetween, evenDay, isEven, minAbove, type PartDay } from "./part-day.ts";

const INFINITE = Number.POSITIVE_INFINITY;

/** Days of a window as they were last worked out: a search for a place asks about one window block after block. */
const last: { window: TimeWindow | undefined; first: number; end: number } = { window: undefined, first: 0, end: 0 };

function daysOf(window: TimeWindow): { readonly first: number; readonly end: number } {
  if (last.window !== window) {
    last.window = window;
    last.first = Math.floor(window.from / DAY_MS);
    last.end = Math.ceil(window.to / DAY_MS);
  }
  return last;
}

/**
 * A whole number for every instant of a run of days: a slot a day, and a list of parts for each day that is not the same all
 * day long. Windows of whole days never look at the lists. Begins at 0 everywhere.
 */
export class DayLevels {
  private readonly firstInstant: Instant;
  private readonly lastInstant: Instant;
  private readonly startDay: number;
  private readonly slots: DaySlots;
  private readonly partDays: Map<number, PartDay>;
  /** Whether there are part days: a search that looks at many runs of days does not look into the map of each. */
  private hasParts: boolean;

  /** For the days [firstDay, endDay) since the epoch, and a few more. Levels of `from`, whose days are among them, are kept. */
  constructor(firstDay: number, endDay: number, from?: DayLevels) {
    this.startDay = firstDay;
    this.slots = new DaySlots(endDay - firstDay);
    this.partDays = from?.partDays ?? new Map<number, PartDay>();
    this.hasParts = this.partDays.size > 0;
    from?.slots.copyInto(this.slots, from.startDay - firstDay);
    this.firstInstant = (firstDay * DAY_MS) as Instant;
    this.lastInstant = ((firstDay + this.slots.days) * DAY_MS) as Instant;
  }

  /** The days there are, as instants. */
  get horizon(): TimeWindow {
    return { from: this.firstInstant, to: this.lastInstant };
  }

  get days(): number {
    return this.slots.days;
  }

  covers(window: TimeWindow): boolean {
    return this.firstInstant <= window.from && window.to <= this.lastInstant;
  }

  /** The least level during a window inside the horizon. */
  min(window: TimeWindow): number {
    const { first, end } = daysOf(window);
    if (!this.hasParts) return this.slots.min(first - this.startDay, end - this.startDay);
    const from = window.from > first * DAY_MS ? first + 1 : first;
    const to = window.to < end * DAY_MS ? end - 1 : end;
    const edges = this.edgeMin(window, first, end);
    return from < to ? Math.min(edges, this.slots.min(from - this.startDay, to - this.startDay)) : edges;
  }

  /** Whether the level is at least `least` during the whole of a window inside the horizon. */
  isAtLeast(window: TimeWindow, least: number): boolean {
    const { first, end } = daysOf(window);
    if (!this.hasParts) return this.slots.isAtLeast(first - this.startDay, end - this.startDay, least);
    const from = window.from > first * DAY_MS ? first + 1 : first;
    const to = window.to < end * DAY_MS ? end - 1 : end;
    if (from < to && !this.slots.isAtLeast(from - this.startDay, to - this.startDay, least)) return false;
    return this.edgeMin(window, first, end) >= least;
  }

  /** The end of the last stretch of a window inside the horizon whose level is below `bar`; undefined where there is none. */
  lastBelow(window: TimeWindow, bar: number): Instant | undefined {
    const first = Math.floor(window.from / DAY_MS) - this.startDay;
    for (let end = Math.ceil(window.to / DAY_MS) - this.startDay; end > first; ) {
      const slot = this.slots.lastBelow(first, end, bar);
      if (slot < 0) return undefined;
      const ends = this.lastBelowWithin(slot + this.startDay, window, bar);
      if (ends !== undefined) return ends;
      end = slot; // the day is below it only outside the window
    }
    return undefined;
  }

  private lastBelowWithin(day: number, window: TimeWindow, bar: number): Instant | undefined {
    const midnight = day * DAY_MS;
    const part = this.partDays.get(day);
    if (part === undefined) return Math.min(midnight + DAY_MS, window.to) as Instant;
    const lowest = this.at(day);
    for (let index = part.from.length - 1; index >= 0; index -= 1) {
      const from = midnight + (part.from[index] as number);
      const to = Math.min(midnight + (part.from[index + 1] ?? DAY_MS), window.to) as Instant;
      if (from < to && to > window.from && lowest + (part.above[index] as number) < bar) return to;
    }
    return undefined;
  }

  /** The least level of the days that the window cuts, in the parts inside it; infinite where it cuts none. */
  private edgeMin(window: TimeWindow, first: number, end: number): number {
    const headOffset = window.from - first * DAY_MS;
    const tailOffset = window.to - (end - 1) * DAY_MS;
    if (end - first === 1)
      return headOffset > 0 || tailOffset < DAY_MS ? this.minWithin(first, headOffset, tailOffset) : INFINITE;
    const head = headOffset > 0 ? this.minWithin(first, headOffset, DAY_MS) : INFINITE;
    return tailOffset < DAY_MS ? Math.min(head, this.minWithin(end - 1, 0, tailOffset)) : head;
  }

  private minWithin(day: number, from: number, to: number): number {
    const part = this.partDays.get(day);
    return part === undefined ? this.at(day) : this.at(day) + minAbove(part, from, to);
  }

  /** Adds during a window inside the horizon; gives the least level in the window after it. */
  add(window: TimeWindow, change: number): number {
    let first = Math.floor(window.from / DAY_MS);
    let end = Math.ceil(window.to / DAY_MS);
    const headOffset = window.from - first * DAY_MS;
    const tailOffset = window.to - (end - 1) * DAY_MS;
    if (end - first === 1 && (headOffset > 0 || tailOffset < DAY_MS)) {
      return this.addToPart(first, headOffset, tailOffset, change);
    }
    let least = INFINITE;
    if (headOffset > 0) {
      least = this.addToPart(first, headOffset, DAY_MS, change);
      first += 1;
    }
    if (tailOffset < DAY_MS) {
      end -= 1;
      least = Math.min(least, this.addToPart(end, 0, tailOffset, change));
    }
    if (first >= end) return least;
    return Math.min(least, this.slots.add(first - this.startDay, end - this.startDay, change));
  }

  private addToPart(day: number, from: number, to: number, change: number): number {
    const part = this.partDays.get(day) ?? evenDay();
    const moved = addBetween(part, from, to, change);
    const slot = day - this.startDay;
    const lowest = moved === 0 ? this.slots.get(slot) : this.slots.add(slot, slot + 1, moved);
    if (isEven(part)) this.partDays.delete(day);
    else this.partDays.set(day, part);
    this.hasParts = this.partDays.size > 0;
    return lowest + minAbove(part, from, to);
  }

  /** Appends the levels during a window inside the horizon. */
  pushTo(run: LevelRun<number>, window: TimeWindow): void {
    const end = Math.ceil(window.to / DAY_MS);
    for (let day = Math.floor(window.from / DAY_MS); day < end; day += 1) {
      const part = this.partDays.get(day);
      if (part === undefined) run.push(Math.max(day * DAY_MS, window.from) as Instant, this.at(day));
      else this.pushPart(run, window, day, part);
    }
  }

  private pushPart(run: LevelRun<number>, window: TimeWindow, day: number, part: PartDay): void {
    const midnight = day * DAY_MS;
    for (let index = 0; index < part.from.length; index += 1) {
      const from = midnight + (part.from[index] as number);
      const to = midnight + (part.from[index + 1] ?? DAY_MS);
      if (to <= window.from || from >= window.to) continue;
      run.push(Math.max(from, window.from) as Instant, this.at(day) + (part.above[index] as number));
    }
  }

  private at(day: number): number {
    return this.slots.get(day - this.startDay);
  }
}
