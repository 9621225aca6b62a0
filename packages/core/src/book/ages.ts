import type { Instant } from "../kernel/index.ts";
import type { Journal, Undoable } from "./journal.ts";

const COMPACT_MIN = 65_536;
/** In the journal: a key was added. */
export const ADDED = "added";
const EXPIRED = "expired";

/** Keys with their times, oldest first, in a form that takes little to read. */
export interface DormantAges<Key extends string, Oldest = number> {
  /** Undefined where there are none. */
  readonly oldest: Oldest;
  keys(): readonly Key[];
  times(): readonly number[];
}

/**
 * Keys in the order in which they were added, each forgotten some time after. Keys and times are kept apart, as plain lists: there is
 * one for every command of a day.
 */
export class Ages<Key extends string = string> implements Undoable {
  private list: Key[] = [];
  private times: number[] = [];
  /** What was taken over and comes before the lists; nobody has looked at it yet. */
  private dormant: DormantAges<Key> | undefined;
  /** Place of the oldest that is not forgotten. */
  private head = 0;
  private readonly journal: Journal;
  private readonly keptMs: number;
  private readonly forget: (key: Key) => void;

  constructor(journal: Journal, keptMs: number, forget: (key: Key) => void) {
    this.journal = journal;
    this.keptMs = keptMs;
    this.forget = forget;
  }

  add(key: Key, at: Instant): void {
    this.list.push(key);
    this.times.push(at);
    if (this.journal.recording) this.journal.recordChange(this, ADDED, undefined);
  }

  /** Takes over keys with their times once somebody looks at them; nothing is in this one yet. */
  restore(dormant: DormantAges<Key, number | undefined>): void {
    if (dormant.oldest !== undefined) this.dormant = { ...dormant, oldest: dormant.oldest };
  }

  /** Forgets what is older at an instant than it is kept. */
  expire(at: Instant): void {
    if (this.dormant !== undefined && this.dormant.oldest >= at - this.keptMs) return;
    this.wake();
    const { list, times, head } = this;
    if (head >= times.length || (times[head] as number) >= at - this.keptMs) return;
    if (this.journal.recording) this.journal.recordChange(this, EXPIRED, head);
    for (; this.head < times.length && (times[this.head] as number) < at - this.keptMs; this.head += 1)
      this.forget(list[this.head] as Key);
  }

  undo(done: unknown, head: unknown): void {
    if (done === EXPIRED) this.head = head as number;
    else {
      this.list.pop();
      this.times.pop();
    }
  }

  /** What is not forgotten, oldest first. */
  entries(): [key: Key, at: number][] {
    this.wake();
    return this.list.slice(this.head).map((key, index) => [key, this.times[this.head + index] as number]);
  }

  /** The newest few, oldest of them first. */
  newest(count: number): [key: Key, at: number][] {
    if (count > this.list.length) this.wake();
    const from = this.list.length - count;
    return this.list.slice(from).map((key, index) => [key, this.times[from + index] as number]);
  }

  private wake(): void {
    const { dormant } = this;
    if (dormant === undefined) return;
    this.dormant = undefined;
    this.list = [...dormant.keys(), ...this.list];
    this.times = [...dormant.times(), ...this.times];
  }

  /** Drops the places of what is forgotten, once they are most of the list. It is not undone. */
  compact(): void {
    const { head, list, times } = this;
    if (head < COMPACT_MIN || head * 2 < list.length) return;
    list.splice(0, head);
    times.splice(0, head);
    this.head = 0;
  }
}
