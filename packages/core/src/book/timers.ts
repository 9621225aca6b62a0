import { compareText } from "../kernel/index.ts";
import type { Instant } from "../kernel/index.ts";
import type { Journal, Undoable } from "./journal.ts";

/** Something that may fall due. Whether it still matters is looked up when it does: entries are never moved or removed early. */
export interface Due {
  readonly at: Instant;
  readonly kind:
    | "agreement"
    | "eligibility"
    | "fallback"
    | "deadline"
    | "tender"
    | "extension"
    | "bid"
    | "contingency"
    | "signing"
    | "rest"
    | "launch";
  readonly id: string;
}

const KIND_ORDER: Readonly<Record<Due["kind"], number>> = {
  agreement: 0,
  eligibility: 1,
  fallback: 2,
  deadline: 3,
  tender: 4,
  extension: 5,
  bid: 6,
  contingency: 7,
  signing: 8,
  rest: 9,
  launch: 10,
};

function before(a: Due, b: Due): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.kind !== b.kind) return KIND_ORDER[a.kind] < KIND_ORDER[b.kind];
  return compareText(a.id, b.id) < 0;
}

const COMPACT_MIN = 4_096;
/** In the journal: an entry came, or fell due. */
export const PUSHED = "pushed";
const POPPED = "popped";

/** More that is new than this goes into the heap unlooked at. */
const FRESH_MAX = 128;

/**
 * What falls due next: a binary heap, and beside it what is new since it was last tidied. Most of that is over within the command
 * that brought it (a notice that was answered in advance), so it never gets into the heap. It can be rebuilt from the state and is
 * no part of its canonical text.
 */
export class Timers implements Undoable {
  private readonly heap: Due[] = [];
  private readonly fresh: Due[] = [];
  private compactAt = COMPACT_MIN;
  private readonly journal: Journal;

  constructor(journal: Journal) {
    this.journal = journal;
  }

  get size(): number {
    return this.heap.length + this.fresh.length;
  }

  /** All entries, in no order. */
  entries(): readonly Due[] {
    return [...this.heap, ...this.fresh];
  }

  peek(): Due | undefined {
    let first = this.heap[0];
    for (const due of this.fresh) if (first === undefined || before(due, first)) first = due;
    return first;
  }

  /**
   * The first entry that matters. Goes down the heap only below entries that do not and would have come before it: those are few, since
   * they leave as time passes them.
   */
  next(matters: (due: Due) => boolean): Due | undefined {
    let first: Due | undefined;
    const look = (due: Due): boolean => {
      if (first !== undefined && !before(due, first)) return true;
      if (!matters(due)) return false;
      first = due;
      return true;
    };
    for (const due of this.fresh) look(due);
    const waiting = [0];
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      const due = this.heap[index];
      if (due !== undefined && !look(due)) waiting.push(2 * index + 1, 2 * index + 2);
    }
    return first;
  }

  /** Whether anything falls due up to `until`: the same as looking at the first, and faster. */
  isDue(until: Instant): boolean {
    const first = this.heap[0];
    if (first !== undefined && first.at <= until) return true;
    for (const due of this.fresh) if (due.at <= until) return true;
    return false;
  }

  push(due: Due): void {
    if (this.fresh.length >= FRESH_MAX) this.settle();
    this.fresh.push(due);
    if (this.journal.recording) this.journal.recordChange(this, due, PUSHED);
  }

  pop(): Due | undefined {
    this.settle();
    const first = this.heap[0];
    if (first === undefined) return undefined;
    this.removeAt(0);
    if (this.journal.recording) this.journal.recordChange(this, first, POPPED);
    return first;
  }

  undo(due: unknown, done: unknown): void {
    if (done === PUSHED) this.remove(due as Due);
    else this.insert(due as Due);
  }

  /**
   * Drops what no longer matters: of what is new at once, of the rest when that is most of the heap, so that it stays as large as what
   * is open. To be called between commands: it is not undone.
   */
  compact(matters: (due: Due) => boolean): void {
    for (const due of this.fresh) if (matters(due)) this.insert(due);
    this.fresh.length = 0;
    if (this.heap.length < this.compactAt) return;
    const kept = this.heap.filter(matters);
    this.heap.length = 0;
    for (const due of kept) this.insert(due);
    this.compactAt = Math.max(COMPACT_MIN, 2 * kept.length);
  }

  private settle(): void {
    for (const due of this.fresh) this.insert(due);
    this.fresh.length = 0;
  }

  private insert(due: Due): void {
    this.heap.push(due);
    this.up(this.heap.length - 1);
  }

  /** Finds from the end: what is undone was pushed last. */
  private remove(due: Due): void {
    const place = this.fresh.lastIndexOf(due);
    if (place >= 0) {
      this.fresh.splice(place, 1);
      return;
    }
    const index = this.heap.lastIndexOf(due);
    if (index >= 0) this.removeAt(index);
  }

  private removeAt(index: number): void {
    const last = this.heap.pop();
    if (last === undefined || index === this.heap.length) return;
    this.heap[index] = last;
    this.down(index);
    this.up(index);
  }

  private up(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.swapIfBefore(index, parent)) return;
      index = parent;
    }
  }

  private down(start: number): void {
    let index = start;
    for (;;) {
      let least = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < this.heap.length && before(this.heap[child] as Due, this.heap[least] as Due)) least = child;
      }
      if (least === index) return;
      this.swapIfBefore(least, index);
      index = least;
    }
  }

  private swapIfBefore(lower: number, upper: number): boolean {
    const a = this.heap[lower] as Due;
    const b = this.heap[upper] as Due;
    if (!before(a, b)) return false;
    this.heap[lower] = b;
    this.heap[upper] = a;
    return true;
  }
}
