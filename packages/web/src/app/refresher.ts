/** News come in bursts: what they make stale is read again once for all that came within this time. */
const GATHER_MS = 150;
/** After a reading that took long, so many times as long goes to whoever works on the page before the next. */
const REST = 2;

/**
 * Reads again what news have made stale: once for all news that came meanwhile, one reading after the other, none cut off by the next. What
 * is shown is then never older than two readings and the rest between them, however fast news come.
 */
export class Refresher {
  private isStale = false;
  private isAtWork = false;
  private isOver = false;
  private readonly read: () => Promise<unknown>;

  /** @param read ends once all that is on the screen was read again; it never fails */
  constructor(read: () => Promise<unknown>) {
    this.read = read;
  }

  /** Something was told. */
  heard(): void {
    this.isStale = true;
    if (!this.isAtWork) void this.work();
  }

  /** Nothing is read any more. */
  end(): void {
    this.isOver = true;
  }

  private async work(): Promise<void> {
    this.isAtWork = true;
    let restMs = GATHER_MS;
    while (this.isStale && !this.isOver) {
      await new Promise((go) => setTimeout(go, restMs));
      if (this.isOver) break;
      this.isStale = false;
      const begin = performance.now();
      await this.read();
      restMs = Math.max(GATHER_MS, REST * (performance.now() - begin));
    }
    this.isAtWork = false;
  }
}
