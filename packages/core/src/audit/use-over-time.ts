import type { TimeWindow } from "../kernel/index.ts";

/** How much of a thing is in use over time: steps, each holding until the next one begins. */
export class UseOverTime {
  private readonly starts: number[] = [-Infinity];
  private readonly used: number[] = [0];

  /** Adds `count` (less when negative) during the window and tells where in it the use is highest. */
  add(window: TimeWindow, count: number): { readonly at: number; readonly used: number } {
    const first = this.breakAt(window.from);
    const end = this.breakAt(window.to);
    let at = first;
    for (let index = first; index < end; index += 1) {
      this.used[index] = (this.used[index] as number) + count;
      if ((this.used[index] as number) > (this.used[at] as number)) at = index;
    }
    return { at: this.starts[at] as number, used: this.used[at] as number };
  }

  /** The index of the step that begins at `instant`, made where there is none. */
  private breakAt(instant: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] as number) < instant) low = middle + 1;
      else high = middle;
    }
    if (this.starts[low] !== instant) {
      this.starts.splice(low, 0, instant);
      this.used.splice(low, 0, this.used[low - 1] as number);
    }
    return low;
  }
}
