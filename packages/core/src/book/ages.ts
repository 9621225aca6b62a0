import type { Instant } from "../kernel/index.ts";
import type { Journal, Undoable } from "./journal.ts";

const COMPACT_MIN = 65_536;
/** In the journal: a key was added. */
export const ADDED = "added";
const EXPIRED = "expired";

/**
 * Keys in the order in which they were added, each forgotten some time after. Keys and times are kept apart, as plain lists: there is
 * one for every command of a day.
 */
export class Ages<Key extends string = string> implements Undoable {
  private readonly list: Key[] = [];
  private readonly times: number[] = [];
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

  /** Takes over keys with their times, oldest first; nothing is in this one yet. */
  restore(keys: readonly Key[], times: readonly Instant[]): void {
    for (const key of keys) this.list.push(key);
    for (const at of times) this.times.push(at);
  }

  /** Forgets what is older at an instant than it is kept. */
  expire(at: Instant): void {
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
    return this.list.slice(this.head).map((key, index) => [key, this.times[this.head + index] as number]);
  }

  /** The newest few, oldest of them first. */
  newest(count: number): [key: Key, at: number][] {
    const from = this.list.length - count;
    return this.list.slice(from).map((key, index) => [key, this.times[from + index] as number]);
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
