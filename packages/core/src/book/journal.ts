/** What can be undone: a removal or a value put back. `Table` is one; anything else is wrapped by `record`. */
export interface Undoable {
  undo(key: unknown, before: unknown): void;
}

/**
 * What was changed since a checkpoint, so that it can be undone exactly. Nothing is recorded while no checkpoint is open. Entries are
 * kept as three plain values, because every event changes several tables and a closure for each would be most of its cost.
 */
export class Journal {
  private readonly entries: unknown[] = [];
  private depth = 0;

  get recording(): boolean {
    return this.depth > 0;
  }

  record(undo: () => void): void {
    this.entries.push(CALL, undo, undefined);
  }

  recordChange(target: Undoable, key: unknown, before: unknown): void {
    this.entries.push(target, key, before);
  }

  /** Opens a checkpoint; checkpoints nest. */
  checkpoint(): number {
    this.depth += 1;
    return this.entries.length;
  }

  /** Undoes everything since the checkpoint, newest first, and closes it. */
  rollback(mark: number): void {
    const { entries } = this;
    while (entries.length > mark) {
      const before = entries.pop();
      const key = entries.pop();
      (entries.pop() as Undoable).undo(key, before);
    }
    this.close();
  }

  /** Keeps everything since the checkpoint and closes it. */
  commit(): void {
    this.close();
  }

  private close(): void {
    this.depth -= 1;
    if (this.depth === 0) this.entries.length = 0;
  }
}

const CALL: Undoable = {
  undo(key) {
    (key as () => void)();
  },
};
