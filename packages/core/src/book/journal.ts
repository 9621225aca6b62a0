/**
 * What was changed since a checkpoint, so that it can be undone exactly. Nothing is recorded while no checkpoint is open, so
 * that a state that is never rolled back pays one comparison a change.
 */
export class Journal {
  private readonly undo: (() => void)[] = [];
  private depth = 0;

  get recording(): boolean {
    return this.depth > 0;
  }

  record(undo: () => void): void {
    this.undo.push(undo);
  }

  /** Opens a checkpoint; checkpoints nest. */
  checkpoint(): number {
    this.depth += 1;
    return this.undo.length;
  }

  /** Undoes everything since the checkpoint, newest first, and closes it. */
  rollback(mark: number): void {
    while (this.undo.length > mark) this.undo.pop()?.();
    this.close();
  }

  /** Keeps everything since the checkpoint and closes it. */
  commit(): void {
    this.close();
  }

  private close(): void {
    this.depth -= 1;
    if (this.depth === 0) this.undo.length = 0;
  }
}
