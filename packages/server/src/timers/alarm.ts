import type { BookNode } from "../books/index.ts";

/** The longest that `setTimeout` can be told to wait is 24.8 days; far shorter, since clocks drift. */
const NAP_MAX_MS = 60_000;
const RETRY_MIN_MS = 1;
const RETRY_MAX_MS = 1_000;

/**
 * Wakes one book when its next deadline falls due: submits `passTime`, and lets the core decide what that brings about. It only
 * looks at what is due next, so whatever else was due is found with it, and a node that was away finds all of it at once. Several
 * nodes may do so for the same book: the key is the instant that is due, so all but one are repeats and leave nothing.
 */
export class Alarm {
  private readonly node: BookNode;
  private readonly failed: (error: unknown) => void;
  private readonly stopHearing: () => void;
  private timeout: ReturnType<typeof setTimeout> | undefined;
  private ringing: Promise<void> | undefined;
  /** The instant that was rung for last, and how often in vain. */
  private rung: { readonly due: number; readonly times: number } | undefined;
  private isClosed = false;

  constructor(node: BookNode, failed: (error: unknown) => void) {
    this.node = node;
    this.failed = failed;
    this.stopHearing = node.onChange(() => this.arm());
    this.arm();
  }

  /** Rings no more; what rings already is awaited. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.stopHearing();
    clearTimeout(this.timeout);
    await this.ringing;
  }

  private arm(): void {
    if (this.isClosed || this.ringing !== undefined) return;
    clearTimeout(this.timeout);
    const due = this.node.nextDue();
    const now = this.node.now();
    if (due === undefined || now === undefined) return;
    const left = due > now ? Math.min(due - now, NAP_MAX_MS) : this.patience(due);
    this.timeout = setTimeout(() => this.wake(), left);
    this.timeout.unref?.();
  }

  /** At once the first time; after a vain attempt later and later. */
  private patience(due: number): number {
    if (this.rung?.due !== due) return 0;
    return Math.min(RETRY_MIN_MS * 2 ** Math.min(this.rung.times - 1, 20), RETRY_MAX_MS);
  }

  private wake(): void {
    const due = this.node.nextDue();
    const now = this.node.now();
    if (due === undefined || now === undefined || due > now) return this.arm();
    this.ringing = this.ring(due).finally(() => {
      this.ringing = undefined;
      this.arm();
    });
  }

  private async ring(due: number): Promise<void> {
    const keeper = this.node.view.header?.keeper;
    if (keeper === undefined) return;
    const times = this.rung?.due === due ? this.rung.times : 0;
    this.rung = { due, times: times + 1 };
    try {
      await this.node.submit({ body: { type: "passTime" }, actor: keeper, key: `due ${due} ${times}` });
    } catch (error) {
      if (!this.isClosed) this.failed(error);
    }
  }
}
