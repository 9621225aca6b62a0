import type { Journal, Undoable } from "./journal.ts";

/**
 * A map whose changes can be undone. Values are replaced, never changed in place. Nothing may depend on the order of its keys:
 * an undone removal puts a key at the end.
 */
export class Table<Key extends string, Value> implements Undoable {
  private readonly map = new Map<Key, Value>();
  private readonly journal: Journal;
  /** The values by key, as last asked for; undefined after a change. */
  private inOrder: readonly Value[] | undefined;

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

  /** In no order that anything may depend on. */
  values(): IterableIterator<Value> {
    return this.map.values();
  }

  set(key: Key, value: Value): void {
    if (this.journal.recording) this.journal.recordChange(this, key, this.map.get(key));
    this.inOrder = undefined;
    this.map.set(key, value);
  }

  /** The same as `set`, for a caller that has just read what is there. */
  replace(key: Key, before: Value, value: Value): void {
    if (this.journal.recording) this.journal.recordChange(this, key, before);
    this.inOrder = undefined;
    this.map.set(key, value);
  }

  delete(key: Key): void {
    const before = this.map.get(key);
    if (before === undefined) return;
    if (this.journal.recording) this.journal.recordChange(this, key, before);
    this.inOrder = undefined;
    this.map.delete(key);
  }

  undo(key: unknown, before: unknown): void {
    this.inOrder = undefined;
    if (before === undefined) this.map.delete(key as Key);
    else this.map.set(key as Key, before as Value);
  }

  /** Entries by key in code-unit order: the same on every engine and after every rollback. */
  sorted(): [Key, Value][] {
    return [...this.map.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Values by key in code-unit order. A list of its own: changes come after. */
  sortedValues(): Value[] {
    this.inOrder ??= this.sorted().map(([, value]) => value);
    return [...this.inOrder];
  }
}
