/** A clock that goes on by itself, as fast as any, and can be set forward. */
export class DemoClock {
  private base: number;
  private since = performance.now();

  /** @param at milliseconds since 1970 */
  constructor(at: number) {
    this.base = at;
  }

  /** Milliseconds since 1970, whole ones. */
  now = (): number => Math.floor(this.base + performance.now() - this.since);

  /** Never back: what has been decided stays decided. */
  setForward(at: number): void {
    this.base = Math.max(at, this.now());
    this.since = performance.now();
  }
}
