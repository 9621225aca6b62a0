import { addMs, believe, canonicalText, type Instant, intersection, type TimeWindow } from "../kernel/index.ts";
import { DayLevels } from "./day-levels.ts";
import { daysToUse } from "./days-to-use.ts";
import { combineLevels, LevelRun, minOf, pointsOf } from "./levels.ts";
import { type LevelPiece, type LevelPoint, StepProfile } from "./step-profile.ts";

/** A stretch in which more is held than there is. */
export interface Overcommitment {
  readonly window: TimeWindow;
  readonly quantity: number;
  readonly held: number;
}

export interface QuantityChange {
  /** What was there before, over the whole window: give it to `undoSetQuantity`. */
  readonly previous: readonly LevelPiece[];
  /** Where, inside the window, the new quantity does not cover what is held; empty where it does. */
  readonly overcommitted: readonly Overcommitment[];
}

/** Change points as they are written: an instant, and the level from there on. */
export type Pairs = readonly (readonly [at: number, level: number])[];

/** All that a calendar is made of. */
export interface CalendarPoints {
  readonly quantity: Pairs;
  readonly held: Pairs;
}

/** The same, where what is held is not read before somebody looks. */
export interface UnreadPoints {
  readonly quantity: Pairs;
  readonly held: () => Pairs;
}

/** Every stretch between two points with a level above 0. */
function eachStretch(points: Pairs, visit: (stretch: TimeWindow, level: number) => void): void {
  for (const [index, [at, level]] of points.entries()) {
    const next = points[index + 1];
    if (next !== undefined && level !== 0) visit({ from: at as Instant, to: next[0] as Instant }, level);
  }
}

/** A millisecond longer: what is held to the last day in use ends there. */
const pastEnd = (window: TimeWindow): TimeWindow => ({ from: window.from, to: addMs(window.to, 1) });

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/**
 * What is free of one block at every instant: its quantity, which may change over time, less what is held.
 *
 * Days (UTC) are slots; a window that begins or ends inside a day is exact to the millisecond, at the cost of a short list
 * for that day. Where no quantity was ever set, 0 is free. Nothing is allocated until something is held. Every change has an
 * exact inverse, and `canonical` shows nothing of how a state came about.
 */
export class CapacityCalendar {
  /** The highest quantity at any time: what is free is never more. */
  peakQuantity = 0;
  /** Counts what may have made more free: what was given back, and quantities stated anew. */
  rises = 0;
  private readonly quantities = new StepProfile();
  /** Free at every instant of the days in use; undefined until something is held. Beyond them nothing is held. */
  private levels: DayLevels | undefined;
  /** What this was restored from and nobody has looked at yet. */
  private unread: { readonly window: TimeWindow; readonly points: UnreadPoints } | undefined;

  /** A calendar of `quantity` accelerators during `window`, with nothing held. */
  constructor(window: TimeWindow, quantity: number) {
    believe(window.from < window.to, "a window has a length");
    believe(isCount(quantity), "a quantity is whole and not below zero");
    this.quantities.set(window, quantity);
    this.peakQuantity = quantity;
  }

  /** Before the first and after the last of these instants there is nothing; undefined where there never is. */
  get extent(): TimeWindow | undefined {
    if (this.unread !== undefined) this.readPoints();
    return this.quantities.extent;
  }

  /** The least quantity at any instant of the window, whatever is held. */
  quantity(window: TimeWindow): number {
    if (this.unread !== undefined) this.readPoints();
    return this.quantities.min(window.from, window.to);
  }

  /** The least that is free at any instant of the window; below zero where more is held than there is. */
  free(window: TimeWindow): number {
    if (this.unread !== undefined) this.readPoints();
    believe(window.from < window.to, "a window has a length");
    if (this.levels === undefined) return this.quantities.min(window.from, window.to);
    return this.levels.covers(window) ? this.levels.min(window) : minOf(this.freeRun(window));
  }

  /** Whether `quantity` is free at every instant of the window: the same as asking for `free`, and faster. */
  fits(window: TimeWindow, quantity: number): boolean {
    if (this.unread !== undefined) this.readPoints();
    const { levels } = this;
    if (levels?.covers(window) === true) return levels.isAtLeast(window, quantity);
    return this.free(window) >= quantity;
  }

  /**
   * Where the window does not fit `quantity`: the end of its last stretch with less free, before which no window of this
   * length that begins inside it fits either. Undefined where it fits.
   */
  lastShort(window: TimeWindow, quantity: number): Instant | undefined {
    if (this.unread !== undefined) this.readPoints();
    const { levels } = this;
    const covered = levels && intersection(window, levels.horizon);
    if (levels === undefined || covered === undefined)
      return this.quantities.lastBelow(window.from, window.to, quantity);
    return (
      this.quantities.lastBelow(covered.to, window.to, quantity) ??
      levels.lastBelow(covered, quantity) ??
      this.quantities.lastBelow(window.from, covered.from, quantity)
    );
  }

  /** Holds `quantity` during the window; false, and nothing changed, where it is not free at every instant. */
  take(window: TimeWindow, quantity: number): boolean {
    if (this.unread !== undefined) this.readPoints();
    believe(window.from < window.to, "a window has a length");
    believe(isCount(quantity) && quantity > 0, "a held quantity is whole and above zero");
    if (this.quantities.min(window.from, window.to) < quantity) return false;
    const levels = this.cover(window);
    if (levels.add(window, -quantity) >= 0) return true;
    levels.add(window, quantity);
    return false;
  }

  /** Gives back what was held: the inverse of `take`. Throws where less is held: a broken belief. */
  release(window: TimeWindow, quantity: number): void {
    believe(window.from < window.to, "a window has a length");
    believe(isCount(quantity) && quantity > 0, "a released quantity is whole and above zero");
    believe(minOf(this.heldRun(window)) >= quantity, "what is released was held");
    this.rises += 1;
    this.cover(window).add(window, quantity);
  }

  /** The inverse of `release`: holds again, also where the quantity no longer covers it. */
  undoRelease(window: TimeWindow, quantity: number): void {
    if (this.unread !== undefined) this.readPoints();
    this.cover(window).add(window, -quantity);
  }

  /**
   * Sets how many there are during the window (0: none). What is held stays held: where it is more than there is, that is
   * reported for the caller to resolve, never refused.
   */
  setQuantity(window: TimeWindow, quantity: number): QuantityChange {
    if (this.unread !== undefined) this.readPoints();
    believe(window.from < window.to, "a window has a length");
    believe(isCount(quantity), "a quantity is whole and not below zero");
    this.rises += 1;
    const previous = this.quantities.pieces(window);
    for (const piece of previous) this.addCovered(piece.window, quantity - piece.level);
    this.quantities.set(window, quantity);
    this.peakQuantity = this.quantities.peak;
    return { previous, overcommitted: this.overcommitments(window) };
  }

  /** The inverse of `setQuantity`, from what it gave. */
  undoSetQuantity(previous: readonly LevelPiece[]): void {
    for (const piece of previous) this.setQuantity(piece.window, piece.level);
  }

  /** What is free, as a list of change points; the first is at the window's start. */
  freeProfile(window: TimeWindow): readonly LevelPoint[] {
    return pointsOf(this.freeRun(window));
  }

  /** What is held, as a list of change points; the first is at the window's start. */
  heldProfile(window: TimeWindow): readonly LevelPoint[] {
    return pointsOf(this.heldRun(window));
  }

  /** Where, inside the window, more is held than there is. */
  overcommitments(window: TimeWindow): readonly Overcommitment[] {
    if (this.free(window) >= 0) return [];
    const found: Overcommitment[] = [];
    const cut = combineLevels(this.quantityRun(window), this.freeRun(window), (quantity, free) => ({ quantity, free }));
    cut.forEach((from, to, { quantity, free }) => {
      if (free < 0) found.push({ window: { from, to }, quantity, held: quantity - free });
    });
    return found;
  }

  /** Whether anything is held at any time. */
  isHeld(): boolean {
    if (this.unread !== undefined) this.readPoints();
    return this.levels !== undefined && this.heldRun(this.levels.horizon).levels.some((level) => level !== 0);
  }

  /** One text for one state: the change points of the quantity and of what is held, over all time. */
  canonical(): string {
    return canonicalText(this.points());
  }

  /** The change points of the quantity and of what is held, over all time: the same for the same state. */
  points(): CalendarPoints {
    if (this.unread !== undefined) {
      const { quantity, held: read } = this.unread.points;
      return { quantity, held: read() };
    }
    const held = this.levels === undefined ? [] : this.heldProfile(pastEnd(this.levels.horizon));
    const pairs = (points: readonly LevelPoint[]): Pairs => points.map((point) => [point.at, point.level]);
    const isLeadingZero = held[0]?.level === 0;
    return { held: pairs(isLeadingZero ? held.slice(1) : held), quantity: pairs(this.quantities.points) };
  }

  /** Takes over what `points` of another calendar gave, where nothing is held yet. `window` is that with which this one was made. */
  restore(window: TimeWindow, points: UnreadPoints): void {
    this.peakQuantity = points.quantity.reduce((peak, [, level]) => Math.max(peak, level), 0);
    this.unread = { window, points };
  }

  /** Makes of the points what is read and changed: when somebody first looks, since most blocks are not looked at for long. */
  private readPoints(): void {
    if (this.unread === undefined) return;
    const { window, points } = this.unread;
    this.unread = undefined;
    this.setQuantity(window, 0);
    eachStretch(points.quantity, (stretch, level) => this.setQuantity(stretch, level));
    eachStretch(points.held(), (stretch, level) => this.undoRelease(stretch, level));
  }

  /** What is free during the window, as a run: the same as `freeProfile`, for what reads many of them. */
  freeRun(window: TimeWindow): LevelRun<number> {
    if (this.unread !== undefined) this.readPoints();
    const run = new LevelRun<number>(window.to);
    const covered = this.levels && intersection(window, this.levels.horizon);
    if (this.levels === undefined || covered === undefined) {
      this.pushQuantity(run, window.from, window.to);
      return run;
    }
    this.pushQuantity(run, window.from, covered.from);
    this.levels.pushTo(run, covered);
    this.pushQuantity(run, covered.to, window.to);
    return run;
  }

  private quantityRun(window: TimeWindow): LevelRun<number> {
    if (this.unread !== undefined) this.readPoints();
    const run = new LevelRun<number>(window.to);
    this.pushQuantity(run, window.from, window.to);
    return run;
  }

  private heldRun(window: TimeWindow): LevelRun<number> {
    return combineLevels(this.quantityRun(window), this.freeRun(window), (quantity, free) => quantity - free);
  }

  private pushQuantity(run: LevelRun<number>, from: Instant, to: Instant): void {
    if (from >= to) return;
    for (const piece of this.quantities.pieces({ from, to })) run.push(piece.window.from, piece.level);
  }

  /** Adds to what is free, in the part of the window whose days are in use; beyond them the quantity alone says it. */
  private addCovered(window: TimeWindow, change: number): void {
    const covered = this.levels && intersection(window, this.levels.horizon);
    if (covered !== undefined && change !== 0) this.levels?.add(covered, change);
  }

  /** Takes every day of the window into use. */
  private cover(window: TimeWindow): DayLevels {
    const old = this.levels;
    if (old?.covers(window) === true) return old;
    const { first, end } = daysToUse(window, old?.horizon, this.quantities.extent);
    const levels = new DayLevels(first, end, old);
    this.levels = levels;
    const { from, to } = levels.horizon;
    const known = old?.horizon ?? { from: to, to };
    for (const fresh of [
      { from, to: known.from },
      { from: known.to, to },
    ]) {
      if (fresh.from >= fresh.to) continue;
      for (const piece of this.quantities.pieces(fresh)) this.addCovered(piece.window, piece.level);
    }
    return levels;
  }
}
