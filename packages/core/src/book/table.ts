import type { Journal, Undoable } from "./journal.ts";

/** Fewer removed keys than this are not worth a look. */
const REMOVED_MIN = 256;
/** A map with more keys than this is made anew seldom enough: what is removed leaves it at once. */
const LARGE = 16_384;

/** After so many looks in vain everything is taken over: a look at what is dormant goes through all of it. */
const LOOKS = 32;

/** Keys with values in a form that takes little to read: they are taken over when somebody needs them. */
export interface Dormant<Key extends string, Value> {
  /** False only where the key is not there. */
  mayHave(key: Key): boolean;
  each(take: (key: Key, value: Value) => void): void;
}

/**
 * A map whose changes can be undone. Values are replaced, never changed in place. Nothing may depend on the order of its keys:
 * an undone removal puts a key at the end.
 *
 * What is removed leaves its key, without a value, until many have gathered: a map that few things enter and leave all the time is
 * otherwise made anew every few of them, and each one that is thrown away keeps what was in it from being collected early. A large one
 * is not.
 */
export class Table<Key extends string, Value> implements Undoable {
  private map = new Map<Key, Value | undefined>();
  private readonly journal: Journal;
  /** Keys without a value. */
  private removed = 0;
  /** The values by key, as last asked for; undefined after a change. */
  private inOrder: readonly Value[] | undefined;
  /** What was taken over and nobody has looked for yet; none of it is in the map. */
  private dormant: Dormant<Key, Value> | undefined;
  /** How often a key was looked for among that in vain. */
  private looks = 0;

  constructor(journal: Journal) {
    this.journal = journal;
  }

  get size(): number {
    this.wake();
    return this.map.size - this.removed;
  }

  get(key: Key): Value | undefined {
    const value = this.map.get(key);
    return value === undefined && this.dormant !== undefined ? this.find(this.dormant, key) : value;
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  /** In no order that anything may depend on. */
  *values(): IterableIterator<Value> {
    this.wake();
    for (const value of this.map.values()) if (value !== undefined) yield value;
  }

  set(key: Key, value: Value): void {
    const before = this.get(key);
    if (this.journal.recording) this.journal.recordChange(this, key, before);
    this.put(key, before, value);
  }

  /** Takes over keys with their values once somebody looks for them; nothing is in this one yet, and it is not undone. */
  restore(dormant: Dormant<Key, Value>): void {
    this.dormant = dormant;
    this.looks = 0;
    this.inOrder = undefined;
  }

  /** The same as `set`, for a key of which the caller knows that nothing is there: it is not looked for. */
  add(key: Key, value: Value): void {
    if (this.journal.recording) this.journal.recordChange(this, key, undefined);
    this.put(key, undefined, value);
  }

  /** The same as `set`, for a caller that has just read what is there. */
  replace(key: Key, before: Value, value: Value): void {
    if (this.journal.recording) this.journal.recordChange(this, key, before);
    this.inOrder = undefined;
    this.map.set(key, value);
  }

  delete(key: Key): void {
    this.wake();
    const before = this.map.get(key);
    if (before === undefined) return;
    if (this.journal.recording) this.journal.recordChange(this, key, before);
    this.remove(key);
  }

  undo(key: unknown, before: unknown): void {
    if (before === undefined) this.remove(key as Key);
    else this.put(key as Key, this.map.get(key as Key), before as Value);
  }

  /** Most keys that are looked for are new: that they are not there is seen without taking everything over. */
  private find(dormant: Dormant<Key, Value>, key: Key): Value | undefined {
    this.looks += 1;
    if (this.looks <= LOOKS && !dormant.mayHave(key)) return undefined;
    this.wake();
    return this.map.get(key);
  }

  private wake(): void {
    const { dormant } = this;
    if (dormant === undefined) return;
    this.dormant = undefined;
    dormant.each((key, value) => {
      this.map.set(key, value);
    });
  }

  private put(key: Key, before: Value | undefined, value: Value): void {
    const { map } = this;
    const { size } = map;
    this.inOrder = undefined;
    map.set(key, value);
    // It was there, without a value.
    if (before === undefined && map.size === size) this.removed -= 1;
  }

  private remove(key: Key): void {
    this.inOrder = undefined;
    if (this.map.size > LARGE) {
      this.map.delete(key);
      return;
    }
    this.map.set(key, undefined);
    this.removed += 1;
    if (this.removed >= REMOVED_MIN && this.removed * 4 >= this.map.size) this.sweep();
  }

  /** Where little is left a new map is made of it: taking out key by key would make the map smaller step by step. */
  private sweep(): void {
    const { map } = this;
    if (this.size * 4 <= this.removed) {
      this.map = new Map();
      for (const [key, value] of map) if (value !== undefined) this.map.set(key, value);
    } else for (const [key, value] of map) if (value === undefined) map.delete(key);
    this.removed = 0;
  }

  /** Entries by key in code-unit order: the same on every engine and after every rollback. */
  sorted(): [Key, Value][] {
    this.wake();
    const entries = [...this.map.entries()].filter((entry): entry is [Key, Value] => entry[1] !== undefined);
    return entries.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Values by key in code-unit order. A list of its own: changes come after. */
  sortedValues(): Value[] {
    this.inOrder ??= this.sorted().map(([, value]) => value);
    return [...this.inOrder];
  }
}
