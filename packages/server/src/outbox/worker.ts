import type { Delivery, DeliveryKind, Outbox } from "./outbox.ts";
import { pauseAfter, type Schedule } from "./schedule.ts";

/** What became of an attempt. */
export type Sent =
  | { readonly outcome: "sent"; readonly detail: string }
  /** Tried again, by the schedule. */
  | { readonly outcome: "failed"; readonly detail: string; readonly afterMs?: number }
  /** No attempt more: it would be refused again. */
  | { readonly outcome: "refused"; readonly detail: string };

/** How deliveries of one kind are sent. Whatever it throws counts as failed. */
export interface Sender {
  readonly schedule: Schedule;
  /** How long one attempt may take; others do not wait for it. */
  readonly timeoutMs: number;
  send(delivery: Delivery, signal: AbortSignal): Promise<Sent>;
  /** After it was settled for good: for effects that follow from it. May be called twice, after a crash. */
  settled?(delivery: Delivery, sent: Sent): Promise<void>;
}

export interface WorkerOptions {
  readonly outbox: Outbox;
  readonly senders: Partial<Readonly<Record<DeliveryKind, Sender>>>;
  /** Hears that something is to be sent; returns the way to stop. */
  readonly listen: (heard: () => void) => Promise<() => Promise<void>>;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** How many attempts run at once at most. */
  readonly concurrency?: number;
  /** How often it looks by itself. */
  readonly pollMs?: number;
  /** Told of what goes wrong with the outbox itself. */
  readonly failed?: (error: unknown) => void;
}

/** A claim outlives its attempt by this much, for settling it. */
const GRACE_MS = 10_000;

/**
 * Sends what is in the outbox: at least once, each attempt by itself, of each endpoint one at a time. An endpoint that hangs holds up its own
 * deliveries and nobody else's. Any number of nodes may run one.
 */
export class OutboxWorker {
  private readonly options: Required<Omit<WorkerOptions, "failed">> & Pick<WorkerOptions, "failed">;
  private readonly running = new Set<Promise<void>>();
  private readonly abort = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private unlisten: (() => Promise<void>) | undefined;
  private looking: Promise<void> | undefined;
  private lookAgain = false;

  constructor(options: WorkerOptions) {
    this.options = { concurrency: 64, pollMs: 5_000, ...options };
  }

  async start(): Promise<void> {
    this.unlisten = await this.options.listen(() => this.wake());
    this.wake();
  }

  /** Waits for what is being sent; what is left is any other node's. */
  async close(): Promise<void> {
    this.abort.abort();
    clearTimeout(this.timer);
    await this.unlisten?.();
    await this.looking;
    await Promise.all(this.running);
  }

  /** Looks at once for what is due. */
  wake(): void {
    if (this.abort.signal.aborted) return;
    if (this.looking !== undefined) {
      this.lookAgain = true;
      return;
    }
    this.looking = this.look()
      .catch((error: unknown) => this.options.failed?.(error))
      .finally(() => {
        this.looking = undefined;
        if (this.lookAgain) {
          this.lookAgain = false;
          this.wake();
        } else this.sleep(this.options.pollMs);
      });
  }

  private async look(): Promise<void> {
    const { outbox, concurrency } = this.options;
    for (;;) {
      const free = concurrency - this.running.size;
      if (free <= 0 || this.abort.signal.aborted) return;
      const longest = Math.max(0, ...Object.values(this.options.senders).map(({ timeoutMs }) => timeoutMs));
      const taken = await outbox.claim(free, longest + GRACE_MS);
      if (taken.length === 0) break;
      for (const delivery of taken) this.run(delivery);
    }
    const next = await outbox.nextDueMs();
    if (next !== undefined) this.sleep(next);
  }

  private run(delivery: Delivery): void {
    const work = this.attempt(delivery)
      .catch((error: unknown) => this.options.failed?.(error))
      .finally(() => {
        this.running.delete(work);
        this.wake();
      });
    this.running.add(work);
  }

  private async attempt(delivery: Delivery): Promise<void> {
    const sender = this.options.senders[delivery.kind];
    const { outbox, random } = this.options;
    if (sender === undefined) return outbox.retry(delivery, 600_000, "this node does not send deliveries of this kind");
    const sent = await this.send(sender, delivery);
    if (sent.outcome === "failed") {
      const pause = pauseAfter(sender.schedule, delivery.attempts, random());
      if (pause !== undefined) return outbox.retry(delivery, Math.max(pause, sent.afterMs ?? 0), sent.detail);
    }
    // What follows comes first: after a crash in between it is sent again, and follows again.
    await sender.settled?.(delivery, sent.outcome === "sent" ? sent : { ...sent, outcome: "refused" });
    await outbox.end(delivery, sent.outcome === "sent" ? "sent" : "dead", sent.detail);
  }

  private async send(sender: Sender, delivery: Delivery): Promise<Sent> {
    const timeout = AbortSignal.timeout(sender.timeoutMs);
    const late = new Promise<Sent>((resolve) => {
      timeout.addEventListener("abort", () => resolve({ outcome: "failed", detail: "no answer in time" }), {
        once: true,
      });
    });
    try {
      return await Promise.race([sender.send(delivery, timeout), late]);
    } catch (error) {
      return { outcome: "failed", detail: error instanceof Error ? error.message.slice(0, 300) : "unknown" };
    }
  }

  private sleep(ms: number): void {
    if (this.abort.signal.aborted) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), Math.min(ms, this.options.pollMs));
    this.timer.unref();
  }
}
