/** Commands wait no longer than this for what follows from others. */
const HELD_MS = 6;

/** Long work lets those go on who wait for this process, whenever it has held them up for some milliseconds. */
export class Breath {
  private since = performance.now();

  get isDue(): boolean {
    return performance.now() - this.since > HELD_MS;
  }

  async take(): Promise<void> {
    await new Promise<void>((go) => {
      // Pages have none; there a timer is as good.
      if (typeof setImmediate === "function") setImmediate(go);
      else setTimeout(go);
    });
    this.since = performance.now();
  }
}
