/** What can be undone: a removal or a value put back. `Table` is one; anything else is wrapped by `record`. */
export interface Undoable {
  undo(key: unknown, before: unknown): void;
}

/** Places that are kept for the next command; a larger one gives them back. */
const KEPT = 8_192;

/**
 * What was changed since a checkpoint, so that it can be undone exactly. Nothing is recorded while no checkpoint is open. Entries are
 * kept as three plain values, because every event changes several tables and a closure for each would be most of its cost; and
 * their places are used again, because a list that is emptied is made anew from nothing.
 */
export class Journal {
  private readonly entries: unknown[] = [];
  private length = 0;
  private depth = 0;

  get recording(): boolean {
    return this.depth > 0;
  }

  record(undo: () => void): void {
    this.recordChange(CALL, undo, undefined);
  }

  recordChange(target: Undoable, key: unknown, before: unknown): void {
    const { entries, length } = this;
    entries[length] = target;
    entries[length + 1] = key;
    entries[length + 2] = before;
    this.length = length + 3;
  }

  /** What was changed since the checkpoint, oldest first. */
  *since(mark: number): Generator<readonly [target: Undoable, key: unknown, before: unknown]> {
    const { entries } = this;
    for (let at = mark; at < this.length; at += 3) yield [entries[at] as Undoable, entries[at + 1], entries[at + 2]];
  }

  /** Opens a checkpoint; checkpoints nest. */
  checkpoint(): number {
    this.depth += 1;
    return this.length;
  }

  /** Undoes everything since the checkpoint, newest first, and closes it. */
  rollback(mark: number): void {
    const { entries } = this;
    while (this.length > mark) {
      const at = this.length - 3;
      this.length = at;
      (entries[at] as Undoable).undo(entries[at + 1], entries[at + 2]);
    }
    this.close();
  }

  /** Keeps everything since the checkpoint and closes it. */
  commit(): void {
    this.close();
  }

  private close(): void {
    this.depth -= 1;
    if (this.depth > 0) return;
    // What an entry held on to is let go: a list that has grown old would keep whole requests from being collected.
    if (this.entries.length > KEPT) this.entries.length = 0;
    else this.entries.fill(undefined, 0, this.length);
    this.length = 0;
  }
}

const CALL: Undoable = {
  undo(key) {
    (key as () => void)();
  },
};
