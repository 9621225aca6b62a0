import type { Journal } from "./journal.ts";

/**
 * A map whose changes can be undone. Values are replaced, never changed in place. Nothing may depend on the order of its keys:
 * an undone removal puts a key at the end.
 */
export class Table<Key extends string, Value> {
  private readonly map = new Map<Key, Value>();

  private readonly journal: Journal;

  constructor(journal: Journal) {
    this.journal = journal;
  }

  get size(): number {
    return this.map.size;
  }

  get(key: Key): Value | undefined {
    return this.map.get(key);
  }

  has(key: Key): boolean {
    return this.map.has(key);
  }

  set(key: Key, value: Value): void {
    if (this.journal.recording) {
      const before = this.map.get(key);
      this.journal.record(
        before === undefined ? () => this.map.delete(key) : () => this.map.set(key, before),
      );
    }
    this.map.set(key, value);
  }

  delete(key: Key): void {
    const before = this.map.get(key);
    if (before === undefined) return;
    if (this.journal.recording) this.journal.record(() => this.map.set(key, before));
    this.map.delete(key);
  }

  /** Entries by key in code-unit order: the same on every engine and after every rollback. */
  sorted(): [Key, Value][] {
    return [...this.map.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Values by key in code-unit order. */
  sortedValues(): Value[] {
    return this.sorted().map(([, value]) => value);
  }
}
